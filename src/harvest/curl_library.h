/* curl_library.h: what http.c calls of libcurl, which the first harvest of a process loads. */
#ifndef CURL_LIBRARY_H
#define CURL_LIBRARY_H

#include <curl/curl.h>
#include <sheaf/status.h>

/* libcurl's functions, under their names without `curl_`. */
typedef struct curl_library {
	CURLcode (*global_init)(long flags);
	CURL *(*easy_init)(void);
	CURLcode (*easy_setopt)(CURL *curl, CURLoption name, ...);
	CURLcode (*easy_getinfo)(CURL *curl, CURLINFO name, ...);
	CURLcode (*easy_perform)(CURL *curl);
	void (*easy_cleanup)(CURL *curl);
	const char *(*easy_strerror)(CURLcode code);
	CURLU *(*url)(void);
	CURLUcode (*url_set)(CURLU *url, CURLUPart part, const char *text, unsigned flags);
	CURLUcode (*url_get)(CURLU *url, CURLUPart part, char **text, unsigned flags);
	void (*url_cleanup)(CURLU *url);
	struct curl_slist *(*slist_append)(struct curl_slist *list, const char *text);
	void (*slist_free_all)(struct curl_slist *list);
	void (*free)(void *bytes);
	curl_version_info_data *(*version_info)(CURLversion age);
} curl_library;

/* Loads libcurl and, once a process, sets it up. Errors: FEATURE_UNAVAILABLE: it is missing. */
sheaf_status curl_library_load(curl_library *curl, sheaf_error *err);

#endif

#include "curl_library.h"

#include <pthread.h>

#include "lazy_library.h"

#define ROW(member, function) LAZY_FUNCTION(curl_library, member, function)

static const lazy_function functions[] = {
	ROW(global_init, curl_global_init),
	ROW(easy_init, curl_easy_init),
	ROW(easy_setopt, curl_easy_setopt),
	ROW(easy_getinfo, curl_easy_getinfo),
	ROW(easy_perform, curl_easy_perform),
	ROW(easy_cleanup, curl_easy_cleanup),
	ROW(easy_strerror, curl_easy_strerror),
	ROW(url, curl_url),
	ROW(url_set, curl_url_set),
	/* Unchecked: from some version on its first parameter is const. */
	{"curl_url_get", offsetof(curl_library, url_get)},
	ROW(url_cleanup, curl_url_cleanup),
	ROW(slist_append, curl_slist_append),
	ROW(slist_free_all, curl_slist_free_all),
	ROW(free, curl_free),
	ROW(version_info, curl_version_info),
};

static const lazy_library library = {SHEAF_CURL_FILE, "harvest", functions,
                                     sizeof functions / sizeof *functions};

/* curl_easy_init() would do it too, but not safely in several threads. */
static void global_init(void)
{
	curl_library curl;

	if (lazy_library_load(&library, &curl, NULL) == SHEAF_OK)
		curl.global_init(CURL_GLOBAL_DEFAULT);
}

sheaf_status curl_library_load(curl_library *curl, sheaf_error *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, global_init);
	return lazy_library_load(&library, curl, err);
}

#include "http.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "curl_library.h"
#include "error.h"
#include "str.h"

enum {
	CONNECT_TIMEOUT_S = 30,
	/* arXiv has been seen to take three minutes for the first byte of a page. */
	LOW_SPEED_BYTES = 100,
	LOW_SPEED_TIME_S = 240
};

struct http {
	curl_library       lib;
	CURL              *curl;
	const sheaf_clock *clock;
	char               error[CURL_ERROR_SIZE];
	http_body_fn       listener; /* NULL: nobody listens */
	void              *listener_ctx;
	/* of the request that is running */
	http_body_fn body;
	void        *ctx;
	http_answer *answer;
	sheaf_status body_status;
	sheaf_error  body_error;
};

/* ---- addresses ---- */

static int is_loopback(const char *host)
{
	return str_eq(host, "localhost") || str_starts(host, "127.") || str_eq(host, "[::1]");
}

static char *url_part(const curl_library *lib, CURLU *url, CURLUPart part, unsigned flags)
{
	char *text = NULL;

	return lib->url_get(url, part, &text, flags) == CURLUE_OK ? text : NULL;
}

static int copy_host(const char *host, http_address *address)
{
	size_t len = strlen(host);

	while (len && host[len - 1] == '.')
		len--;
	if (!len || len >= sizeof address->host)
		return 0;
	for (size_t i = 0; i < len; i++)
		address->host[i] = str_lower(host[i]);
	address->host[len] = 0;
	return 1;
}

static sheaf_status read_address(const curl_library *lib, CURLU *url, const char *text,
                                 http_address *address, sheaf_error *err)
{
	char        *scheme = url_part(lib, url, CURLUPART_SCHEME, 0);
	char        *host = url_part(lib, url, CURLUPART_HOST, 0);
	char        *user = url_part(lib, url, CURLUPART_USER, 0);
	char        *port = url_part(lib, url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
	char        *named_port = url_part(lib, url, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT);
	int64_t      number = 0;
	sheaf_status status = SHEAF_OK;

	address->secure = str_eq(scheme, "https");
	address->default_port = !named_port;
	if (user)
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "an URL with a user name or password is not taken");
	else if ((!address->secure && !str_eq(scheme, "http")) || !host ||
	         !copy_host(host, address) || !port || !str_to_int64(port, &number))
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "not an http or https URL: %.200s", text);
	address->port = (int)number;
	address->loopback = is_loopback(address->host);
	lib->free(scheme);
	lib->free(host);
	lib->free(user);
	lib->free(port);
	lib->free(named_port);
	return status;
}

sheaf_status http_address_parse(const char *url, http_address *address, sheaf_error *err)
{
	curl_library lib;
	CURLU       *parsed;
	sheaf_status status = curl_library_load(&lib, err);

	memset(address, 0, sizeof *address);
	if (status != SHEAF_OK)
		return status;
	parsed = lib.url();
	if (!parsed)
		return sheaf_nomem(err);
	if (lib.url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK)
		status = read_address(&lib, parsed, url, address, err);
	else
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "not an http or https URL: %.200s", url);
	lib.url_cleanup(parsed);
	return status;
}

/* ---- what curl calls ---- */

int http_wants_body(long status)
{
	return (status >= 200 && status < 300) ||
	       (status >= 400 && status < 500 && status != 408 && status != 429);
}

static size_t on_body(char *bytes, size_t size, size_t count, void *ctx)
{
	http  *h = ctx;
	size_t len = size * count;

	h->answer->bytes += (int64_t)len;
	if (h->answer->bytes > HTTP_BODY_MAX) {
		h->answer->lasting = 1;
		h->body_status = sheaf_fail(&h->body_error, SHEAF_ERROR_PROTOCOL,
		                            "an answer longer than %d MiB", HTTP_BODY_MAX >> 20);
		return 0;
	}
	h->lib.easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, &h->answer->status);
	if (h->listener)
		h->body_status = h->listener(h->listener_ctx, bytes, len, &h->body_error);
	if (h->body_status == SHEAF_OK && h->body && http_wants_body(h->answer->status))
		h->body_status = h->body(h->ctx, bytes, len, &h->body_error);
	return h->body_status == SHEAF_OK ? len : 0;
}

static size_t on_header(char *line, size_t size, size_t count, void *ctx)
{
	http *h = ctx;

	http_headers_add(&h->answer->headers, line, size * count);
	return size * count;
}

static int on_progress(void *ctx, curl_off_t down_total, curl_off_t down, curl_off_t up_total,
                       curl_off_t up)
{
	http *h = ctx;

	(void)down_total, (void)down, (void)up_total, (void)up;
	return h->clock->sleep_ms(h->clock->ctx, 0);
}

/* ---- the handle ---- */

static CURLcode set_protocols(const http *h)
{
#if LIBCURL_VERSION_NUM >= 0x075500
	return h->lib.easy_setopt(h->curl, CURLOPT_PROTOCOLS_STR, "http,https");
#else
	return h->lib.easy_setopt(h->curl, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
}

static int set_options(http *h, int64_t timeout_ms, int direct)
{
	const curl_library *lib = &h->lib;
	CURL               *c = h->curl;
	int                 bad = 0;

	bad |= set_protocols(h) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_ERRORBUFFER, h->error) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_USERAGENT, "sheaf/" SHEAF_VERSION) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip") != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_NOSIGNAL, 1L) != CURLE_OK;
	if (direct)
		bad |= lib->easy_setopt(c, CURLOPT_PROXY, "") != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_MAXCONNECTS, 1L) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIMEOUT_S) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)timeout_ms) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)LOW_SPEED_BYTES) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)LOW_SPEED_TIME_S) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)HTTP_BODY_MAX) !=
	       CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_WRITEDATA, h) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_HEADERDATA, h) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_NOPROGRESS, 0L) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress) != CURLE_OK;
	bad |= lib->easy_setopt(c, CURLOPT_XFERINFODATA, h) != CURLE_OK;
	return !bad;
}

sheaf_status http_new(const sheaf_clock *clock, int64_t timeout_ms, int direct, http **out,
                      sheaf_error *err)
{
	http        *h = mem_calloc(1, sizeof *h);
	sheaf_status status;

	*out = NULL;
	if (!h)
		return sheaf_nomem(err);
	status = curl_library_load(&h->lib, err);
	if (status != SHEAF_OK) {
		mem_free(h);
		return status;
	}
	h->clock = clock;
	h->curl = h->lib.easy_init();
	if (!h->curl || !set_options(h, timeout_ms, direct)) {
		http_free(h);
		return sheaf_fail(err, SHEAF_ERROR_NETWORK, "libcurl could not be set up");
	}
	*out = h;
	return SHEAF_OK;
}

void http_free(http *h)
{
	if (!h)
		return;
	h->lib.easy_cleanup(h->curl);
	mem_free(h);
}

void http_answer_clear(http_answer *answer)
{
	buf_free(&answer->location);
	http_headers_clear(&answer->headers);
	memset(answer, 0, sizeof *answer);
}

/* ---- a request ---- */

static const struct {
	CURLcode     code;
	sheaf_status status;
	int          lasting, unreachable;
	const char  *what; /* said before curl's words */
} failures[] = {
	{CURLE_OPERATION_TIMEDOUT, SHEAF_ERROR_NETWORK_TIMEOUT, 0, 0, "no answer in time"},
	{CURLE_COULDNT_RESOLVE_HOST, SHEAF_ERROR_NETWORK, 0, 1, "no such host, or no network"},
	{CURLE_COULDNT_RESOLVE_PROXY, SHEAF_ERROR_NETWORK, 0, 1, "no such proxy, or no network"},
	{CURLE_COULDNT_CONNECT, SHEAF_ERROR_NETWORK, 0, 1, "no connection"},
	{CURLE_SSL_CONNECT_ERROR, SHEAF_ERROR_NETWORK, 0, 1, "no secure connection"},
	{CURLE_PEER_FAILED_VERIFICATION, SHEAF_ERROR_NETWORK, 1, 0,
         "the certificate of the server cannot be trusted"},
	{CURLE_SSL_CACERT_BADFILE, SHEAF_ERROR_NETWORK, 1, 0,
         "the certificates of this computer cannot be read"},
	{CURLE_BAD_CONTENT_ENCODING, SHEAF_ERROR_NETWORK, 0, 0,
         "an answer that cannot be unpacked"},
	{CURLE_WRITE_ERROR, SHEAF_ERROR_NETWORK, 0, 0, "an answer that cannot be unpacked"},
	{CURLE_PARTIAL_FILE, SHEAF_ERROR_NETWORK, 0, 0, "an answer that was cut off"},
	{CURLE_GOT_NOTHING, SHEAF_ERROR_NETWORK, 0, 0, "an empty answer"},
	{CURLE_FILESIZE_EXCEEDED, SHEAF_ERROR_PROTOCOL, 1, 0, "an answer too long"},
	{CURLE_URL_MALFORMAT, SHEAF_ERROR_INVALID_ARGUMENT, 1, 0, "not an URL"},
};

/* What a certificate cannot be trusted for stays so; a broken handshake may be chance. */
static sheaf_status explain(http *h, CURLcode code, sheaf_error *err)
{
	const char *why = h->error[0] ? h->error : h->lib.easy_strerror(code);

	if (code == CURLE_OUT_OF_MEMORY)
		return sheaf_nomem(err);
	if (code == CURLE_ABORTED_BY_CALLBACK)
		return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
		if (failures[i].code != code)
			continue;
		h->answer->lasting = failures[i].lasting;
		h->answer->unreachable = failures[i].unreachable;
		return sheaf_fail(err, failures[i].status, "%s: %s", failures[i].what, why);
	}
	return sheaf_fail(err, SHEAF_ERROR_NETWORK, "%s", why);
}

static void begin(http *h, http_body_fn body, void *ctx, http_answer *answer)
{
	http_answer_clear(answer);
	answer->retry_after_s = -1;
	h->body = body;
	h->ctx = ctx;
	h->answer = answer;
	h->body_status = SHEAF_OK;
	h->error[0] = 0;
}

static void read_headers(http *h)
{
	char *location = NULL;

	h->lib.easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, &h->answer->status);
	h->answer->retry_after_s = http_headers_retry_after(&h->answer->headers,
	                                                    h->clock->now(h->clock->ctx));
	if (h->lib.easy_getinfo(h->curl, CURLINFO_REDIRECT_URL, &location) == CURLE_OK && location)
		buf_puts(&h->answer->location, location);
}

/* Whatever is kept of an answer, it must not become lines of its own in a request. */
static int is_one_line(const char *value)
{
	while (*value && (unsigned char)*value >= ' ' && *value != 0x7f)
		value++;
	return !*value;
}

/* One line more for the request; nothing where `value` is "". */
static sheaf_status add_header(const http *h, struct curl_slist **list, const char *name,
                               const char *value, sheaf_error *err)
{
	char               line[HTTP_VALUE_SIZE + 32];
	struct curl_slist *longer;

	if (!*value || !is_one_line(value))
		return SHEAF_OK;
	snprintf(line, sizeof line, "%s: %s", name, value);
	longer = h->lib.slist_append(*list, line);
	if (!longer)
		return sheaf_nomem(err);
	*list = longer;
	return SHEAF_OK;
}

static sheaf_status make_headers(const http *h, const http_validators *known,
                                 struct curl_slist **list, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	*list = NULL;
	if (known)
		status = add_header(h, list, "If-None-Match", known->etag, err);
	if (known && status == SHEAF_OK)
		status = add_header(h, list, "If-Modified-Since", known->last_modified, err);
	return status;
}

static CURLcode perform(const http *h, const char *url, struct curl_slist *headers)
{
	CURLcode code = h->lib.easy_setopt(h->curl, CURLOPT_URL, url);

	if (code == CURLE_OK)
		code = h->lib.easy_setopt(h->curl, CURLOPT_HTTPHEADER, headers);
	if (code == CURLE_OK)
		code = h->lib.easy_perform(h->curl);
	h->lib.easy_setopt(h->curl, CURLOPT_HTTPHEADER, (struct curl_slist *)NULL);
	return code;
}

sheaf_status http_get(http *h, const char *url, const http_validators *known, http_body_fn body,
                      void *ctx, http_answer *answer, sheaf_error *err)
{
	struct curl_slist *headers;
	sheaf_status       status;
	CURLcode           code = CURLE_OUT_OF_MEMORY;

	begin(h, body, ctx, answer);
	status = make_headers(h, known, &headers, err);
	if (status == SHEAF_OK)
		code = perform(h, url, headers);
	h->lib.slist_free_all(headers);
	if (status != SHEAF_OK)
		return status;
	read_headers(h);
	if (h->body_status != SHEAF_OK) {
		if (err)
			*err = h->body_error;
		return h->body_status;
	}
	if (code != CURLE_OK)
		return explain(h, code, err);
	return buf_status(&answer->location, err);
}

void http_listen(http *h, http_body_fn body, void *ctx)
{
	h->listener = body;
	h->listener_ctx = ctx;
}

sheaf_status http_resolve(const char *url, const char *reference, buf *out, sheaf_error *err)
{
	curl_library lib;
	CURLU       *parsed;
	char        *text = NULL;
	sheaf_status status = curl_library_load(&lib, err);

	if (status != SHEAF_OK)
		return status;
	parsed = lib.url();
	if (!parsed)
		return sheaf_nomem(err);
	if (lib.url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    lib.url_set(parsed, CURLUPART_URL, reference, 0) == CURLUE_OK)
		text = url_part(&lib, parsed, CURLUPART_URL, 0);
	if (text)
		buf_puts(out, text);
	else
		status = sheaf_fail(err, SHEAF_ERROR_NETWORK,
		                    "a redirect to what is no URL: %.200s", reference);
	lib.free(text);
	lib.url_cleanup(parsed);
	return status == SHEAF_OK ? buf_status(out, err) : status;
}

const char *http_library_version(void)
{
	curl_library lib;

	if (curl_library_load(&lib, NULL) != SHEAF_OK)
		return "(not installed)";
	return lib.version_info(CURLVERSION_NOW)->version;
}

#include "retry.h"

#include <stdio.h>
#include <string.h>

#include "datetime.h"
#include "hash.h"
#include "str.h"

enum { JITTER_MAX_MS = 30000 };

static size_t count_digits(const char *text, size_t len)
{
	size_t digits = 0;

	while (digits < len && str_is_digit((unsigned char)text[digits]))
		digits++;
	return digits;
}

/* "120", "1.5"; 0 where it is no such number. */
static int read_seconds(const char *text, size_t len, int64_t *seconds)
{
	size_t whole = count_digits(text, len);

	for (size_t i = 0; i < whole; i++)
		if (*seconds <= RETRY_AFTER_MAX_S)
			*seconds = *seconds * 10 + (text[i] - '0');
	if (whole && whole < len && text[whole] == '.') {
		size_t part = count_digits(text + whole + 1, len - whole - 1);

		*seconds += strspn(text + whole + 1, "0") < part;
		whole += part ? 1 + part : 0;
	}
	return whole && whole == len;
}

/*
 * HTTP's two older forms of a date, "Sunday, 22-Nov-26 12:01:30 GMT" and "Sun Nov 22 12:01:30 2026",
 * brought into the usual one.
 */
static int read_old_date(const char *text, size_t len, sheaf_time *time)
{
	const char *comma = memchr(text, ',', len), *at = comma ? comma + 2 : text;
	char        out[40];
	size_t      left = comma && len > (size_t)(at - text) ? len - (size_t)(at - text) : 0;
	int         n;

	if (left == 22 && at[2] == '-' && at[6] == '-')
		n = snprintf(out, sizeof out, "%.2s %.3s 20%.2s %.8s GMT", at, at + 3, at + 7,
		             at + 10);
	else if (!comma && len == 24)
		n = snprintf(out, sizeof out, "%.*s %.3s %.4s %.8s GMT", text[8] == ' ' ? 1 : 2,
		             text + 8 + (text[8] == ' '), text + 4, text + 20, text + 11);
	else
		return 0;
	return n > 0 && (size_t)n < sizeof out && time_parse(out, (size_t)n, time);
}

int retry_after_parse(const char *text, sheaf_time now, int64_t *seconds)
{
	size_t     len = strlen(text);
	int64_t    value = 0;
	sheaf_time then;

	*seconds = 0;
	str_trim(&text, &len);
	if (!len)
		return 0;
	if (!read_seconds(text, len, &value)) {
		if (now == SHEAF_TIME_NONE ||
		    (!time_parse(text, len, &then) && !read_old_date(text, len, &then)))
			return 0;
		value = then > now ? then - now : 0;
	}
	*seconds = value < RETRY_AFTER_MAX_S ? value : RETRY_AFTER_MAX_S;
	return 1;
}

int64_t retry_wait_ms(int arxiv, retry_kind kind, int attempt, int64_t retry_after_s)
{
	static const struct {
		int64_t first_ms, cap_ms;
	} minimum[2][2] = {
		{[RETRY_TRANSIENT] = {500, 8000}, [RETRY_REFUSED] = {1000, 8000}},
		{[RETRY_TRANSIENT] = {5000, 300000}, [RETRY_REFUSED] = {60000, 3600000}},
	};
	int64_t wait = minimum[arxiv != 0][kind].first_ms, cap = minimum[arxiv != 0][kind].cap_ms;

	for (int i = 1; i < attempt && wait < cap; i++)
		wait *= 2;
	if (wait > cap)
		wait = cap;
	return retry_after_s * 1000 > wait ? retry_after_s * 1000 : wait;
}

int64_t retry_jitter_ms(int64_t wait_ms, uint64_t seed)
{
	const int64_t patience = RETRY_PATIENCE_S * (int64_t)1000;
	int64_t       most = wait_ms / 4 < JITTER_MAX_MS ? wait_ms / 4 : JITTER_MAX_MS, longer;

	if (wait_ms <= 0 || wait_ms > patience)
		return wait_ms;
	longer = wait_ms + (int64_t)(hash_finish(seed) % (uint64_t)(most + 1));
	return longer > patience ? patience : longer;
}

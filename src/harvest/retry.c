#include "retry.h"

#include <string.h>

#include "datetime.h"
#include "str.h"

int retry_after_parse(const char *text, sheaf_time now, int64_t *seconds)
{
	size_t     len = strlen(text), digits = 0;
	int64_t    value = 0;
	sheaf_time then;

	*seconds = 0;
	str_trim(&text, &len);
	while (digits < len && str_is_digit((unsigned char)text[digits])) {
		if (value <= RETRY_AFTER_MAX_S)
			value = value * 10 + (text[digits] - '0');
		digits++;
	}
	if (!len)
		return 0;
	if (digits < len) {
		if (now == SHEAF_TIME_NONE || !time_parse(text, len, &then))
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

#include "str.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int str_is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

int str_is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

int str_is_alpha(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char str_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

int str_eq(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

int str_ieq(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	while (*a && str_lower(*a) == str_lower(*b))
		a++, b++;
	return str_lower(*a) == str_lower(*b);
}

int str_ieq_n(const char *a, const char *b, size_t n)
{
	while (n && str_lower(*a) == str_lower(*b)) {
		if (!*a)
			return 1;
		a++, b++, n--;
	}
	return !n;
}

int str_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

int str_istarts(const char *s, const char *prefix)
{
	return str_ieq_n(s, prefix, strlen(prefix));
}

void str_trim(const char **s, size_t *len)
{
	while (*len && str_is_space((unsigned char)**s))
		(*s)++, (*len)--;
	while (*len && str_is_space((unsigned char)(*s)[*len - 1]))
		(*len)--;
}

int str_to_int64(const char *s, int64_t *value)
{
	const char *p = s;
	int64_t     n = 0;
	int         negative = *p == '-';

	if (*p == '-' || *p == '+')
		p++;
	if (!*p)
		return 0;
	for (; *p; p++) {
		int digit = *p - '0';

		if (!str_is_digit((unsigned char)*p) || n > (INT64_MAX - digit) / 10)
			return 0;
		n = n * 10 + digit;
	}
	*value = negative ? -n : n;
	return 1;
}

/* Up to 15 digits are the nearest number that there is: a whole one divided by a power of ten. */
int str_to_double(const char *s, double *value)
{
	const char *p = s;
	double      n = 0, scale = 1;
	int         negative = *p == '-', digits = 0;

	if (*p == '-' || *p == '+')
		p++;
	for (; str_is_digit((unsigned char)*p); p++, digits++)
		n = n * 10 + (*p - '0');
	if (*p == '.')
		for (p++; str_is_digit((unsigned char)*p); p++, digits++) {
			n = n * 10 + (*p - '0');
			scale *= 10;
		}
	if (*p || !digits || digits > 300)
		return 0;
	n /= scale;
	*value = negative ? -n : n;
	return 1;
}

static size_t distance(const char *a, const char *b)
{
	enum { MAX = 48 };
	size_t rows[3][MAX + 1], *before = rows[0], *last = rows[1], *now = rows[2];
	size_t m = strlen(a), n = strlen(b);

	if (m > MAX || n > MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= n; j++)
		last[j] = j;
	for (size_t i = 1; i <= m; i++) {
		size_t *spare = before;

		now[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);

			if (last[j] + 1 < best)
				best = last[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
		before = last;
		last = now;
		now = spare;
	}
	return last[n];
}

const char *str_nearest(const char *word, const char *const *names)
{
	const char *best = NULL;
	size_t      least = strlen(word) / 3 + 1;

	for (; *names; names++) {
		size_t d = distance(word, *names);

		if (d <= least && (!best || d < least)) {
			least = d;
			best = *names;
		}
	}
	return best;
}

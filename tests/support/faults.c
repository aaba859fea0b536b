#include "faults.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "error.h"
#include "str.h"

enum { MAX_SPEC = 120, MAX_NUMBER = 1000000 };

static const char *const kinds[] = {
	[FAULT_STATUS] = "status",   [FAULT_CUT] = "cut",     [FAULT_EXPIRE] = "expire",
	[FAULT_HTML] = "html",       [FAULT_EMPTY] = "empty", [FAULT_NOTHING] = "nothing",
	[FAULT_GARBAGE] = "garbage", [FAULT_SLOW] = "slow",   [FAULT_STALE] = "stale",
};

static const struct {
	const char *name;
	size_t      offset;
} settings[] = {
	{"at", offsetof(fault, at)},       {"count", offsetof(fault, count)},
	{"every", offsetof(fault, every)}, {"retry-after", offsetof(fault, retry_after_s)},
	{"ms", offsetof(fault, ms)},
};

static int read_kind(fault *f, const char *word)
{
	if (str_to_int64(word, &f->http_status))
		return f->http_status >= 400 && f->http_status <= 599;
	for (size_t i = FAULT_CUT; i < sizeof kinds / sizeof *kinds; i++) {
		if (!str_eq(kinds[i], word))
			continue;
		f->kind = (fault_kind)i;
		return 1;
	}
	return 0;
}

static int read_setting(fault *f, char *word)
{
	char   *equals = strchr(word, '=');
	int64_t n;

	if (!equals || !str_to_int64(equals + 1, &n) || n < 0 || n > MAX_NUMBER)
		return 0;
	*equals = 0;
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		if (!str_eq(settings[i].name, word))
			continue;
		*(int64_t *)(void *)((char *)f + settings[i].offset) = n;
		return 1;
	}
	return 0;
}

sheaf_status fault_plan_add(fault_plan *plan, const char *spec, sheaf_error *err)
{
	fault f = {.kind = FAULT_STATUS, .count = 1, .retry_after_s = -1};
	char  text[MAX_SPEC + 1];
	int   good, first = 1;

	good = strlen(spec) <= MAX_SPEC && plan->count < FAULT_MAX;
	if (good)
		memcpy(text, spec, strlen(spec) + 1);
	for (char *word = text, *next; good && word; word = next, first = 0) {
		next = strchr(word, ':');
		if (next)
			*next++ = 0;
		good = first ? read_kind(&f, word) : read_setting(&f, word);
	}
	if (!good || (!f.at && !f.every))
		return sheaf_fail(
			err, SHEAF_ERROR_INVALID_ARGUMENT,
			"%s: a fault is KIND:at=N or KIND:every=N, e.g. 503:every=5:retry-after=1",
			spec);
	plan->items[plan->count++] = f;
	return SHEAF_OK;
}

sheaf_status fault_plan_read(fault_plan *plan, const char *path, sheaf_error *err)
{
	char         line[MAX_SPEC + 80];
	int          number = 0;
	sheaf_error  why;
	sheaf_status status = SHEAF_OK;
	FILE        *file = fopen(path, "re");

	if (!file)
		return sheaf_fail(err, SHEAF_ERROR_IO, "%s: %s", path, strerror(errno));
	while (status == SHEAF_OK && fgets(line, sizeof line, file)) {
		const char *spec = line;
		size_t      len = strcspn(line, "#\n");

		number++;
		str_trim(&spec, &len);
		line[(size_t)(spec - line) + len] = 0;
		if (len && fault_plan_add(plan, spec, &why) != SHEAF_OK)
			status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "%s:%d: %s", path,
			                    number, why.message);
	}
	fclose(file);
	return status;
}

static int is_due(const fault *f, int64_t request)
{
	if (f->at && request >= f->at && request < f->at + f->count)
		return 1;
	return f->every && request % f->every == 0;
}

const fault *fault_plan_due(const fault_plan *plan, int64_t request, int64_t *delay_ms)
{
	const fault *due = NULL;

	*delay_ms = 0;
	for (size_t i = 0; i < plan->count; i++) {
		const fault *f = &plan->items[i];

		if (!is_due(f, request))
			continue;
		if (f->kind == FAULT_SLOW)
			*delay_ms += f->ms;
		else if (!due)
			due = f;
	}
	return due;
}

const char *fault_name(const fault *f)
{
	return f ? kinds[f->kind] : "-";
}

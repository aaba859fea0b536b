#include "digest_coverage.h"

#include <sheaf/harvest.h>
#include <string.h>

#include "buf.h"
#include "error.h"
#include "str.h"

enum { DAY_BYTES = 11, LISTS_MAX = 12, GAPS_MAX = 4, LIST_BYTES = 200 };

typedef struct gap {
	char first[DAY_BYTES], last[DAY_BYTES];
} gap;

/* The list that is being told of; the latest gaps are kept. */
typedef struct telling {
	buf    line;
	char   list[LIST_BYTES];
	char   first[DAY_BYTES], last[DAY_BYTES]; /* of the days that are known */
	gap    gaps[GAPS_MAX];
	size_t gap_count;
	size_t lists;
} telling;

static void put_days(buf *out, const char *first, const char *last)
{
	buf_puts(out, first);
	if (!str_eq(first, last))
		buf_printf(out, " to %s", last);
}

static void put_gaps(telling *t)
{
	size_t shown = t->gap_count < GAPS_MAX ? t->gap_count : GAPS_MAX;

	if (!shown)
		return;
	buf_puts(&t->line, ", without ");
	for (size_t i = t->gap_count - shown; i < t->gap_count; i++) {
		const gap *g = &t->gaps[i % GAPS_MAX];

		if (i > t->gap_count - shown)
			buf_puts(&t->line, ", ");
		put_days(&t->line, g->first, g->last);
	}
	if (t->gap_count > shown)
		buf_printf(&t->line, " and %zu gaps before", t->gap_count - shown);
}

static void end_list(telling *t)
{
	if (!t->list[0])
		return;
	if (++t->lists <= LISTS_MAX) {
		buf_printf(&t->line, "%s%s ",
		           t->lists > 1 ? "; " : "Announcements read: ", t->list);
		if (t->first[0])
			put_days(&t->line, t->first, t->last);
		else
			buf_puts(&t->line, "none");
		put_gaps(t);
	}
	t->list[0] = t->first[0] = t->last[0] = 0;
	t->gap_count = 0;
}

static void copy_day(char to[DAY_BYTES], const char *day)
{
	size_t len = strlen(day);

	len = len < DAY_BYTES ? len : DAY_BYTES - 1;
	memcpy(to, day, len);
	to[len] = 0;
}

static int is_known(sheaf_coverage_state state)
{
	return state == SHEAF_COVERAGE_COMPLETE || state == SHEAF_COVERAGE_EMPTY ||
	       state == SHEAF_COVERAGE_MADE_UP;
}

static int tell(void *ctx, const sheaf_coverage *c)
{
	telling *t = ctx;
	size_t   len = strlen(c->selection);

	if (!str_eq(c->source, "rss") || !len || len >= LIST_BYTES)
		return 0;
	if (!str_eq(t->list, c->selection)) {
		end_list(t);
		memcpy(t->list, c->selection, len + 1);
	}
	if (is_known(c->state)) {
		if (!t->first[0])
			copy_day(t->first, c->first);
		copy_day(t->last, c->last);
	} else {
		gap *g = &t->gaps[t->gap_count++ % GAPS_MAX];

		copy_day(g->first, c->first);
		copy_day(g->last, c->last);
	}
	return 0;
}

sheaf_status digest_coverage(sheaf_database *db, arena *a, const char **line, sheaf_error *err)
{
	telling      t = {.line = BUF_INIT(0)};
	sheaf_status status = sheaf_coverage_each(db, tell, &t, NULL, err);

	*line = NULL;
	if (status == SHEAF_OK) {
		end_list(&t);
		if (t.lists > LISTS_MAX)
			buf_printf(&t.line, "; and %zu more lists", t.lists - LISTS_MAX);
		status = buf_status(&t.line, err);
	}
	if (status == SHEAF_OK && t.line.len) {
		*line = arena_strdup(a, t.line.data);
		if (!*line)
			status = sheaf_nomem(err);
	}
	buf_free(&t.line);
	return status;
}

/* How often the leaves of a query occur in a row, read from FTS5's positions. */
#include "field.h"
#include "match_run.h"

const double *match_default_weights(void)
{
	static const double weights[COLUMN_TEXT_COUNT] = {
		[COLUMN_TITLE] = FIELD_TITLE_WEIGHT,
		[COLUMN_ABSTRACT] = 1,
		[COLUMN_AUTHORS] = 1,
		[COLUMN_COMMENTS] = 1,
		[COLUMN_JOURNAL_REF] = 1,
		[COLUMN_REPORT_NO] = 1,
	};

	return weights;
}

/* A phrase of the row, position by position. */
typedef struct cursor {
	Fts5PhraseIter it;
	int            column, offset; /* column -1: the end */
	int            size;           /* words of the phrase */
} cursor;

static void cursor_begin(cursor *c, const Fts5ExtensionApi *api, Fts5Context *fts, size_t phrase,
                         int *rc)
{
	*rc = api->xPhraseFirst(fts, (int)phrase, &c->it, &c->column, &c->offset);
	c->size = api->xPhraseSize(fts, (int)phrase);
	if (*rc != SQLITE_OK)
		c->column = -1;
}

static void cursor_next(cursor *c, const Fts5ExtensionApi *api, Fts5Context *fts)
{
	api->xPhraseNext(fts, &c->it, &c->column, &c->offset);
}

/* Moves to the first position of `column` that is not before `offset`; 0 where there is none in it. */
static int cursor_seek(cursor *c, const Fts5ExtensionApi *api, Fts5Context *fts, int column,
                       int offset)
{
	while (c->column >= 0 &&
	       (c->column < column || (c->column == column && c->offset < offset)))
		cursor_next(c, api, fts);
	return c->column == column;
}

/*
 * 1 where a leaf of several parts (NEAR) occurs as a whole: where FTS5 found a part missing, it may
 * still report the others.
 */
static int has_all_parts(const plan_leaf *leaf, const Fts5ExtensionApi *api, Fts5Context *fts,
                         int *rc)
{
	for (size_t i = leaf->shape.counted; i < leaf->shape.phrases; i++) {
		cursor c;

		cursor_begin(&c, api, fts, leaf->first + i, rc);
		if (c.column < 0)
			return 0;
	}
	return 1;
}

enum { WINDOW_PARTS_MAX = 256 }; /* words of one window; more are not looked for in order */

/*
 * Is there a place in order, from the first cursor's position on? The nearest of each is the best. As FTS5 has
 * it for NEAR, the first phrase counts as one position.
 */
static int in_order(cursor *parts, size_t count, size_t window, const Fts5ExtensionApi *api,
                    Fts5Context *fts)
{
	int column = parts[0].column, offset = parts[0].offset + parts[0].size, last = 0;

	for (size_t i = 1; i < count; i++) {
		if (!cursor_seek(&parts[i], api, fts, column, offset))
			return 0;
		last = parts[i].offset - parts[0].offset - parts[0].size + 1;
		offset = parts[i].offset + parts[i].size;
	}
	return (size_t)last < window;
}

/* The frequency of words that must stand in order within a window; -1 where they nowhere do. */
static double window_frequency(const plan_leaf *leaf, const double *weights,
                               const Fts5ExtensionApi *api, Fts5Context *fts, uint32_t *columns,
                               int *rc)
{
	cursor parts[WINDOW_PARTS_MAX];
	size_t count = leaf->shape.phrases;
	double sum = -1;

	if (count > WINDOW_PARTS_MAX)
		count = WINDOW_PARTS_MAX;
	for (size_t i = 0; i < count; i++) {
		cursor_begin(&parts[i], api, fts, leaf->first + i, rc);
		if (parts[i].column < 0)
			return -1;
	}
	for (; parts[0].column >= 0; cursor_next(&parts[0], api, fts)) {
		if (!in_order(parts, count, leaf->shape.window, api, fts))
			continue;
		if (sum < 0)
			sum = 0;
		if (parts[0].column < COLUMN_TEXT_COUNT)
			sum += weights[parts[0].column];
		if (columns && parts[0].column < COLUMN_COUNT)
			columns[parts[0].column]++;
	}
	return sum;
}

/*
 * The caller's terms stand in their column once more than they are to count, so that those which only
 * filter are found as well.
 */
static double own_term_frequency(uint32_t occurrences)
{
	return occurrences ? (double)occurrences - 1 : 0;
}

double match_frequency(const plan_leaf *leaf, const double *weights, const Fts5ExtensionApi *api,
                       Fts5Context *fts, unsigned char *present, uint32_t *columns, int *rc)
{
	double   sum = 0;
	uint32_t own = 0;

	*present = 0;
	if (leaf->shape.window) {
		sum = window_frequency(leaf, weights, api, fts, columns, rc);
		*present = sum >= 0;
		return sum > 0 ? sum : 0;
	}
	if (!has_all_parts(leaf, api, fts, rc))
		return 0;
	for (size_t i = 0; i < leaf->shape.counted && *rc == SQLITE_OK; i++) {
		cursor c;

		cursor_begin(&c, api, fts, leaf->first + i, rc);
		if (c.column < 0)
			continue;
		*present = 1;
		if (!leaf->weighted && !columns)
			continue;
		for (; c.column >= 0; cursor_next(&c, api, fts)) {
			if (c.column < COLUMN_TEXT_COUNT)
				sum += weights[c.column];
			else
				own++;
			if (columns && c.column < COLUMN_COUNT)
				columns[c.column]++;
		}
	}
	return leaf->own_term ? own_term_frequency(own) : sum;
}

double match_adjacent(const plan_leaf *a, const plan_leaf *b, const double *weights,
                      const Fts5ExtensionApi *api, Fts5Context *fts, uint32_t *columns, int *rc)
{
	cursor first, second;
	double sum = 0;

	cursor_begin(&first, api, fts, a->first, rc);
	if (*rc == SQLITE_OK)
		cursor_begin(&second, api, fts, b->first, rc);
	if (*rc != SQLITE_OK)
		return 0;
	for (; first.column >= 0 && second.column >= 0; cursor_next(&first, api, fts)) {
		if (first.column >= COLUMN_TEXT_COUNT ||
		    !cursor_seek(&second, api, fts, first.column, first.offset + 1) ||
		    second.offset != first.offset + 1)
			continue;
		sum += weights[first.column];
		if (columns)
			columns[first.column]++;
	}
	return sum;
}

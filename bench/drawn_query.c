#include "drawn_query.h"

#include <string.h>

typedef struct syntax {
	const char
		*fields[DRAWN_FIELDS]; /* before what is to be in the field; NULL: no such field */
	const char *required;          /* before each clause, where all of several must hold */
	const char *all, *any;         /* between clauses */
	const char *near[3];           /* before, between and behind two words */
	const char *category;          /* before it; NULL: no filters */
} syntax;

/*
 * Within five words: FTS5 counts the words in between; Lucene counts moves, of which words in the
 * other order take two more, so that 5 is the middle.
 */
static const syntax syntaxes[ENGINE_COUNT] = {
	{{"", "ti:", "abs:", "au:"}, "", " ", " OR ", {"", " NEAR/5 ", ""}, "cat:"},
	{{"", "title:", NULL, "author:"}, "", " ", " OR ", {"", " NEAR/5 ", ""}, "cat:"},
	{{"", "title:", "abstract:", "authors:"}, "+", " ", " ", {"\"", " ", "\"~5"}, "cat:"},
	{{"", "title : ", "abstract : ", "authors : "},
         "",
         " AND ",
         " OR ",
         {"NEAR(", " ", ", 4)"},
         NULL},
};

static int last_day(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int              leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

static void write_dates(const drawn_clause *c, drawn_engine engine, buf *out)
{
	int last = last_day(c->year, c->last_month);

	if (engine == ENGINE_LUCENE)
		buf_printf(out, "date:[%04d%02d01 TO %04d%02d%02d]", c->year, c->first_month,
		           c->year, c->last_month, last);
	else if (engine == ENGINE_XAPIAN)
		buf_printf(out, "date:%04d%02d01..%04d%02d%02d", c->year, c->first_month, c->year,
		           c->last_month, last);
	else if (c->first_month == 1 && c->last_month == 12)
		buf_printf(out, "date:%04d", c->year);
	else
		buf_printf(out, "date:%04d-%02d..%04d-%02d", c->year, c->first_month, c->year,
		           c->last_month);
}

static void write_near(const syntax *s, const char *text, buf *out)
{
	size_t first = strcspn(text, " ");

	buf_puts(out, s->near[0]);
	buf_append(out, text, first);
	buf_puts(out, s->near[1]);
	buf_puts(out, text + first + 1);
	buf_puts(out, s->near[2]);
}

static void write_clause(const drawn_clause *c, drawn_engine engine, buf *out)
{
	const syntax *s = &syntaxes[engine];

	switch (c->kind) {
	case DRAWN_WORDS: buf_printf(out, "%s%s", s->fields[c->field], c->text); break;
	case DRAWN_PHRASE: buf_printf(out, "\"%s\"", c->text); break;
	case DRAWN_NEAR: write_near(s, c->text, out); break;
	case DRAWN_PREFIX: buf_printf(out, "%s*", c->text); break;
	case DRAWN_CATEGORY: buf_printf(out, "%s%s", s->category, c->text); break;
	case DRAWN_DATES: write_dates(c, engine, out); break;
	}
}

static int can_say(const drawn_query *query, const syntax *s)
{
	for (size_t i = 0; i < query->count; i++) {
		const drawn_clause *c = &query->clauses[i];

		if (!s->fields[c->field])
			return 0;
		if ((c->kind == DRAWN_CATEGORY || c->kind == DRAWN_DATES) && !s->category)
			return 0;
	}
	return 1;
}

void drawn_query_write(const drawn_query *query, drawn_engine engine, buf *out)
{
	const syntax *s = &syntaxes[engine];

	if (!can_say(query, s)) {
		buf_putc(out, '-');
		return;
	}
	for (size_t i = 0; i < query->count; i++) {
		if (i)
			buf_puts(out, query->any ? s->any : s->all);
		if (!query->any && query->count > 1)
			buf_puts(out, s->required);
		write_clause(&query->clauses[i], engine, out);
	}
}

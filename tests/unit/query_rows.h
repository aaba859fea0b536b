/* query_rows.h: tables of what people type and the query it becomes. */
#ifndef QUERY_ROWS_H
#define QUERY_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sheaf/query_parser.h>
#include <stdio.h>
#include <string.h>

#include "datetime.h"

typedef struct row {
	const char *text, *expected;
} row;

static inline sheaf_query_parser *rows_parser(void)
{
	sheaf_query_parser *qp;

	assert_int_equal(sheaf_query_parser_new(&qp, NULL), SHEAF_OK);
	sheaf_query_parser_set_now(qp, date_days(2024, 3, 15) * 86400 + 43200);
	return qp;
}

/* The description of what `text` parses to; free it. */
static inline char *rows_describe(sheaf_query_parser *qp, const char *text, unsigned flags)
{
	sheaf_query *query;
	char        *description;

	assert_int_equal(sheaf_query_parser_parse_query(qp, text, flags, &query, NULL), SHEAF_OK);
	assert_int_equal(sheaf_query_get_description(query, &description, NULL), SHEAF_OK);
	sheaf_query_free(query);
	return description;
}

/* 1 where the description of `text` is as expected; says so where not. */
static inline int rows_match(sheaf_query_parser *qp, unsigned flags, const char *text,
                             const char *expected)
{
	char *description = rows_describe(qp, text, flags);
	int   equal = strcmp(description, expected) == 0;

	if (!equal)
		print_error("query    %s\nexpected %s\nfound    %s\n", text, expected, description);
	sheaf_free(description);
	return equal;
}

/* Each row gives what it says, and what it gives reads back to itself. */
static inline void rows_check(unsigned flags, const row *rows, size_t count)
{
	sheaf_query_parser *qp = rows_parser(), *again = rows_parser();
	size_t              wrong = 0;

	sheaf_query_parser_set_stopper(again, NULL);
	for (size_t i = 0; i < count; i++) {
		wrong += !rows_match(qp, flags, rows[i].text, rows[i].expected);
		if (strcmp(rows[i].expected, "<nothing>") != 0)
			wrong += !rows_match(again, SHEAF_FLAG_DEFAULT, rows[i].expected,
			                     rows[i].expected);
	}
	sheaf_query_parser_free(qp);
	sheaf_query_parser_free(again);
	assert_int_equal(wrong, 0);
}

#define TABLE_TEST(table)                                                               \
	static void test_##table(void **state)                                          \
	{                                                                               \
		(void)state;                                                            \
		rows_check(SHEAF_FLAG_DEFAULT, table, sizeof(table) / sizeof *(table)); \
	}

#endif

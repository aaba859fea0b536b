/*
 * Any text as a query: it parses, and its description, which is what people are shown, reads back
 * to itself. The first byte chooses flags and operator.
 */
#include <sheaf/query_parser.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "query_private.h"

enum { LONGEST = 65536 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
	if (!condition)
		abort();
}

static char *describe(sheaf_query_parser *qp, const char *text, unsigned flags, query_type *type)
{
	sheaf_query *query;
	char        *description;

	require(sheaf_query_parser_parse_query(qp, text, flags, &query, NULL) == SHEAF_OK);
	require(sheaf_query_get_description(query, &description, NULL) == SHEAF_OK);
	require(strpbrk(description, "\n\r\t\033") == NULL);
	*type = query->type;
	sheaf_query_free(query);
	return description;
}

/* Beyond the limit parentheses group nothing, so that a description need not read back. */
static int is_deep(const char *description)
{
	size_t depth = 0, deepest = 0;

	for (; *description; description++) {
		if (*description == '(' && ++depth > deepest)
			deepest = depth;
		if (*description == ')' && depth)
			depth--;
	}
	return deepest >= QUERY_DEPTH_MAX;
}

static void run(const char *text, unsigned choice)
{
	sheaf_query_parser *qp;
	query_type          type, again;
	char               *first, *second;

	require(sheaf_query_parser_new(&qp, NULL) == SHEAF_OK);
	sheaf_query_parser_set_max_length(qp, 64 * LONGEST);
	sheaf_query_parser_set_now(qp, 1700000000);
	sheaf_query_parser_set_default_op(qp, choice & 16 ? SHEAF_OP_OR : SHEAF_OP_AND);
	first = describe(qp, text, choice & 15, &type);
	if (type != QUERY_NOTHING && !is_deep(first)) {
		sheaf_query_parser_set_stopper(qp, NULL);
		second = describe(qp, first, SHEAF_FLAG_DEFAULT, &again);
		require(strcmp(first, second) == 0);
		sheaf_free(second);
	}
	sheaf_free(first);
	sheaf_query_parser_free(qp);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text;

	if (size < 1 || size > LONGEST)
		return 0;
	text = malloc(size);
	require(text != NULL);
	memcpy(text, data + 1, size - 1);
	text[size - 1] = 0;
	run(text, data[0]);
	free(text);
	return 0;
}

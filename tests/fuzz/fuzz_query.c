/*
 * Any text as a query: it parses, and its description, which is what people are shown, reads back
 * to itself. The first byte chooses flags and operator.
 */
#include <sheaf/database.h>
#include <sheaf/query_parser.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "query_parser_private.h"
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

/* Every word of five bytes is misspelt, every one that begins with a to m has synonyms. */
static sheaf_status suggest(sheaf_database *db, const char *word, unsigned max_edits,
                            char **suggestion, sheaf_error *err)
{
	(void)db, (void)max_edits, (void)err;
	*suggestion = NULL;
	if (strlen(word) != 5)
		return SHEAF_OK;
	*suggestion = mem_strdup("lattice");
	return *suggestion ? SHEAF_OK : SHEAF_ERROR_NOMEM;
}

static sheaf_status each_synonym(sheaf_database *db, const char *term, sheaf_synonym_fn fn,
                                 void *ctx, sheaf_error *err)
{
	(void)db, (void)err;
	if (*term < 'a' || *term > 'm' || fn(ctx, term, "motor car") || fn(ctx, term, "AND"))
		return SHEAF_OK;
	return fn(ctx, term, term) ? SHEAF_ERROR_INTERRUPTED : SHEAF_OK;
}

/* The lower five bits are flags of their own; the next is the operator; the last two say more. */
static unsigned flags_of(unsigned choice)
{
	static const unsigned more[] = {
		0,
		SHEAF_FLAG_BOOLEAN_ANY_CASE | SHEAF_FLAG_PARTIAL,
		SHEAF_FLAG_ARXIV,
		SHEAF_FLAG_ARXIV | SHEAF_FLAG_PARTIAL | SHEAF_FLAG_SPELLING_CORRECTION,
	};

	return (choice & SHEAF_FLAG_DEFAULT) | more[choice >> 6 & 3];
}

static sheaf_op operator_of(unsigned choice)
{
	static const sheaf_op rare[] = {SHEAF_OP_OR, SHEAF_OP_ELITE_SET, SHEAF_OP_SYNONYM,
	                                SHEAF_OP_NEAR};

	return choice & 32 ? rare[choice >> 6 & 3] : SHEAF_OP_AND;
}

/* What the parser says besides the query is text that can be shown, too. */
static void look_around(const sheaf_query_parser *qp)
{
	const char *corrected = sheaf_query_parser_get_corrected_query_string(qp);
	size_t      i = 0;

	require(strpbrk(corrected, "\n\r\t\033") == NULL);
	require(strpbrk(sheaf_query_parser_get_notes(qp), "\r\t\033") == NULL);
	while (sheaf_query_parser_get_stop_word(qp, i))
		i++;
	require(i <= LONGEST);
}

static sheaf_query_parser *make_parser(unsigned choice)
{
	sheaf_query_parser *qp;

	require(sheaf_query_parser_new(&qp, NULL) == SHEAF_OK);
	sheaf_query_parser_set_max_length(qp, 64 * LONGEST);
	sheaf_query_parser_set_now(qp, 1700000000);
	sheaf_query_parser_set_default_op(qp, operator_of(choice));
	qp->vocabulary = (query_vocabulary){NULL, suggest, each_synonym};
	require(sheaf_query_parser_add_prefix(qp, "both", SHEAF_FIELD_TITLE, NULL) == SHEAF_OK);
	require(sheaf_query_parser_add_prefix(qp, "both", SHEAF_FIELD_CATEGORY, NULL) == SHEAF_OK);
	require(sheaf_query_parser_add_boolean_prefix(qp, "kind", "XK", choice & 1, NULL) ==
	        SHEAF_OK);
	return qp;
}

static void run(const char *text, unsigned choice)
{
	sheaf_query_parser *qp = make_parser(choice), *plain;
	query_type          type, again;
	char               *first = describe(qp, text, flags_of(choice), &type), *second;

	look_around(qp);
	sheaf_query_parser_free(qp);
	require(sheaf_query_parser_new(&plain, NULL) == SHEAF_OK);
	if (type != QUERY_NOTHING && !is_deep(first)) {
		sheaf_query_parser_set_max_length(plain, 64 * LONGEST);
		sheaf_query_parser_set_stopper(plain, NULL);
		second = describe(plain, first, SHEAF_FLAG_DEFAULT, &again);
		require(strcmp(first, second) == 0);
		sheaf_free(second);
	}
	sheaf_free(first);
	sheaf_query_parser_free(plain);
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

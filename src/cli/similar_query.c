#include "similar_query.h"

#include "error.h"

enum { WORDS_MAX = 30 };

/* Any of the papers by its id. */
static sheaf_status these(const similar_examples *e, sheaf_query **query, sheaf_error *err)
{
	sheaf_query **subs = arena_calloc(e->s->arena, e->count, sizeof *subs);
	size_t        made = 0;
	sheaf_status  status = subs ? SHEAF_OK : sheaf_nomem(err);

	for (; status == SHEAF_OK && made < e->count; made++) {
		sheaf_document *doc = NULL;

		status = sheaf_database_get_document(e->s->db, e->docids[made], &doc, err);
		if (status == SHEAF_OK)
			status = sheaf_query_new_term(SHEAF_FIELD_ID,
			                              sheaf_document_get_text(doc, SHEAF_FIELD_ID),
			                              0, &subs[made], err);
		sheaf_document_free(doc);
	}
	if (status == SHEAF_OK)
		return sheaf_query_new_op(SHEAF_OP_OR, subs, made, 0, query, err);
	for (size_t i = 0; i < made; i++)
		sheaf_query_free(subs[i]);
	return status;
}

/* Takes `*query` and gives it back without the examples. */
static sheaf_status leave_out(const similar_examples *e, sheaf_query **query, sheaf_error *err)
{
	sheaf_query *subs[2] = {*query, NULL};
	sheaf_status status;

	if (!e->count || sheaf_query_empty(*query))
		return SHEAF_OK;
	status = these(e, &subs[1], err);
	if (status != SHEAF_OK)
		return status;
	*query = NULL;
	return sheaf_query_new_op(SHEAF_OP_AND_NOT, subs, 2, 0, query, err);
}

/* The words that set the examples apart from the rest, the best first. */
static sheaf_status words_of(const similar_examples *e, sheaf_query **query, sheaf_error *err)
{
	const sheaf_eset_options how = {.scheme = SHEAF_EXPANSION_BO1};
	sheaf_enquire           *enquire = NULL;
	sheaf_eset              *eset = NULL;
	sheaf_status             status = sheaf_enquire_new(e->s->db, &enquire, err);

	if (status == SHEAF_OK)
		status = sheaf_enquire_get_eset(enquire, WORDS_MAX, e->rset, &how, &eset, err);
	if (status == SHEAF_OK)
		status = sheaf_eset_get_query(eset, 1, query, err);
	sheaf_eset_free(eset);
	sheaf_enquire_free(enquire);
	return status;
}

sheaf_status similar_query_text(const similar_examples *e, query_input *input, const char **text,
                                sheaf_error *err)
{
	sheaf_query *query = NULL;
	char        *described = NULL;
	sheaf_status status = words_of(e, &query, err);

	*text = "";
	if (status == SHEAF_OK)
		status = leave_out(e, &query, err);
	if (status == SHEAF_OK)
		status = query_input_restrict(input, &query, err);
	if (status == SHEAF_OK && !sheaf_query_empty(query)) {
		status = sheaf_query_get_description(query, &described, err);
		if (status == SHEAF_OK && !(*text = arena_strdup(e->s->arena, described)))
			status = sheaf_nomem(err);
	}
	sheaf_free(described);
	sheaf_query_free(query);
	return status;
}

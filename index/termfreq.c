/* Statistics of single terms. */
#include <sheaf/database.h>

#include "error.h"
#include "match_run.h"

/* Of a database that is being read. */
static sheaf_status count_term(sheaf_database *db, const sheaf_query *term, int64_t *docs,
                               sheaf_error *err)
{
	plan         p = {0};
	sheaf_status status = plan_make(&db->tokenizer.config, term, &p, err);

	if (status == SHEAF_OK && p.leaf_count)
		status = match_count_leaf(db, &p, &p.leaves[0], docs, err);
	plan_free(&p);
	return status;
}

sheaf_status sheaf_database_get_termfreq(sheaf_database *db, const char *term, int64_t *docs,
                                         sheaf_error *err)
{
	sheaf_query  query = {.type = QUERY_TERM, .field = SHEAF_FIELD_ANY};
	buf          text = BUF_INIT(QUERY_TERM_MAX);
	sheaf_status status;

	*docs = 0;
	if (!db || !term)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no term");
	query.flags = *term == '=' ? 0 : SHEAF_TERM_STEMMED;
	buf_puts(&text, *term == '=' ? term + 1 : term);
	/* A leaf's text is there even where it is empty. */
	buf_putc(&text, ' ');
	status = buf_status(&text, err);
	query.text = text.data;
	if (status == SHEAF_OK)
		status = database_begin_read(db, err);
	if (status == SHEAF_OK) {
		status = count_term(db, &query, docs, err);
		database_end_read(db);
	}
	buf_free(&text);
	return status;
}

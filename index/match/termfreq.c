/* Statistics of single terms. */
#include <sheaf/database.h>

#include "error.h"
#include "match.h"

/* `=word` is a word, anything else stands for its family. */
static sheaf_status count_term(sheaf_database *db, const char *term, int64_t *documents,
                               int64_t *occurrences, sheaf_error *err)
{
	sheaf_query  query = {.type = QUERY_TERM, .field = SHEAF_FIELD_ANY};
	buf          text = BUF_INIT(QUERY_TERM_MAX);
	sheaf_status status;

	*documents = *occurrences = 0;
	if (!db || !term)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no term");
	query.flags = *term == '=' ? 0 : SHEAF_TERM_STEMMED;
	buf_puts(&text, *term == '=' ? term + 1 : term);
	/* A leaf's text is there even where it is empty. */
	buf_putc(&text, ' ');
	status = buf_status(&text, err);
	query.text = text.data;
	if (status == SHEAF_OK)
		status = match_count(db, &query, documents, occurrences, err);
	buf_free(&text);
	return status;
}

sheaf_status sheaf_database_get_termfreq(sheaf_database *db, const char *term, int64_t *docs,
                                         sheaf_error *err)
{
	int64_t occurrences;

	return count_term(db, term, docs, &occurrences, err);
}

sheaf_status sheaf_database_get_collection_freq(sheaf_database *db, const char *term,
                                                int64_t *count, sheaf_error *err)
{
	int64_t documents;

	return count_term(db, term, &documents, count, err);
}

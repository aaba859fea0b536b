/* parser_database.c: gives a query parser the vocabulary and the language of a database. */
#include "query_parser_private.h"
#include "str.h"

/* The built-in stop list is English. */
static int is_english(const char *stemmer)
{
	return str_eq(stemmer, "english") || str_eq(stemmer, "porter");
}

void sheaf_query_parser_set_database(sheaf_query_parser *qp, sheaf_database *db)
{
	qp->vocabulary = (query_vocabulary){0};
	qp->foreign = 0;
	if (!db)
		return;
	qp->vocabulary = (query_vocabulary){
		.db = db,
		.suggest = sheaf_database_get_spelling_suggestion,
		.each_synonym = sheaf_database_each_synonym,
	};
	qp->foreign = !is_english(sheaf_database_get_stemmer(db));
}

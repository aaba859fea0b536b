/*
 * ranked_order.h: a way to rank, through the public headers alone, and how good it is on a
 * collection.
 */
#ifndef RANKED_ORDER_H
#define RANKED_ORDER_H

#include "collection.h"
#include "measures.h"

enum { RANKING_TOP = 1000, RANKING_CUT = 10 };

/* All-zero is how sheaf ranks by itself. */
typedef struct ranking {
	const sheaf_weighting *weighting;
	const char *const     *stop_words; /* in place of the built-in list, ended by NULL */
	int                    expand;     /* 1: by the terms of the best `documents` */
	size_t                 documents, terms;
} ranking;

typedef struct figures {
	int    queries;
	double map, ndcg;
} figures;

/*
 * A query of prose: its words, whatever signs stand between them. No flags, so that a dash, a
 * quotation mark or AND in a sentence is no operator.
 */
static inline sheaf_query *ranking_parse(const ranking *r, const char *text)
{
	sheaf_query_parser *parser;
	sheaf_query        *query;
	sheaf_error         err;

	must(sheaf_query_parser_new(&parser, &err), &err);
	sheaf_query_parser_set_default_op(parser, SHEAF_OP_OR);
	if (r->stop_words)
		sheaf_query_parser_set_stopper(parser, r->stop_words);
	must(sheaf_query_parser_parse_query(parser, text, 0, &query, &err), &err);
	sheaf_query_parser_free(parser);
	return query;
}

static inline sheaf_mset *ranking_run(const ranking *r, sheaf_database *db, const char *text)
{
	sheaf_enquire *enquire;
	sheaf_mset    *mset;
	sheaf_error    err;

	must(sheaf_enquire_new(db, &enquire, &err), &err);
	sheaf_enquire_set_query(enquire, ranking_parse(r, text));
	if (r->weighting)
		must(sheaf_enquire_set_weighting(enquire, r->weighting, &err), &err);
	if (r->expand)
		must(sheaf_enquire_expand(enquire, r->documents, r->terms, &err), &err);
	must(sheaf_enquire_get_mset(enquire, 0, RANKING_TOP, &mset, &err), &err);
	sheaf_enquire_free(enquire);
	return mset;
}

static inline void ranking_judge(const ranking *r, collection *c, const char *text, judgments *j,
                                 figures *sum)
{
	int         grades[RANKING_TOP];
	sheaf_mset *mset = ranking_run(r, c->db, text);
	size_t      found = sheaf_mset_size(mset);

	for (size_t i = 0; i < found; i++)
		grades[i] = judgments_grade(j, c->ids[sheaf_mset_get_docid(mset, i)]);
	sheaf_mset_free(mset);
	sum->queries++;
	sum->map += measures_average_precision(grades, found, j->relevant);
	sum->ndcg += measures_ndcg(grades, found, j->grades, j->count, RANKING_CUT);
}

/* Means over the queries that have something relevant; `judged` names a file of judgments. */
static inline figures ranking_measure(const ranking *r, collection *c, const char *judged)
{
	char       path[COLLECTION_PATH_SIZE], judged_path[COLLECTION_PATH_SIZE];
	judgments *j = malloc(sizeof *j);
	figures    f = {0};
	json_t    *object;
	FILE      *file;

	if (!j)
		die(c->name, "out of memory");
	collection_file(path, c->name, "queries", ".jsonl");
	collection_file(judged_path, c->name, judged, ".tsv");
	file = open_file(path, "r");
	while ((object = next_object(file, path)) != NULL) {
		judgments_read(judged_path, string_of(object, "_id"), j);
		if (j->relevant)
			ranking_judge(r, c, string_of(object, "text"), j, &f);
		json_decref(object);
	}
	fclose(file);
	free(j);
	f.map /= f.queries ? f.queries : 1;
	f.ndcg /= f.queries ? f.queries : 1;
	return f;
}

#endif

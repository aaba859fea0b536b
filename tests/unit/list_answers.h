/*
 * list_answers.h: what searches answer with ranking lists, to be compared with what they answer
 * without.
 */
#ifndef LIST_ANSWERS_H
#define LIST_ANSWERS_H

#include <string.h>

#include "ranking_write.h"
#include "scratch_db.h"

enum { ANSWER_ITEMS = 40 }; /* of an answer, at most */

/* An answer. All-zero is none. */
typedef struct list_answer {
	int64_t     hits, low, high;
	size_t      count;
	sheaf_docid docid[ANSWER_ITEMS];
	double      weight[ANSWER_ITEMS], most;
	int         percent[ANSWER_ITEMS];
} list_answer;

static inline void list_answer_read(const sheaf_mset *mset, list_answer *a)
{
	a->hits = sheaf_mset_get_matches_estimated(mset);
	a->low = sheaf_mset_get_matches_lower_bound(mset);
	a->high = sheaf_mset_get_matches_upper_bound(mset);
	a->most = sheaf_mset_get_max_attained(mset);
	a->count = sheaf_mset_size(mset);
	assert_true(a->count <= ANSWER_ITEMS);
	for (size_t i = 0; i < a->count; i++) {
		a->docid[i] = sheaf_mset_get_docid(mset, i);
		a->weight[i] = sheaf_mset_get_weight(mset, i);
		a->percent[i] = sheaf_mset_get_percent(mset, i);
	}
}

/* Fails unless `a`, with lists, is `b`, without, to the last bit. */
static inline void list_answers_equal(unsigned number, const char *query, const list_answer *a,
                                      const list_answer *b)
{
	for (size_t i = 0; i < ANSWER_ITEMS; i++)
		if (a->docid[i] != b->docid[i] ||
		    memcmp(&a->weight[i], &b->weight[i], sizeof *a->weight) != 0)
			fail_msg("query %u: %s: item %zu: %lld %.17g, without lists %lld %.17g; "
			         "hits %lld, %lld",
			         number, query, i, (long long)a->docid[i], a->weight[i],
			         (long long)b->docid[i], b->weight[i], (long long)a->hits,
			         (long long)b->hits);
	if (a->hits != b->hits || a->low != b->low || a->high != b->high || a->count != b->count ||
	    memcmp(&a->most, &b->most, sizeof a->most) != 0 ||
	    memcmp(a->percent, b->percent, sizeof a->percent) != 0)
		fail_msg("query %u: %s: hits %lld (%lld to %lld), without lists %lld; most %.17g, "
		         "%.17g",
		         number, query, (long long)a->hits, (long long)a->low, (long long)a->high,
		         (long long)b->hits, a->most, b->most);
}

/* Drops all lists and opens the database again: nor may counts be remembered. */
static inline sheaf_database *reopen_without_lists(sheaf_database *db, const char *path)
{
	sheaf_error err;

	must(sheaf_database_begin_transaction(db, &err), &err);
	must(ranking_drop(db, &err), &err);
	must(sheaf_database_commit_transaction(db, &err), &err);
	sheaf_database_close(db);
	must(sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, &err), &err);
	return db;
}

#endif

/* How many documents have a leaf of a query, and how often. */
#include <string.h>

#include "match_lists.h"
#include "match_tally.h"

df_cache *match_known_counts(sheaf_database *db)
{
	if (db->frequencies_of != db->totals.revision)
		df_cache_clear(&db->frequencies);
	db->frequencies_of = db->totals.revision;
	return &db->frequencies;
}

/* What one database has of the i-th leaf: lists tell it for what they cover, FTS5 for the rest. */
static sheaf_status count_leaf(match_run_state *m, sheaf_database *db, size_t i,
                               leaf_counts *counts, sheaf_error *err)
{
	const plan_leaf *leaf = &m->plan->leaves[i];
	df_cache        *cache = match_known_counts(db);
	sheaf_revision   until;
	sheaf_status     status;

	*counts = (leaf_counts){0, 0};
	if (df_cache_get(cache, leaf->key, &counts->documents, &counts->occurrences))
		return SHEAF_OK;
	status = match_lists_count(m, db, i, counts, &until, err);
	if (status == SHEAF_OK && until < db->totals.revision)
		status = tally_leaf(db, leaf, until, db->totals.revision, counts, err);
	if (status == SHEAF_OK)
		df_cache_put(cache, leaf->key, counts->documents, counts->occurrences);
	return status;
}

sheaf_status match_count_leaf(match_run_state *m, size_t i, leaf_counts *sum, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	*sum = (leaf_counts){0, 0};
	for (size_t j = 0; status == SHEAF_OK && j < group_count(m->group); j++) {
		leaf_counts own;

		status = count_leaf(m, group_member(m->group, j), i, &own, err);
		sum->documents += own.documents;
		sum->occurrences += own.occurrences;
	}
	return status;
}

/* Snippets ask for the words that were just searched for. */
static int is_known(sheaf_database *group, const plan_leaf *leaf)
{
	leaf_counts unused;

	for (size_t i = 0; i < group_count(group); i++)
		if (!df_cache_get(match_known_counts(group_member(group, i)), leaf->key,
		                  &unused.documents, &unused.occurrences))
			return 0;
	return 1;
}

sheaf_status match_count_everywhere(sheaf_database *group, const plan_leaf *leaf, leaf_counts *sum,
                                    sheaf_error *err)
{
	const match_options options = match_defaults();
	plan_leaf           alone = *leaf;
	const plan          p = {.leaves = &alone, .leaf_count = 1};
	match_run_state     m = {.group = group, .db = group, .plan = &p, .options = &options};
	sheaf_status        status = SHEAF_OK;

	alone.used = 1;
	if (!is_known(group, leaf))
		status = match_lists_open(&m, err);
	if (status == SHEAF_OK)
		status = match_count_leaf(&m, 0, sum, err);
	match_lists_close(&m);
	return status;
}

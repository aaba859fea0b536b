/* placement.c: where papers were put. */
#include <sheaf/profile.h>

#include "error.h"
#include "profile_private.h"
#include "store.h"

typedef struct walk {
	sheaf_placement_fn fn;
	void              *ctx;
	const char        *profile;
} walk;

static int pass_on(void *ctx, const placement_row *row)
{
	walk           *w = ctx;
	sheaf_placement placement = {row->docid, w->profile, row->weight, row->percent};

	return w->fn(w->ctx, &placement);
}

sheaf_status sheaf_placement_each(sheaf_database *db, const sheaf_profile_set *set,
                                  sheaf_revision since, sheaf_placement_fn fn, void *ctx,
                                  sheaf_error *err)
{
	walk         w = {fn, ctx, NULL};
	sheaf_status status = SHEAF_OK;

	if (!db || !set || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no database, no profiles or no function");
	for (size_t i = 0; status == SHEAF_OK && i < set->count; i++) {
		w.profile = set->profiles[i].name;
		status = store_placement_each(db, set->digest.name, w.profile, since, pass_on, &w,
		                              err);
	}
	if (status == SHEAF_OK && set->digest.fallback) {
		w.profile = PROFILE_FALLBACK;
		status = store_placement_each(db, set->digest.name, w.profile, since, pass_on, &w,
		                              err);
	}
	return status;
}

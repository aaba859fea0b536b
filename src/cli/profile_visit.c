#include "profile_visit.h"

typedef struct visit {
	sheaf_database  *db;
	profile_visit_fn fn;
	void            *ctx;
	sheaf_status     status; /* the first failure, and why */
	sheaf_error     *err;
} visit;

static int visit_name(void *ctx, const char *name)
{
	visit             *v = ctx;
	sheaf_profile_set *set = NULL;

	v->status = sheaf_profile_set_load(v->db, name, &set, v->err);
	if (v->status == SHEAF_OK)
		v->status = v->fn(v->ctx, set, v->err);
	sheaf_profile_set_free(set);
	return v->status != SHEAF_OK;
}

sheaf_status profile_visit(session *s, profile_visit_fn fn, void *ctx, sheaf_error *err)
{
	visit        v = {s->db, fn, ctx, SHEAF_OK, err};
	sheaf_error  why = {0};
	sheaf_status status = sheaf_profile_set_each(s->db, visit_name, &v, &why);

	if (v.status != SHEAF_OK)
		return v.status;
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

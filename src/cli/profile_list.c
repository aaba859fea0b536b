/* profile_list.c: the stored profiles, one a line. */
#include "profile_verbs.h"
#include "profile_visit.h"

typedef struct listing {
	session *s;
	size_t   found;
} listing;

static sheaf_status list_set(void *ctx, const sheaf_profile_set *set, sheaf_error *err)
{
	listing    *l = ctx;
	const char *digest = sheaf_profile_set_get_digest(set)->name;

	(void)err;
	for (size_t i = 0; i < sheaf_profile_set_size(set); i++, l->found++) {
		const sheaf_profile *p = sheaf_profile_set_get(set, i);

		output_line(l->s->out, digest);
		output_puts(l->s->out, "\t");
		output_line(l->s->out, p->name);
		output_puts(l->s->out, "\t");
		output_line(l->s->out, p->heading);
		output_puts(l->s->out, "\n");
	}
	return SHEAF_OK;
}

sheaf_status profile_list(session *s, sheaf_error *err)
{
	listing      l = {s, 0};
	sheaf_status status = profile_visit(s, list_set, &l, err);

	if (status == SHEAF_OK && !l.found)
		s->code = CODE_NOTHING;
	return status;
}

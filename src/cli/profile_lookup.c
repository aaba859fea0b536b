#include "profile_lookup.h"

#include <string.h>

#include "error.h"
#include "profile_visit.h"
#include "str.h"

typedef struct lookup {
	session      *s;
	const char   *text;
	profile_found found;
	const char   *nearest; /* among the names seen; NULL: none is near */
	buf           sets;    /* that have it, joined by ", " */
} lookup;

int profile_is_named(const char *text, const sheaf_profile_set *set, const sheaf_profile *profile)
{
	const char *name = sheaf_profile_set_get_digest(set)->name;
	size_t      len = strlen(name);

	return str_eq(text, profile->name) || (str_starts(text, name) && text[len] == '/' &&
	                                       str_eq(text + len + 1, profile->name));
}

static sheaf_status keep(lookup *l, const sheaf_profile_set *set, const sheaf_profile *p,
                         sheaf_error *err)
{
	const char *name = sheaf_profile_set_get_digest(set)->name;

	buf_printf(&l->sets, "%s%s", l->found.count ? ", " : "", name);
	if (l->found.count++)
		return SHEAF_OK;
	l->found.set = arena_strdup(l->s->arena, name);
	l->found.profile = arena_strdup(l->s->arena, p->name);
	return l->found.set && l->found.profile ? SHEAF_OK : sheaf_nomem(err);
}

/* Remembers the nearest of what was seen before and the names of this set. */
static sheaf_status look_near(lookup *l, const sheaf_profile_set *set, sheaf_error *err)
{
	size_t       count = sheaf_profile_set_size(set), used = 0;
	const char **names = arena_calloc(l->s->arena, count + 2, sizeof *names);

	if (!names)
		return sheaf_nomem(err);
	if (l->nearest)
		names[used++] = l->nearest;
	for (size_t i = 0; i < count; i++)
		names[used++] = sheaf_profile_set_get(set, i)->name;
	l->nearest = str_nearest(l->text, names);
	if (!l->nearest)
		return SHEAF_OK;
	l->nearest = arena_strdup(l->s->arena, l->nearest);
	return l->nearest ? SHEAF_OK : sheaf_nomem(err);
}

static sheaf_status look_at_set(void *ctx, const sheaf_profile_set *set, sheaf_error *err)
{
	lookup      *l = ctx;
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < sheaf_profile_set_size(set); i++) {
		const sheaf_profile *p = sheaf_profile_set_get(set, i);

		if (profile_is_named(l->text, set, p))
			status = keep(l, set, p, err);
	}
	if (status == SHEAF_OK && !l->found.count)
		status = look_near(l, set, err);
	return status;
}

static sheaf_status missing(const lookup *l, sheaf_error *err)
{
	if (l->nearest)
		return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
		                  "no stored profile is named '%.64s' (did you mean %.64s?)",
		                  l->text, l->nearest);
	return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND, "no stored profile is named '%.64s'",
	                  l->text);
}

static sheaf_status find(session *s, const char *text, int only, profile_found *found,
                         sheaf_error *err)
{
	lookup       l = {.s = s, .text = text, .sets = BUF_INIT(0)};
	sheaf_status status = profile_visit(s, look_at_set, &l, err);

	if (status == SHEAF_OK && !l.found.count)
		status = missing(&l, err);
	if (status == SHEAF_OK && only && l.found.count > 1)
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "several sets have a profile '%.64s' (%.200s): say %.64s/%.64s",
		                    text, buf_str(&l.sets), l.found.set, text);
	*found = l.found;
	buf_free(&l.sets);
	return status;
}

sheaf_status profile_lookup(session *s, const char *text, profile_found *found, sheaf_error *err)
{
	return find(s, text, 0, found, err);
}

sheaf_status profile_lookup_one(session *s, const char *text, profile_found *found,
                                sheaf_error *err)
{
	return find(s, text, 1, found, err);
}

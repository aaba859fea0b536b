/* profile_show.c: one stored profile with all that it says. */
#include "error.h"
#include "profile_verbs.h"
#include "profile_visit.h"
#include "str.h"

typedef struct showing {
	session    *s;
	const char *name; /* of the profile that is looked for */
	size_t      found;
} showing;

static void print_text(output *out, const char *key, const char *text)
{
	if (!text)
		return;
	output_printf(out, "%s: ", key);
	output_line(out, text);
	output_puts(out, "\n");
}

static void print_number(output *out, const char *key, int64_t number)
{
	if (number)
		output_printf(out, "%s: %lld\n", key, (long long)number);
}

static void print_keywords(output *out, const sheaf_profile *p)
{
	if (!p->keyword_count)
		return;
	output_puts(out, "keywords: ");
	for (size_t i = 0; i < p->keyword_count; i++) {
		output_puts(out, i ? ", " : "");
		output_line(out, p->keywords[i]);
	}
	output_puts(out, "\n");
}

static sheaf_status show_in_set(void *ctx, const sheaf_profile_set *set, sheaf_error *err)
{
	showing *v = ctx;
	output  *out = v->s->out;

	(void)err;
	for (size_t i = 0; i < sheaf_profile_set_size(set); i++) {
		const sheaf_profile *p = sheaf_profile_set_get(set, i);

		if (!str_eq(p->name, v->name))
			continue;
		output_puts(out, v->found++ ? "\n" : "");
		print_text(out, "digest", sheaf_profile_set_get_digest(set)->name);
		print_text(out, "name", p->name);
		print_text(out, "heading", p->heading);
		print_text(out, "query", p->query);
		print_text(out, "exclude", p->exclude);
		print_text(out, "require", p->require);
		print_keywords(out, p);
		print_number(out, "min_percent", p->min_percent);
		print_number(out, "max", p->max);
	}
	return SHEAF_OK;
}

sheaf_status profile_show(session *s, sheaf_error *err)
{
	showing      v = {s, s->words[1], 0};
	sheaf_status status = profile_visit(s, show_in_set, &v, err);

	if (status == SHEAF_OK && !v.found)
		return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
		                  "no stored profile is named '%.64s'", v.name);
	return status;
}

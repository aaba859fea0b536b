/* profile_show.c: one stored profile with all that it says, and what the database has of it. */
#include "mark_counts.h"
#include "profile_lookup.h"
#include "profile_verbs.h"
#include "profile_visit.h"
#include "str.h"

typedef struct showing {
	session    *s;
	const char *name; /* of the profile that is looked for, or SET/NAME */
	int         json;
	mark_counts marks;
	size_t      found;
} showing;

static const char *const include_names[] = {"new", "cross", "replace"};

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

static void print_list(output *out, const char *key, const char *const *items, size_t count)
{
	if (!count)
		return;
	output_printf(out, "%s: ", key);
	for (size_t i = 0; i < count; i++) {
		output_puts(out, i ? ", " : "");
		output_line(out, items[i]);
	}
	output_puts(out, "\n");
}

/* The names of the announcements that a section takes; how many there are. */
static size_t list_include(const sheaf_profile *p, const char *items[3])
{
	size_t count = 0;

	for (unsigned i = 0; i < 3; i++)
		if (p->include & 1u << i)
			items[count++] = include_names[i];
	return count;
}

static void show_text(showing *v, const char *digest, const sheaf_profile *p,
                      const sheaf_profile_counts *counts)
{
	output     *out = v->s->out;
	mark_count  marks = mark_counts_of(&v->marks, p->name);
	const char *include[3];

	output_puts(out, v->found ? "\n" : "");
	print_text(out, "digest", digest);
	print_text(out, "name", p->name);
	print_text(out, "heading", p->heading);
	print_text(out, "query", p->query);
	print_text(out, "exclude", p->exclude);
	print_text(out, "require", p->require);
	print_list(out, "keywords", p->keywords, p->keyword_count);
	print_number(out, "min_percent", p->min_percent);
	print_number(out, "max", p->max);
	if (p->bias != 0)
		output_printf(out, "bias: %.10g\n", p->bias);
	print_list(out, "include", include, list_include(p, include));
	print_list(out, "must", p->must, p->must_count);
	print_list(out, "mustnot", p->mustnot, p->mustnot_count);
	output_printf(out, "line: %ld\n", p->line);
	output_printf(out, "papers: %lld (%lld not delivered yet)\n", (long long)counts->papers,
	              (long long)(counts->papers - counts->delivered));
	output_printf(out, "classified: up to revision %lld\n", (long long)counts->classified);
	output_printf(out, "marks: %lld belong, %lld do not\n", (long long)marks.belong,
	              (long long)marks.against);
}

static void put_text(output *out, const char *key, const char *text)
{
	output_printf(out, ",\"%s\":", key);
	output_json(out, text);
}

static void put_list(output *out, const char *key, const char *const *items, size_t count)
{
	output_printf(out, ",\"%s\":[", key);
	for (size_t i = 0; i < count; i++) {
		output_puts(out, i ? "," : "");
		output_json(out, items[i]);
	}
	output_puts(out, "]");
}

static void show_object(showing *v, const char *digest, const sheaf_profile *p,
                        const sheaf_profile_counts *counts)
{
	output     *out = v->s->out;
	mark_count  marks = mark_counts_of(&v->marks, p->name);
	const char *include[3];

	output_puts(out, v->found ? ",{\"digest\":" : "{\"digest\":");
	output_json(out, digest);
	put_text(out, "name", p->name);
	put_text(out, "heading", p->heading);
	put_text(out, "query", p->query);
	put_text(out, "exclude", p->exclude);
	put_text(out, "require", p->require);
	put_list(out, "keywords", p->keywords, p->keyword_count);
	output_printf(out, ",\"min_percent\":%d,\"max\":%lld,\"bias\":%.10g", p->min_percent,
	              (long long)p->max, p->bias);
	put_list(out, "include", include, list_include(p, include));
	put_list(out, "must", p->must, p->must_count);
	put_list(out, "mustnot", p->mustnot, p->mustnot_count);
	output_printf(out, ",\"line\":%ld,\"papers\":%lld,\"undelivered\":%lld", p->line,
	              (long long)counts->papers, (long long)(counts->papers - counts->delivered));
	output_printf(out, ",\"classified\":%lld,\"marks\":{\"belong\":%lld,\"not\":%lld}}",
	              (long long)counts->classified, (long long)marks.belong,
	              (long long)marks.against);
}

static sheaf_status show_in_set(void *ctx, const sheaf_profile_set *set, sheaf_error *err)
{
	showing     *v = ctx;
	const char  *digest = sheaf_profile_set_get_digest(set)->name;
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < sheaf_profile_set_size(set); i++) {
		const sheaf_profile *p = sheaf_profile_set_get(set, i);
		sheaf_profile_counts counts;

		if (!profile_is_named(v->name, set, p))
			continue;
		status = sheaf_profile_get_counts(v->s->db, digest, p->name, &counts, err);
		if (status == SHEAF_OK && v->json)
			show_object(v, digest, p, &counts);
		else if (status == SHEAF_OK)
			show_text(v, digest, p, &counts);
		v->found++;
	}
	return status;
}

sheaf_status profile_show(session *s, sheaf_error *err)
{
	const profile_options *o = s->options;
	showing                v = {.s = s, .name = s->words[1], .json = str_eq(o->format, "json")};
	profile_found          found;
	sheaf_status           status = profile_lookup(s, v.name, &found, err);

	if (status == SHEAF_OK)
		status = mark_counts_read(s, &v.marks, err);
	if (status != SHEAF_OK)
		return status;
	if (v.json)
		output_puts(s->out, "{\"format_version\":1,\"profiles\":[");
	status = profile_visit(s, show_in_set, &v, err);
	if (v.json)
		output_puts(s->out, "]}\n");
	return status;
}

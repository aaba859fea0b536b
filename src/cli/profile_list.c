/* profile_list.c: the stored profiles, one a line, and what the database has of each. */
#include "alloc.h"
#include "error.h"
#include "mark_counts.h"
#include "profile_verbs.h"
#include "profile_visit.h"
#include "str.h"

typedef struct listing {
	session    *s;
	mark_counts marks;
	size_t      found;
} listing;

static void print_line(listing *l, const char *digest, const sheaf_profile *p,
                       const sheaf_profile_counts *counts)
{
	output *out = l->s->out;

	output_line(out, digest);
	output_puts(out, "\t");
	output_line(out, p->name);
	output_puts(out, "\t");
	output_line(out, p->heading);
	output_printf(out, "\t%lld\t%lld\n", (long long)counts->papers,
	              (long long)(counts->papers - counts->delivered));
}

static void print_object(listing *l, const char *digest, const sheaf_profile *p,
                         const sheaf_profile_counts *counts)
{
	output    *out = l->s->out;
	mark_count marks = mark_counts_of(&l->marks, p->name);

	output_puts(out, l->found ? ",{\"digest\":" : "{\"digest\":");
	output_json(out, digest);
	output_puts(out, ",\"name\":");
	output_json(out, p->name);
	output_puts(out, ",\"heading\":");
	output_json(out, p->heading);
	output_puts(out, ",\"query\":");
	output_json(out, p->query);
	output_printf(out, ",\"papers\":%lld,\"undelivered\":%lld,\"classified\":%lld",
	              (long long)counts->papers, (long long)(counts->papers - counts->delivered),
	              (long long)counts->classified);
	output_printf(out, ",\"marks\":{\"belong\":%lld,\"not\":%lld}}", (long long)marks.belong,
	              (long long)marks.against);
}

static sheaf_status list_set(void *ctx, const sheaf_profile_set *set, sheaf_error *err)
{
	listing               *l = ctx;
	const profile_options *o = l->s->options;
	const char            *digest = sheaf_profile_set_get_digest(set)->name;
	size_t                 count = sheaf_profile_set_size(set);
	sheaf_profile_counts  *counts = mem_calloc(count + 1, sizeof *counts);
	sheaf_status           status;

	if (!counts)
		return sheaf_nomem(err);
	status = sheaf_profile_set_get_counts(l->s->db, set, counts, err);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		const sheaf_profile *p = sheaf_profile_set_get(set, i);

		if (str_eq(o->format, "json"))
			print_object(l, digest, p, &counts[i]);
		else
			print_line(l, digest, p, &counts[i]);
		l->found++;
	}
	mem_free(counts);
	return status;
}

sheaf_status profile_list(session *s, sheaf_error *err)
{
	const profile_options *o = s->options;
	int                    json = str_eq(o->format, "json");
	listing                l = {.s = s};
	sheaf_status           status = mark_counts_read(s, &l.marks, err);

	if (json)
		output_puts(s->out, "{\"format_version\":1,\"profiles\":[");
	if (status == SHEAF_OK)
		status = profile_visit(s, list_set, &l, err);
	if (json)
		output_puts(s->out, "]}\n");
	if (status == SHEAF_OK && !l.found)
		s->code = CODE_NOTHING;
	return status;
}

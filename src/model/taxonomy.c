#include "taxonomy.h"

#include <string.h>

#include "category.h"
#include "str.h"

enum { GROUP_PREFIX = 4 }; /* bytes of "grp_" */

/* Two names of one category: https://arxiv.org/category_taxonomy, and the archives of old. */
static const struct {
	const char *one, *other;
	int subsumed; /* `one` is an archive of old, and its papers are in the archive of `other` */
} pairs[] = {
	{"cs.IT", "math.IT", 0},
	{"cs.NA", "math.NA", 0},
	{"cs.SY", "eess.SY", 0},
	{"econ.GN", "q-fin.EC", 0},
	{"math-ph", "math.MP", 0},
	{"math.ST", "stat.TH", 0},
	{"acc-phys", "physics.acc-ph", 1},
	{"adap-org", "nlin.AO", 1},
	{"alg-geom", "math.AG", 1},
	{"ao-sci", "physics.ao-ph", 1},
	{"atom-ph", "physics.atom-ph", 1},
	{"bayes-an", "physics.data-an", 1},
	{"chao-dyn", "nlin.CD", 1},
	{"chem-ph", "physics.chem-ph", 1},
	{"cmp-lg", "cs.CL", 1},
	{"comp-gas", "nlin.CG", 1},
	{"dg-ga", "math.DG", 1},
	{"funct-an", "math.FA", 1},
	{"mtrl-th", "cond-mat.mtrl-sci", 1},
	{"patt-sol", "nlin.PS", 1},
	{"plasm-ph", "physics.plasm-ph", 1},
	{"q-alg", "math.QA", 1},
	{"solv-int", "nlin.SI", 1},
	{"supr-con", "cond-mat.supr-con", 1},
};

/* A name that was asked for, and who is told the others. */
typedef struct asked {
	const char *name;
	size_t      len;
	taxonomy_fn fn;
	void       *ctx;
} asked;

static int is_name(const char *name, const char *text, size_t len)
{
	return strlen(name) == len && str_ieq_n(name, text, len);
}

static int tell(const asked *a, const char *category)
{
	return is_name(category, a->name, a->len) ? 0 : a->fn(a->ctx, category);
}

static int tell_pairs(const asked *a)
{
	int stop = 0;

	for (size_t i = 0; !stop && i < sizeof pairs / sizeof *pairs; i++) {
		if (is_name(pairs[i].one, a->name, a->len))
			stop = tell(a, pairs[i].other);
		else if (is_name(pairs[i].other, a->name, a->len))
			stop = tell(a, pairs[i].one);
	}
	return stop;
}

/* The archives of old whose papers are now counted among those of the archive. */
static int tell_subsumed(const asked *a)
{
	int stop = 0;

	for (size_t i = 0; !stop && i < sizeof pairs / sizeof *pairs; i++) {
		const char *dot = strchr(pairs[i].other, '.');

		if (pairs[i].subsumed && (size_t)(dot - pairs[i].other) == a->len &&
		    str_ieq_n(pairs[i].other, a->name, a->len))
			stop = tell(a, pairs[i].one);
	}
	return stop;
}

/* Every archive of a group, also those of old, whichever archive they went into. */
static int tell_group(const asked *a, const char *group, size_t len)
{
	const category_archive *archive;
	int                     stop = 0;

	for (size_t i = 0; !stop && (archive = category_archive_at(i)); i++)
		if (is_name(archive->group, group, len))
			stop = tell(a, archive->name);
	return stop;
}

int taxonomy_each_other(const char *category, size_t len, taxonomy_fn fn, void *ctx)
{
	asked                   a = {category, len, fn, ctx};
	const category_archive *archive = category_archive_find(category, len);

	if (len > GROUP_PREFIX && str_ieq_n(category, "grp_", GROUP_PREFIX))
		return tell_group(&a, category + GROUP_PREFIX, len - GROUP_PREFIX);
	/* An archive that has its group's name stands for the whole group. */
	if (archive && str_eq(archive->name, archive->group))
		return tell_group(&a, category, len);
	if (archive) {
		int stop = tell_subsumed(&a);

		if (stop)
			return stop;
	}
	return tell_pairs(&a);
}

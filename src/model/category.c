#include "category.h"

#include <string.h>

#include "str.h"

enum { SET_SPEC_MAX = 200 };

/* Every archive that identifiers, categories or sets name; the retired ones still have papers. */
static const category_archive archives[] = {
	{"acc-phys", "physics", 0},
	{"adap-org", "physics", 0},
	{"alg-geom", "math", 0},
	{"ao-sci", "physics", 0},
	{"astro-ph", "physics", 1},
	{"atom-ph", "physics", 0},
	{"bayes-an", "physics", 0},
	{"chao-dyn", "physics", 0},
	{"chem-ph", "physics", 0},
	{"cmp-lg", "cs", 0},
	{"comp-gas", "physics", 0},
	{"cond-mat", "physics", 0},
	{"cs", "cs", 1},
	{"dg-ga", "math", 0},
	{"econ", "econ", 1},
	{"eess", "eess", 1},
	{"funct-an", "math", 0},
	{"gr-qc", "physics", 0},
	{"hep-ex", "physics", 0},
	{"hep-lat", "physics", 0},
	{"hep-ph", "physics", 0},
	{"hep-th", "physics", 0},
	{"math", "math", 1},
	{"math-ph", "physics", 0},
	{"mtrl-th", "physics", 0},
	{"nlin", "physics", 1},
	{"nucl-ex", "physics", 0},
	{"nucl-th", "physics", 0},
	{"patt-sol", "physics", 0},
	{"physics", "physics", 0},
	{"plasm-ph", "physics", 0},
	{"q-alg", "math", 0},
	{"q-bio", "q-bio", 1},
	{"q-fin", "q-fin", 1},
	{"quant-ph", "physics", 0},
	{"solv-int", "physics", 0},
	{"stat", "stat", 1},
	{"supr-con", "physics", 0},
	{"test", "test", 0},
};

const category_archive *category_archive_find(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof archives / sizeof *archives; i++) {
		const char *known = archives[i].name;

		if (strlen(known) == len && str_ieq_n(known, name, len))
			return &archives[i];
	}
	return NULL;
}

const category_archive *category_archive_at(size_t i)
{
	return i < sizeof archives / sizeof *archives ? &archives[i] : NULL;
}

/* The characters that OAI-PMH's schema allows in a setSpec. */
static int is_set_spec(const char *s)
{
	size_t len = strlen(s);

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (!str_is_alpha(c) && !str_is_digit(c) && !strchr("-_.!~*'():", c))
			return 0;
	}
	return len > 0 && len <= SET_SPEC_MAX;
}

static void append_class(buf *out, const char *class, int upper)
{
	for (; *class; class ++) {
		char lower = str_lower(*class);
		int  raise = upper && lower >= 'a' && lower <= 'z';

		buf_putc(out, raise ? (char)(lower - 'a' + 'A') : lower);
	}
}

int category_set_spec(const char *name, buf *out)
{
	const char             *dot = strchr(name, '.');
	size_t                  len = dot ? (size_t)(dot - name) : strlen(name);
	const category_archive *archive;

	if (!is_set_spec(name) || (dot && !dot[1]))
		return 0;
	archive = strchr(name, ':') ? NULL : category_archive_find(name, len);
	if (!archive) {
		buf_puts(out, name);
		return 1;
	}
	buf_puts(out, archive->group);
	/* An archive that has its group's name: the set of the whole group. */
	if (!dot && str_eq(archive->name, archive->group))
		return 1;
	buf_printf(out, ":%s", archive->name);
	if (dot) {
		buf_putc(out, ':');
		append_class(out, dot + 1, archive->upper);
	}
	return 1;
}

/* person_name.h: names taken apart, whatever is printed or typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "dice.h"
#include "person_name.h"
#include "person_names.h"

static void put(buf *out, const char *before, const char *text, size_t len, const char *after)
{
	buf_puts(out, before);
	buf_append(out, text, len);
	buf_puts(out, after);
}

/* In the form of the table. */
static void show(const person_name *p, buf *out)
{
	buf_clear(out);
	if (p->kind == PERSON_NONE) {
		buf_puts(out, "-");
		return;
	}
	put(out, "", p->family.text, p->family.len, "");
	if (p->core.len)
		put(out, "/", p->core.text, p->core.len, "");
	buf_puts(out, ":");
	for (size_t i = 0; i < p->given_count; i++)
		put(out, " ", p->given[i].text, p->given[i].len, p->given[i].initial ? "." : "");
	if (p->joined.len)
		put(out, " =", p->joined.text, p->joined.len, "");
	if (p->kind == PERSON_FULL && !p->aligned)
		buf_puts(out, " *");
}

static void names_are_taken_apart(void **state)
{
	buf    out = BUF_INIT(0);
	size_t count = sizeof person_names / sizeof *person_names, wrong = 0;

	(void)state;
	assert_true(count >= 300);
	for (size_t i = 0; i < count; i++) {
		person_name p;

		person_name_parse(&p, person_names[i].name, strlen(person_names[i].name));
		show(&p, &out);
		if (strcmp(buf_str(&out), person_names[i].parts) == 0)
			continue;
		print_error("'%s': '%s', not '%s'\n", person_names[i].name, buf_str(&out),
		            person_names[i].parts);
		wrong++;
	}
	buf_free(&out);
	assert_int_equal(wrong, 0);
}

/* What the forms of a name have in common is what finds it. */
static void forms_share_the_family_key(void **state)
{
	static const char *const forms[][6] = {
		{"Ada Quist", "A. Quist", "Quist, Ada", "QUIST Ada", "quist_a",
	         "Dr. Ada Quist Jr."},
		{"Lara del Monte", "del Monte, L.", "del_monte_l", "L. Del Monte", "delmonte_l",
	         "del Monte"},
		{"Finn O'Dara",
	         "O\xE2\x80\x99"
	         "Dara, F.",
	         "Finn ODara", "o'dara_f", "O'Dara F.", "F. O`Dara"},
		{"Yann Le Goff", "Y. LeGoff", "Le Goff, Yann", "le_goff_y", "legoff_y",
	         "LE GOFF Yann"},
		{"Jan Gro\xC3\x9F", "Gross, J.", "Jan Gro{\\ss}", "gross_j", "J. GROSS",
	         "Jan Gross III"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		person_name first, p;

		person_name_parse(&first, forms[i][0], strlen(forms[i][0]));
		for (size_t k = 1; k < 6; k++) {
			person_name_parse(&p, forms[i][k], strlen(forms[i][k]));
			if (p.family.len != first.family.len ||
			    memcmp(p.family.text, first.family.text, p.family.len) != 0)
				fail_msg("'%s' and '%s'", forms[i][0], forms[i][k]);
			assert_true(!p.given_count || *p.given[0].text == *first.given[0].text);
		}
	}
}

static void check_bounds(const person_name *p, size_t len)
{
	assert_true(p->word_count <= PERSON_WORDS_MAX && p->given_count <= PERSON_GIVEN_MAX);
	for (size_t i = 0; i < p->word_count; i++) {
		const person_word *w = &p->words[i];

		assert_true(w->len && w->at + w->len <= PERSON_BYTES_MAX);
		assert_true(w->begin < w->end && w->end <= len);
		assert_true(!i || w->at == w[-1].at + w[-1].len);
	}
	if (p->kind == PERSON_NONE)
		return;
	assert_true(p->family.len && p->family.len <= PERSON_KEY_MAX && p->family.count);
	assert_true(p->family.word + p->family.count <= p->word_count);
	assert_true(p->core.len < p->family.len);
	assert_true((p->kind == PERSON_FULL) == (p->given_count > 0));
	for (size_t i = 0; i < p->given_count; i++)
		assert_true(p->given[i].len && p->given[i].len <= PERSON_KEY_MAX);
}

static void anything_is_taken(void **state)
{
	static const char *const pieces[] = {"Ada",
	                                     "Q",
	                                     ".",
	                                     ",",
	                                     " ",
	                                     "-",
	                                     "'",
	                                     "_",
	                                     "van",
	                                     "de",
	                                     "Jr",
	                                     "(",
	                                     ")",
	                                     "[",
	                                     "\"",
	                                     "QU",
	                                     "&",
	                                     "\\'e",
	                                     "{\\o}",
	                                     "1",
	                                     ";",
	                                     "\xE2\x80\x99",
	                                     "\xFF",
	                                     "O",
	                                     "XY",
	                                     "\xC3\x89",
	                                     "\xE9\x99\x88",
	                                     "Quist",
	                                     "\t",
	                                     "the",
	                                     "Team",
	                                     "et al."};
	char                     long_name[4000];
	buf                      text = BUF_INIT(0);
	dice                     d;

	(void)state;
	dice_start(&d, 1, 0, 0);
	for (int round = 0; round < 20000; round++) {
		person_name p;

		buf_clear(&text);
		for (size_t n = dice_below(&d, 24); n; n--)
			buf_puts(&text, pieces[dice_below(&d, sizeof pieces / sizeof *pieces)]);
		person_name_parse(&p, buf_str(&text), text.len);
		check_bounds(&p, text.len);
	}
	buf_free(&text);
	for (size_t len = 0; len < sizeof long_name; len += 37) {
		person_name p;

		memset(long_name, 'x', len);
		person_name_parse(&p, long_name, len);
		check_bounds(&p, len);
		for (size_t i = 7; i < len; i += 90)
			long_name[i] = ' ';
		person_name_parse(&p, long_name, len);
		check_bounds(&p, len);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_taken_apart),
		cmocka_unit_test(forms_share_the_family_key),
		cmocka_unit_test(anything_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

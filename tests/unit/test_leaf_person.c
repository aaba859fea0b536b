/* leaf_person.h: which persons a name in a query finds, by the index. */
#include <stdlib.h>

#include "engine_fixture.h"
#include "leaf_person.h"

/* One paper each, besides an author whom they share. */
static const char *const persons[] = {
	"Yann Legoff",
	"Y. Legoff",
	"Legoff, Yann",
	"Legoff Yann",
	"Yann A. Legoff",
	"Yves Legoff",
	"Yann Other",
	"Yann Le Goff",
	"Jean-Pierre Sorel",
	"J. P. Sorel",
	"Jean Pierre Sorel",
	"J. Sorel",
	"Jean-Michel Sorel",
	"M. Sorel",
	"JP Sorel",
	"John Robert Wren",
	"J. R. Wren",
	"John Wren",
	"J Wren",
	"John Q. Wren",
	"John Richard Wren",
	"J.R.R. Wren",
	"A. Del Maestro",
	"Adrian del Maestro",
	"B. Maestro",
	"Kees van der Zee",
	"Juan de la Cruz",
	"Ulla von Horn",
	"Omar al-Rashidi",
	"Finn O'Dara",
	"Finn ODara",
	"F. O\xE2\x80\x99"
	"Dara",
	"Anna Smith-Jones",
	"Anna Smith Jones",
	"A. Smith-Jones",
	"Smithjones Ek",
	"Xiao-Ming Fen",
	"Xiaoming Fen",
	"X. M. Fen",
	"In\\'es N\\'u\\~nez",
	"Lamp Collaboration",
	"The Lamp Scientific Collaboration",
	"Tran Van B",
	"WU Jian",
	"Jian Wu",
	"Gabriel L\xC3\xB3pez Mar\xC3\xADn",
	"Ada Quist Jr.",
	"Lan (Lana) Tan",
	"Yu. Petrenko",
	"Md. Abdul Rahimi",
	"\xE9\x99\x88\xE5\x85\xB0",
};

enum { PERSONS = sizeof persons / sizeof *persons };

typedef struct people {
	engine e;
} people;

static int set_up(void **state)
{
	people *p = calloc(1, sizeof *p);

	assert_non_null(p);
	engine_begin(&p->e, "people");
	for (size_t i = 0; i < PERSONS; i++) {
		char         id[16];
		sheaf_author named = {.name = persons[i]}, shared = {.name = "Zo\xC3\xAB Lamp"};
		sheaf_error  err;

		snprintf(id, sizeof id, "2401.%05zu", i + 1);
		must(scratch_paper(p->e.doc, id, "Title", NULL, &err), &err);
		must(sheaf_document_add_author(p->e.doc, &named, &err), &err);
		must(sheaf_document_add_author(p->e.doc, &shared, &err), &err);
		assert_int_equal(engine_store(&p->e), SHEAF_ADDED);
	}
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	people *p = *state;

	engine_end(&p->e);
	free(p);
	return 0;
}

static void expect(people *p, const char *text, unsigned flags, const char *names)
{
	sheaf_enquire *enquire;
	sheaf_query   *q;
	sheaf_mset    *mset;
	sheaf_error    err;
	buf            found = BUF_INIT(0);

	must(sheaf_query_new_term(SHEAF_FIELD_AUTHOR, text, flags, &q, &err), &err);
	must(sheaf_enquire_new(p->e.db, &enquire, &err), &err);
	sheaf_enquire_set_query(enquire, q);
	must(sheaf_enquire_get_mset(enquire, 0, 1000, &mset, &err), &err);
	for (size_t person = 0; person < PERSONS; person++)
		for (size_t i = 0; i < sheaf_mset_size(mset); i++)
			if (sheaf_mset_get_docid(mset, i) == (sheaf_docid)person + 1)
				buf_printf(&found, "%s%s", found.len ? "|" : "", persons[person]);
	if (strcmp(buf_str(&found), names) != 0)
		fail_msg("%s: '%s', not '%s'", text, buf_str(&found), names);
	buf_free(&found);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
}

typedef struct query_case {
	const char *text, *names;
} query_case;

#define EXPECT_ALL(p, cases, flags)                                     \
	for (size_t i_ = 0; i_ < sizeof(cases) / sizeof *(cases); i_++) \
	expect((p), (cases)[i_].text, (flags), (cases)[i_].names)

#define YANN "Yann Legoff|Y. Legoff|Legoff, Yann|"
#define Y_GOFF "Yann Legoff|Y. Legoff|Legoff, Yann|Yann A. Legoff|Yves Legoff|Yann Le Goff"
#define GOFF                                                                         \
	"Yann Legoff|Y. Legoff|Legoff, Yann|Legoff Yann|Yann A. Legoff|Yves Legoff|" \
	"Yann Le Goff"
#define SOREL "Jean-Pierre Sorel|J. P. Sorel|Jean Pierre Sorel|J. Sorel|JP Sorel"

static void given_names_agree_as_far_as_they_go(void **state)
{
	static const query_case cases[] = {
		{"Legoff", GOFF},
		{"Le Goff", GOFF},
		{"Yann Legoff", YANN "Legoff Yann|Yann A. Legoff|Yann Le Goff"},
		{"yann legoff", YANN "Legoff Yann|Yann A. Legoff|Yann Le Goff"},
		{"Yann Le Goff", YANN "Legoff Yann|Yann A. Legoff|Yann Le Goff"},
		{"Legoff, Yann", YANN "Legoff Yann|Yann A. Legoff|Yann Le Goff"},
		{"Legoff Yann", "Yann Legoff|Legoff, Yann|Legoff Yann|Yann A. Legoff|Yann Le Goff"},
		{"Y Legoff", Y_GOFF},
		{"Y. Legoff", Y_GOFF},
		{"Legoff, Y.", Y_GOFF},
		{"Legoff Y", Y_GOFF},
		{"legoff_y", Y_GOFF},
		{"legoff_y_1", Y_GOFF},
		{"Yann A. Legoff", YANN "Yann A. Legoff|Yann Le Goff"},
		{"Yann B. Legoff", YANN "Yann Le Goff"},
		{"J-P Sorel", SOREL},
		{"J.-P. Sorel", SOREL},
		{"JP Sorel", SOREL},
		{"Sorel J P", SOREL},
		{"sorel_j_p", SOREL},
		{"Jean-Pierre Sorel", SOREL},
		{"Sorel, Jean-Pierre", SOREL},
		{"John R Wren",
	         "John Robert Wren|J. R. Wren|John Wren|J Wren|John Richard Wren|J.R.R. Wren"},
		{"John Robert Wren", "John Robert Wren|J. R. Wren|John Wren|J Wren|J.R.R. Wren"},
		{"J. R. R. Wren", "John Robert Wren|J. R. Wren|John Wren|J Wren|John Richard Wren|"
	                          "J.R.R. Wren"},
		{"J. R. Q. Wren", "John Robert Wren|J. R. Wren|John Wren|J Wren|John Richard Wren"},
		{"John Q. Wren", "John Wren|J Wren|John Q. Wren"},
		{"Paul Wren", ""},
	};

	EXPECT_ALL(*state, cases, SHEAF_TERM_NAME);
}

#define MAESTRO "A. Del Maestro|Adrian del Maestro"
#define DARA                                      \
	"Finn O'Dara|Finn ODara|F. O\xE2\x80\x99" \
	"Dara"
#define JONES "Anna Smith-Jones|Anna Smith Jones|A. Smith-Jones"

static void family_names_have_one_key(void **state)
{
	static const query_case cases[] = {
		{"A Del Maestro", MAESTRO},
		{"delmaestro_a", MAESTRO},
		{"del_maestro", MAESTRO},
		{"del_maestro_a", MAESTRO},
		{"del Maestro", MAESTRO},
		{"DelMaestro", MAESTRO},
		{"Del Maestro, Adrian", MAESTRO},
		{"maestro_a", MAESTRO},
		{"Maestro", MAESTRO "|B. Maestro"},
		{"van der Zee", "Kees van der Zee"},
		{"vanderzee_k", "Kees van der Zee"},
		{"zee_k", "Kees van der Zee"},
		{"K. Van Der Zee", "Kees van der Zee"},
		{"de la Cruz", "Juan de la Cruz"},
		{"delacruz_j", "Juan de la Cruz"},
		{"von Horn", "Ulla von Horn"},
		{"horn_u", "Ulla von Horn"},
		{"al-Rashidi", "Omar al-Rashidi"},
		{"El Rashidi, Omar", ""},
		{"O. Rashidi", "Omar al-Rashidi"},
		{"O'Dara", DARA},
		{"ODara", DARA},
		{"O\xE2\x80\x98"
	         "Dara",
	         DARA},
		{"o'dara_f", DARA},
		{"odara_f", DARA},
		/* What one word can be written as is met anywhere, as a word is. */
		{"Smith-Jones", JONES "|Smithjones Ek"},
		{"Smith Jones", JONES},
		{"SmithJones", "Anna Smith-Jones|A. Smith-Jones|Smithjones Ek"},
		{"A. Smith Jones", JONES},
		{"smith-jones_a", JONES},
		{"Anna Smith-Jones", JONES},
		{"Lopez Marin", "Gabriel L\xC3\xB3pez Mar\xC3\xADn"},
		{"lopez_marin_g", "Gabriel L\xC3\xB3pez Mar\xC3\xADn"},
		{"L\xC3\xB3pez Mar\xC3\xADn, Gabriel", "Gabriel L\xC3\xB3pez Mar\xC3\xADn"},
		{"G. Marin", "Gabriel L\xC3\xB3pez Mar\xC3\xADn"},
	};

	EXPECT_ALL(*state, cases, SHEAF_TERM_NAME);
}

static void other_forms(void **state)
{
	static const query_case cases[] = {
		{"Xiaoming Fen", "Xiao-Ming Fen|Xiaoming Fen|X. M. Fen"},
		{"Xiao-Ming Fen", "Xiao-Ming Fen|Xiaoming Fen|X. M. Fen"},
		{"Fen Xiao-Ming", "Xiao-Ming Fen|Xiaoming Fen"},
		{"X M Fen", "Xiao-Ming Fen|Xiaoming Fen|X. M. Fen"},
		{"Nunez", "In\\'es N\\'u\\~nez"},
		{"I. N\xC3\xBA\xC3\xB1"
	         "ez",
	         "In\\'es N\\'u\\~nez"},
		{"Tran Van B", "Tran Van B"},
		{"tran_v", "Tran Van B"},
		{"Wu Jian", "WU Jian|Jian Wu"},
		{"Jian Wu", "WU Jian|Jian Wu"},
		{"A. Quist", "Ada Quist Jr."},
		{"Ada Quist III", "Ada Quist Jr."},
		{"Lan Tan", "Lan (Lana) Tan"},
		{"tan_l", "Lan (Lana) Tan"},
		{"Yuri Petrenko", "Yu. Petrenko"},
		{"Ivan Petrenko", ""},
		{"Md Rahimi", "Md. Abdul Rahimi"},
		{"M. A. Rahimi", "Md. Abdul Rahimi"},
		{"M. B. Rahimi", ""},
		{"\xE9\x99\x88\xE5\x85\xB0", "\xE9\x99\x88\xE5\x85\xB0"},
		{"Lamp Collaboration", "Lamp Collaboration"},
		{"Lamp Scientific Collaboration", "The Lamp Scientific Collaboration"},
		{"The Lamp Collaboration", "Lamp Collaboration"},
		{"L. Collaboration", ""},
		/* No name runs over two persons. */
		{"Yann Lamp", ""},
		{"Legoff Zoe", ""},
		/* Nothing to look for. */
		{"", ""},
		{" .,-' ", ""},
		{"\" OR authors : x", ""},
	};

	EXPECT_ALL(*state, cases, SHEAF_TERM_NAME);
}

static void a_whole_name_is_what_is_printed(void **state)
{
	static const query_case cases[] = {
		{"Yann Legoff", "Yann Legoff"},
		{"YANN  legoff", "Yann Legoff"},
		{"Y. Legoff", "Y. Legoff"},
		{"y legoff", "Y. Legoff"},
		{"Legoff", ""},
		{"Yann", ""},
		{"Yann A Legoff", "Yann A. Legoff"},
		{"legoff yann", "Legoff, Yann|Legoff Yann"},
		{"Ines Nunez", "In\\'es N\\'u\\~nez"},
		{"Lamp Collaboration", "Lamp Collaboration"},
		{"Scientific Collaboration", ""},
		{"Ada Quist", ""},
		{"Ada Quist Jr", "Ada Quist Jr."},
		{"Jian Wu", "Jian Wu"},
		{"Finn O'Dara", "Finn O'Dara"},
		{"Lan Lana Tan", "Lan (Lana) Tan"},
		{"", ""},
	};

	EXPECT_ALL(*state, cases, SHEAF_TERM_WHOLE);
}

/* Words in authors are met as they were before there were keys. */
static void plain_words_are_left_alone(void **state)
{
	static const query_case cases[] = {
		{"Yann Legoff", "Yann Legoff"},
		{"Le Goff", "Yann Le Goff"},
		{"Yann A Legoff", "Yann A. Legoff"},
		{"Legoff Zoe", ""},
		{"odara", "Finn ODara"},
	};
	static const query_case prefixes[] = {
		{"Marin", "Gabriel L\xC3\xB3pez Mar\xC3\xADn"},
		{"Petr", "Yu. Petrenko"},
		{"Yann Lego", "Yann Legoff"},
		{"legoff_", YANN "Legoff Yann|Yann A. Legoff|Yves Legoff"},
	};

	EXPECT_ALL(*state, cases, 0);
	EXPECT_ALL(*state, prefixes, SHEAF_TERM_PREFIX);
}

/* A bare word in a query is a family name, however it is divided. */
static void one_word_is_a_family_name(void **state)
{
	static const query_case cases[] = {
		{"ODara", DARA},
		{"O'Dara", DARA},
		{"Legoff", GOFF},
		{"delmaestro", MAESTRO},
		{"smith-jones", JONES "|Smithjones Ek"},
		{"Yann",
	         "Yann Legoff|Legoff, Yann|Legoff Yann|Yann A. Legoff|Yann Other|Yann Le Goff"},
		{"Yann Legoff", "Yann Legoff"},
	};

	EXPECT_ALL(*state, cases, SHEAF_TERM_STEMMED);
}

/* What it costs is bounded, and every phrase is told of. */
static void expressions_are_small(void **state)
{
	static const char *const names[] = {"Quist", "Ada B. Quist",
	                                    "A-B-C-D-E-F-G-H Quist-Lamp-Fen",
	                                    "one two three four five six seven eight nine ten"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		buf        out = BUF_INIT(0);
		leaf_shape shape = {0};
		leaf_words words = {0};
		size_t     phrases = 1;

		assert_int_equal(
			leaf_person_write(names[i], SHEAF_TERM_NAME, &out, &shape, &words, NULL),
			SHEAF_OK);
		for (const char *p = buf_str(&out); (p = strstr(p, " OR ")); p += 4)
			phrases++;
		assert_int_equal(shape.phrases, phrases);
		assert_int_equal(shape.counted, phrases);
		assert_true(phrases <= 8);
		assert_true(words.count > 0);
		leaf_words_free(&words);
		buf_free(&out);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(given_names_agree_as_far_as_they_go),
		TEST(family_names_have_one_key),
		TEST(other_forms),
		TEST(a_whole_name_is_what_is_printed),
		TEST(plain_words_are_left_alone),
		TEST(one_word_is_a_family_name),
		cmocka_unit_test(expressions_are_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

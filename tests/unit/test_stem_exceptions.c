/*
 * stem_exceptions.txt: each entry takes effect, words that belong together meet and others do not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libstemmer.h>
#include <sheaf/stem.h>

#include "stem_exceptions.h"

enum { STEM_SIZE = 128 };

static sheaf_stem        *english;
static struct sb_stemmer *snowball;

static int set_up(void **state)
{
	(void)state;
	snowball = sb_stemmer_new("english", NULL);
	return snowball && sheaf_stem_new("english", &english, NULL) == SHEAF_OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	sb_stemmer_delete(snowball);
	sheaf_stem_free(english);
	return 0;
}

static void stem_with(sheaf_stem *stem, const char *text, char out[STEM_SIZE])
{
	const char *found;
	size_t      len;

	assert_int_equal(sheaf_stem_word(stem, text, strlen(text), &found, &len, NULL), SHEAF_OK);
	assert_true(len < STEM_SIZE);
	memcpy(out, found, len);
	out[len] = '\0';
}

static void snowball_stem(const char *text, char out[STEM_SIZE])
{
	const sb_symbol *found = sb_stemmer_stem(snowball, (const sb_symbol *)text,
	                                         (int)strlen(text));

	assert_non_null(found);
	assert_true(sb_stemmer_length(snowball) < STEM_SIZE);
	memcpy(out, found, (size_t)sb_stemmer_length(snowball));
	out[sb_stemmer_length(snowball)] = '\0';
}

/* A word of the file: it has the stem, Snowball alone gives another, and the stem stays. */
static void check_word(const char *text, const char *stem)
{
	char ours[STEM_SIZE], again[STEM_SIZE], plain[STEM_SIZE];

	stem_with(english, text, ours);
	snowball_stem(text, plain);
	stem_with(english, stem, again);
	if (strcmp(ours, stem) != 0)
		fail_msg("%s: '%s', not '%s'", text, ours, stem);
	if (strcmp(plain, stem) == 0)
		fail_msg("%s: Snowball's stem is '%s', too", text, stem);
	if (strcmp(again, stem) != 0)
		fail_msg("%s: its stem '%s' has another stem, '%s'", text, stem, again);
}

/*
 * The two spellings of a beginning, with endings behind it, have one stem, and Snowball's differ.
 */
static void check_beginning(const char *from, const char *to, const char *const *endings)
{
	char   a[STEM_SIZE], b[STEM_SIZE], ours[STEM_SIZE], other[STEM_SIZE];
	size_t apart = 0;

	for (; *endings; endings++) {
		snprintf(a, sizeof a, "%s%s", from, *endings);
		snprintf(b, sizeof b, "%s%s", to, *endings);
		if (stem_exception_find(a, strlen(a)))
			continue;
		stem_with(english, a, ours);
		stem_with(english, b, other);
		if (strcmp(ours, other) != 0)
			fail_msg("%s: '%s', %s: '%s'", a, ours, b, other);
		snowball_stem(a, ours);
		snowball_stem(b, other);
		apart += strcmp(ours, other) != 0;
	}
	if (!apart)
		fail_msg("%s-: Snowball has the same stems as for %s-", from, to);
}

static void check_line(char *line)
{
	static const char *const any[] = {"", "s", "ed", "ing", "al", "ically", NULL};
	static const char *const verbs[] = {"e", "es", "ed", "ing", "er", "ation", "ations", NULL};
	char                     from[64], to[64];
	char                    *colon = strchr(line, ':');

	if (!colon) {
		size_t len = strcspn(line, "-~");

		assert_int_equal(sscanf(line, "%63[a-z]%*[-~] %63[a-z]", from, to), 2);
		check_beginning(from, to, line[len] == '~' ? verbs : any);
		return;
	}
	*colon = '\0';
	for (char *at = colon + 1; *at;) {
		size_t len;

		at += strspn(at, " \n");
		len = strcspn(at, " \n");
		if (!len)
			break;
		snprintf(from, sizeof from, "%.*s", (int)len, at);
		check_word(from, line);
		at += len;
	}
}

static void every_entry_takes_effect(void **state)
{
	char  path[4096], line[512];
	int   entries = 0;
	FILE *file;

	(void)state;
	snprintf(path, sizeof path, "%s/index/terms/stem_exceptions.txt", getenv("SHEAF_SOURCE"));
	file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "#")] = '\0';
		if (line[strspn(line, " \n")] == '\0')
			continue;
		check_line(line);
		entries++;
	}
	fclose(file);
	assert_true(entries > 200);
}

static void the_tables_are_sorted(void **state)
{
	(void)state;
	for (size_t i = 1; i < stem_word_count; i++)
		assert_true(strcmp(stem_words[i - 1].from, stem_words[i].from) < 0);
	for (size_t i = 1; i < stem_beginning_count; i++) {
		const char *before = stem_beginnings[i - 1].from;

		assert_true(strcmp(before, stem_beginnings[i].from) < 0);
		assert_int_not_equal(strncmp(before, stem_beginnings[i].from, strlen(before)), 0);
	}
}

static void words_that_meet(void **state)
{
	/* Each line is one family. */
	static const char *const families[] = {
		"matrix matrices",
		"vertex vertices vertexes",
		"index indices indexes indexing",
		"simplex simplices",
		"spectrum spectra",
		"criterion criteria",
		"phenomenon phenomena",
		"equilibrium equilibria",
		"automaton automata",
		"corpus corpora",
		"radius radii",
		"nucleus nuclei",
		"supernova supernovae",
		"formula formulae formulas",
		"lemma lemmata lemmas",
		"analysis analyses",
		"hypothesis hypotheses",
		"basis bases",
		"axis axes",
		"lattice lattices",
		"lens lenses lensing lensed",
		"gas gases gaseous",
		"mouse mice",
		"child children",
		"behavior behaviour behavioural behavioral behaviours",
		"color colour coloured",
		"neighbor neighbour neighbouring",
		"neighborhood neighbourhood",
		"modeling modelling modelled model",
		"labelled labeled label",
		"center centre centred centered",
		"fiber fibre fibres",
		"analyze analyse analysed",
		"optimization optimisation optimise optimal",
		"organization organisation organise",
		"generalization generalise generalisation",
		"characterise characterize",
		"parameterization parametrisation parametrization",
		"disc disk discs",
		"defence defense",
		"catalogue catalog",
		"programme programs programming",
		"generate generation generator generative",
		"experiment experimental experiments",
		"university universities",
		"universal universality",
		"emergency emergencies",
		"positive positivity",
		"transition transitions transitional",
		"transit transits transiting",
		"critical criticality",
		"mechanism mechanisms",
		"important importance",
		"general generally generality",
	};

	(void)state;
	for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
		char text[256], first[STEM_SIZE] = "", stem[STEM_SIZE];

		snprintf(text, sizeof text, "%s", families[i]);
		for (char *at = text; *at;) {
			size_t len = strcspn(at, " ");
			int    more = at[len] != '\0';

			at[len] = '\0';
			stem_with(english, at, stem);
			if (!*first)
				memcpy(first, stem, sizeof first);
			if (strcmp(stem, first) != 0)
				fail_msg("%s: '%s', not '%s'", at, stem, first);
			at += len + (size_t)more;
		}
	}
}

static void words_that_do_not_meet(void **state)
{
	static const char *const pairs[][2] = {
		{"university", "universe"},
		{"university", "universal"},
		{"universe", "universal"},
		{"organ", "organic"},
		{"organ", "organization"},
		{"organic", "organism"},
		{"organism", "organization"},
		{"relativity", "relation"},
		{"relativity", "relative"},
		{"relative", "related"},
		{"general", "generate"},
		{"general", "generic"},
		{"general", "generalization"},
		{"internal", "international"},
		{"emergence", "emergency"},
		{"object", "objective"},
		{"position", "positive"},
		{"import", "important"},
		{"transition", "transit"},
		{"transitive", "transition"},
		{"numerical", "numerous"},
		{"experiment", "experience"},
		{"past", "paste"},
		{"news", "new"},
		{"author", "authority"},
		{"author", "authorization"},
		{"logic", "logistic"},
		{"logistic", "logistics"},
		{"arm", "army"},
		{"animal", "animation"},
		{"factory", "factorial"},
		{"lens", "length"},
		{"these", "theses"},
		{"lateral", "later"},
		{"formation", "format"},
		{"definition", "definite"},
		{"modulation", "module"},
		{"conformal", "conformation"},
		{"affine", "affinity"},
		{"success", "successive"},
		{"response", "responsible"},
		{"optimal", "optimism"},
		{"characteristic", "character"},
		{"real", "realism"},
		{"noise", "noize"},
		{"precise", "precize"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		char a[STEM_SIZE], b[STEM_SIZE];

		stem_with(english, pairs[i][0], a);
		stem_with(english, pairs[i][1], b);
		if (strcmp(a, b) == 0)
			fail_msg("%s and %s: '%s'", pairs[i][0], pairs[i][1], a);
	}
}

static void other_stemmers_have_none(void **state)
{
	static const char *const languages[] = {"porter", "german", "french", "none"};

	(void)state;
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		struct sb_stemmer *plain = sb_stemmer_new(languages[i], NULL);
		sheaf_stem        *stem;

		assert_int_equal(sheaf_stem_new(languages[i], &stem, NULL), SHEAF_OK);
		for (size_t j = 0; j < stem_word_count; j++) {
			const char *text = stem_words[j].from;
			size_t      len = strlen(text), found_len;
			const char *found;

			assert_int_equal(sheaf_stem_word(stem, text, len, &found, &found_len, NULL),
			                 SHEAF_OK);
			if (plain) {
				text = (const char *)sb_stemmer_stem(plain, (const sb_symbol *)text,
				                                     (int)len);
				len = (size_t)sb_stemmer_length(plain);
			}
			assert_int_equal(found_len, len);
			assert_memory_equal(found, text, len);
		}
		sheaf_stem_free(stem);
		sb_stemmer_delete(plain);
	}
}

static void respelling_stays_in_its_room(void **state)
{
	char out[16];

	(void)state;
	assert_int_equal(stem_exception_respell("colours", 7, out, 6), 6);
	assert_memory_equal(out, "colors", 6);
	assert_int_equal(stem_exception_respell("colours", 7, out, 5), 0);
	assert_int_equal(stem_exception_respell("colou", 5, out, sizeof out), 0);
	assert_int_equal(stem_exception_respell("", 0, out, sizeof out), 0);
	assert_int_equal(stem_exception_respell("zzz", 3, out, sizeof out), 0);
	assert_null(stem_exception_find("matrice", 7));
	assert_null(stem_exception_find("matricess", 9));
	assert_null(stem_exception_find("", 0));
	/* Bytes past the length are not looked at. */
	assert_string_equal(stem_exception_find("matricess", 8), "matrix");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_entry_takes_effect),
		cmocka_unit_test(the_tables_are_sorted),
		cmocka_unit_test(words_that_meet),
		cmocka_unit_test(words_that_do_not_meet),
		cmocka_unit_test(other_stemmers_have_none),
		cmocka_unit_test(respelling_stays_in_its_room),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}

/*
 * How many mistyped words are put right, and how many right ones are left alone: words of real
 * papers, mistyped by rule. The papers are looked for in $SHEAF_SHARED_DATA.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "arena.h"
#include "scratch_db.h"

enum {
	LETTERS_MIN = 6,
	LETTERS_MAX = 30,
	DOCUMENTS_MIN = 10, /* of a word that is certainly one */
	TYPOS = 600,
	ONE_OF = 4,          /* right words that are asked */
	RIGHT_MIN = 80,      /* per cent of typos; two slips in a row are among them */
	LEFT_ALONE_MIN = 97, /* per cent of right words */
	NO_DATA = 77
};

typedef struct words {
	arena  arena;
	char **list;
	size_t count, size;
} words;

static char            db_path[SCRATCH_PATH_SIZE];
static sheaf_database *db;
static sheaf_stem     *stem;
static words           known;
static sheaf_error     error;

static unsigned random_below(uint64_t *seed, unsigned limit)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % limit;
}

static int take_word(void *ctx, const sheaf_term_info *term)
{
	words *w = ctx;

	if (term->stemmed || term->termfreq < DOCUMENTS_MIN || term->len < LETTERS_MIN ||
	    term->len > LETTERS_MAX)
		return 0;
	for (size_t i = 0; i < term->len; i++)
		if (term->text[i] < 'a' || term->text[i] > 'z')
			return 0;
	if (w->count == w->size) {
		w->size = w->size ? w->size * 2 : 1024;
		w->list = mem_realloc_array(w->list, w->size, sizeof *w->list);
		assert_non_null(w->list);
	}
	w->list[w->count] = arena_strndup(&w->arena, term->text, term->len);
	assert_non_null(w->list[w->count++]);
	return 0;
}

/* ---- typing ---- */

static char neighbour_key(uint64_t *seed, char c)
{
	static const char *const rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *at = strchr(rows[i], c);

		if (at)
			return at == rows[i] || (at[1] && random_below(seed, 2)) ? at[1] : at[-1];
	}
	return c;
}

/* One slip, anywhere but at the first letter. `word` has room for one letter more. */
static void slip(uint64_t *seed, char *word)
{
	size_t len = strlen(word), at = 1 + random_below(seed, (unsigned)len - 2);
	char   here = word[at];

	switch (random_below(seed, 4)) {
	case 0: memmove(word + at, word + at + 1, len - at); break;
	case 1: memmove(word + at + 1, word + at, len - at + 1); break;
	case 2:
		word[at] = word[at + 1];
		word[at + 1] = here;
		break;
	default: word[at] = neighbour_key(seed, here); break;
	}
}

static int is_known(const char *word)
{
	int64_t documents;
	char    exact[LETTERS_MAX + 8];

	snprintf(exact, sizeof exact, "=%s", word);
	must(sheaf_database_get_termfreq(db, exact, &documents, &error), &error);
	return documents >= DOCUMENTS_MIN;
}

/* Forms of one word are found by each other. */
static int same_family(const char *a, const char *b)
{
	const char *text;
	char        first[LETTERS_MAX + 40];
	size_t      len, first_len;

	must(sheaf_stem_word(stem, a, strlen(a), &text, &first_len, &error), &error);
	assert_true(first_len < sizeof first);
	memcpy(first, text, first_len);
	must(sheaf_stem_word(stem, b, strlen(b), &text, &len, &error), &error);
	return len == first_len && memcmp(text, first, len) == 0;
}

/* One slip in most words, two in every fifth. */
static void typos_are_put_right(void **state)
{
	uint64_t seed = 20240229;
	int      right = 0, asked = 0;

	(void)state;
	while (asked < TYPOS) {
		const char *word = known.list[random_below(&seed, (unsigned)known.count)];
		char        typo[LETTERS_MAX + 4], *got;

		snprintf(typo, sizeof typo, "%s", word);
		slip(&seed, typo);
		if (random_below(&seed, 5) == 0)
			slip(&seed, typo);
		if (is_known(typo) || same_family(typo, word))
			continue;
		must(sheaf_database_get_spelling_suggestion(db, typo, 2, &got, &error), &error);
		right += got && same_family(got, word);
		asked++;
		sheaf_free(got);
	}
	printf("%d of %d typos put right\n", right, asked);
	assert_true(right * 100 >= asked * RIGHT_MIN);
}

static void right_words_are_left_alone(void **state)
{
	size_t alone = 0, asked = 0;

	(void)state;
	for (size_t i = 0; i < known.count; i += ONE_OF) {
		char *got;

		must(sheaf_database_get_spelling_suggestion(db, known.list[i], 2, &got, &error),
		     &error);
		alone += !got;
		asked++;
		sheaf_free(got);
	}
	printf("%zu of %zu right words left alone\n", alone, asked);
	assert_true(alone * 100 >= asked * LEFT_ALONE_MIN);
}

static int load(void **state)
{
	char          path[4096];
	sheaf_import *import;

	(void)state;
	snprintf(path, sizeof path, "%s/arxiv-10k.jsonl.zst", getenv("SHEAF_SHARED_DATA"));
	scratch_path(db_path, "spelling-rate");
	must(sheaf_database_open(db_path, SHEAF_DB_CREATE, NULL, &db, &error), &error);
	must(sheaf_import_new(db, NULL, &import, &error), &error);
	must(sheaf_import_file(import, path, &error), &error);
	must(sheaf_import_finish(import, NULL, &error), &error);
	sheaf_import_free(import);
	must(sheaf_stem_new(NULL, &stem, &error), &error);
	must(sheaf_database_each_term(db, SHEAF_FIELD_ANY, NULL, take_word, &known, &error),
	     &error);
	assert_true(known.count > 1000);
	return 0;
}

static int clean(void **state)
{
	(void)state;
	mem_free(known.list);
	arena_free(&known.arena);
	sheaf_stem_free(stem);
	sheaf_database_close(db);
	scratch_remove(db_path);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typos_are_put_right),
		cmocka_unit_test(right_words_are_left_alone),
	};
	const char *folder = getenv("SHEAF_SHARED_DATA");
	char        path[4096];

	snprintf(path, sizeof path, "%s/arxiv-10k.jsonl.zst", folder ? folder : "");
	if (!folder || access(path, R_OK) != 0) {
		puts("skipped: no papers");
		return NO_DATA;
	}
	return cmocka_run_group_tests(tests, load, clean);
}

/*
 * compare_topics: how often profiles put a paper into its primary category, beside two yardsticks.
 *
 *   compare_topics --db FILE --profiles FILE
 *
 * The papers are those whose primary category is a profile's name. One in five, by the hash of the
 * identifier, is asked about; the others are there to learn from. Everyone sees the words of title
 * and abstract alone:
 *
 * profiles      as `sheaf profile eval --by categories --split test` has them.
 * keywords      the words of the category's official name, stop words aside. The category of which most
 *               different words are in the paper has it, of equals the one with more papers; a paper
 *               with none of them is in no category.
 * naive Bayes   multinomial, of words in lower case, with 0.1 added to each count.
 *
 * Prints a line each: papers, accuracy, and F1 averaged over the categories.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <sheaf/evaluation.h>

#include "alloc.h"
#include "bench_util.h"
#include "category_name.h"
#include "corpus_text.h"
#include "id_split.h"
#include "query_stop_words.h"
#include "taxonomy.h"
#include "text_table.h"

enum { CLASSES_MAX = 256, NAMES_MAX = 1024, NONE = CLASSES_MAX };

#define ADDED 0.1

typedef struct model {
	const sheaf_profile_set *set;
	size_t                   classes;
	arena                    arena;
	text_table               words;
	uint32_t                *counts; /* by word, then class */
	size_t                   room;   /* words */
	uint64_t                 papers[CLASSES_MAX], total[CLASSES_MAX];
	text_table               names; /* of categories */
	size_t                   class_of_name[NAMES_MAX];
	unsigned char           *named; /* by word, then class: 1 where it is in the class's name */
} model;

/* What came of one way to sort papers. */
typedef struct outcome {
	int64_t papers, right[CLASSES_MAX], placed[CLASSES_MAX + 1], labelled[CLASSES_MAX];
} outcome;

typedef struct asking {
	model  *m;
	outcome keywords, bayes;
} asking;

/* The class of a paper; NONE: it is of another category. */
static size_t class_of(const model *m, const sheaf_document *doc)
{
	const char *primary = sheaf_document_get_category(doc, 0);
	uint32_t    number = primary ? text_table_find(&m->names, primary, strlen(primary))
	                             : UINT32_MAX;

	return number == UINT32_MAX ? NONE : m->class_of_name[number];
}

static void add_name(model *m, const char *name, size_t class)
{
	uint32_t known = (uint32_t)m->names.count;
	uint32_t number = text_table_put(&m->names, &m->arena, name, strlen(name));

	if (number == UINT32_MAX || number >= NAMES_MAX)
		bench_fail("compare_topics", "too many categories");
	if (number == known)
		m->class_of_name[number] = class;
}

typedef struct naming {
	model *m;
	size_t class;
} naming;

static int add_other(void *ctx, const char *name)
{
	const naming *n = ctx;

	add_name(n->m, name, n->class);
	return 0;
}

/* All names of each category, as an evaluation has them; its own comes first. */
static void read_categories(model *m)
{
	for (size_t i = 0; i < m->classes; i++)
		add_name(m, sheaf_profile_set_get(m->set, i)->name, i);
	for (size_t i = 0; i < m->classes; i++) {
		const char *name = sheaf_profile_set_get(m->set, i)->name;
		naming      n = {m, i};

		taxonomy_each_other(name, strlen(name), add_other, &n);
	}
}

static int is_test(const sheaf_document *doc)
{
	return id_split_is_test(sheaf_document_get_text(doc, SHEAF_FIELD_ID));
}

/* The number of a word; with `add`, a new one for one that is not known. UINT32_MAX: none. */
static uint32_t number_of(model *m, const char *text, size_t len, int add)
{
	uint32_t number = text_table_find(&m->words, text, len);

	if (number != UINT32_MAX || !add)
		return number;
	number = text_table_put(&m->words, &m->arena, text, len);
	if (number == UINT32_MAX)
		bench_fail("compare_topics", "out of memory");
	if (number >= m->room) {
		size_t room = m->room ? m->room * 2 : 4096;

		m->counts = mem_realloc_array(m->counts, room, m->classes * sizeof *m->counts);
		m->named = mem_realloc_array(m->named, room, m->classes);
		if (!m->counts || !m->named)
			bench_fail("compare_topics", "out of memory");
		memset(m->counts + m->room * m->classes, 0,
		       (room - m->room) * m->classes * sizeof *m->counts);
		memset(m->named + m->room * m->classes, 0, (room - m->room) * m->classes);
		m->room = room;
	}
	return number;
}

static void read_names(model *m)
{
	for (size_t i = 0; i < m->classes; i++) {
		const char *name = category_title(sheaf_profile_set_get(m->set, i)->name);
		char        out[CORPUS_WORD_SIZE];
		size_t      len;

		while (name && (len = corpus_token(&name, out)))
			if (!query_stop_words_has(out)) {
				uint32_t number = number_of(m, out, len, 1);

				m->named[number * m->classes + i] = 1;
			}
	}
}

/* ---- learning ---- */

static void count_text(model *m, const char *text, size_t class)
{
	char   out[CORPUS_WORD_SIZE];
	size_t len;

	while (text && (len = corpus_token(&text, out))) {
		uint32_t number = number_of(m, out, len, 1);

		m->counts[number * m->classes + class]++;
		m->total[class]++;
	}
}

static int learn(void *ctx, const sheaf_document *doc)
{
	model *m = ctx;
	size_t class = class_of(m, doc);

	if (class == NONE || is_test(doc))
		return 0;
	m->papers[class]++;
	count_text(m, sheaf_document_get_text(doc, SHEAF_FIELD_TITLE), class);
	count_text(m, sheaf_document_get_text(doc, SHEAF_FIELD_ABSTRACT), class);
	return 0;
}

/* ---- asking ---- */

static void note(outcome *o, size_t class, size_t placed)
{
	o->papers++;
	o->labelled[class]++;
	o->placed[placed]++;
	o->right[class] += class == placed;
}

/* Adds what the words of a text say: of Bayes logarithms, of keywords each different one. */
static void ask_text(model *m, const char *text, text_table *seen, arena *a, double *bayes,
                     unsigned *keywords)
{
	char   out[CORPUS_WORD_SIZE];
	size_t len, vocabulary = m->words.count;

	while (text && (len = corpus_token(&text, out))) {
		uint32_t number = number_of(m, out, len, 0);
		size_t   known = seen->count;

		if (number == UINT32_MAX)
			continue;
		for (size_t i = 0; i < m->classes; i++)
			bayes[i] += log(((double)m->counts[number * m->classes + i] + ADDED) /
			                ((double)m->total[i] + ADDED * (double)vocabulary));
		if (text_table_put(seen, a, out, len) == UINT32_MAX)
			bench_fail("compare_topics", "out of memory");
		for (size_t i = 0; seen->count > known && i < m->classes; i++)
			keywords[i] += m->named[number * m->classes + i];
	}
}

static int ask(void *ctx, const sheaf_document *doc)
{
	asking *q = ctx;
	model  *m = q->m;
	size_t class = class_of(m, doc), best = 0, found = NONE;
	double     bayes[CLASSES_MAX];
	unsigned   keywords[CLASSES_MAX] = {0};
	text_table seen = {0};
	arena      a = {0};

	if (class == NONE || !is_test(doc))
		return 0;
	for (size_t i = 0; i < m->classes; i++)
		bayes[i] = log((double)m->papers[i] + ADDED);
	ask_text(m, sheaf_document_get_text(doc, SHEAF_FIELD_TITLE), &seen, &a, bayes, keywords);
	ask_text(m, sheaf_document_get_text(doc, SHEAF_FIELD_ABSTRACT), &seen, &a, bayes, keywords);
	for (size_t i = 0; i < m->classes; i++) {
		if (bayes[i] > bayes[best])
			best = i;
		if (keywords[i] &&
		    (found == NONE || keywords[i] > keywords[found] ||
		     (keywords[i] == keywords[found] && m->papers[i] > m->papers[found])))
			found = i;
	}
	note(&q->bayes, class, best);
	note(&q->keywords, class, found);
	text_table_free(&seen);
	arena_free(&a);
	return 0;
}

/* ---- what came of it ---- */

static void print_outcome(const char *name, const outcome *o, size_t classes)
{
	double  sum = 0;
	int64_t right = 0;

	for (size_t i = 0; i < classes; i++) {
		int64_t both = o->placed[i] + o->labelled[i];

		right += o->right[i];
		sum += both ? 2 * (double)o->right[i] / (double)both : 0;
	}
	printf("%s\t%lld\t%.4f\t%.4f\n", name, (long long)o->papers,
	       o->papers ? (double)right / (double)o->papers : 0, sum / (double)classes);
}

static void print_profiles(sheaf_database *db, const sheaf_profile_set *set)
{
	const sheaf_evaluation_options with = {.labels = SHEAF_LABELS_CATEGORIES,
	                                       .split = SHEAF_SPLIT_TEST};
	sheaf_evaluation              *evaluation;
	sheaf_evaluation_totals        totals;
	sheaf_error                    err;

	bench_check(sheaf_evaluate(db, set, &with, &evaluation, &err), &err, "evaluate");
	totals = sheaf_evaluation_get_totals(evaluation);
	printf("profiles\t%lld\t%.4f\t%.4f\n", (long long)totals.papers, totals.accuracy,
	       totals.macro.f1);
	sheaf_evaluation_free(evaluation);
}

int main(int argc, char **argv)
{
	const char        *path = NULL, *profiles = NULL;
	sheaf_database    *db;
	sheaf_profile_set *set;
	sheaf_error        err;
	model              m = {0};
	asking             q = {.m = &m};
	const bench_option options[] = {
		{"--db", &path, NULL, 1, "FILE"},
		{"--profiles", &profiles, NULL, 1, "FILE"},
		{0},
	};

	bench_options(argc, argv, options);
	bench_check(sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, &err), &err, path);
	bench_check(sheaf_profile_set_read(profiles, &set, &err), &err, profiles);
	m.set = set;
	m.classes = sheaf_profile_set_size(set);
	if (m.classes > CLASSES_MAX)
		bench_fail(profiles, "too many profiles");
	read_categories(&m);
	read_names(&m);
	bench_check(sheaf_database_each_document(db, 0, learn, &m, &err), &err, "learn");
	bench_check(sheaf_database_each_document(db, 0, ask, &q, &err), &err, "ask");
	puts("method\tpapers\taccuracy\tmacro_f1");
	print_outcome("keywords", &q.keywords, m.classes);
	print_outcome("naive Bayes", &q.bayes, m.classes);
	print_profiles(db, set);
	mem_free(m.counts);
	mem_free(m.named);
	text_table_free(&m.words);
	text_table_free(&m.names);
	arena_free(&m.arena);
	sheaf_profile_set_free(set);
	sheaf_database_close(db);
	return 0;
}

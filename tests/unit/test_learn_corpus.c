/* Papers as words, words as features: what is counted, of which papers, and how it is written. */
#include "profile_fixture.h"

#include <math.h>

#include "alloc.h"
#include "dice.h"
#include "id_split.h"
#include "learn_forms.h"
#include "str.h"
#include "weights_score.h"

typedef struct world {
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db;
	learn_corpus    corpus;
	learn_matrix    matrix;
	int             number; /* of the last identifier that was taken */
} world;

static void open_world(world *w)
{
	memset(w, 0, sizeof *w);
	w->db = fixture_open(w->path, "learn_corpus");
}

/* A paper with an identifier of that part of the split. */
static void add_to(world *w, int test, const char *title, const char *abstract, const char *label)
{
	char id[24];

	do
		snprintf(id, sizeof id, "2501.%05d", ++w->number);
	while (id_split_is_test(id) != test);
	fixture_put(w->db, id, title, abstract, "2025-01-05", label);
}

static void add(world *w, int times, const char *title, const char *abstract, const char *label)
{
	while (times--)
		add_to(w, 0, title, abstract, label);
}

/* The second of a paper's categories. */
static const char *second_category(void *ctx, const sheaf_document *doc)
{
	++*(int *)ctx;
	return sheaf_document_get_category(doc, 1);
}

static const char *first_category(void *ctx, const sheaf_document *doc)
{
	(void)ctx;
	return sheaf_document_get_category(doc, 0);
}

static void read_papers(world *w, learn_label_fn label, void *ctx)
{
	sheaf_error err;

	must(learn_corpus_read(&w->corpus, w->db, label, ctx, &err), &err);
}

static void read_all(world *w, size_t classes)
{
	sheaf_error err;

	read_papers(w, first_category, NULL);
	must(learn_matrix_make(&w->matrix, &w->corpus, classes, &err), &err);
}

static void close_world(world *w)
{
	learn_matrix_free(&w->matrix);
	learn_corpus_free(&w->corpus);
	fixture_close(w->db, w->path);
}

/* ---- the corpus ---- */

static void labels_are_counted_where_they_are_learnt_from(void **state)
{
	world               w;
	int                 asked = 0;
	const learn_corpus *c = &w.corpus;

	(void)state;
	open_world(&w);
	add(&w, 3, "Lamps", "Lamps.", "cs.NE a.X");
	add(&w, 2, "Lamps", "Lamps.", "cs.NE b.Y");
	add_to(&w, 1, "Lamps", "Lamps.", "cs.NE b.Y");
	add_to(&w, 1, "Lamps", "Lamps.", "cs.NE c.Z");
	add(&w, 4, "Lamps", "Lamps.", "cs.NE");
	read_papers(&w, second_category, &asked);
	assert_int_equal(asked, 11);
	assert_int_equal(c->paper_count, 7);
	assert_int_equal(c->labels.count, 3);
	for (size_t i = 0; i < 3; i++) {
		int64_t expected = 0;

		expected = str_eq(c->labels.texts[i], "a.X")   ? 3
		           : str_eq(c->labels.texts[i], "b.Y") ? 2
		                                               : 0;
		assert_int_equal(c->label_counts[i], expected);
	}
	for (size_t i = 0; i < c->paper_count; i++)
		assert_int_equal(c->papers[i].test, i >= 5);
	close_world(&w);
}

/* The words of a paper as they are written: "T" before those of the title, "." for a gap. */
static void read_as(const learn_corpus *c, size_t paper, const char *expected)
{
	const learn_paper *p = &c->papers[paper];
	buf                out = BUF_INIT(0);

	for (uint32_t i = p->begin; i < p->end; i++) {
		uint32_t form = learn_corpus_form(c, i);

		buf_puts(&out, i == p->begin ? "" : " ");
		buf_puts(&out, c->words[i] & LEARN_TITLE_BIT ? "T" : "");
		buf_puts(&out, form == LEARN_GAP ? "." : c->forms.texts[form]);
	}
	assert_string_equal(buf_str(&out), expected);
	buf_free(&out);
}

static void words_are_those_of_the_index(void **state)
{
	world               w;
	const learn_corpus *c = &w.corpus;

	(void)state;
	open_world(&w);
	add(&w, 1, "The Networks of lamps", "A network, 42 and x: networking.", "cs.NE");
	add(&w, 1, "", "", "cs.NE");
	read_papers(&w, first_category, NULL);
	read_as(c, 0, ". Tnetworks . Tlamps . . network . . . networking .");
	read_as(c, 1, ". .");
	/* A word of the title counts three times in the length, a gap once. */
	assert_int_equal(c->papers[0].length, 3 * 2 + 10);
	/* A word with its inflections is one. */
	assert_int_equal(learn_corpus_family(c, 1), learn_corpus_family(c, 6));
	assert_int_equal(learn_corpus_family(c, 1), learn_corpus_family(c, 10));
	assert_int_not_equal(learn_corpus_family(c, 1), learn_corpus_family(c, 3));
	assert_int_equal(learn_corpus_family(c, 0), LEARN_GAP);
	close_world(&w);
}

/* ---- the matrix ---- */

/* SIZE_MAX: there is none. `second` NULL: a single word. */
static size_t column_of(const world *w, const char *first, const char *second)
{
	const text_table *t = &w->corpus.families;
	uint32_t          a = text_table_find(t, first, strlen(first));
	uint32_t b = second ? text_table_find(t, second, strlen(second)) : (uint32_t)LEARN_GAP;

	for (size_t c = 0; c < w->matrix.columns; c++)
		if (w->matrix.features[c].first == a && w->matrix.features[c].second == b)
			return c;
	return SIZE_MAX;
}

static double value_at(const learn_matrix *m, size_t row, size_t column)
{
	for (size_t i = m->begin[row]; i < m->begin[row + 1]; i++)
		if (m->column[i] == column)
			return (double)m->value[i];
	return 0;
}

static void frequent_labels_become_classes(void **state)
{
	world w;

	(void)state;
	open_world(&w);
	add(&w, 4, "Lamps", "Lamps.", "b.few");
	add(&w, 4, "Lamps", "Lamps.", "a.few");
	add(&w, 9, "Lamps", "Lamps.", "z.many");
	for (int i = 0; i < 20; i++)
		add_to(&w, 1, "Lamps", "Lamps.", "c.unseen");
	add_to(&w, 1, "Lamps", "Lamps.", "a.few");
	read_all(&w, 2);
	assert_int_equal(w.matrix.classes, 2);
	assert_string_equal(w.corpus.labels.texts[w.matrix.labels[0]], "z.many");
	assert_string_equal(w.corpus.labels.texts[w.matrix.labels[1]], "a.few");
	assert_int_equal(w.matrix.rows, 14);
	for (size_t row = 0; row < 14; row++) {
		assert_int_equal(w.matrix.class_of[row], row < 4 || row == 13);
		assert_int_equal(w.matrix.test[row], row == 13);
	}
	learn_matrix_free(&w.matrix);
	{
		sheaf_error err;

		must(learn_matrix_make(&w.matrix, &w.corpus, 40, &err), &err);
	}
	/* What no paper to learn from has is no class. */
	assert_int_equal(w.matrix.classes, 3);
	close_world(&w);
}

/* Words of three papers at least, pairs of five; papers for tests do not count. */
static void rare_features_are_left_out(void **state)
{
	world w;

	(void)state;
	open_world(&w);
	add(&w, 5, "", "solar lamp; moon.", "a");
	add(&w, 3, "", "tidal wave.", "b");
	add(&w, 2, "", "rare dust.", "b");
	for (int i = 0; i < 9; i++)
		add_to(&w, 1, "", "rare dust; tidal wave.", "b");
	read_all(&w, 2);
	assert_true(column_of(&w, "solar", NULL) != SIZE_MAX);
	assert_true(column_of(&w, "tidal", NULL) != SIZE_MAX);
	assert_true(column_of(&w, "rare", NULL) == SIZE_MAX);
	assert_true(column_of(&w, "solar", "lamp") != SIZE_MAX);
	assert_true(column_of(&w, "lamp", "solar") == SIZE_MAX);
	assert_true(column_of(&w, "tidal", "wave") == SIZE_MAX);
	close_world(&w);
}

static double idf_part(double papers, double have)
{
	return pow(log(papers / (have + 1) + 1), 1.5);
}

/* A title counts three times; frequencies saturate; a value is as the query's score will have it. */
static void values_are_those_of_the_score(void **state)
{
	world         w;
	size_t        lamp, moon;
	double        share = weights_length_share(3 * 1 + 1 + 30 + 4 + 1), expected, found;
	learn_matrix *m = &w.matrix;

	(void)state;
	open_world(&w);
	add(&w, 6, "lamps",
	    "of of of of of of of of of of of of of of of of of of of of of of of of of of of of "
	    "of of lamp lamp moon moon",
	    "a");
	add(&w, 3, "", "moon", "b");
	read_all(&w, 2);
	lamp = column_of(&w, "lamp", NULL);
	moon = column_of(&w, "moon", NULL);
	assert_true(lamp != SIZE_MAX && moon != SIZE_MAX);
	assert_true(m->features[lamp].scale > m->features[moon].scale);
	found = (double)(m->features[lamp].scale / m->features[moon].scale);
	assert_true(fabs(found - idf_part(9, 6) / idf_part(9, 9)) < 1e-5);
	expected = weights_saturation(3 + 2) * share * (double)m->features[lamp].scale;
	assert_true(fabs(value_at(m, 0, lamp) - expected) < 1e-6);
	expected = weights_saturation(2) * share * (double)m->features[moon].scale;
	assert_true(fabs(value_at(m, 0, moon) - expected) < 1e-6);
	assert_true(fabs(value_at(m, 6, lamp)) < 1e-12);
	close_world(&w);
}

static void narrowing_keeps_rows_and_order(void **state)
{
	world    w;
	uint32_t moved[16];
	size_t   lamp, moon, columns, kept = 0;
	double   value;

	(void)state;
	open_world(&w);
	add(&w, 6, "", "lamp moon dust", "a");
	add(&w, 6, "", "moon", "b");
	read_all(&w, 2);
	columns = w.matrix.columns;
	assert_in_range(columns, 4, 16);
	lamp = column_of(&w, "lamp", NULL);
	moon = column_of(&w, "moon", NULL);
	value = value_at(&w.matrix, 3, moon);
	for (size_t c = 0; c < columns; c++)
		moved[c] = c == lamp || c == moon ? (uint32_t)kept++ : UINT32_MAX;
	learn_matrix_narrow(&w.matrix, moved, kept);
	assert_int_equal(w.matrix.columns, 2);
	assert_int_equal(w.matrix.begin[12], 6 * 2 + 6);
	assert_true(column_of(&w, "lamp", NULL) == moved[lamp]);
	assert_true(fabs(value_at(&w.matrix, 3, moved[moon]) - value) < 1e-12);
	assert_true(fabs(value_at(&w.matrix, 9, moved[lamp])) < 1e-12);
	close_world(&w);
}

/* ---- how features are written ---- */

static void written_as(const world *w, const learn_forms *f, size_t column, const char *expected)
{
	buf out = BUF_INIT(0);

	assert_true(column != SIZE_MAX);
	learn_forms_put(f, &w->corpus, column, &out);
	assert_string_equal(buf_str(&out), expected);
	buf_free(&out);
}

static void features_are_written_as_most_papers_do(void **state)
{
	world       w;
	learn_forms forms;
	sheaf_error err;

	(void)state;
	open_world(&w);
	add(&w, 4, "", "neural networks; graph network.", "a");
	add(&w, 2, "", "neural network; graph networks; graph network.", "b");
	add(&w, 3, "", "mapping maps", "b");
	read_all(&w, 2);
	must(learn_forms_find(&forms, &w.corpus, &w.matrix, &err), &err);
	written_as(&w, &forms, column_of(&w, "network", NULL), "network");
	written_as(&w, &forms, column_of(&w, "neural", "network"), "neural-networks");
	written_as(&w, &forms, column_of(&w, "graph", "network"), "graph-network");
	/* Of equals the first in the order of bytes. */
	written_as(&w, &forms, column_of(&w, "map", NULL), "mapping");
	learn_forms_free(&forms);
	close_world(&w);
}

static void a_corpus_of_nothing_has_nothing(void **state)
{
	world       w;
	learn_forms forms;
	sheaf_error err;

	(void)state;
	open_world(&w);
	read_all(&w, 40);
	assert_int_equal(w.corpus.paper_count, 0);
	assert_int_equal(w.matrix.classes, 0);
	assert_int_equal(w.matrix.rows, 0);
	assert_int_equal(w.matrix.columns, 0);
	must(learn_forms_find(&forms, &w.corpus, &w.matrix, &err), &err);
	learn_forms_free(&forms);
	close_world(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_are_counted_where_they_are_learnt_from),
		cmocka_unit_test(words_are_those_of_the_index),
		cmocka_unit_test(frequent_labels_become_classes),
		cmocka_unit_test(rare_features_are_left_out),
		cmocka_unit_test(values_are_those_of_the_score),
		cmocka_unit_test(narrowing_keeps_rows_and_order),
		cmocka_unit_test(features_are_written_as_most_papers_do),
		cmocka_unit_test(a_corpus_of_nothing_has_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

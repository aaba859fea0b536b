/*
 * The engine against brute force: random papers, random query trees, and for each the same set, the
 * same scores and an order that follows from them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "datetime.h"
#include "engine_fixture.h"
#include "naive_match.h"

enum { PAPERS = 220, QUERIES = 180, DEEPEST = 62 };

static const char *const vocabulary[] = {
	"network",  "networks",  "networking", "spiking",    "spikes",   "neural",
	"neurally", "computing", "compute",    "lattice",    "lattices", "graph",
	"graphs",   "event",     "based",      "eventbased", "of",       "the",
	"theory",   "quantum",   "fields",     "rare",       "moor",     "moors",
};
enum { VOCABULARY = sizeof vocabulary / sizeof *vocabulary };

static uint64_t random_state;

/* Xorshift (Marsaglia, J. Statistical Software 8, 2003). */
static unsigned below(unsigned limit)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (unsigned)((random_state >> 20) % limit);
}

typedef struct world {
	engine       e;
	naive_corpus corpus;
} world;

/* ---- papers ---- */

static naive_word make_word(const naive_corpus *c, const char *text)
{
	naive_word  w = {"", ""};
	const char *stem;
	size_t      len;

	snprintf(w.text, sizeof w.text, "%s", text);
	must(sheaf_stem_word(c->stem, w.text, strlen(w.text), &stem, &len, NULL), NULL);
	snprintf(w.stem, sizeof w.stem, "%.*s", (int)len, stem);
	return w;
}

/* Common words are commoner. */
static naive_word random_word(const naive_corpus *c)
{
	return make_word(c, vocabulary[below(below(VOCABULARY) + 1)]);
}

static void random_text(world *w, naive_paper *p, int column, unsigned most, sheaf_field field)
{
	buf text = BUF_INIT(0);

	p->count[column] = below(most + 1);
	for (size_t i = 0; i < p->count[column]; i++) {
		p->words[column][i] = random_word(&w->corpus);
		buf_printf(&text, "%s%s", i ? below(4) ? " " : ",\n" : "",
		           p->words[column][i].text);
	}
	must(sheaf_document_set_text(w->e.doc, field, buf_str(&text), SIZE_MAX, NULL), NULL);
	buf_free(&text);
}

static void random_authors(world *w, naive_paper *p)
{
	unsigned authors = below(4);

	p->count[2] = 0;
	for (unsigned a = 0; a < authors; a++) {
		sheaf_author author = {0};
		char         name[128] = "";
		unsigned     words = 1 + below(3);

		if (a)
			p->words[2][p->count[2]++] = (naive_word){"", ""};
		for (unsigned i = 0; i < words; i++) {
			naive_word word = random_word(&w->corpus);

			p->words[2][p->count[2]++] = word;
			snprintf(name + strlen(name), sizeof name - strlen(name), "%s%s",
			         i ? " " : "", word.text);
		}
		author.name = name;
		must(sheaf_document_add_author(w->e.doc, &author, NULL), NULL);
	}
}

static void random_dates(world *w, naive_paper *p)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED};
	sheaf_time              *times[] = {&p->submitted, &p->updated};

	for (int i = 0; i < 2; i++) {
		/* Few days, so that many papers share one. */
		*times[i] = below(3) ? date_days(2024, 1, 1 + (int)below(90)) * 86400
		                     : SHEAF_TIME_NONE;
		must(sheaf_document_set_value(w->e.doc, fields[i], *times[i], NULL), NULL);
	}
}

static void name_paper(naive_paper *p, unsigned number)
{
	int month = 1 + (int)below(4);

	p->month = p->month_end = SHEAF_TIME_NONE;
	if (number % 3) {
		snprintf(p->id, sizeof p->id, "24%02d.%05u", month, number);
		p->month = date_days(2024, month, 1) * 86400;
		p->month_end = date_days(2024, month + 1, 1) * 86400 - 1;
	} else {
		snprintf(p->id, sizeof p->id, "doc-%u", number);
	}
}

/* Makes the paper anew, in the model and in the database. */
static void write_paper(world *w, naive_paper *p)
{
	sheaf_document *d = w->e.doc;
	sheaf_change    change;

	sheaf_document_clear(d);
	must(sheaf_document_set_text(d, SHEAF_FIELD_ID, p->id, SIZE_MAX, NULL), NULL);
	random_text(w, p, 0, 6, SHEAF_FIELD_TITLE);
	random_text(w, p, 1, 30, SHEAF_FIELD_ABSTRACT);
	random_text(w, p, 3, 4, SHEAF_FIELD_COMMENTS);
	random_authors(w, p);
	random_dates(w, p);
	p->categories = below(8) & below(8);
	for (unsigned i = 0; i < 8; i++)
		if (p->categories & 1u << i)
			must(sheaf_document_add_category(d, naive_category(i), NULL), NULL);
	/* Written anew, so that nothing of the old version stays. */
	if (p->alive)
		must(sheaf_database_delete_document(w->e.db, p->id, NULL), NULL);
	must(sheaf_database_replace_document(w->e.db, d, &p->docid, &change, NULL), NULL);
	assert_int_equal(change, SHEAF_ADDED);
	must(sheaf_database_get_revision(w->e.db, &p->revision, NULL), NULL);
	p->alive = 1;
}

static void fill(world *w)
{
	naive_corpus *c = &w->corpus;

	must(sheaf_database_begin_transaction(w->e.db, NULL), NULL);
	for (c->count = 0; c->count < PAPERS; c->count++) {
		name_paper(&c->papers[c->count], (unsigned)c->count + 1);
		write_paper(w, &c->papers[c->count]);
	}
	for (int i = 0; i < PAPERS / 6; i++)
		write_paper(w, &c->papers[below(PAPERS)]);
	must(sheaf_database_commit_transaction(w->e.db, NULL), NULL);
	for (int i = 0; i < PAPERS / 10; i++) {
		naive_paper *p = &c->papers[below(PAPERS)];

		if (p->alive)
			must(sheaf_database_delete_document(w->e.db, p->id, NULL), NULL);
		p->alive = 0;
	}
}

static void open_world(world *w, sheaf_stem_strategy strategy)
{
	const sheaf_database_options options = {.stem_strategy = strategy};

	memset(w, 0, sizeof *w);
	random_state = 0x5EAF + (uint64_t)strategy;
	scratch_path(w->e.path, "random");
	must(sheaf_database_open(w->e.path, SHEAF_DB_CREATE, &options, &w->e.db, NULL), NULL);
	must(sheaf_document_new(&w->e.doc, NULL), NULL);
	must(sheaf_stem_new(NULL, &w->corpus.stem, NULL), NULL);
	w->corpus.strategy = strategy;
	fill(w);
}

static void close_world(world *w)
{
	sheaf_stem_free(w->corpus.stem);
	engine_end(&w->e);
}

/* ---- queries ---- */

static naive_query *new_query(naive_type type)
{
	naive_query *q = calloc(1, sizeof *q);

	assert_non_null(q);
	q->type = type;
	q->factor = 1;
	return q;
}

static naive_query *random_words(const naive_corpus *c)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_ANY,    SHEAF_FIELD_ANY,
	                                     SHEAF_FIELD_TITLE,  SHEAF_FIELD_ABSTRACT,
	                                     SHEAF_FIELD_AUTHOR, SHEAF_FIELD_COMMENTS};
	static const unsigned    flags[] = {SHEAF_TERM_STEMMED, SHEAF_TERM_STEMMED, 0,
	                                    SHEAF_TERM_PREFIX};
	naive_query             *q = new_query(NAIVE_WORDS);
	char                     joined[3 * NAIVE_WORD_SIZE] = "";

	q->field = fields[below(6)];
	q->flags = flags[below(4)];
	q->word_count = below(3) ? 1 : 1 + below(NAIVE_LEAF_WORDS);
	q->hyphens = q->word_count == 2 && below(2);
	for (size_t i = 0; i < q->word_count; i++) {
		q->words[i] = make_word(c, q->hyphens ? i ? "based" : "event"
		                                      : vocabulary[below(VOCABULARY)]);
		snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "%s",
		         q->words[i].text);
	}
	if (q->flags == SHEAF_TERM_PREFIX) {
		naive_word *last = &q->words[q->word_count - 1];

		last->text[1 + below((unsigned)strlen(last->text))] = 0;
	}
	if (q->hyphens)
		q->joined = make_word(c, joined);
	return q;
}

static naive_query *random_range(void)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED,
	                                     SHEAF_FIELD_DATE};
	naive_query             *q = new_query(NAIVE_RANGE);
	int64_t                  start = date_days(2024, 1, 1) * 86400;

	q->field = fields[below(3)];
	q->begin = below(5) ? start + (int64_t)below(130) * 86400 : INT64_MIN;
	q->end = below(5) ? start + (int64_t)below(130) * 86400 + 86399 : INT64_MAX;
	return q;
}

static naive_query *random_leaf(const naive_corpus *c)
{
	naive_query *q;

	switch (below(8)) {
	case 0:
		q = new_query(NAIVE_CATEGORY);
		q->category = below(8);
		return q;
	case 1: return random_range();
	case 2:
		if (!below(4))
			return new_query(NAIVE_ALL);
		/* fall through */
	default: return random_words(c);
	}
}

static naive_query *random_tree(const naive_corpus *c, int depth)
{
	static const naive_type types[] = {NAIVE_AND,     NAIVE_AND,    NAIVE_OR,   NAIVE_OR,
	                                   NAIVE_AND_NOT, NAIVE_FILTER, NAIVE_SCALE};
	naive_query            *q;

	if (!depth || !below(4))
		return random_leaf(c);
	q = new_query(types[below(7)]);
	q->count = q->type == NAIVE_SCALE ? 1 : 1 + below(NAIVE_SUBS);
	if (q->type == NAIVE_SCALE)
		q->factor = below(5) ? 0.25 * below(20) : 1;
	for (size_t i = 0; i < q->count; i++)
		q->sub[i] = random_tree(c, depth - 1);
	return q;
}

/* A chain of operators that take turns, so that nothing can be flattened. */
static naive_query *deep_tree(const naive_corpus *c, int depth)
{
	naive_query *q = random_leaf(c);

	for (int i = 0; i < depth; i++) {
		naive_query *above = new_query(i % 7 == 6 ? NAIVE_AND_NOT
		                               : i & 1    ? NAIVE_OR
		                                          : NAIVE_AND);
		int          first = above->type != NAIVE_AND_NOT && below(2);

		above->count = 2;
		above->sub[first] = q;
		above->sub[!first] = random_words(c);
		q = above;
	}
	return q;
}

/* ---- one against the other ---- */

typedef struct expectation {
	int         matches[NAIVE_PAPERS];
	double      weight[NAIVE_PAPERS];
	int64_t     count;
	double      best;
	sheaf_field sort; /* ANY: by weight */
} expectation;

typedef struct run_options {
	sheaf_revision after, until;
	double         cutoff;
	sheaf_field    sort; /* ANY: as the query is */
	int            reverse;
} run_options;

static int close_to(double a, double b)
{
	return fabs(a - b) <= 1e-9 * (1 + fabs(a) + fabs(b));
}

static expectation expect(const naive_corpus *c, naive_query *q, const run_options *o)
{
	expectation x = {.sort = o->sort};

	naive_prepare(c, q);
	if (o->sort == SHEAF_FIELD_ANY && !naive_is_ranked(q))
		x.sort = SHEAF_FIELD_DATE;
	for (size_t i = 0; i < c->count; i++) {
		const naive_paper *p = &c->papers[i];

		x.matches[i] = p->alive && p->revision > o->after &&
		               (!o->until || p->revision <= o->until) &&
		               naive_match(c, q, i, &x.weight[i]) && x.weight[i] >= o->cutoff;
		x.count += x.matches[i];
		if (x.matches[i] && x.weight[i] > x.best)
			x.best = x.weight[i];
	}
	return x;
}

static size_t paper_of(const naive_corpus *c, sheaf_docid docid)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->papers[i].alive && c->papers[i].docid == docid)
			return i;
	fail_msg("no paper %d", (int)docid);
	return 0;
}

/* 1 where `a` may stand before `b`. */
static int in_order(const naive_corpus *c, const expectation *x, const run_options *o,
                    sheaf_mset *mset, size_t a, size_t b)
{
	if (x->sort == SHEAF_FIELD_ANY) {
		double one = sheaf_mset_get_weight(mset, a), two = sheaf_mset_get_weight(mset, b);

		if (one > two || one < two)
			return one > two;
	} else {
		sheaf_time one = naive_date(&c->papers[paper_of(c, sheaf_mset_get_docid(mset, a))],
		                            x->sort);
		sheaf_time two = naive_date(&c->papers[paper_of(c, sheaf_mset_get_docid(mset, b))],
		                            x->sort);

		if (one != two && (one == SHEAF_TIME_NONE || two == SHEAF_TIME_NONE))
			return two == SHEAF_TIME_NONE;
		if (one != two)
			return o->reverse ? one < two : one > two;
	}
	return sheaf_mset_get_revision(mset, a) > sheaf_mset_get_revision(mset, b);
}

static void complain(const sheaf_query *query, const char *what, double got, double right)
{
	char *text = NULL;

	sheaf_query_get_description(query, &text, NULL);
	fail_msg("%s: %.17g, not %.17g: %s", what, got, right, text ? text : "");
}

static void compare(const naive_corpus *c, const expectation *x, const run_options *o,
                    const sheaf_query *query, sheaf_mset *mset)
{
	if (sheaf_mset_get_matches_estimated(mset) != x->count)
		complain(query, "matches", (double)sheaf_mset_get_matches_estimated(mset),
		         (double)x->count);
	assert_int_equal(sheaf_mset_size(mset), x->count);
	assert_true(sheaf_mset_matches_exact(mset));
	for (size_t i = 0; i < sheaf_mset_size(mset); i++) {
		size_t at = paper_of(c, sheaf_mset_get_docid(mset, i));
		double weight = sheaf_mset_get_weight(mset, i);

		if (!x->matches[at])
			complain(query, "a paper that does not match", (double)at, 0);
		if (!close_to(weight, x->weight[at]))
			complain(query, "weight", weight, x->weight[at]);
		assert_int_equal(sheaf_mset_get_revision(mset, i), c->papers[at].revision);
		if (i && !in_order(c, x, o, mset, i - 1, i))
			complain(query, "order at", (double)i, 0);
	}
	if (!close_to(sheaf_mset_get_max_attained(mset), x->best))
		complain(query, "best weight", sheaf_mset_get_max_attained(mset), x->best);
	assert_true(sheaf_mset_get_max_possible(mset) >= x->best * (1 - 1e-12));
}

/* Any part of the answer is the same part of the whole answer. */
static void compare_page(sheaf_enquire *enquire, sheaf_mset *whole)
{
	size_t      first = below(12), most = 1 + below(10), size = sheaf_mset_size(whole);
	size_t      left = first < size ? size - first : 0;
	sheaf_mset *page;

	must(sheaf_enquire_get_mset(enquire, first, most, &page, NULL), NULL);
	assert_int_equal(sheaf_mset_size(page), left < most ? left : most);
	assert_int_equal(sheaf_mset_get_firstitem(page), first);
	assert_int_equal(sheaf_mset_get_matches_estimated(page), size);
	for (size_t i = 0; i < sheaf_mset_size(page); i++) {
		assert_int_equal(sheaf_mset_get_docid(page, i),
		                 sheaf_mset_get_docid(whole, first + i));
		assert_true(close_to(sheaf_mset_get_weight(page, i),
		                     sheaf_mset_get_weight(whole, first + i)));
		assert_int_equal(sheaf_mset_get_percent(page, i),
		                 sheaf_mset_get_percent(whole, first + i));
	}
	sheaf_mset_free(page);
}

static run_options random_options(const naive_corpus *c)
{
	static const sheaf_field sorts[] = {SHEAF_FIELD_ANY, SHEAF_FIELD_ANY, SHEAF_FIELD_SUBMITTED,
	                                    SHEAF_FIELD_UPDATED, SHEAF_FIELD_DATE};
	run_options              o = {0, 0, 0, sorts[below(5)], 0};

	o.reverse = o.sort != SHEAF_FIELD_ANY && below(2);
	if (!below(4))
		o.after = below((unsigned)c->count);
	if (!below(4))
		o.until = o.after + 1 + below((unsigned)c->count);
	if (!below(6))
		o.cutoff = 0.1 + 0.01 * below(300);
	return o;
}

static void set_weights(naive_corpus *c, sheaf_enquire *enquire)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_TITLE, SHEAF_FIELD_ABSTRACT,
	                                     SHEAF_FIELD_AUTHOR, SHEAF_FIELD_COMMENTS};
	static const double      usual[] = {3, 1, 1, 1};

	memcpy(c->weight, usual, sizeof usual);
	if (below(3))
		return;
	for (int i = 0; i < NAIVE_COLUMNS; i++) {
		c->weight[i] = 0.5 * below(9);
		sheaf_enquire_set_field_weight(enquire, fields[i], c->weight[i]);
	}
}

/* A weight so near the cutoff that rounding decides would be no fair test. */
static int is_on_the_edge(const naive_corpus *c, naive_query *q, double cutoff)
{
	naive_prepare(c, q);
	for (size_t i = 0; cutoff > 0 && i < c->count; i++) {
		double weight;

		if (c->papers[i].alive && naive_match(c, q, i, &weight) && close_to(weight, cutoff))
			return 1;
	}
	return 0;
}

static void try(world *w, naive_query *q)
{
	naive_corpus  *c = &w->corpus;
	run_options    o = random_options(c);
	sheaf_query   *query = naive_to_sheaf(q);
	sheaf_enquire *enquire;
	sheaf_mset    *mset;
	sheaf_error    err;
	expectation    x;

	must(sheaf_enquire_new(w->e.db, &enquire, &err), &err);
	set_weights(c, enquire);
	if (is_on_the_edge(c, q, o.cutoff))
		o.cutoff = 0;
	x = expect(c, q, &o);
	sheaf_enquire_set_query(enquire, query);
	sheaf_enquire_set_cutoff(enquire, o.cutoff);
	sheaf_enquire_set_revision_range(enquire, o.after, o.until);
	if (o.sort != SHEAF_FIELD_ANY)
		sheaf_enquire_set_sort_by_value(enquire, o.sort, o.reverse);
	must(sheaf_enquire_get_mset(enquire, 0, SIZE_MAX, &mset, &err), &err);
	compare(c, &x, &o, query, mset);
	compare_page(enquire, mset);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	naive_query_free(q);
}

static void run(sheaf_stem_strategy strategy, int queries)
{
	world *w = malloc(sizeof *w);

	assert_non_null(w);
	open_world(w, strategy);
	for (int i = 0; i < queries; i++)
		try(w, random_leaf(&w->corpus));
	for (int i = 0; i < queries; i++)
		try(w, random_tree(&w->corpus, 2 + (int)below(4)));
	for (int i = 0; i < queries / 5; i++)
		try(w, deep_tree(&w->corpus, 10 + (int)below(DEEPEST - 10)));
	must(sheaf_database_check(w->e.db, NULL), NULL);
	must(sheaf_database_compact(w->e.db, NULL), NULL);
	for (int i = 0; i < queries / 5; i++)
		try(w, random_tree(&w->corpus, 4));
	close_world(w);
	free(w);
}

static void words_and_stems(void **state)
{
	(void)state;
	run(SHEAF_STEM_SOME, QUERIES);
}

static void stems_alone(void **state)
{
	(void)state;
	run(SHEAF_STEM_ALL, QUERIES / 4);
}

static void words_alone(void **state)
{
	(void)state;
	run(SHEAF_STEM_NONE, QUERIES / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_stems),
		cmocka_unit_test(stems_alone),
		cmocka_unit_test(words_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

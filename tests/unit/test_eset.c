/* Esets: what is in them, and their weights against a scan of all documents. */
#include <math.h>
#include <stdlib.h>

#include "dice.h"
#include "engine_fixture.h"

/* ---- on a handful of papers ---- */

static const char *const papers[][2] = {
	{"Otters of the river", "Otters burrow by the river. An otter swims. 2024 x"},
	{"River otter burrows", "The otters like a burrow; they liked it, and will like it."},
	{"Herons", "A heron waits by the river for fish."},
	{"Herons at dusk", "Fish, herons, dusk. The heron waits."},
	{"Wax", "Bees and wax. Wax again."},
	{"Bees", "Honey of the bees by the river, where otters are seen."},
};

static int set_up(void **state)
{
	static engine e;

	engine_begin(&e, "eset");
	for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
		char id[16];

		snprintf(id, sizeof id, "t%zu", i + 1);
		engine_put(&e, id, papers[i][0], papers[i][1]);
	}
	*state = &e;
	return 0;
}

static int tear_down(void **state)
{
	engine_end(*state);
	return 0;
}

static sheaf_enquire *new_enquire(sheaf_database *db)
{
	sheaf_enquire *enquire;
	sheaf_error    err;

	must(sheaf_enquire_new(db, &enquire, &err), &err);
	return enquire;
}

static sheaf_eset *eset_of(sheaf_database *db, const sheaf_rset *rset, size_t maxitems,
                           const sheaf_eset_options *options)
{
	sheaf_enquire *enquire = new_enquire(db);
	sheaf_eset    *eset;
	sheaf_error    err;

	must(sheaf_enquire_get_eset(enquire, maxitems, rset, options, &eset, &err), &err);
	sheaf_enquire_free(enquire);
	return eset;
}

/* An rset of documents, ended by 0. */
static sheaf_rset *rset_of(const sheaf_docid *docids)
{
	sheaf_rset *rset;

	must(sheaf_rset_new(&rset, NULL), NULL);
	for (; *docids; docids++)
		must(sheaf_rset_add_document(rset, *docids, 1, NULL), NULL);
	return rset;
}

static size_t find(const sheaf_eset *eset, const char *term)
{
	size_t i = 0;

	while (i < sheaf_eset_size(eset) && strcmp(sheaf_eset_get_term(eset, i), term) != 0)
		i++;
	return i;
}

static int has(const sheaf_eset *eset, const char *term)
{
	return find(eset, term) < sheaf_eset_size(eset);
}

static void terms_are_families_by_their_usual_word(void **state)
{
	const sheaf_docid docids[] = {1, 2, 0};
	sheaf_rset       *rset = rset_of(docids);
	sheaf_eset       *eset = eset_of(((engine *)*state)->db, rset, 10, NULL);
	size_t            otter = find(eset, "otters");

	/* "otters" three times, "otter" twice; six papers in all, three with otters. */
	assert_true(otter < sheaf_eset_size(eset));
	assert_int_equal(sheaf_eset_get_termfreq(eset, otter), 3);
	assert_int_equal(sheaf_eset_get_rset_freq(eset, otter), 2);
	assert_true(has(eset, "river"));
	for (size_t i = 1; i < sheaf_eset_size(eset); i++)
		assert_true(sheaf_eset_get_weight(eset, i - 1) >= sheaf_eset_get_weight(eset, i));
	assert_null(sheaf_eset_get_term(eset, sheaf_eset_size(eset)));
	assert_true(sheaf_eset_get_weight(eset, sheaf_eset_size(eset)) == 0);
	sheaf_eset_free(eset);
	sheaf_rset_free(rset);
}

static void noise_is_left_out(void **state)
{
	const sheaf_docid docids[] = {1, 2, 0};
	sheaf_rset       *rset = rset_of(docids);
	sheaf_eset       *eset = eset_of(((engine *)*state)->db, rset, 100, NULL);
	/* Function words, also by their stem; a number; a letter; what no other paper has. */
	static const char *const noise[] = {"the",  "of", "by",      "like",   "liked", "will",
	                                    "2024", "x",  "burrows", "burrow", "swims"};

	for (size_t i = 0; i < sizeof noise / sizeof *noise; i++)
		if (has(eset, noise[i]))
			fail_msg("'%s' is in the eset", noise[i]);
	/* otter, river, burrow and swim were there to choose from. */
	assert_int_equal(sheaf_eset_get_ebound(eset), 4);
	assert_int_equal(sheaf_eset_size(eset), 2);
	sheaf_eset_free(eset);
	sheaf_rset_free(rset);
}

static void a_text_counts_as_a_paper(void **state)
{
	sheaf_rset *rset = rset_of((const sheaf_docid[]){0});
	sheaf_eset *eset;

	must(sheaf_rset_add_text(rset, "Bees, bees, and a heron; unheard", SIZE_MAX, 1, NULL),
	     NULL);
	eset = eset_of(((engine *)*state)->db, rset, 10, NULL);
	assert_int_equal(sheaf_eset_size(eset), 2);
	assert_string_equal(sheaf_eset_get_term(eset, 0), "bees");
	assert_int_equal(sheaf_eset_get_termfreq(eset, 0), 2);
	assert_int_equal(sheaf_eset_get_rset_freq(eset, 0), 1);
	assert_string_equal(sheaf_eset_get_term(eset, 1), "heron");
	/* sqrt(2/6) and sqrt(1/6): six words. */
	assert_true(fabs(sheaf_eset_get_weight(eset, 0) - sqrt(2.0 / 6)) < 1e-12);
	assert_true(fabs(sheaf_eset_get_weight(eset, 1) - sqrt(1.0 / 6)) < 1e-12);
	sheaf_eset_free(eset);
	sheaf_rset_free(rset);
}

static int begins_with_h(void *ctx, const char *word, size_t len)
{
	(*(int *)ctx)++;
	return len && *word == 'h';
}

static void options_restrict(void **state)
{
	sheaf_database    *db = ((engine *)*state)->db;
	int                calls = 0;
	sheaf_eset_options options = {.decider = begins_with_h, .decider_ctx = &calls};
	sheaf_rset        *rset = rset_of((const sheaf_docid[]){3, 6, 0});
	sheaf_eset        *eset = eset_of(db, rset, 10, &options);

	assert_true(calls > 2);
	assert_int_equal(sheaf_eset_size(eset), 1);
	assert_string_equal(sheaf_eset_get_term(eset, 0), "heron");
	sheaf_eset_free(eset);
	/* Herons are in two of six papers, the river in four. */
	options = (sheaf_eset_options){.max_share = 0.34};
	eset = eset_of(db, rset, 10, &options);
	assert_true(has(eset, "heron"));
	assert_false(has(eset, "river"));
	sheaf_eset_free(eset);
	options.max_share = 0.67;
	eset = eset_of(db, rset, 10, &options);
	assert_true(has(eset, "river"));
	sheaf_eset_free(eset);
	eset = eset_of(db, rset, 1, &options);
	assert_int_equal(sheaf_eset_size(eset), 1);
	sheaf_eset_free(eset);
	sheaf_rset_free(rset);
}

static void nonsense_is_refused(void **state)
{
	sheaf_database    *db = ((engine *)*state)->db;
	sheaf_enquire     *enquire = new_enquire(db);
	sheaf_rset        *rset = rset_of((const sheaf_docid[]){3, 99, 0});
	sheaf_eset        *eset;
	sheaf_query       *query;
	sheaf_error        err;
	sheaf_eset_options options = {.scheme = (sheaf_expansion)9};
	const sheaf_status missing = sheaf_enquire_get_eset(enquire, 5, rset, NULL, &eset, &err);

	assert_int_equal(missing, SHEAF_ERROR_DOC_NOT_FOUND);
	assert_null(eset);
	assert_int_equal(sheaf_enquire_get_eset(enquire, 5, NULL, NULL, &eset, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_rset_remove_document(rset, 99);
	assert_int_equal(sheaf_enquire_get_eset(enquire, 5, rset, &options, &eset, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	options = (sheaf_eset_options){.max_share = 1.5};
	assert_int_equal(sheaf_enquire_get_eset(enquire, 5, rset, &options, &eset, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	must(sheaf_enquire_get_eset(enquire, 5, rset, NULL, &eset, &err), &err);
	assert_int_equal(sheaf_eset_get_query(eset, 0, &query, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_eset_get_query(eset, NAN, &query, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_eset_free(eset);
	sheaf_eset_free(NULL);
	sheaf_rset_free(rset);
	sheaf_enquire_free(enquire);
}

static void an_empty_rset_has_no_terms(void **state)
{
	sheaf_rset  *rset = rset_of((const sheaf_docid[]){0});
	sheaf_eset  *eset = eset_of(((engine *)*state)->db, rset, 5, NULL);
	sheaf_query *query;

	assert_int_equal(sheaf_eset_size(eset), 0);
	must(sheaf_eset_get_query(eset, 1, &query, NULL), NULL);
	assert_true(sheaf_query_empty(query));
	sheaf_query_free(query);
	sheaf_eset_free(eset);
	sheaf_rset_free(rset);
}

/* The description is a query that reads back to the same. */
static void its_query_can_be_edited(void **state)
{
	sheaf_query_parser *parser;
	sheaf_rset         *rset = rset_of((const sheaf_docid[]){3, 0});
	sheaf_eset         *eset = eset_of(((engine *)*state)->db, rset, 9, NULL);
	sheaf_query        *query, *again;
	char               *text, *text_again;
	sheaf_error         err;

	/* Nine words: heron twice, river, waits and fish once. */
	must(sheaf_eset_get_query(eset, 0.6, &query, &err), &err);
	must(sheaf_query_get_description(query, &text, &err), &err);
	must(sheaf_query_parser_new(&parser, &err), &err);
	must(sheaf_query_parser_parse_query(
		     parser, "heron^0.6 OR fish^0.4243 OR river^0.4243 OR waits^0.4243",
		     SHEAF_FLAG_DEFAULT, &again, &err),
	     &err);
	must(sheaf_query_get_description(again, &text_again, &err), &err);
	assert_string_equal(text, text_again);
	sheaf_free(text_again);
	sheaf_query_free(again);
	must(sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, &again, &err), &err);
	must(sheaf_query_get_description(again, &text_again, &err), &err);
	assert_string_equal(text_again, text);
	sheaf_free(text);
	sheaf_free(text_again);
	sheaf_query_free(query);
	sheaf_query_free(again);
	sheaf_query_parser_free(parser);
	sheaf_eset_free(eset);
	sheaf_rset_free(rset);
}

/* ---- against a scan of all documents ---- */

enum { DOCS = 120, WORDS = 40, TITLE_WORDS = 4, ABSTRACT_WORDS = 25, ROUNDS = 30 };

/* Families of up to three words. */
static const char *const vocabulary[WORDS] = {
	"lamp",    "lamps",   "garden",  "gardens", "gardening", "motor",   "motors",  "pebble",
	"pebbles", "window",  "windows", "carpet",  "carpets",   "lantern", "pocket",  "pockets",
	"kettle",  "kettles", "bottle",  "bottles", "hammer",    "hammers", "saddle",  "saddles",
	"marble",  "marbles", "ribbon",  "ribbons", "thread",    "threads", "needle",  "needles",
	"basket",  "baskets", "feather", "blanket", "blankets",  "candle",  "candles", "mirror"};

typedef struct scan_doc {
	int    title[TITLE_WORDS], abstract[ABSTRACT_WORDS];
	size_t title_len, abstract_len;
} scan_doc;

typedef struct scan {
	scan_doc docs[DOCS];
	int      family[WORDS]; /* the first word of the same stem */
} scan;

static size_t throw_words(dice *d, int *words, size_t lo, size_t hi)
{
	size_t len = dice_between(d, lo, hi);

	/* The first words come more often. */
	for (size_t i = 0; i < len; i++)
		words[i] = (int)dice_below(d, dice_below(d, WORDS) + 1);
	return len;
}

static void put_words(buf *out, const int *words, size_t len)
{
	buf_clear(out);
	for (size_t i = 0; i < len; i++)
		buf_printf(out, "%s ", vocabulary[words[i]]);
}

static void store_scan(engine *e, scan *s)
{
	buf  title = BUF_INIT(0), abstract = BUF_INIT(0);
	dice d;

	dice_start(&d, 2031, 0, 0);
	for (size_t i = 0; i < DOCS; i++) {
		scan_doc *doc = &s->docs[i];
		char      id[16];

		doc->title_len = throw_words(&d, doc->title, 1, TITLE_WORDS);
		doc->abstract_len = throw_words(&d, doc->abstract, 0, ABSTRACT_WORDS);
		put_words(&title, doc->title, doc->title_len);
		put_words(&abstract, doc->abstract, doc->abstract_len);
		snprintf(id, sizeof id, "s%zu", i + 1);
		engine_put(e, id, buf_str(&title), buf_str(&abstract));
	}
	buf_free(&title);
	buf_free(&abstract);
}

static void find_families(scan *s)
{
	sheaf_stem *stem;
	char        stems[WORDS][32];

	must(sheaf_stem_new("english", &stem, NULL), NULL);
	for (int i = 0; i < WORDS; i++) {
		const char *text;
		size_t      len;

		must(sheaf_stem_word(stem, vocabulary[i], strlen(vocabulary[i]), &text, &len, NULL),
		     NULL);
		snprintf(stems[i], sizeof stems[i], "%.*s", (int)len, text);
		for (s->family[i] = 0; strcmp(stems[s->family[i]], stems[i]) != 0;)
			s->family[i]++;
	}
	sheaf_stem_free(stem);
}

/* Occurrences of a family in a document, those in the title counted `title_weight` times. */
static double scan_tf(const scan *s, size_t doc, int family, double title_weight)
{
	const scan_doc *d = &s->docs[doc];
	double          tf = 0;

	for (size_t i = 0; i < d->title_len; i++)
		tf += s->family[d->title[i]] == family ? title_weight : 0;
	for (size_t i = 0; i < d->abstract_len; i++)
		tf += s->family[d->abstract[i]] == family;
	return tf;
}

typedef struct scan_term {
	double weight, mass, occurrences;
	int    documents, rset_freq;
} scan_term;

static void scan_family(const scan *s, const double *weights, sheaf_expansion scheme, int family,
                        scan_term *t)
{
	int    model = scheme == SHEAF_EXPANSION_RELEVANCE_MODEL;
	double total = 0;

	*t = (scan_term){0};
	for (size_t i = 0; i < DOCS; i++) {
		double tf = scan_tf(s, i, family, model ? 1 : 3);
		double len = (double)(s->docs[i].title_len + s->docs[i].abstract_len);

		t->documents += tf > 0;
		t->occurrences += scan_tf(s, i, family, 3);
		t->rset_freq += tf > 0 && weights[i] > 0;
		t->mass += weights[i] * (model ? tf / len : tf);
		total += weights[i];
	}
	if (model)
		t->weight = sqrt(t->mass / total);
	else if (scheme == SHEAF_EXPANSION_BO1 && t->mass > 0)
		t->weight = t->mass * log2(1 + DOCS / t->occurrences) +
		            log2(1 + t->occurrences / DOCS);
}

static void scan_trad(const double *weights, scan_term *t)
{
	double r = t->rset_freq, size = 0, n = t->documents;

	for (size_t i = 0; i < DOCS; i++)
		size += weights[i] > 0;
	t->weight = r * log((r + 0.5) * (DOCS - n - size + r + 0.5) /
	                    ((n - r + 0.5) * (size - r + 0.5)));
}

/* Every family is in the eset just where it should be, with the numbers that it should have. */
static void compare_with_scan(const scan *s, const double *weights, const sheaf_eset *eset,
                              sheaf_expansion scheme)
{
	size_t expected = 0;

	for (int f = 0; f < WORDS; f++) {
		size_t    at = 0;
		scan_term t;

		if (s->family[f] != f)
			continue;
		scan_family(s, weights, scheme, f, &t);
		if (scheme == SHEAF_EXPANSION_TRAD)
			scan_trad(weights, &t);
		if (!t.rset_freq || t.rset_freq == t.documents || !(t.weight > 0) ||
		    t.documents > 0.5 * DOCS)
			continue;
		expected++;
		for (; at < sheaf_eset_size(eset); at++) {
			int word = 0;

			while (strcmp(vocabulary[word], sheaf_eset_get_term(eset, at)) != 0)
				word++;
			if (s->family[word] == f)
				break;
		}
		if (at == sheaf_eset_size(eset))
			fail_msg("scheme %d: '%s' is missing", (int)scheme, vocabulary[f]);
		if (fabs(sheaf_eset_get_weight(eset, at) - t.weight) > 1e-9)
			fail_msg("scheme %d: '%s' weighs %.12g, not %.12g", (int)scheme,
			         vocabulary[f], sheaf_eset_get_weight(eset, at), t.weight);
		assert_int_equal(sheaf_eset_get_termfreq(eset, at), t.documents);
		assert_int_equal(sheaf_eset_get_rset_freq(eset, at), t.rset_freq);
	}
	assert_int_equal(sheaf_eset_size(eset), expected);
}

static void a_scan_gives_the_same(void **state)
{
	scan  *s = calloc(1, sizeof *s);
	engine e;
	dice   d;

	(void)state;
	assert_non_null(s);
	engine_begin(&e, "eset-scan");
	store_scan(&e, s);
	find_families(s);
	dice_start(&d, 2032, 0, 0);
	for (int round = 0; round < ROUNDS; round++) {
		sheaf_eset_options options = {.scheme = (sheaf_expansion)(round % 3),
		                              .max_share = 0.5};
		double             weights[DOCS] = {0};
		sheaf_rset        *rset;
		sheaf_eset        *eset;

		must(sheaf_rset_new(&rset, NULL), NULL);
		for (size_t i = dice_between(&d, 1, 8); i > 0; i--) {
			size_t doc = dice_below(&d, DOCS);

			weights[doc] = (double)dice_between(&d, 1, 9) / 4;
			must(sheaf_rset_add_document(rset, (sheaf_docid)doc + 1, weights[doc],
			                             NULL),
			     NULL);
		}
		eset = eset_of(e.db, rset, WORDS, &options);
		compare_with_scan(s, weights, eset, options.scheme);
		sheaf_eset_free(eset);
		sheaf_rset_free(rset);
	}
	engine_end(&e);
	free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terms_are_families_by_their_usual_word),
		cmocka_unit_test(noise_is_left_out),
		cmocka_unit_test(a_text_counts_as_a_paper),
		cmocka_unit_test(options_restrict),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(an_empty_rset_has_no_terms),
		cmocka_unit_test(its_query_can_be_edited),
		cmocka_unit_test(a_scan_gives_the_same),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}

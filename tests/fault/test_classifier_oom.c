/* Papers classified and explained when memory runs out: NOMEM, nothing lost, nothing half told. */
#include "failing_malloc.h"
#include "scratch_db.h"

#include <string.h>

#include <sheaf/classifier.h>

#if FAILING_MALLOC

static const char queries[] =
	"digest: {name: q, select: lamp OR bulb OR sun, fallback: Rest}\n"
	"profiles:\n"
	"  a: {query: 'lamp^2 OR \"old bulb\" OR query:c', exclude: 'cat:cs.* AND dark', max: 3}\n"
	"  b: {query: 'ti:bulb* OR (lamp NEAR/3 light)', require: 'NOT au:quist', min_percent: 5}\n"
	"  c: {query: sun AND NOT moon}\n";

static const char weights[] = "digest: {name: w, score: weights, assign: all}\n"
			      "profiles:\n"
			      "  a: {query: 'lamp^2 OR bulb^0.5 OR \"old bulb\"^-1', bias: -1}\n"
			      "  b: {query: sun, bias: 2}\n";

static const char keywords[] = "digest: {name: k, match: keywords, fallback: Rest}\n"
			       "profiles:\n"
			       "  a: {keywords: [lamp, lamp an old, bulb]}\n"
			       "  b: {keywords: [sun], exclude: moon}\n";

/* What is asked of the database, and what was told when there was memory. */
typedef struct work {
	char               path[SCRATCH_PATH_SIZE];
	const char        *yaml;
	sheaf_profile_set *set;
	char               told[4096], expected[4096];
	size_t             len;
	sheaf_status (*run)(struct work *w, sheaf_database *db, sheaf_error *err);
} work;

/* ---- what was told ---- */

/* The project's own memory is not asked for. */
static void note(work *w, const char *text, double number)
{
	int len = snprintf(w->told + w->len, sizeof w->told - w->len, "%s %.9g\n", text, number);

	assert_true(len > 0 && w->len + (size_t)len < sizeof w->told);
	w->len += (size_t)len;
}

static int tell(void *ctx, const sheaf_class *result)
{
	if (result->profile == SIZE_MAX)
		note(ctx, "rest", 0);
	else
		note(ctx, "profile", (double)result->profile);
	note(ctx, "verdict", (double)result->verdict);
	note(ctx, "score", result->score);
	return 0;
}

static int tell_clause(void *ctx, const sheaf_class *result, const sheaf_clause *clause)
{
	(void)result;
	note(ctx, clause->text, clause->weight);
	note(ctx, clause->fields, (double)clause->occurrences);
	return 0;
}

static int tell_placement(void *ctx, const sheaf_placement *placement)
{
	note(ctx, placement->profile, (double)placement->docid);
	note(ctx, "weight", placement->weight);
	return 0;
}

/* ---- the work ---- */

static sheaf_status explain(work *w, sheaf_database *db, sheaf_error *err)
{
	sheaf_classifier *c = NULL;
	sheaf_document   *doc = NULL;
	sheaf_status      status = sheaf_classifier_new(db, w->set, &c, err);

	for (sheaf_docid id = 1; status == SHEAF_OK && id <= 3; id++) {
		status = sheaf_database_get_document(db, id, &doc, err);
		if (status == SHEAF_OK)
			status = sheaf_classifier_explain(c, doc, tell, tell_clause, w, err);
		if (status == SHEAF_OK)
			status = sheaf_classifier_classify(c, doc, tell, w, err);
		sheaf_document_free(doc);
		doc = NULL;
	}
	sheaf_classifier_free(c);
	return status;
}

/* What one failed run leaves, the next one has to work with. */
static sheaf_status classify(work *w, sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = sheaf_classify(db, w->set, 1, NULL, err);

	return status == SHEAF_OK ? sheaf_placement_each(db, w->set, 0, tell_placement, w, err)
	                          : status;
}

static void make(work *w)
{
	static const char *const texts[][2] = {
		{"Lamps", "A lamp gives light, an old bulb not."},
		{"Bulbs and the sun", "The bulb is dark. Lamp!"},
		{"Rain", "Moon, sun and rain."},
	};
	sheaf_database *db;
	sheaf_error     err;

	scratch_path(w->path, "classifier_oom");
	must(sheaf_database_open(w->path, SHEAF_DB_CREATE, NULL, &db, &err), &err);
	for (int i = 0; i < 3; i++) {
		char id[16];

		snprintf(id, sizeof id, "2401.%05d", i + 1);
		scratch_put(db, id, texts[i][0], texts[i][1]);
	}
	sheaf_database_close(db);
	must(sheaf_profile_set_parse(w->yaml, strlen(w->yaml), "o.yaml", &w->set, &err), &err);
}

static sheaf_status run(work *w, sheaf_error *err)
{
	sheaf_database *db = NULL;
	sheaf_status    status = sheaf_database_open(w->path, SHEAF_DB_OPEN, NULL, &db, err);

	w->len = 0;
	w->told[0] = 0;
	if (status == SHEAF_OK)
		status = w->run(w, db, err);
	sheaf_database_close(db);
	return status;
}

static void fail_at(work *w, memory_mode mode, long n, long blocks, long *refused)
{
	sheaf_error  err = {0};
	sheaf_status status;

	memory_arm(mode, n);
	status = run(w, &err);
	memory_disarm();
	assert_int_equal(atomic_load(&memory_blocks), blocks);
	/* Caches that cannot grow stay as they are: then what is told is the same. */
	if (status == SHEAF_OK) {
		assert_string_equal(w->told, w->expected);
		return;
	}
	assert_int_equal(status, SHEAF_ERROR_NOMEM);
	assert_int_equal(err.status, SHEAF_ERROR_NOMEM);
	++*refused;
}

static void try_each(const char *yaml,
                     sheaf_status (*what)(work *w, sheaf_database *db, sheaf_error *err))
{
	work        w = {.yaml = yaml, .run = what};
	sheaf_error err = {0};
	long        blocks, asked, tried = 0, refused = 0;

	make(&w);
	must(run(&w, &err), &err);
	memcpy(w.expected, w.told, sizeof w.expected);
	assert_true(w.len > 20);
	blocks = atomic_load(&memory_blocks);
	atomic_store(&memory_own_only, 1);
	memory_arm(MEMORY_ENOUGH, 0);
	must(run(&w, &err), &err);
	asked = memory_disarm();
	assert_true(asked > 50);
	for (long n = 0; n < asked; n++, tried++)
		fail_at(&w, n % 8 ? MEMORY_FAILS_ONCE : MEMORY_FAILS_ON, n, blocks, &refused);
	atomic_store(&memory_own_only, 0);
	assert_true(refused > tried / 2);
	must(run(&w, &err), &err);
	assert_string_equal(w.told, w.expected);
	sheaf_profile_set_free(w.set);
	scratch_remove(w.path);
}

static void an_explanation_may_fail_anywhere(void **state)
{
	(void)state;
	try_each(queries, explain);
	try_each(weights, explain);
	try_each(keywords, explain);
}

static void a_classification_may_fail_anywhere(void **state)
{
	(void)state;
	try_each(queries, classify);
	try_each(weights, classify);
	try_each(keywords, classify);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_explanation_may_fail_anywhere),
		cmocka_unit_test(a_classification_may_fail_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif

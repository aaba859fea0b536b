/* The terms of databases and documents: one is the sum of the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine_fixture.h"
#include "field.h"
#include "terms_walk.h"

static engine      e;
static sheaf_error error;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "terms");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void put(sheaf_database *db, const char *id, const char *title, const char *abstract,
                const char *category)
{
	const sheaf_author author = {.forenames = "Ada", .keyname = "Networks"};

	must(scratch_paper(e.doc, id, title, abstract, &error), &error);
	must(sheaf_document_add_author(e.doc, &author, &error), &error);
	if (category)
		must(sheaf_document_add_category(e.doc, category, &error), &error);
	must(sheaf_database_replace_document(db, e.doc, NULL, NULL, &error), &error);
}

/* term:documents:occurrences, a stem behind a tilde, a boolean term behind its field's name. */
static int put_line(void *ctx, const sheaf_term_info *t)
{
	if (t->field != SHEAF_FIELD_ANY)
		buf_printf(ctx, "%s=", field_get(t->field)->name);
	buf_printf(ctx, "%s%.*s:%lld:%lld ", t->stemmed ? "~" : "", (int)t->len, t->text,
	           (long long)t->termfreq, (long long)t->wdf);
	return 0;
}

static void expect(sheaf_field field, const char *prefix, const char *terms)
{
	buf found = BUF_INIT(0);

	must(sheaf_database_each_term(e.db, field, prefix, put_line, &found, &error), &error);
	assert_string_equal(buf_str(&found), terms);
	buf_free(&found);
}

static void expect_of_document(sheaf_docid docid, const char *terms)
{
	buf found = BUF_INIT(0);

	must(sheaf_database_each_document_term(e.db, docid, put_line, &found, &error), &error);
	if (!strstr(buf_str(&found), terms))
		fail_msg("'%s' is not in '%s'", terms, buf_str(&found));
	buf_free(&found);
}

static void words_and_stems(void **state)
{
	(void)state;
	expect(SHEAF_FIELD_ANY, NULL, "");
	put(e.db, "2401.00001", "Spiking networks", "A network of networks", NULL);
	put(e.db, "2401.00002", "Network", "spikes", NULL);
	/* The title counts three times; the author's name is no inflected word. */
	expect(SHEAF_FIELD_ANY, "net", "network:2:4 ~network:1:4 networks:2:6 ");
	expect(SHEAF_FIELD_ANY, "NET", "network:2:4 ~network:1:4 networks:2:6 ");
	expect(SHEAF_FIELD_ANY, "spik", "~spike:2:4 spikes:1:1 spiking:1:3 ");
}

static void boolean_terms(void **state)
{
	(void)state;
	put(e.db, "2401.00001", "One", "x", "cs.NE");
	put(e.db, "2401.00002", "Two", "y", "cs.LG");
	put(e.db, "2401.00003", "Three", "z", "cs.NE");
	expect(SHEAF_FIELD_CATEGORY, NULL, "cat=cs:3:3 cat=cs.lg:1:1 cat=cs.ne:2:2 ");
	expect(SHEAF_FIELD_CATEGORY, "cs.N", "cat=cs.ne:2:2 ");
	expect(SHEAF_FIELD_CATEGORY, "q", "");
	expect(SHEAF_FIELD_ID, "2401.00002", "id=2401.00002:1:1 ");
	expect(SHEAF_FIELD_DOI, NULL, "");
}

static void of_a_document(void **state)
{
	(void)state;
	put(e.db, "2401.00001", "Spiking networks", "A network of networks", "cs.NE");
	expect_of_document(1, "network:0:1 ~network:0:4 networks:0:5 ");
	expect_of_document(1, "cat=cs.ne:0:1 ");
	expect_of_document(1, "id=2401.00001:0:1 ");
	assert_int_equal(sheaf_database_each_document_term(e.db, 2, put_line, NULL, NULL),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
	assert_int_equal(sheaf_database_each_document_term(e.db, 0, put_line, NULL, NULL),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
}

static void the_callers_terms(void **state)
{
	(void)state;
	must(scratch_paper(e.doc, "2401.00001", "One", "x", &error), &error);
	must(sheaf_document_add_term(e.doc, "K:light", 0, &error), &error);
	must(sheaf_document_add_term(e.doc, "Kheavy", 3, &error), &error);
	engine_store(&e);
	must(scratch_paper(e.doc, "2401.00002", "Two", "x", &error), &error);
	must(sheaf_document_add_term(e.doc, "Kheavy", 2, &error), &error);
	engine_store(&e);
	expect(SHEAF_FIELD_TERM, NULL, "term=K:light:1:0 term=Kheavy:2:5 ");
	expect(SHEAF_FIELD_TERM, "Kh", "term=Kheavy:2:5 ");
	expect(SHEAF_FIELD_TERM, "kh", "");
	expect_of_document(1, "term=K:light:0:0 ");
	expect_of_document(1, "term=Kheavy:0:3 ");
}

static void stems_alone(void **state)
{
	const sheaf_database_options options = {.stem_strategy = SHEAF_STEM_ALL};

	(void)state;
	put(e.db, "2401.00001", "Computing", "computes", NULL);
	must(sheaf_database_reindex(e.db, &options, &error), &error);
	expect(SHEAF_FIELD_ANY, "comp", "~comput:1:4 ");
	expect_of_document(1, "~comput:0:4 ");
}

static int stop(void *ctx, const sheaf_term_info *t)
{
	(void)t;
	++*(int *)ctx;
	return 1;
}

static int walk_again(void *ctx, const sheaf_term_info *t)
{
	int calls = 0;

	(void)t;
	(void)ctx;
	assert_int_equal(sheaf_database_each_term(e.db, SHEAF_FIELD_ANY, NULL, stop, &calls, NULL),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_int_equal(calls, 0);
	return 0;
}

static void walks_can_be_stopped(void **state)
{
	int calls = 0;

	(void)state;
	put(e.db, "2401.00001", "One two three", "x", NULL);
	assert_int_equal(sheaf_database_each_term(e.db, SHEAF_FIELD_ANY, NULL, stop, &calls, NULL),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(sheaf_database_each_document_term(e.db, 1, stop, &calls, NULL),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(calls, 2);
	must(sheaf_database_each_term(e.db, SHEAF_FIELD_ANY, NULL, walk_again, NULL, &error),
	     &error);
}

static void what_has_no_terms(void **state)
{
	char long_prefix[400];

	(void)state;
	memset(long_prefix, 'x', sizeof long_prefix - 1);
	long_prefix[sizeof long_prefix - 1] = 0;
	assert_int_equal(
		sheaf_database_each_term(e.db, SHEAF_FIELD_TITLE, NULL, put_line, NULL, NULL),
		SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(
		sheaf_database_each_term(e.db, SHEAF_FIELD_COUNT, NULL, put_line, NULL, NULL),
		SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(
		sheaf_database_each_term(e.db, SHEAF_FIELD_ANY, "two words", put_line, NULL, NULL),
		SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_each_term(e.db, SHEAF_FIELD_CATEGORY, long_prefix, put_line,
	                                          NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_each_term(e.db, SHEAF_FIELD_ANY, NULL, NULL, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(
		sheaf_database_each_term(NULL, SHEAF_FIELD_ANY, NULL, put_line, NULL, NULL),
		SHEAF_ERROR_INVALID_ARGUMENT);
	expect(SHEAF_FIELD_ANY, NULL, "");
}

/* The vocabulary tables go with a cancelled transaction, and what it wrote does, too. */
static void inside_transactions(void **state)
{
	(void)state;
	put(e.db, "2401.00001", "Apples", "x", "cs.NE");
	must(sheaf_database_begin_transaction(e.db, &error), &error);
	put(e.db, "2401.00002", "Apples", "x", "cs.NE");
	expect(SHEAF_FIELD_CATEGORY, "cs.", "cat=cs.ne:2:2 ");
	sheaf_database_cancel_transaction(e.db);
	expect(SHEAF_FIELD_CATEGORY, "cs.", "cat=cs.ne:1:1 ");
	must(sheaf_database_reindex(e.db, NULL, &error), &error);
	must(sheaf_database_compact(e.db, &error), &error);
	expect(SHEAF_FIELD_CATEGORY, "cs.", "cat=cs.ne:1:1 ");
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, SHEAF_DB_READ_ONLY);
	expect(SHEAF_FIELD_CATEGORY, "cs.", "cat=cs.ne:1:1 ");
}

static void groups(void **state)
{
	engine other;

	(void)state;
	engine_begin(&other, "terms-other");
	put(e.db, "2401.00001", "Apples", "pears", "cs.NE");
	put(other.db, "2402.00001", "Apples", "plums", "cs.NE");
	put(other.db, "2402.00002", "Apple", "plum", "cs.LG");
	must(sheaf_database_add_database(e.db, other.db, &error), &error);
	expect(SHEAF_FIELD_CATEGORY, "cs.", "cat=cs.lg:1:1 cat=cs.ne:2:2 ");
	expect(SHEAF_FIELD_ANY, "p", "~pear:1:1 pears:1:1 plum:1:1 ~plum:1:1 plums:1:1 ");
	expect_of_document(4, "plum:0:1 ");
	sheaf_database_close(e.db);
	e.db = NULL;
	engine_end(&other);
}

/* ---- random papers: what the walk over all says is the sum over documents ---- */

enum { PAPERS = 120 };

typedef struct sums {
	sheaf_term_info terms[4096];
	char            texts[4096][72];
	size_t          count;
} sums;

static int add_term(void *ctx, const sheaf_term_info *t)
{
	sums  *s = ctx;
	size_t i = 0;

	while (i < s->count && terms_compare(&s->terms[i], t) != 0)
		i++;
	if (i == s->count) {
		assert_true(s->count < sizeof s->terms / sizeof *s->terms && t->len < 72);
		memcpy(s->texts[i], t->text, t->len);
		s->terms[i] = *t;
		s->terms[i].text = s->texts[i];
		s->terms[i].wdf = s->terms[i].termfreq = 0;
		s->count++;
	}
	s->terms[i].termfreq++;
	s->terms[i].wdf += t->wdf;
	return 0;
}

typedef struct checking {
	sums           *sums;
	size_t          seen;
	sheaf_term_info last;
	char            last_text[72];
} checking;

static int check_term(void *ctx, const sheaf_term_info *t)
{
	checking *c = ctx;
	size_t    i = 0;

	if (c->last.text)
		assert_true(terms_compare(&c->last, t) < 0);
	c->last = *t;
	c->last.text = memcpy(c->last_text, t->text, t->len);
	while (i < c->sums->count && terms_compare(&c->sums->terms[i], t) != 0)
		i++;
	if (i == c->sums->count)
		fail_msg("%.*s: no document has it", (int)t->len, t->text);
	assert_int_equal(t->termfreq, c->sums->terms[i].termfreq);
	assert_int_equal(t->wdf, c->sums->terms[i].wdf);
	c->seen++;
	return 0;
}

static unsigned random_below(uint64_t *seed, unsigned limit)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % limit;
}

static void put_random(uint64_t *seed, int number)
{
	static const char *const words[] = {"network", "networks", "spike",     "spiking", "energy",
	                                    "the",     "of",       "computing", "x2",      "beta"};
	static const char *const categories[] = {"cs.NE", "cs.LG", "math.NA", NULL};
	char                     id[32];
	buf                      title = BUF_INIT(0), text = BUF_INIT(0);

	snprintf(id, sizeof id, "2401.%05d", number);
	for (unsigned n = 1 + random_below(seed, 4); n; n--)
		buf_printf(&title, "%s ", words[random_below(seed, 10)]);
	for (unsigned n = 1 + random_below(seed, 20); n; n--)
		buf_printf(&text, "%s%u ", words[random_below(seed, 10)], random_below(seed, 9));
	put(e.db, id, title.data, text.data, categories[random_below(seed, 4)]);
	buf_free(&title);
	buf_free(&text);
}

static void all_is_the_sum_of_each(void **state)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_ANY,      SHEAF_FIELD_ID,
	                                     SHEAF_FIELD_CATEGORY, SHEAF_FIELD_PRIMARY_CATEGORY,
	                                     SHEAF_FIELD_IS,       SHEAF_FIELD_HAS,
	                                     SHEAF_FIELD_CHANGE};
	static sums              all;
	checking                 c = {&all, 0, {.text = NULL}, ""};
	uint64_t                 seed = 31;

	(void)state;
	memset(&all, 0, sizeof all);
	for (int i = 1; i <= PAPERS; i++)
		put_random(&seed, i);
	for (int i = 5; i <= PAPERS; i += 11)
		put_random(&seed, i);
	for (int i = 3; i <= PAPERS; i += 13) {
		char id[32];

		snprintf(id, sizeof id, "2401.%05d", i);
		must(sheaf_database_delete_document(e.db, id, &error), &error);
	}
	for (sheaf_docid d = 1; d <= PAPERS; d++) {
		sheaf_status status = sheaf_database_each_document_term(e.db, d, add_term, &all,
		                                                        &error);

		if (status != SHEAF_ERROR_DOC_NOT_FOUND)
			must(status, &error);
	}
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		c.last.text = NULL;
		must(sheaf_database_each_term(e.db, fields[i], NULL, check_term, &c, &error),
		     &error);
	}
	assert_int_equal(c.seen, all.count);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(words_and_stems),        TEST(boolean_terms),       TEST(of_a_document),
		TEST(the_callers_terms),      TEST(stems_alone),         TEST(walks_can_be_stopped),
		TEST(what_has_no_terms),      TEST(inside_transactions), TEST(groups),
		TEST(all_is_the_sum_of_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* facets.h against a plain count over random documents that come, change and go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "datetime.h"
#include "dice.h"
#include "engine_fixture.h"
#include "facets.h"
#include "store.h"

enum { PEOPLE = 120, VALUES_MAX = 4000, SLOT = 9 };

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "facets");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

/* ---- random papers ---- */

/* One of a few ways to write the name of a person. */
static void name_of(size_t person, size_t way, char *out, size_t size)
{
	static const char *const forenames[] = {"Ada", "ADA",
	                                        "\xC3\x81"
	                                        "da",
	                                        "ada"};
	static const char *const endings[] = {"o", "O", "\xC3\xB6", "o"};

	snprintf(out, size, "%s Mo%zur%s", forenames[way % 4], person, endings[way % 4]);
}

static void fill_authors(dice *d)
{
	size_t count = dice_one_in(d, 60) ? 90 : dice_below(d, 6);
	char   name[64];

	for (size_t i = 0; i < count; i++) {
		/* Some write far more than others, and now and then one is named twice. */
		size_t       person = dice_below(d, dice_below(d, PEOPLE) + 1);
		sheaf_author author = {.name = name};

		name_of(person, dice_below(d, 4), name, sizeof name);
		sheaf_document_add_author(e.doc, &author, NULL);
	}
}

static void fill_paper(dice *d, size_t n)
{
	char        id[32], value[32];
	sheaf_error err;

	snprintf(id, sizeof id, "%s%05zu", dice_one_in(d, 9) ? "local-" : "2105.", n);
	must(scratch_paper(e.doc, id, "Ferns", "Many.", &err), &err);
	fill_authors(d);
	for (size_t i = dice_below(d, 4); i--;) {
		snprintf(value, sizeof value, "x.%zu", dice_below(d, dice_below(d, 40) + 1));
		sheaf_document_add_category(e.doc, value, NULL);
	}
	if (!dice_one_in(d, 3))
		sheaf_document_set_value(e.doc, SHEAF_FIELD_SUBMITTED,
		                         (int64_t)dice_below(d, 20) * 31000000 - 100000000, NULL);
	if (dice_one_in(d, 3))
		sheaf_document_set_value(e.doc, SHEAF_FIELD_UPDATED,
		                         (int64_t)dice_below(d, 2000) * 1000000, NULL);
	sheaf_document_clear_slot_values(e.doc);
	if (dice_one_in(d, 2)) {
		snprintf(value, sizeof value, "%zu", dice_below(d, 12));
		sheaf_document_add_slot_value(e.doc, SLOT, value, strlen(value), NULL);
	}
}

/* Some papers come, some change, some go; in several transactions, and some by themselves. */
static void live_on(dice *d, size_t turns)
{
	sheaf_error err;

	must(sheaf_database_begin_transaction(e.db, &err), &err);
	for (size_t i = 0; i < turns; i++) {
		if (dice_one_in(d, 8)) {
			char id[32];

			snprintf(id, sizeof id, "2105.%05zu", dice_below(d, 1500));
			sheaf_database_delete_document(e.db, id, NULL);
		} else {
			fill_paper(d, dice_below(d, 1500));
			engine_store(&e);
		}
	}
	must(sheaf_database_commit_transaction(e.db, &err), &err);
}

/* ---- the plain count ---- */

typedef struct value {
	char           key[64], shown[64];
	int64_t        count;
	sheaf_revision newest;
} value;

typedef struct count {
	sheaf_field field;   /* ANY: the slot */
	unsigned    modulus; /* only revisions that this divides */
	value      *values;
	size_t      size;
	facets     *facets;
} count;

static void count_value(count *c, const char *key, const char *shown, sheaf_revision revision)
{
	size_t i = 0;

	while (i < c->size && strcmp(c->values[i].key, key) != 0)
		i++;
	if (i == c->size) {
		assert_true(c->size < VALUES_MAX);
		c->values[i] = (value){.count = 0};
		snprintf(c->values[i].key, sizeof c->values[i].key, "%s", key);
		c->size++;
	}
	c->values[i].count++;
	if (revision > c->values[i].newest) {
		c->values[i].newest = revision;
		snprintf(c->values[i].shown, sizeof c->values[i].shown, "%s", shown);
	}
}

/* Lower case, without the accents of name_of(). */
static void plain_name(const char *name, char *out)
{
	for (; *name; name++) {
		if ((unsigned char)*name == 0xC3) {
			name++;
			*out++ = (unsigned char)*name == 0x81 ? 'a' : 'o';
		} else {
			*out++ = (char)(*name >= 'A' && *name <= 'Z' ? *name + 32 : *name);
		}
	}
	*out = 0;
}

static void count_authors(count *c, const sheaf_document *doc)
{
	char keys[100][64];

	for (size_t i = 0; i < sheaf_document_author_count(doc); i++) {
		const char *name = sheaf_document_get_author(doc, i)->name;
		size_t      before = 0;

		plain_name(name, keys[i]);
		while (strcmp(keys[before], keys[i]) != 0)
			before++;
		if (before == i)
			count_value(c, keys[i], name, sheaf_document_get_revision(doc));
	}
}

static void count_year(count *c, const sheaf_document *doc)
{
	sheaf_time time = document_get_date(doc, c->field).time;
	char       text[TIME_TEXT_SIZE];

	if (time == SHEAF_TIME_NONE)
		return;
	time_format_date(time, text);
	text[4] = 0;
	count_value(c, text, text, 1);
}

static int count_paper(void *ctx, const sheaf_document *doc)
{
	count         *c = ctx;
	sheaf_revision revision = sheaf_document_get_revision(doc);
	size_t         len;
	const char    *slot = sheaf_document_get_slot_value(doc, SLOT, &len);
	char           text[64];
	sheaf_error    err;

	if (revision % c->modulus)
		return 0;
	must(facets_see(c->facets, e.db, 0, revision, &err), &err);
	if (c->field == SHEAF_FIELD_AUTHOR) {
		count_authors(c, doc);
	} else if (c->field == SHEAF_FIELD_CATEGORY || c->field == SHEAF_FIELD_PRIMARY_CATEGORY) {
		for (size_t i = 0; i < sheaf_document_category_count(doc); i++)
			if (!i || c->field == SHEAF_FIELD_CATEGORY)
				count_value(c, sheaf_document_get_category(doc, i),
				            sheaf_document_get_category(doc, i), 1);
	} else if (c->field == SHEAF_FIELD_ANY) {
		snprintf(text, sizeof text, "%.*s", (int)len, slot ? slot : "");
		if (slot)
			count_value(c, text, text, 1);
	} else {
		count_year(c, doc);
	}
	return 0;
}

static int by_count(const void *a, const void *b)
{
	const value *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(x->shown, y->shown);
}

static int newest_year_first(const void *a, const void *b)
{
	return -strcmp(((const value *)a)->shown, ((const value *)b)->shown);
}

static int note(void *ctx, const char *text, size_t len, int64_t n)
{
	buf_printf(ctx, "%.*s=%lld\n", (int)len, text, (long long)n);
	return 0;
}

static void compare(count *c, size_t max)
{
	int years = c->field == SHEAF_FIELD_SUBMITTED || c->field == SHEAF_FIELD_UPDATED ||
	            c->field == SHEAF_FIELD_DATE;
	buf         right = BUF_INIT(0), found = BUF_INIT(0);
	sheaf_error err;

	qsort(c->values, c->size, sizeof *c->values, years && !max ? newest_year_first : by_count);
	for (size_t i = 0; i < c->size && (!max || i < max); i++)
		note(&right, c->values[i].shown, strlen(c->values[i].shown), c->values[i].count);
	must(facets_top(c->facets, max, note, &found, &err), &err);
	if (strcmp(buf_str(&right), buf_str(&found)) != 0)
		fail_msg("field %d, %zu of revisions by %u:\n%snot\n%s", (int)c->field, max,
		         c->modulus, buf_str(&found), buf_str(&right));
	buf_free(&right);
	buf_free(&found);
}

static void compare_all(unsigned modulus)
{
	static const sheaf_field fields[] = {
		SHEAF_FIELD_ANY,    SHEAF_FIELD_CATEGORY,  SHEAF_FIELD_PRIMARY_CATEGORY,
		SHEAF_FIELD_AUTHOR, SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED,
		SHEAF_FIELD_DATE};
	static const size_t sizes[] = {0, 1, 2, 5, 10, 50, 100000};
	sheaf_error         err;

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		count c = {.field = fields[i], .modulus = modulus};

		c.values = calloc(VALUES_MAX, sizeof *c.values);
		assert_non_null(c.values);
		must(fields[i] == SHEAF_FIELD_ANY ? facets_new_slot(SLOT, &c.facets, &err)
		                                  : facets_new(fields[i], &c.facets, &err),
		     &err);
		must(sheaf_database_each_document(e.db, 0, count_paper, &c, &err), &err);
		for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++)
			compare(&c, sizes[n]);
		facets_free(c.facets);
		free(c.values);
	}
}

static void counts_are_those_of_a_plain_count(void **state)
{
	dice        d;
	sheaf_error err;

	(void)state;
	dice_start(&d, 2024, 1, 1);
	compare_all(1);
	for (int round = 0; round < 4; round++) {
		live_on(&d, 500);
		compare_all(1);
		compare_all(7);
	}
	/* The same after the file is opened again, and after its columns are made anew. */
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, SHEAF_DB_OPEN);
	compare_all(3);
	must(sheaf_database_check(e.db, &err), &err);
	must(sheaf_database_reindex(e.db, NULL, &err), &err);
	must(sheaf_database_check(e.db, &err), &err);
	compare_all(1);
	live_on(&d, 300);
	compare_all(2);
}

/* ---- small things ---- */

static void expect_top(facets *f, size_t max, const char *text)
{
	buf         found = BUF_INIT(0);
	sheaf_error err;

	must(facets_top(f, max, note, &found, &err), &err);
	assert_string_equal(buf_str(&found), text);
	buf_free(&found);
}

static void put_by(const char *id, const char *author)
{
	const sheaf_author a = {.name = author};

	must(scratch_paper(e.doc, id, "Ferns", "Many.", NULL), NULL);
	sheaf_document_add_author(e.doc, &a, NULL);
	sheaf_document_add_category(e.doc, "x.A", NULL);
	engine_store(&e);
}

/* The counts are those of the run; a name is taken from the newest paper that is still there. */
static void papers_that_go_after_the_run(void **state)
{
	facets     *f;
	sheaf_error err;

	(void)state;
	put_by("2105.00001", "ada moor");
	put_by("2105.00002", "Ada Moor");
	put_by("2105.00003", "ADA MOOR");
	put_by("2105.00004", "Ben Ruiz");
	must(facets_new(SHEAF_FIELD_AUTHOR, &f, &err), &err);
	for (sheaf_revision r = 1; r <= 4; r++)
		must(facets_see(f, e.db, 0, r, &err), &err);
	expect_top(f, 0, "ADA MOOR=3\nBen Ruiz=1\n");
	must(sheaf_database_delete_document(e.db, "2105.00003", &err), &err);
	must(sheaf_database_delete_document(e.db, "2105.00004", &err), &err);
	expect_top(f, 0, "Ada Moor=3\n");
	expect_top(f, 1, "Ada Moor=3\n");
	facets_clear(f);
	expect_top(f, 0, "");
	must(facets_see(f, e.db, 0, 1, &err), &err);
	expect_top(f, 5, "ada moor=1\n");
	facets_free(f);
}

/* Databases number their categories by themselves. */
static void several_databases(void **state)
{
	engine      other = e;
	facets     *categories, *authors;
	sheaf_error err;

	(void)state;
	put_by("2105.00001", "Ada Moor");
	engine_begin(&e, "facets-other");
	must(scratch_paper(e.doc, "2105.00002", "Ferns", "Many.", NULL), NULL);
	sheaf_document_add_category(e.doc, "x.B", NULL);
	sheaf_document_add_category(e.doc, "x.A", NULL);
	engine_store(&e);
	put_by("2105.00001", "ada moor");
	must(facets_new(SHEAF_FIELD_CATEGORY, &categories, &err), &err);
	must(facets_new(SHEAF_FIELD_AUTHOR, &authors, &err), &err);
	must(facets_see(categories, other.db, 0, 1, &err), &err);
	must(facets_see(authors, other.db, 0, 1, &err), &err);
	for (sheaf_revision r = 1; r <= 2; r++) {
		must(facets_see(categories, e.db, 1, r, &err), &err);
		must(facets_see(authors, e.db, 1, r, &err), &err);
	}
	expect_top(categories, 0, "x.A=3\nx.B=1\n");
	expect_top(authors, 0, "ada moor=2\n");
	facets_free(categories);
	facets_free(authors);
	engine_end(&e);
	e = other;
}

static void what_is_counted_and_what_not(void **state)
{
	facets     *f;
	sheaf_error err;

	(void)state;
	assert_int_equal(facets_new(SHEAF_FIELD_TITLE, &f, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(f);
	assert_int_equal(facets_new(SHEAF_FIELD_ANY, &f, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	/* Years that no calendar has count nowhere. */
	for (int i = 0; i < 6; i++) {
		static const sheaf_time times[] = {253402300799,      253402300800,
		                                   DOCUMENT_TIME_MAX, -DOCUMENT_TIME_MAX,
		                                   -62167219201,      -62167219200};
		char                    id[32];

		snprintf(id, sizeof id, "local-%d", i);
		must(scratch_paper(e.doc, id, "Ferns", NULL, &err), &err);
		sheaf_document_set_value(e.doc, SHEAF_FIELD_SUBMITTED, times[i], NULL);
		engine_store(&e);
	}
	must(facets_new(SHEAF_FIELD_SUBMITTED, &f, &err), &err);
	for (sheaf_revision r = 1; r <= 6; r++)
		must(facets_see(f, e.db, 0, r, &err), &err);
	expect_top(f, 0, "9999=1\n0000=1\n");
	facets_free(f);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(counts_are_those_of_a_plain_count),
		TEST(papers_that_go_after_the_run),
		TEST(several_databases),
		TEST(what_is_counted_and_what_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

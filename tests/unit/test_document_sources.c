/* Copies of one paper from several sources: whichever comes first, the paper is the same in the end. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "datetime.h"
#include "dice.h"
#include "document_origin.h"

enum { DAY = 86400, COPIES = 6, ROUNDS = 400 };

/* What a source tells of a state of the paper: `version` 1 to 3, and metadata that changed `day` days after. */
typedef struct state {
	int version, day;
	int comments; /* 1: the authors gave some */
} state;

static sheaf_document *copies[COPIES], *stored, *scratch;

static int set_up(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < COPIES; i++)
		assert_int_equal(sheaf_document_new(&copies[i], NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_new(&stored, NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_new(&scratch, NULL), SHEAF_OK);
	return 0;
}

static int tear_down(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < COPIES; i++)
		sheaf_document_free(copies[i]);
	sheaf_document_free(stored);
	sheaf_document_free(scratch);
	return 0;
}

static void set(sheaf_document *doc, sheaf_field field, const char *text)
{
	assert_int_equal(sheaf_document_set_text(doc, field, text, SIZE_MAX, NULL), SHEAF_OK);
}

static void set_time(sheaf_document *doc, sheaf_field field, sheaf_time time)
{
	assert_int_equal(sheaf_document_set_value(doc, field, time, NULL), SHEAF_OK);
}

static sheaf_time submitted_of(int version)
{
	return date_days(2026, 3, 2) * DAY + version * 10 * DAY + 45678;
}

static int is_stamped(document_source source)
{
	return source >= DOCUMENT_SOURCE_ARXIV_OLD || source == DOCUMENT_SOURCE_OAI_DC;
}

static int numbers_versions(document_source source)
{
	return source != DOCUMENT_SOURCE_ARXIV && source != DOCUMENT_SOURCE_ARXIV_OLD &&
	       source != DOCUMENT_SOURCE_OAI_DC;
}

static void add_people(sheaf_document *doc, document_source source)
{
	sheaf_author one = {.name = "J\\\"org Ahn"}, two = {.name = "Bea Coe"};

	if (source == DOCUMENT_SOURCE_ARXIV) {
		one = (sheaf_author){"Jörg Ahn", "Ahn", "Jörg", NULL, NULL};
		two = (sheaf_author){"Bea Coe", "Coe", "Bea", NULL, NULL};
	}
	if (source == DOCUMENT_SOURCE_API)
		two.affiliation = "Fern Institute";
	assert_int_equal(sheaf_document_add_author(doc, &one, NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_add_author(doc, &two, NULL), SHEAF_OK);
}

static void add_history(sheaf_document *doc, int version)
{
	for (int v = 1; v <= version; v++) {
		const sheaf_document_version one = {v, submitted_of(v), "6kb", "D"};

		assert_int_equal(sheaf_document_add_version(doc, &one, NULL), SHEAF_OK);
	}
}

/* Titles carry their source, as TeX and blanks do in life. */
static void fill(sheaf_document *doc, document_source source, const state *s)
{
	char text[80];

	sheaf_document_clear(doc);
	set(doc, SHEAF_FIELD_ID, "2603.00001");
	doc->source = source;
	snprintf(text, sizeof text, "Title %d.%d of %d", s->version,
	         is_stamped(source) ? s->day : 0, (int)source);
	set(doc, SHEAF_FIELD_TITLE, text);
	if (s->comments && source != DOCUMENT_SOURCE_RSS) {
		snprintf(text, sizeof text, "Comments %d.%d", s->version,
		         is_stamped(source) ? s->day : 0);
		set(doc, SHEAF_FIELD_COMMENTS, text);
	}
	add_people(doc, source);
	sheaf_document_add_category(doc, s->version > 1 ? "cs.NE" : "cs.AI", NULL);
	if (numbers_versions(source))
		doc->value[SHEAF_FIELD_VERSION] = s->version;
	if (is_stamped(source))
		set_time(doc, SHEAF_FIELD_DATESTAMP,
		         (submitted_of(s->version) / DAY + s->day + 1) * DAY);
	if (source != DOCUMENT_SOURCE_RSS)
		set_time(doc, SHEAF_FIELD_UPDATED,
		         source == DOCUMENT_SOURCE_ARXIV ? submitted_of(s->version) / DAY * DAY
		                                         : submitted_of(s->version));
	if (source == DOCUMENT_SOURCE_ARXIV_RAW || source == DOCUMENT_SOURCE_SNAPSHOT)
		add_history(doc, s->version);
	if (source != DOCUMENT_SOURCE_RSS && source != DOCUMENT_SOURCE_ARXIV)
		set_time(doc, SHEAF_FIELD_SUBMITTED, submitted_of(1));
	if (source == DOCUMENT_SOURCE_RSS && s->version == 1)
		doc->announced = (announcement){ANNOUNCEMENT_NEW, submitted_of(1) / DAY + 1};
}

/* The stored form of a document, which is how it is compared. */
static void describe(const sheaf_document *doc, buf *out)
{
	static const sheaf_field values[] = {SHEAF_FIELD_VERSION,       SHEAF_FIELD_SUBMITTED,
	                                     SHEAF_FIELD_UPDATED,       SHEAF_FIELD_DATESTAMP,
	                                     SHEAF_FIELD_WITHDRAWN,     SHEAF_FIELD_ANNOUNCED,
	                                     SHEAF_FIELD_ANNOUNCED_SEEN};

	buf_clear(out);
	for (int f = SHEAF_FIELD_TITLE; f <= SHEAF_FIELD_PROXY; f++) {
		const char *text = sheaf_document_get_text(doc, (sheaf_field)f);

		buf_printf(out, "%d=%s|", f, text ? text : "");
	}
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		buf_printf(out, "%lld|", (long long)doc->value[values[i]]);
	document_pack_author_parts(doc, out);
	document_pack_versions(doc, out);
}

/* Stores the copies in an order, through the stored form of origins. Answers how many changed the paper. */
static int store_all(const int *order, int count, buf *out)
{
	buf packed = BUF_INIT(0);
	int changes = 0;

	for (int i = 0; i < count; i++) {
		document_merge_result result = MERGE_CHANGE;

		assert_int_equal(document_copy(scratch, copies[order[i]], NULL), SHEAF_OK);
		if (!i)
			document_settle(scratch);
		else
			assert_int_equal(document_merge(scratch, stored, &result, NULL), SHEAF_OK);
		if (result == MERGE_NOTHING)
			continue;
		changes += result == MERGE_CHANGE;
		document_swap(stored, scratch);
		buf_clear(&packed);
		document_pack_origins(stored, &packed);
		document_unpack_origins(stored, buf_str(&packed));
	}
	describe(stored, out);
	buf_free(&packed);
	return changes;
}

static void shuffle(dice *d, int *order, int count)
{
	for (int i = 0; i < count; i++)
		order[i] = i;
	for (int i = count - 1; i > 0; i--) {
		int j = (int)dice_below(d, (unsigned)i + 1), was = order[i];

		order[i] = order[j];
		order[j] = was;
	}
}

/* What the authors said is one thing for each state. */
static void fill_any(dice *d, sheaf_document *doc, document_source source)
{
	int   version = (int)dice_below(d, 3) + 1, day = (int)dice_below(d, 3);
	state s = {version, day, is_stamped(source) ? (version + day) % 3 != 0 : version % 2};

	fill(doc, source, &s);
}

static void order_does_not_matter(const document_source *sources, unsigned count, uint64_t seed)
{
	buf  first = BUF_INIT(0), again = BUF_INIT(0);
	dice d;

	dice_start(&d, seed, 0, 0);
	for (int round = 0; round < ROUNDS; round++) {
		int order[COPIES];

		for (int i = 0; i < COPIES; i++)
			fill_any(&d, copies[i], sources[dice_below(&d, count)]);
		shuffle(&d, order, COPIES);
		store_all(order, COPIES, &first);
		for (int i = 0; i < 8; i++) {
			shuffle(&d, order, COPIES);
			store_all(order, COPIES, &again);
			assert_string_equal(buf_str(&again), buf_str(&first));
		}
	}
	buf_free(&first);
	buf_free(&again);
}

static void the_order_of_copies_does_not_matter(void **unused)
{
	static const document_source sources[] = {DOCUMENT_SOURCE_ARXIV_RAW, DOCUMENT_SOURCE_API,
	                                          DOCUMENT_SOURCE_RSS, DOCUMENT_SOURCE_SNAPSHOT};

	(void)unused;
	order_does_not_matter(sources, 4, 7);
}

/* Nor does it where some number versions and others tell the day of theirs. */
static void the_order_of_formats_without_versions_does_not_matter(void **unused)
{
	static const document_source sources[] = {
		DOCUMENT_SOURCE_ARXIV_RAW, DOCUMENT_SOURCE_API,       DOCUMENT_SOURCE_SNAPSHOT,
		DOCUMENT_SOURCE_ARXIV,     DOCUMENT_SOURCE_ARXIV_OLD, DOCUMENT_SOURCE_OAI_DC};

	(void)unused;
	order_does_not_matter(sources, 6, 8);
	order_does_not_matter(sources, 4, 9);
}

static void sources_in_turn_settle(void **unused)
{
	static const document_source sources[] = {DOCUMENT_SOURCE_ARXIV_RAW, DOCUMENT_SOURCE_API,
	                                          DOCUMENT_SOURCE_ARXIV, DOCUMENT_SOURCE_RSS};
	static const state           s = {2, 0, 1};
	int                          order[] = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3};
	buf                          out = BUF_INIT(0);
	int                          once;

	(void)unused;
	for (int i = 0; i < 4; i++)
		fill(copies[i], sources[i], &s);
	once = store_all(order, 4, &out);
	assert_int_equal(store_all(order, 12, &out), once);
	/* Each field from the source that knows it best. */
	assert_string_equal(sheaf_document_get_text(stored, SHEAF_FIELD_TITLE), "Title 2.0 of 7");
	assert_string_equal(sheaf_document_get_text(stored, SHEAF_FIELD_AUTHOR),
	                    "Jörg Ahn, Bea Coe");
	assert_string_equal(sheaf_document_get_author(stored, 0)->keyname, "Ahn");
	assert_string_equal(sheaf_document_get_author(stored, 1)->affiliation, "Fern Institute");
	assert_int_equal(sheaf_document_version_count(stored), 2);
	assert_true(sheaf_document_get_value(stored, SHEAF_FIELD_UPDATED) == submitted_of(2));
	buf_free(&out);
}

static void a_poorer_source_fills_gaps_and_takes_nothing(void **unused)
{
	static const state with = {2, 0, 1}, without = {2, 0, 0};
	const int          order[] = {0, 1}, back[] = {1, 0};
	buf                out = BUF_INIT(0);

	(void)unused;
	fill(copies[0], DOCUMENT_SOURCE_ARXIV_RAW, &with);
	fill(copies[1], DOCUMENT_SOURCE_API, &without);
	set(copies[1], SHEAF_FIELD_DOI, "10.5555/7");
	for (int i = 0; i < 2; i++) {
		store_all(i ? back : order, 2, &out);
		assert_string_equal(sheaf_document_get_text(stored, SHEAF_FIELD_COMMENTS),
		                    "Comments 2.0");
		assert_string_equal(sheaf_document_get_text(stored, SHEAF_FIELD_DOI), "10.5555/7");
	}
	buf_free(&out);
}

static void what_a_new_version_leaves_out_goes(void **unused)
{
	static const state with = {2, 0, 1}, without = {3, 0, 0};
	const int          order[] = {0, 1}, back[] = {1, 0};
	buf                out = BUF_INIT(0);

	(void)unused;
	fill(copies[0], DOCUMENT_SOURCE_ARXIV_RAW, &with);
	fill(copies[1], DOCUMENT_SOURCE_ARXIV_RAW, &without);
	for (int i = 0; i < 2; i++) {
		store_all(i ? back : order, 2, &out);
		assert_null(sheaf_document_get_text(stored, SHEAF_FIELD_COMMENTS));
	}
	buf_free(&out);
}

static void what_a_format_without_versions_told_goes_too(void **unused)
{
	static const state with = {2, 0, 1}, without = {3, 0, 0};
	const int          order[] = {0, 1}, back[] = {1, 0};
	buf                out = BUF_INIT(0);

	(void)unused;
	fill(copies[0], DOCUMENT_SOURCE_ARXIV, &with);
	fill(copies[1], DOCUMENT_SOURCE_ARXIV_RAW, &without);
	for (int i = 0; i < 2; i++) {
		store_all(i ? back : order, 2, &out);
		assert_null(sheaf_document_get_text(stored, SHEAF_FIELD_COMMENTS));
	}
	fill(copies[1], DOCUMENT_SOURCE_ARXIV, &without);
	for (int i = 0; i < 2; i++) {
		store_all(i ? back : order, 2, &out);
		assert_null(sheaf_document_get_text(stored, SHEAF_FIELD_COMMENTS));
	}
	buf_free(&out);
}

static void a_format_without_versions_is_told_by_its_dates(void **unused)
{
	static const state old = {1, 0, 1}, new = {3, 0, 1};
	const int          order[] = {0, 1}, back[] = {1, 0};
	buf                out = BUF_INIT(0);

	(void)unused;
	fill(copies[0], DOCUMENT_SOURCE_API, &new);
	fill(copies[1], DOCUMENT_SOURCE_ARXIV, &old);
	for (int i = 0; i < 2; i++) {
		store_all(i ? back : order, 2, &out);
		assert_string_equal(sheaf_document_get_text(stored, SHEAF_FIELD_TITLE),
		                    "Title 3.0 of 3");
	}
	buf_free(&out);
}

static void kinds_of_change_are_told(void **unused)
{
	static const struct {
		state             from, to;
		sheaf_change_kind kind;
	} cases[] = {
		{{2, 0, 1}, {3, 0, 1}, SHEAF_CHANGE_VERSION},
		{{1, 0, 1}, {2, 0, 1}, SHEAF_CHANGE_VERSION},
		{{2, 0, 1}, {2, 1, 1}, SHEAF_CHANGE_METADATA},
	};
	const int order[] = {0, 1};
	buf       out = BUF_INIT(0);

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fill(copies[0], DOCUMENT_SOURCE_ARXIV_RAW, &cases[i].from);
		fill(copies[1], DOCUMENT_SOURCE_ARXIV_RAW, &cases[i].to);
		store_all(order, 1, &out);
		assert_int_equal(stored->value[SHEAF_FIELD_CHANGE], SHEAF_CHANGE_NEW);
		assert_int_equal(store_all(order, 2, &out), 2);
		assert_int_equal(stored->value[SHEAF_FIELD_CHANGE], cases[i].kind);
	}
	sheaf_document_add_category(copies[1], "q-bio.NC", NULL);
	store_all(order, 2, &out);
	assert_int_equal(stored->value[SHEAF_FIELD_CHANGE], SHEAF_CHANGE_CATEGORY);
	copies[1]->value[SHEAF_FIELD_WITHDRAWN] = 1;
	store_all(order, 2, &out);
	assert_int_equal(stored->value[SHEAF_FIELD_CHANGE], SHEAF_CHANGE_WITHDRAWN);
	buf_free(&out);
}

static void announcements_are_inferred_until_they_are_seen(void **unused)
{
	static const state first = {1, 0, 1}, second = {2, 0, 1};
	const int          order[] = {0, 1, 2};
	buf                out = BUF_INIT(0);

	(void)unused;
	/* A Thursday at noon: Friday's list. */
	fill(copies[0], DOCUMENT_SOURCE_ARXIV_RAW, &second);
	store_all(order, 1, &out);
	assert_int_equal(stored->value[SHEAF_FIELD_ANNOUNCED], date_days(2026, 3, 13) * DAY);
	assert_int_equal(stored->value[SHEAF_FIELD_ANNOUNCED_SEEN], 0);
	/* Held up for a few days. */
	fill(copies[1], DOCUMENT_SOURCE_ARXIV_RAW, &first);
	set_time(copies[1], SHEAF_FIELD_DATESTAMP, date_days(2026, 3, 17) * DAY);
	store_all(order, 2, &out);
	assert_int_equal(stored->value[SHEAF_FIELD_ANNOUNCED], date_days(2026, 3, 17) * DAY);
	assert_int_equal(stored->value[SHEAF_FIELD_ANNOUNCED_SEEN], 2);
	fill(copies[2], DOCUMENT_SOURCE_RSS, &first);
	copies[2]->announced.day = date_days(2026, 3, 18);
	assert_int_equal(store_all(order, 3, &out), 1);
	assert_int_equal(stored->value[SHEAF_FIELD_ANNOUNCED], date_days(2026, 3, 18) * DAY);
	assert_int_equal(stored->value[SHEAF_FIELD_ANNOUNCED_SEEN], 1);
	buf_free(&out);
}

static void damaged_origins_are_not_known(void **unused)
{
	static const char *const texts[] = {"",
	                                    "R1",
	                                    "R1@:",
	                                    "R1@5",
	                                    "R1@5:t",
	                                    "R1@5/3",
	                                    "R-1@5/3:t",
	                                    "?1@5/3:t",
	                                    "R99999999@1/1:t",
	                                    "R1@x/3:t",
	                                    "R1@5/x:t",
	                                    "R1@5/3:t A1@",
	                                    "\xff\xfe",
	                                    "R1@99999999999999999999/3:t",
	                                    "R1@5/999999999999999999:t"};
	static const state       s = {1, 0, 1};

	(void)unused;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		fill(stored, DOCUMENT_SOURCE_ARXIV_RAW, &s);
		document_unpack_origins(stored, texts[i]);
		assert_true(stored->origin[SHEAF_FIELD_ABSTRACT].source < DOCUMENT_SOURCES);
	}
	document_unpack_origins(stored, "R1@5/:tx X2@/-3:a");
	assert_int_equal(stored->origin[SHEAF_FIELD_TITLE].source, DOCUMENT_SOURCE_ARXIV_RAW);
	assert_int_equal(stored->origin[SHEAF_FIELD_TITLE].datestamp, 5);
	assert_int_equal(stored->origin[SHEAF_FIELD_AUTHOR].source, DOCUMENT_SOURCE_ARXIV);
	assert_int_equal(stored->origin[SHEAF_FIELD_AUTHOR].version, 2);
	assert_int_equal(stored->origin[SHEAF_FIELD_AUTHOR].day, -3);
	assert_true(stored->origin[SHEAF_FIELD_TITLE].day == INT64_MIN);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(the_order_of_copies_does_not_matter),
		TEST(the_order_of_formats_without_versions_does_not_matter),
		TEST(sources_in_turn_settle),
		TEST(a_poorer_source_fills_gaps_and_takes_nothing),
		TEST(what_a_new_version_leaves_out_goes),
		TEST(what_a_format_without_versions_told_goes_too),
		TEST(a_format_without_versions_is_told_by_its_dates),
		TEST(kinds_of_change_are_told),
		TEST(announcements_are_inferred_until_they_are_seen),
		TEST(damaged_origins_are_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "profile_fixture.h"

#include <sheaf/digest.h>

#include "store.h"

#define NOW "2026-02-01 08:30"

#define CY "Computers and Society (cs.CY)"
#define PE "Populations and Evolution (q-bio.PE)"
#define CS "Computer Science (cs)"
#define BIO "Quantitative Biology (q-bio.*)"

typedef struct wanted {
	sheaf_digest_options options;
	sheaf_digest_stats   stats;
	int (*safe)(void *ctx);
} wanted;

static int to_buf(void *ctx, const char *bytes, size_t len)
{
	buf_append(ctx, bytes, len);
	return 0;
}

/* The digest as "id@heading id@heading+ ", with a plus where it says that the paper was updated. */
static void digests(sheaf_database *db, wanted *w, const char *expected)
{
	buf           out = BUF_INIT(0), brief = BUF_INIT(0);
	sheaf_writer *writer;
	sheaf_error   err;

	w->options.now = fixture_time(NOW);
	must(sheaf_writer_new(SHEAF_FORMAT_TSV, to_buf, &out, &writer, &err), &err);
	must(sheaf_writer_set_fields(writer, "id,section,status", &err), &err);
	must(sheaf_digest_write(db, &w->options, writer, w->safe, &out, &w->stats, &err), &err);
	for (const char *line = buf_str(&out), *end; *line; line = end + 1) {
		const char *heading = strchr(line, '\t') + 1, *state = strchr(heading, '\t') + 1;

		end = strchr(line, '\n');
		buf_append(&brief, line, (size_t)(heading - line - 1));
		buf_putc(&brief, '@');
		buf_append(&brief, heading, (size_t)(state - heading - 1));
		buf_puts(&brief, strncmp(state, "updated", 7) == 0 ? "+ " : " ");
	}
	assert_string_equal(buf_str(&brief), expected);
	sheaf_writer_free(writer);
	buf_free(&out);
	buf_free(&brief);
}

static void put_papers(sheaf_database *db)
{
	fixture_put(db, "2601.00003v1", "Garden", "A garden.", "2026-01-03T10:00:00Z", "q-bio.PE");
	fixture_put(db, "2601.00001v1", "Garden and kitchen", "Garden of gardens.",
	            "2026-01-01T10:00:00Z", "cs.CY q-bio.PE");
	fixture_put(db, "2601.00005v1", "Rain", "Rain.", "2026-01-05T10:00:00Z", "physics.ao-ph");
	fixture_put(db, "2601.00002v1", "Kitchen", "Kitchen.", "2026-01-02T10:00:00Z", "cs.CY");
	fixture_put(db, "2601.00004v1", "Kitchen", "An oven.", "2026-01-04T10:00:00Z", "cs.AI");
}

#define TOPICS                                      \
	"profiles:\n"                               \
	"  garden: {query: garden, heading: G%s}\n" \
	"  kitchen: {query: kitchen, heading: K%s}\n"

/* A digest of `settings`, with more keys for the two profiles. */
static sheaf_profile_set *topics(const char *settings, const char *garden, const char *kitchen)
{
	buf                yaml = BUF_INIT(0);
	sheaf_profile_set *set;

	buf_printf(&yaml, "digest: {%s}\n" TOPICS, settings, garden, kitchen);
	set = fixture_profiles(yaml.data);
	buf_free(&yaml);
	return set;
}

/* Classifies and writes with these settings. */
static void expect(sheaf_database *db, const char *settings, const char *garden,
                   const char *kitchen, const char *expected)
{
	sheaf_profile_set *set = topics(settings, garden, kitchen);
	wanted             w = {.options.profiles = set};

	fixture_classify(db, set, 0);
	digests(db, &w, expected);
	sheaf_profile_set_free(set);
}

/* The same for a digest of papers of 2025, with more keys for the first profile. */
static void expect_kinds(sheaf_database *db, const char *garden, const char *expected)
{
	expect(db, "select: 'id:2501*'", garden, "", expected);
}

static void with_database(void (*test)(sheaf_database *db))
{
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db = fixture_open(path, "digest");

	put_papers(db);
	test(db);
	fixture_close(db, path);
}

static void sections_come_in_the_files_order(sheaf_database *db)
{
	expect(db, "", "", "", "2601.00003@G 2601.00001@G 2601.00004@K 2601.00002@K ");
	expect(db, "fallback: Rest", "", "",
	       "2601.00003@G 2601.00001@G 2601.00004@K 2601.00002@K 2601.00005@Rest ");
	expect(db, "assign: all", "", "",
	       "2601.00003@G 2601.00001@G 2601.00004@K 2601.00002@K 2601.00001@K ");
	expect(db, "select: rain", "", "", "");
}

static void the_limit_takes_the_newest(sheaf_database *db)
{
	expect(db, "limit: 3, fallback: Rest", "", "",
	       "2601.00003@G 2601.00004@K 2601.00005@Rest ");
	expect(db, "limit: 2", "", "", "2601.00003@G 2601.00004@K ");
	expect(db, "limit: 100", "", "", "2601.00003@G 2601.00001@G 2601.00004@K 2601.00002@K ");
	expect(db, "", ", max: 1", "", "2601.00003@G 2601.00004@K 2601.00002@K ");
	expect(db, "assign: all, limit: 4", "", ", max: 2",
	       "2601.00003@G 2601.00001@G 2601.00004@K 2601.00002@K ");
}

static void relevance_orders_inside_a_section(sheaf_database *db)
{
	fixture_put(db, "2601.00006v1", "Garden garden", "Garden garden garden.",
	            "2026-01-01T09:00:00Z", NULL);
	expect(db, "order: relevance", "", "",
	       "2601.00006@G 2601.00003@G 2601.00001@G 2601.00002@K 2601.00004@K ");
	expect(db, "order: relevance", ", max: 1", ", max: 1", "2601.00006@G 2601.00002@K ");
}

static void of_one_moment_the_newest_id_is_first(sheaf_database *db)
{
	fixture_put(db, "2601.99999", "Garden", NULL, "2026-01-20", NULL);
	fixture_put(db, "2602.00001", "Garden", NULL, "2026-01-20", NULL);
	fixture_put(db, "math/9912001", "Garden", NULL, "2026-01-20", NULL);
	fixture_put(db, "2512.00001", "Garden", NULL, "2026-01-20", NULL);
	expect(db, "limit: 3", "", "", "2602.00001@G 2601.99999@G 2512.00001@G ");
	expect(db, "limit: 4", "", "", "2602.00001@G 2601.99999@G 2512.00001@G math/9912001@G ");
}

static void dates_limit_what_is_shown(sheaf_database *db)
{
	sheaf_profile_set *set = topics("fallback: Rest, limit: 2", "", "");
	wanted             w = {.options = {.profiles = set,
	                                    .has_since = 1,
	                                    .since = fixture_time("2026-01-02T10:00:00Z")}};

	fixture_classify(db, set, 0);
	w.options.has_until = 1;
	w.options.until = fixture_time("2026-01-04T10:00:00Z");
	w.options.limit = 10;
	digests(db, &w, "2601.00003@G 2601.00004@K 2601.00002@K ");
	assert_int_equal(w.stats.papers, 3);
	assert_int_equal(w.stats.sections, 2);
	w.options.limit = 0;
	digests(db, &w, "2601.00003@G 2601.00004@K ");
	w.options.has_until = 0;
	w.options.since = fixture_time("2026-02-01");
	digests(db, &w, "");
	assert_int_equal(w.stats.papers, 0);
	assert_int_equal(w.stats.sections, 0);
	sheaf_profile_set_free(set);
}

static void the_next_digest_shows_what_is_new(sheaf_database *db)
{
	sheaf_profile_set *set = topics("fallback: Rest, limit: 3", "", "");
	wanted             w = {.options = {.profiles = set, .since_last = 1, .mark_delivered = 1}};

	fixture_classify(db, set, 0);
	digests(db, &w, "2601.00003@G 2601.00004@K 2601.00005@Rest ");
	digests(db, &w, "2601.00001@G 2601.00002@K ");
	digests(db, &w, "");
	fixture_put(db, "2601.00006v1", "Garden", "x", "2026-01-01", NULL);
	fixture_put(db, "2601.00003v2", "Garden", "Another garden.", "2026-01-03T10:00:00Z", NULL);
	fixture_classify(db, set, 0);
	w.options.mark_delivered = 0;
	digests(db, &w, "2601.00006@G ");
	digests(db, &w, "2601.00006@G ");
	/* Without `since_last` it does not matter what was delivered. */
	w.options.since_last = 0;
	digests(db, &w, "2601.00003@G+ 2601.00004@K 2601.00005@Rest ");
	sheaf_profile_set_free(set);
}

static void replacements_come_again_where_they_are_asked_for(sheaf_database *db)
{
	sheaf_profile_set *set = topics("", ", include: [new, replace]", "");
	wanted             w = {.options = {.profiles = set, .since_last = 1, .mark_delivered = 1}};

	fixture_classify(db, set, 0);
	digests(db, &w, "2601.00003@G 2601.00001@G 2601.00004@K 2601.00002@K ");
	fixture_put(db, "2601.00003v2", "Garden", "Another garden.", "2026-01-03T10:00:00Z", NULL);
	fixture_put(db, "2601.00001v1", "Garden", "A new comment.", "2026-01-01T10:00:00Z", NULL);
	fixture_put(db, "2601.00004v2", "Kitchen", "Another oven.", "2026-01-04T10:00:00Z", NULL);
	fixture_classify(db, set, 0);
	digests(db, &w, "2601.00003@G+ ");
	digests(db, &w, "");
	sheaf_profile_set_free(set);
}

/* What was said of a paper on a day of January 2026, in the list of a category. */
static void announce(sheaf_database *db, const char *list, const char *id, announcement_kind kind,
                     int day)
{
	announcement a = {kind, fixture_time("2026-01-01") / 86400 + day - 1};

	must(store_announce(db, list, id, 1, &a, NULL), NULL);
}

static void put_announced(sheaf_database *db)
{
	static const char when[] = "2025-01-01T10:00:00Z";

	fixture_put(db, "2501.00001v1", "Garden", NULL, when, "cs.CY");
	fixture_put(db, "2501.00002v3", "Garden", NULL, when, "cs.CY");
	fixture_put(db, "2501.00003v1", "Garden", NULL, when, "q-bio.PE cs.CY");
	fixture_put(db, "2501.00004v2", "Garden", NULL, when, "q-bio.PE cs.CY");
	fixture_put(db, "2501.00005v2", "Garden", NULL, when, "cs.CY");
	fixture_put(db, "2501.00006v1", "Garden", NULL, when, "math.NA cs.CY");
	announce(db, "cs.CY", "2501.00003", ANNOUNCEMENT_CROSS, 5);
	announce(db, "q-bio.PE", "2501.00003", ANNOUNCEMENT_NEW, 5);
	announce(db, "cs.CY", "2501.00005", ANNOUNCEMENT_NEW, 5);
	announce(db, "cs.CY", "2501.00005", ANNOUNCEMENT_REPLACE, 6);
	announce(db, "cs.CY", "2501.00006", ANNOUNCEMENT_CROSS, 6);
}

static void announcements_choose(sheaf_database *db)
{
	put_announced(db);
	/* Without lists, what is new in any of them is new; the ledger's cross-lists are only cross-lists. */
	expect_kinds(db, ", include: [new]", "2501.00005@G 2501.00003@G 2501.00001@G ");
	expect_kinds(db, ", include: [cross]", "2501.00006@G ");
	expect_kinds(db, ", include: [replace]", "2501.00005@G 2501.00004@G 2501.00002@G ");
	/* With a list, the first category tells what is a cross-list. */
	expect_kinds(db, ", require: 'cat:cs.*', include: [new]", "2501.00005@G 2501.00001@G ");
	expect_kinds(db, ", require: 'cat:cs.CY OR cat:cs.NA', include: [new]",
	             "2501.00006@G 2501.00005@G 2501.00001@G ");
	expect_kinds(db, ", require: 'cat:cs.CY AND garden', include: [cross]",
	             "2501.00006@G 2501.00003@G ");
	expect_kinds(db, ", require: 'cat:cs.CY', include: [replace]",
	             "2501.00005@G 2501.00002@G ");
	expect_kinds(db, ", require: 'cat:cs.CY', include: [cross, replace]",
	             "2501.00006@G 2501.00005@G 2501.00004@G 2501.00003@G 2501.00002@G ");
	/* What only some of the papers must have is no list. */
	expect_kinds(db, ", require: 'cat:cs.CY OR garden', include: [new]",
	             "2501.00005@G 2501.00003@G 2501.00001@G ");
	expect_kinds(db, "",
	             "2501.00006@G 2501.00005@G 2501.00004@G 2501.00003@G 2501.00002@G "
	             "2501.00001@G ");
}

/* What had its second version before there was a digest that could have shown the first. */
static void what_came_since_the_last_digest_is_new(sheaf_database *db)
{
	sheaf_profile_set *set = topics("", ", include: [new]", "");
	wanted             w = {.options = {.profiles = set, .since_last = 1, .mark_delivered = 1}};

	fixture_put(db, "2601.00007v2", "Garden", NULL, "2026-01-07T10:00:00Z", NULL);
	fixture_classify(db, set, 0);
	digests(db, &w, "2601.00003@G 2601.00001@G 2601.00004@K 2601.00002@K ");
	/* The digest was made on the first of February. */
	fixture_put(db, "2602.00007v2", "Garden", NULL, "2026-02-02T10:00:00Z", NULL);
	fixture_classify(db, set, 0);
	digests(db, &w, "2602.00007@G ");
	sheaf_profile_set_free(set);
}

static void a_paper_that_went_and_came_is_not_new(sheaf_database *db)
{
	sheaf_profile_set *set = topics("", "", "");
	wanted             w = {.options = {.profiles = set, .since_last = 1, .mark_delivered = 1}};
	sheaf_error        err;

	fixture_classify(db, set, 0);
	digests(db, &w, "2601.00003@G 2601.00001@G 2601.00004@K 2601.00002@K ");
	must(sheaf_database_delete_document(db, "2601.00003", &err), &err);
	fixture_put(db, "2601.00003v1", "Garden", "A garden.", "2026-01-03T10:00:00Z", "q-bio.PE");
	fixture_classify(db, set, 0);
	digests(db, &w, "");
	sheaf_profile_set_free(set);
}

static void categories_are_one_digest_in_any_order(sheaf_database *db)
{
	const char *const one[] = {"q-bio.PE", "cs.CY"}, *const other[] = {"CS.cy", "q-bio.PE",
	                                                                   "cs.CY"};
	wanted w = {.options = {.categories = one,
	                        .category_count = 2,
	                        .since_last = 1,
	                        .mark_delivered = 1}};

	digests(db, &w, "2601.00003@" PE " 2601.00001@" PE " 2601.00002@" CY " 2601.00001@" CY " ");
	w.options.categories = other;
	w.options.category_count = 3;
	digests(db, &w, "");
	w.options.name = "another";
	w.options.limit = 1;
	digests(db, &w, "2601.00003@" PE " ");
	w.options.name = NULL;
	digests(db, &w, "");
}

static void an_unknown_category_is_refused(sheaf_database *db)
{
	const char *const names[] = {"cs.CY", "cs.CYY"}, *const own[] = {"garden.X"};
	sheaf_digest_options options = {.categories = names, .category_count = 2};
	sheaf_digest        *digest;
	sheaf_error          err;

	assert_int_equal(sheaf_digest_new(db, &options, &digest, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(digest);
	assert_non_null(strstr(err.message, "'cs.CYY' (did you mean cs.CY?)"));
	/* What papers have there is, whatever arXiv says. */
	fixture_put(db, "2601.00009", "Own", NULL, "2026-01-09", "garden.X");
	options = (sheaf_digest_options){.categories = own, .category_count = 1};
	must(sheaf_digest_new(db, &options, &digest, &err), &err);
	sheaf_digest_free(digest);
}

/* ---- feeds ---- */

static void feeds(sheaf_digest *d, size_t section, int64_t limit, const char *expected)
{
	buf           out = BUF_INIT(0);
	sheaf_writer *writer;
	sheaf_error   err;

	must(sheaf_writer_new(SHEAF_FORMAT_IDS, to_buf, &out, &writer, &err), &err);
	must(sheaf_digest_write_newest(d, section, limit, NULL, writer, &err), &err);
	for (size_t i = 0; i < out.len; i++)
		if (out.data[i] == '\n')
			out.data[i] = ' ';
	assert_string_equal(buf_str(&out), expected);
	sheaf_writer_free(writer);
	buf_free(&out);
}

static void feeds_have_the_newest_whatever_was_delivered(sheaf_database *db)
{
	sheaf_profile_set *set = topics("assign: all, limit: 1, order: relevance, fallback: Rest",
	                                ", max: 1", "");
	wanted             w = {.options = {.profiles = set, .since_last = 1, .mark_delivered = 1}};
	sheaf_digest      *d;
	const char        *heading;
	sheaf_error        err;

	fixture_classify(db, set, 0);
	digests(db, &w, "2601.00005@Rest ");
	must(sheaf_digest_new(db, &w.options, &d, &err), &err);
	assert_int_equal(sheaf_digest_size(d), 3);
	assert_string_equal(sheaf_digest_get_section(d, 0, &heading), "garden");
	assert_string_equal(heading, "G");
	assert_null(sheaf_digest_get_section(d, 2, &heading));
	assert_string_equal(heading, "Rest");
	feeds(d, 0, 10, "2601.00003 2601.00001 ");
	feeds(d, 1, 10, "2601.00004 2601.00002 2601.00001 ");
	feeds(d, 2, 10, "2601.00005 ");
	feeds(d, SHEAF_DIGEST_ALL, 10, "2601.00005 2601.00004 2601.00003 2601.00002 2601.00001 ");
	feeds(d, 1, 2, "2601.00004 2601.00002 ");
	feeds(d, SHEAF_DIGEST_ALL, 2, "2601.00005 2601.00004 ");
	/* A feed delivers nothing. */
	must(sheaf_digest_deliver(d, &err), &err);
	sheaf_digest_free(d);
	digests(db, &w, "2601.00004@K ");
	sheaf_profile_set_free(set);
}

/* ---- promises ---- */

static int has_arrived(void *ctx, const char *receipt)
{
	assert_string_equal(receipt, "receipt");
	return *(int *)ctx;
}

/* A digest that is written and promised; the process dies then. */
static void promise_and_die(sheaf_database *db, const wanted *w)
{
	buf           out = BUF_INIT(0);
	sheaf_digest *d;
	sheaf_writer *writer;
	sheaf_error   err;

	must(sheaf_writer_new(SHEAF_FORMAT_IDS, to_buf, &out, &writer, &err), &err);
	must(sheaf_digest_new(db, &w->options, &d, &err), &err);
	must(sheaf_digest_write_chosen(d, NULL, writer, NULL, &err), &err);
	must(sheaf_digest_promise(d, "receipt", &err), &err);
	sheaf_digest_free(d);
	sheaf_writer_free(writer);
	buf_free(&out);
}

static void a_promise_is_kept_where_the_output_arrived(sheaf_database *db)
{
	int                arrived = 0;
	sheaf_profile_set *set = topics("limit: 2", "", "");
	wanted             w = {.options = {.profiles = set,
	                                    .since_last = 1,
	                                    .mark_delivered = 1,
	                                    .arrived = has_arrived,
	                                    .ctx = &arrived}};

	fixture_classify(db, set, 0);
	promise_and_die(db, &w);
	w.options.mark_delivered = 0;
	digests(db, &w, "2601.00003@G 2601.00004@K ");
	arrived = 1;
	digests(db, &w, "2601.00001@G 2601.00002@K ");
	/* Who only looks changes nothing. */
	arrived = 0;
	digests(db, &w, "2601.00003@G 2601.00004@K ");
	w.options.mark_delivered = 1;
	arrived = 1;
	digests(db, &w, "2601.00001@G 2601.00002@K ");
	/* It is settled, and nobody is asked again. */
	arrived = 0;
	digests(db, &w, "");
	sheaf_profile_set_free(set);
}

static void a_promise_is_forgotten_where_nothing_arrived(sheaf_database *db)
{
	int                arrived = 0;
	sheaf_profile_set *set = topics("limit: 2", "", "");
	wanted             w = {.options = {.profiles = set,
	                                    .since_last = 1,
	                                    .mark_delivered = 1,
	                                    .arrived = has_arrived,
	                                    .ctx = &arrived}};

	fixture_classify(db, set, 0);
	promise_and_die(db, &w);
	digests(db, &w, "2601.00003@G 2601.00004@K ");
	sheaf_profile_set_free(set);
}

static int is_lost(void *ctx)
{
	/* All was written before. */
	assert_true(((buf *)ctx)->len > 0);
	return 1;
}

static int is_safe(void *ctx)
{
	assert_true(((buf *)ctx)->len > 0);
	return 0;
}

static void nothing_is_marked_when_the_output_is_lost(sheaf_database *db)
{
	sheaf_profile_set   *set = topics("", "", "");
	sheaf_digest_options options = {.profiles = set, .since_last = 1, .mark_delivered = 1};
	wanted               w = {.options = options, .safe = is_safe};
	buf                  out = BUF_INIT(0);
	sheaf_writer        *writer;
	sheaf_error          err;

	fixture_classify(db, set, 0);
	must(sheaf_writer_new(SHEAF_FORMAT_MARKDOWN, to_buf, &out, &writer, &err), &err);
	assert_int_equal(sheaf_digest_write(db, &options, writer, is_lost, &out, NULL, &err),
	                 SHEAF_ERROR_IO);
	sheaf_writer_free(writer);
	buf_free(&out);
	digests(db, &w, "2601.00003@G 2601.00001@G 2601.00004@K 2601.00002@K ");
	w.safe = NULL;
	digests(db, &w, "");
	sheaf_profile_set_free(set);
}

static void categories_are_sections(sheaf_database *db)
{
	const char *const categories[] = {"cs.CY", "q-bio.PE", "stat.ML"}, *const wide[] = {
										   "cs", "q-bio.*",
										   "physics"};
	wanted w = {.options = {.categories = categories, .category_count = 3}};

	digests(db, &w, "2601.00002@" CY " 2601.00001@" CY " 2601.00003@" PE " 2601.00001@" PE " ");
	assert_int_equal(w.stats.papers, 3);
	assert_int_equal(w.stats.sections, 2);
	w.options.limit = 2;
	digests(db, &w, "2601.00002@" CY " 2601.00003@" PE " ");
	w.options.limit = 0;
	w.options.categories = wide;
	digests(db, &w,
	        "2601.00004@" CS " 2601.00002@" CS " 2601.00001@" CS " 2601.00003@" BIO
	        " 2601.00001@" BIO " 2601.00005@Physics (physics) ");
	w.options.since_last = w.options.mark_delivered = 1;
	w.options.category_count = 1;
	digests(db, &w, "2601.00004@" CS " 2601.00002@" CS " 2601.00001@" CS " ");
	digests(db, &w, "");
}

/* More papers than one step asks the engine for, none of the newest with a section. */
static void old_papers_are_found_behind_many_new_ones(sheaf_database *db)
{
	sheaf_profile_set *set = topics("limit: 1", "", "");
	wanted             w = {.options.profiles = set};
	sheaf_error        err;

	must(sheaf_database_begin_transaction(db, &err), &err);
	for (int i = 0; i < 1500; i++) {
		char id[32];

		snprintf(id, sizeof id, "2601.%05d", 20000 + i);
		fixture_put(db, id, "Sun", NULL, "2026-01-30", NULL);
	}
	must(sheaf_database_commit_transaction(db, &err), &err);
	fixture_classify(db, set, 0);
	digests(db, &w, "2601.00004@K ");
	sheaf_profile_set_free(set);
}

static void settings_reach_the_page(sheaf_database *db)
{
	sheaf_profile_set *set = topics(
		"title: T, intro: I, link: 'http://x/{id}v{version}', limit: 1", "", "");
	sheaf_digest_options options = {.profiles = set, .now = fixture_time(NOW)};
	buf                  out = BUF_INIT(0);
	sheaf_writer        *writer;
	sheaf_error          err;

	fixture_classify(db, set, 0);
	must(sheaf_writer_new(SHEAF_FORMAT_MARKDOWN, to_buf, &out, &writer, &err), &err);
	must(sheaf_digest_write(db, &options, writer, NULL, NULL, NULL, &err), &err);
	assert_string_equal(out.data,
	                    "# T\n\n**Automated Daily Update** | Last Run: " NOW
	                    " UTC\n\nI\n\n## K\n\n"
	                    "### [Kitchen](http://x/2601.00004v1)\n**2026-01-04**\n\n> An oven.\n\n"
	                    "---\n\n");
	sheaf_writer_free(writer);
	buf_free(&out);
	sheaf_profile_set_free(set);
}

static void wrong_calls_are_refused(sheaf_database *db)
{
	sheaf_digest_options options = {.limit = 0};
	buf                  out = BUF_INIT(0);
	sheaf_writer        *writer;
	sheaf_error          err;

	must(sheaf_writer_new(SHEAF_FORMAT_TSV, to_buf, &out, &writer, &err), &err);
	assert_int_equal(sheaf_digest_write(db, &options, writer, NULL, NULL, NULL, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_digest_write(db, &options, NULL, NULL, NULL, NULL, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_digest_write(db, NULL, writer, NULL, NULL, NULL, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_writer_free(writer);
	buf_free(&out);
}

#define ON_DATABASE(test)                    \
	static void run_##test(void **state) \
	{                                    \
		(void)state;                 \
		with_database(test);         \
	}

ON_DATABASE(sections_come_in_the_files_order)
ON_DATABASE(the_limit_takes_the_newest)
ON_DATABASE(relevance_orders_inside_a_section)
ON_DATABASE(of_one_moment_the_newest_id_is_first)
ON_DATABASE(dates_limit_what_is_shown)
ON_DATABASE(the_next_digest_shows_what_is_new)
ON_DATABASE(replacements_come_again_where_they_are_asked_for)
ON_DATABASE(announcements_choose)
ON_DATABASE(what_came_since_the_last_digest_is_new)
ON_DATABASE(a_paper_that_went_and_came_is_not_new)
ON_DATABASE(categories_are_one_digest_in_any_order)
ON_DATABASE(an_unknown_category_is_refused)
ON_DATABASE(feeds_have_the_newest_whatever_was_delivered)
ON_DATABASE(a_promise_is_kept_where_the_output_arrived)
ON_DATABASE(a_promise_is_forgotten_where_nothing_arrived)
ON_DATABASE(nothing_is_marked_when_the_output_is_lost)
ON_DATABASE(categories_are_sections)
ON_DATABASE(old_papers_are_found_behind_many_new_ones)
ON_DATABASE(settings_reach_the_page)
ON_DATABASE(wrong_calls_are_refused)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(run_sections_come_in_the_files_order),
		cmocka_unit_test(run_the_limit_takes_the_newest),
		cmocka_unit_test(run_relevance_orders_inside_a_section),
		cmocka_unit_test(run_of_one_moment_the_newest_id_is_first),
		cmocka_unit_test(run_dates_limit_what_is_shown),
		cmocka_unit_test(run_the_next_digest_shows_what_is_new),
		cmocka_unit_test(run_replacements_come_again_where_they_are_asked_for),
		cmocka_unit_test(run_announcements_choose),
		cmocka_unit_test(run_what_came_since_the_last_digest_is_new),
		cmocka_unit_test(run_a_paper_that_went_and_came_is_not_new),
		cmocka_unit_test(run_categories_are_one_digest_in_any_order),
		cmocka_unit_test(run_an_unknown_category_is_refused),
		cmocka_unit_test(run_feeds_have_the_newest_whatever_was_delivered),
		cmocka_unit_test(run_a_promise_is_kept_where_the_output_arrived),
		cmocka_unit_test(run_a_promise_is_forgotten_where_nothing_arrived),
		cmocka_unit_test(run_nothing_is_marked_when_the_output_is_lost),
		cmocka_unit_test(run_categories_are_sections),
		cmocka_unit_test(run_old_papers_are_found_behind_many_new_ones),
		cmocka_unit_test(run_settings_reach_the_page),
		cmocka_unit_test(run_wrong_calls_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "profile_fixture.h"

#include <sheaf/digest.h>

#define NOW "2026-02-01 08:30"

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

#define CY "Computers and Society (cs.CY)"
#define PE "Populations and Evolution (q-bio.PE)"
#define CS "Computer Science (cs)"
#define BIO "Quantitative Biology (q-bio.*)"

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
		cmocka_unit_test(run_nothing_is_marked_when_the_output_is_lost),
		cmocka_unit_test(run_categories_are_sections),
		cmocka_unit_test(run_old_papers_are_found_behind_many_new_ones),
		cmocka_unit_test(run_settings_reach_the_page),
		cmocka_unit_test(run_wrong_calls_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "paper.h"
#include "writer_fixture.h"

static void formats_have_names(void **state)
{
	const char *const *names = sheaf_format_names();

	(void)state;
	for (int i = 0; names[i]; i++)
		assert_int_equal(sheaf_format_from_name(names[i]), i);
	assert_int_equal(sheaf_format_from_name("JSON"), -1);
	assert_int_equal(sheaf_format_from_name(""), -1);
	assert_int_equal(sheaf_format_from_name(NULL), -1);
}

static void refuses_what_it_cannot_do(void **state)
{
	sheaf_writer *w = (sheaf_writer *)state;
	sheaf_error   err;

	assert_int_equal(sheaf_writer_new((sheaf_format)99, to_buf, NULL, &w, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(w);
	assert_int_equal(sheaf_writer_new(SHEAF_FORMAT_IDS, NULL, NULL, &w, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(w);
	sheaf_writer_free(NULL);
}

static void ids_and_runs(void **state)
{
	sheaf_document *a = usual(), *b = paper("math.GT/0309136", "T", NULL, NULL);
	sheaf_item      items[] = {{.doc = a, .weight = 12.5, .percent = 80},
	                           {.doc = b, .weight = 1.0 / 3, .percent = 2}};
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH, .query_id = "q 1\t"};

	(void)state;
	writes(SHEAF_FORMAT_IDS, NULL, items, 2, "2601.22876\nmath/0309136\n");
	writes(SHEAF_FORMAT_TREC, &head, items, 2,
	       "q_1_ Q0 2601.22876 1 12.5 sheaf\nq_1_ Q0 math/0309136 2 0.3333333333333333 sheaf\n");
	writes(SHEAF_FORMAT_IDS, NULL, items, 0, "");
	sheaf_document_free(a);
	sheaf_document_free(b);
}

static void tsv_is_one_line_a_paper(void **state)
{
	sheaf_document *a = usual(), *b = paper("2601.00001", "a\tb\x1b[1m\nc", NULL, "X\x07 Y");
	sheaf_item      items[] = {{.doc = a, .weight = 12.5, .percent = 80, .rank = 3},
	                           {.doc = b, .weight = 1, .percent = 2}};
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH, .first = 10};

	(void)state;
	writes(SHEAF_FORMAT_TSV, NULL, items, 2,
	       "2601.22876\t2\t2026-01-30\tcs.NE cs.AI\tLoops in nets\tAda Moor, Ben Ruiz, Cleo Tan, Dov Ek\t"
	       "https://arxiv.org/abs/2601.22876v2\n"
	       "2601.00001\t\t2026-01\t\ta b[1m c\tX Y\thttps://arxiv.org/abs/2601.00001\n");
	writes(SHEAF_FORMAT_TSV, &head, items + 1, 1,
	       "2601.00001\t\t2026-01\t\ta b[1m c\tX Y\thttps://arxiv.org/abs/2601.00001\t11\t1\t2\n");
	sheaf_document_free(a);
	sheaf_document_free(b);
}

#define USUAL_JSON                                                                                       \
	"{\"id\":\"2601.22876\",\"version\":2,\"url\":\"https://arxiv.org/abs/2601.22876v2\","           \
	"\"title\":\"Loops in   nets\",\"authors\":[\"Ada Moor\",\"Ben Ruiz\",\"Cleo Tan\",\"Dov Ek\"]," \
	"\"abstract\":\"First line and second.  Third.\",\"categories\":[\"cs.NE\",\"cs.AI\"],"          \
	"\"primary_category\":\"cs.NE\",\"submitted\":\"2026-01-30T12:00:00Z\","                         \
	"\"updated\":\"2026-01-31T00:00:00Z\",\"comments\":null,\"journal_ref\":null,\"doi\":null,"      \
	"\"license\":null,\"withdrawn\":false"

#define BARE_JSON                                                                               \
	"{\"id\":\"2601.00001\",\"version\":null,\"url\":\"https://arxiv.org/abs/2601.00001\"," \
	"\"title\":\"\\u001B$\\\\alpha$ \\\"q\\\" \xC3\xA9\",\"authors\":[],\"abstract\":null," \
	"\"categories\":[],\"primary_category\":null,\"submitted\":null,\"updated\":null,"      \
	"\"comments\":null,\"journal_ref\":null,\"doi\":null,\"license\":null,\"withdrawn\":false"

static void json_of_papers(void **state)
{
	sheaf_document *a = usual(),
		       *b = paper("2601.00001", "\x1b$\\alpha$ \"q\" \xC3\xA9\n", " \n ", NULL);
	sheaf_item items[] = {{.doc = a}, {.doc = b}};

	(void)state;
	writes(SHEAF_FORMAT_JSONL, NULL, items, 2, USUAL_JSON "}\n" BARE_JSON "}\n");
	writes(SHEAF_FORMAT_JSON, NULL, items, 2,
	       "{\"format_version\":1,\"results\":[" USUAL_JSON "}," BARE_JSON "}]}\n");
	writes(SHEAF_FORMAT_JSON, NULL, items, 0, "{\"format_version\":1,\"results\":[]}\n");
	sheaf_document_free(a);
	sheaf_document_free(b);
}

/* What steers a terminal is escaped, and read back it is as it was. */
static void json_escapes_what_steers(void **state)
{
	static const char title[] = "\x1b \x7F \xC2\x9B \xE2\x80\xAE \xEF\xBF\xBE \xF0\x9F\xBF\xBF "
				    "\xC3\xA9 \xF0\x9F\x98\xB4 \\u009B";
	sheaf_document   *a = paper("2601.00001", title, NULL, NULL);
	sheaf_item        item = {.doc = a};
	char             *text = written(SHEAF_FORMAT_JSONL, NULL, &item, 1);
	json_t           *read = json_loads(text, 0, NULL);

	(void)state;
	has(text, "\"\\u001B \\u007F \\u009B \\u202E \\uFFFE \\uD83F\\uDFFF "
	          "\xC3\xA9 \xF0\x9F\x98\xB4 \\\\u009B\"");
	is_clean(text);
	assert_string_equal(json_string_value(json_object_get(read, "title")), title);
	json_decref(read);
	sheaf_free(text);
	sheaf_document_free(a);
}

static void json_of_a_search(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      items[] = {{.doc = a,
	                            .weight = 12.1,
	                            .percent = 80,
	                            .snippet = "a \xEE\x80\x80loop\xEE\x80\x81"},
	                           {.doc = a, .weight = 1.0 / 3, .percent = 1}};
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH,
	                        .query = "\"loops\xFF",
	                        .parsed = "loops:stem",
	                        .total = 2,
	                        .exact = 1,
	                        .first = 4};

	(void)state;
	writes(SHEAF_FORMAT_JSON, &head, items, 2,
	       "{\"format_version\":1,\"query\":\"\\\"loops\xEF\xBF\xBD\",\"parsed\":\"loops:stem\",\"total\":2,"
	       "\"exact\":true,\"results\":[" USUAL_JSON
	       ",\"score\":12.1,\"percent\":80,\"rank\":5,\"snippet\":\"a \xEE\x80\x80loop\xEE\x80\x81\"}," USUAL_JSON
	       ",\"score\":0.3333333333333333,\"percent\":1,\"rank\":6,\"snippet\":null}],\"facets\":{},"
	       "\"did_you_mean\":null}\n");
	head.query_id = "q1";
	writes(SHEAF_FORMAT_JSONL, &head, items + 1, 1,
	       USUAL_JSON
	       ",\"score\":0.3333333333333333,\"percent\":1,\"rank\":5,\"snippet\":null,\"query_id\":\"q1\"}\n");
	sheaf_document_free(a);
}

static void scores_are_exact(void **state)
{
	static const double scores[] = {0.1,  1.0 / 3, 1e-9, 123456.789, 2.718281828459045,
	                                1e22, 5e-324};
	sheaf_document     *a = usual();
	sheaf_list_head     head = {.kind = SHEAF_LIST_SEARCH};

	(void)state;
	for (size_t i = 0; i < sizeof scores / sizeof *scores; i++) {
		sheaf_item item = {.doc = a, .weight = scores[i]};
		char      *text = written(SHEAF_FORMAT_JSONL, &head, &item, 1);
		json_t    *json = json_loads(text, 0, NULL);

		assert_memory_equal(&scores[i],
		                    &(double){json_number_value(json_object_get(json, "score"))},
		                    sizeof(double));
		json_decref(json);
		sheaf_free(text);
	}
	assert_int_equal(number_digits(0.5), 6);
	assert_int_equal(number_digits(1.0 / 3), 16);
	/* The fewest, from six on, that lead back to the number. */
	for (int i = 1; i < 3000; i++) {
		const double number = i % 3 ? (double)i / 1000 : sqrt(i) * i;
		int          digits = number_digits(number);
		char         text[400];

		snprintf(text, sizeof text, "%.*g", digits, number);
		assert_true(strtod(text, NULL) == number);
		snprintf(text, sizeof text, "%.*g", digits - 1, number);
		assert_true(digits == 6 || strtod(text, NULL) != number);
	}
	sheaf_document_free(a);
}

#define NEW ",\"status\":\"new\""

static void json_of_a_digest(void **state)
{
	sheaf_document *a = usual();
	sheaf_list_head head = {
		.kind = SHEAF_LIST_DIGEST, .name = "t", .title = "T", .now = at(MOON)};
	char *text = sections(SHEAF_FORMAT_JSON, &head, a);

	(void)state;
	assert_string_equal(
		text,
		"{\"format_version\":1,\"title\":\"T\","
		"\"generated\":\"" MOON "\",\"sections\":["
		"{\"name\":\"one\",\"heading\":\"One & only\",\"papers\":[" USUAL_JSON NEW
		"}],\"count\":1},"
		"{\"name\":null,\"heading\":\"Rest\",\"papers\":[" USUAL_JSON NEW
		"}," USUAL_JSON                                               NEW
		"}],\"count\":2}],\"name\":\"t\",\"intro\":null,\"counts\":{\"papers\":3,\"new\":3,\"updated\":0}}\n");
	sheaf_free(text);
	writes(SHEAF_FORMAT_JSON, &head, NULL, 0,
	       "{\"format_version\":1,\"title\":\"T\","
	       "\"generated\":\"" MOON
	       "\",\"sections\":[],\"name\":\"t\",\"intro\":null,\"counts\":{\"papers\":0,\"new\":0,\"updated\":0}}\n");
	sheaf_document_free(a);
}

static void markdown_of_a_digest(void **state)
{
	sheaf_document *a = usual();
	sheaf_list_head head = {
		.kind = SHEAF_LIST_DIGEST, .title = "T", .intro = "Hello\nyou.", .now = at(MOON)};
	char *text = sections(SHEAF_FORMAT_MARKDOWN, &head, a);

#define PAPER                                                        \
	"### [Loops in nets](https://arxiv.org/abs/2601.22876v2)\n"  \
	"**2026-01-30** | *Ada Moor, Ben Ruiz, Cleo Tan et al.*\n\n" \
	"> First line and second.  Third.\n\n"
	(void)state;
	assert_string_equal(
		text,
		"# T\n\n**Automated Daily Update** | Last Run: 2026-02-01 08:30 UTC\n\nHello you.\n\n"
		"## One & only\n\n" PAPER "---\n\n## Rest\n\n" PAPER PAPER "---\n\n");
	sheaf_free(text);
	writes(SHEAF_FORMAT_MARKDOWN, &head, NULL, 0,
	       "# T\n\n**Automated Daily Update** | Last Run: 2026-02-01 08:30 UTC\n\nHello you.\n\n"
	       "### \xF0\x9F\x98\xB4 No new papers found today.\nCheck back tomorrow!");
	head.intro = NULL;
	writes(SHEAF_FORMAT_MARKDOWN, &head, NULL, 0,
	       "# T\n\n**Automated Daily Update** | Last Run: 2026-02-01 08:30 UTC\n\n"
	       "### \xF0\x9F\x98\xB4 No new papers found today.\nCheck back tomorrow!");
	sheaf_document_free(a);
}

static void what_is_updated_says_so(void **state)
{
	sheaf_document *a = usual(), *b = paper("2601.00001", "T", NULL, NULL);
	sheaf_item      items[] = {{.doc = a, .updated = 1}, {.doc = b, .updated = 1}};
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST, .title = "T", .now = at(MOON)};
	char           *text = written(SHEAF_FORMAT_MARKDOWN, &head, items, 2);

	(void)state;
	has(text, "\n**2026-01-30** | *Ada Moor, Ben Ruiz, Cleo Tan et al.* (updated, v2)\n\n> ");
	has(text, "\n**2026-01** (updated)\n\n> ");
	sheaf_free(text);
	text = written(SHEAF_FORMAT_JSON, &head, items, 2);
	has(text, "\"withdrawn\":false,\"status\":\"updated\"}");
	has(text, "\"counts\":{\"papers\":2,\"new\":0,\"updated\":2}}\n");
	sheaf_free(text);
	text = written(SHEAF_FORMAT_TSV, &head, items, 1);
	has(text, "\t\tupdated\n");
	sheaf_free(text);
	/* It is a digest's to say. */
	text = written(SHEAF_FORMAT_JSON, NULL, items, 2);
	has_not(text, "status");
	sheaf_free(text);
	sheaf_document_free(a);
	sheaf_document_free(b);
}

static void markdown_escapes_what_comes_from_data(void **state)
{
	sheaf_document *a = paper("2601.00001v1", "<script>*x*</script> [a](b) $_1$",
	                          "`c`\n# h &amp; <img src=x>", "A_b <i>");
	sheaf_item      item = {.doc = a};
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST, .title = "T", .escape = 1};
	char           *text = written(SHEAF_FORMAT_MARKDOWN, &head, &item, 1);

	(void)state;
	assert_non_null(strstr(text, "[\\<script\\>\\*x\\*\\</script\\> \\[a\\](b) \\$\\_1\\$]("));
	assert_non_null(strstr(text, "> \\`c\\` # h \\&amp; \\<img src=x\\>\n"));
	assert_non_null(strstr(text, "| *A\\_b \\<i\\>*\n"));
	sheaf_free(text);
	head.escape = 0;
	text = written(SHEAF_FORMAT_MARKDOWN, &head, &item, 1);
	assert_non_null(strstr(text, "[<script>*x*</script> [a](b) $_1$]("));
	sheaf_free(text);
	text = written(SHEAF_FORMAT_MARKDOWN, NULL, &item, 1);
	assert_string_equal(
		text,
		"- [\\<script\\>\\*x\\*\\</script\\> \\[a\\](b) \\$\\_1\\$](https://arxiv.org/abs/"
		"2601.00001v1) (2026-01), A\\_b \\<i\\>\n");
	sheaf_free(text);
	sheaf_document_free(a);
}

/* In every place that text from outside goes to. */
static void no_format_lets_controls_through(void **state)
{
#define STEERS "x\x1b]0;x\x07 \xC2\x9B 31m \x7F \xE2\x80\xAE \xE2\x80\xA8 d\r\ne"
	const sheaf_explanation why = {STEERS, STEERS, 1};
	const sheaf_facet_count count = {STEERS, 1};
	const sheaf_facet       facet = {"author", &count, 1};
	sheaf_document         *a = paper("2601.00001v1", STEERS, STEERS, STEERS ", C D");
	sheaf_item              item = {.doc = a,
	                                .weight = 1,
	                                .percent = 1,
	                                .rank = 1,
	                                .snippet = STEERS,
	                                .explanations = &why,
	                                .explanation_count = 1};

	(void)state;
	set(a, SHEAF_FIELD_COMMENTS, STEERS);
	set(a, SHEAF_FIELD_JOURNAL_REF, STEERS);
	document_add_category_line(a, "cs.\x1bNE", NULL);
	for (int f = SHEAF_FORMAT_TEXT; f <= SHEAF_FORMAT_MIME; f++) {
		for (int kind = SHEAF_LIST_PAPERS; kind <= SHEAF_LIST_DIGEST; kind++) {
			sheaf_list_head head = {.kind = (sheaf_list_kind)kind,
			                        .title = STEERS,
			                        .name = STEERS,
			                        .intro = STEERS "\x9b",
			                        .home = STEERS,
			                        .self = "https://example.org/" STEERS,
			                        .query = STEERS,
			                        .parsed = STEERS,
			                        .query_id = STEERS,
			                        .did_you_mean = STEERS,
			                        .facets = &facet,
			                        .facet_count = 1};
			buf             out = BUF_INIT(0);
			sheaf_writer   *w;

			assert_int_equal(sheaf_writer_new((sheaf_format)f, to_buf, &out, &w, NULL),
			                 SHEAF_OK);
			sheaf_writer_begin(w, &head);
			sheaf_writer_section(w, STEERS, STEERS);
			sheaf_writer_item(w, &item);
			assert_int_equal(sheaf_writer_end(w, NULL), SHEAF_OK);
			sheaf_writer_free(w);
			is_clean(buf_str(&out));
			has_not(buf_str(&out), "\xE2\x80\xA8");
			buf_free(&out);
		}
	}
	sheaf_document_free(a);
}

static void links_follow_the_template(void **state)
{
	sheaf_document *a = usual(), *b = paper("hep-th/9901001", "T", NULL, NULL);
	sheaf_item      items[] = {{.doc = a}, {.doc = b}};
	sheaf_list_head head = {.link = "http://x.example/{id}?v={version}&w=v{version}"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char *text = written(SHEAF_FORMAT_TSV, &head, &items[i], 1);

		assert_non_null(strstr(text, i ? "\thttp://x.example/hep-th/9901001?v=&w=\n"
		                               : "\thttp://x.example/2601.22876?v=2&w=v2\n"));
		sheaf_free(text);
	}
	sheaf_document_free(a);
	sheaf_document_free(b);
}

static void text_is_readable(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a,
	                        .weight = 3.5,
	                        .percent = 80,
	                        .rank = 12,
	                        .snippet = "a \xEE\x80\x80loop\xEE\x80\x81 of nets"};
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH, .width = 40};

	(void)state;
	writes(SHEAF_FORMAT_TEXT, &head, &item, 1,
	       "12. Loops in nets\n"
	       "    Ada Moor, Ben Ruiz, Cleo Tan et al.\n"
	       "    2026-01-30 cs.NE cs.AI\n"
	       "    https://arxiv.org/abs/2601.22876v2\n"
	       "    a loop of nets\n");
	head.colour = 1;
	writes(SHEAF_FORMAT_TEXT, &head, &item, 1,
	       "\x1b[1m12. Loops in nets\n\x1b[0m"
	       "    Ada Moor, Ben Ruiz, Cleo Tan et al.\n"
	       "\x1b[2m    2026-01-30 cs.NE cs.AI\n"
	       "    https://arxiv.org/abs/2601.22876v2\n\x1b[0m"
	       "    a \x1b[1mloop\x1b[0m of nets\n");
	writes(SHEAF_FORMAT_TEXT, NULL, &item, 1,
	       "    Loops in nets\n"
	       "    Ada Moor, Ben Ruiz, Cleo Tan, Dov Ek\n"
	       "    2026-01-30 cs.NE cs.AI https://arxiv.org/abs/2601.22876v2\n\n"
	       "    First line and second. Third.\n");
	sheaf_document_free(a);
}

static void text_of_a_digest(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a, .updated = 1};
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST,
	                        .title = "\xE4\xB8\xAD\xE6\x96\x87 lamps \x1b[31m",
	                        .intro = "All that is new.",
	                        .now = at(MOON),
	                        .width = 40};
	char           *text = sections(SHEAF_FORMAT_TEXT, &head, a);

#define TEXT_PAPER                                   \
	"  * Loops in nets\n"                        \
	"    Ada Moor, Ben Ruiz, Cleo Tan et al.\n"  \
	"    2026-01-30 cs.NE cs.AI\n"               \
	"    https://arxiv.org/abs/2601.22876v2\n\n" \
	"    First line and second. Third.\n"
	(void)state;
	assert_string_equal(text, "\xE4\xB8\xAD\xE6\x96\x87 lamps [31m\n"
	                          "===============\n"
	                          "2026-02-01 08:30 UTC\n\n"
	                          "All that is new.\n\n"
	                          "One & only\n"
	                          "----------\n\n" TEXT_PAPER "\n\n"
	                          "Rest\n"
	                          "----\n\n" TEXT_PAPER "\n" TEXT_PAPER "\n"
	                          "3 papers.\n");
	sheaf_free(text);
	text = written(SHEAF_FORMAT_TEXT, &head, &item, 1);
	has(text, "    2026-01-30 (updated, v2) cs.NE cs.AI\n");
	has(text, "\n1 paper, 1 of them updated.\n");
	sheaf_free(text);
	text = written(SHEAF_FORMAT_TEXT, &head, NULL, 0);
	has(text, "\n\nNo new papers.\n");
	sheaf_free(text);
	sheaf_document_free(a);
}

static int stops_at_once(void *ctx, const char *bytes, size_t len)
{
	(void)bytes;
	(void)len;
	++*(int *)ctx;
	return 1;
}

static void a_refused_write_ends_the_run(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a};
	sheaf_writer   *w;
	sheaf_error     err;
	int             calls = 0;

	(void)state;
	assert_int_equal(sheaf_writer_new(SHEAF_FORMAT_JSONL, stops_at_once, &calls, &w, NULL),
	                 SHEAF_OK);
	sheaf_writer_begin(w, NULL);
	for (int i = 0; i < 1000; i++)
		sheaf_writer_item(w, &item);
	assert_int_equal(sheaf_writer_end(w, &err), SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(err.status, SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(calls, 1);
	/* A new list begins without the old error. */
	sheaf_writer_begin(w, NULL);
	assert_int_equal(sheaf_writer_end(w, NULL), SHEAF_OK);
	sheaf_writer_free(w);
	sheaf_document_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_have_names),
		cmocka_unit_test(refuses_what_it_cannot_do),
		cmocka_unit_test(ids_and_runs),
		cmocka_unit_test(tsv_is_one_line_a_paper),
		cmocka_unit_test(json_of_papers),
		cmocka_unit_test(json_escapes_what_steers),
		cmocka_unit_test(json_of_a_search),
		cmocka_unit_test(scores_are_exact),
		cmocka_unit_test(json_of_a_digest),
		cmocka_unit_test(markdown_of_a_digest),
		cmocka_unit_test(what_is_updated_says_so),
		cmocka_unit_test(markdown_escapes_what_comes_from_data),
		cmocka_unit_test(no_format_lets_controls_through),
		cmocka_unit_test(links_follow_the_template),
		cmocka_unit_test(text_is_readable),
		cmocka_unit_test(text_of_a_digest),
		cmocka_unit_test(a_refused_write_ends_the_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

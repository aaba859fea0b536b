/* write_csv.c, read again by a reader of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "writer_fixture.h"

enum { CELLS_MAX = 64, CELL_SIZE = 4096 };

typedef struct row {
	char   cells[CELLS_MAX][CELL_SIZE];
	size_t count;
} row;

/* Reads one record as RFC 4180 has it; answers what follows, NULL where it is none. */
static const char *read_row(const char *p, row *r)
{
	size_t len = 0;
	int    quoted;

	r->count = 0;
	for (;;) {
		char *cell = r->cells[r->count++];

		len = 0;
		quoted = *p == '"';
		p += quoted;
		for (; *p && (quoted ? !(*p == '"' && p[1] != '"') : !strchr(",\r\n\"", *p)); p++) {
			if (quoted && *p == '"')
				p++;
			cell[len++] = *p;
			assert_true(len < CELL_SIZE);
		}
		cell[len] = 0;
		if (quoted && *p++ != '"')
			return NULL;
		if (*p == ',' && r->count < CELLS_MAX)
			p++;
		else
			return p[0] == '\r' && p[1] == '\n' ? p + 2 : NULL;
	}
}

/* docs/FORMATS.md: one apostrophe goes from before what looks like a formula. */
static const char *plain(const char *cell)
{
	const char *p = cell + strspn(cell, "'");

	return p > cell && *p && (strchr("=+-@", *p) || strncmp(p, "\xEF\xBC", 2) == 0) ? cell + 1
	                                                                                : cell;
}

#define HEADER                                                                                 \
	"id,version,url,title,authors,abstract,categories,primary_category,submitted,updated," \
	"comments,journal_ref,doi,license,withdrawn"

static void a_table_of_papers(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a};

	(void)state;
	set(a, SHEAF_FIELD_COMMENTS, "4 pages, \"draft\"");
	writes(SHEAF_FORMAT_CSV, NULL, &item, 1,
	       HEADER "\r\n"
	              "2601.22876,2,https://arxiv.org/abs/2601.22876v2,Loops in   nets,"
	              "\"Ada Moor; Ben Ruiz; Cleo Tan; Dov Ek\",First line and second.  Third.,"
	              "\"cs.NE; cs.AI\",cs.NE,2026-01-30T12:00:00Z,2026-01-31T00:00:00Z,"
	              "\"4 pages, \"\"draft\"\"\",,,,false\r\n");
	writes(SHEAF_FORMAT_CSV, NULL, NULL, 0, HEADER "\r\n");
	sheaf_document_free(a);
}

static void searches_and_digests_have_more_columns(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a, .weight = 1.5, .percent = 40};
	sheaf_list_head search = {.kind = SHEAF_LIST_SEARCH, .query_id = "=q", .first = 10},
			digest = {.kind = SHEAF_LIST_DIGEST};
	char *text = written(SHEAF_FORMAT_CSV, &search, &item, 1);

	(void)state;
	has(text, HEADER ",rank,score,percent,query_id\r\n");
	has(text, ",false,11,1.5,40,\"'=q\"\r\n");
	sheaf_free(text);
	text = sections(SHEAF_FORMAT_CSV, &digest, a);
	has(text, HEADER ",section,status\r\n");
	has(text, ",false,One & only,new\r\n");
	has(text, ",false,Rest,new\r\n");
	sheaf_free(text);
	sheaf_document_free(a);
}

static void formulas_are_disarmed_and_can_be_had_back(void **state)
{
	static const struct {
		const char *title, *cell;
	} cases[] = {
		{"=1+1", "\"'=1+1\""},
		{"+1", "\"'+1\""},
		{"-1", "\"'-1\""},
		{"@SUM(A1)", "\"'@SUM(A1)\""},
		{"'=1", "\"''=1\""},
		{"''@x", "\"'''@x\""},
		{"\xEF\xBC\x9D"
	         "1",
	         "\"'\xEF\xBC\x9D"
	         "1\""},
		{"\t=1", "\"'=1\""},
		{"\r\n=1", "\"'=1\""},
		{"\x01=1", "\"'=1\""},
		{"\xC2\xA0=1", "\"'=1\""},
		{"'tis", "'tis"},
		{"1-1", "1-1"},
		{"a=1", "a=1"},
		{"\"=1\"", "\"\"\"=1\"\"\""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document *a = paper("2601.00001", cases[i].title, NULL, NULL);
		sheaf_item      item = {.doc = a};
		char           *text = written_fields(SHEAF_FORMAT_CSV, "title", NULL, &item, 1);
		static row      r;
		const char     *title = cases[i].title + strspn(cases[i].title, "\t\r\n\x01");
		const char     *next;

		if (strncmp(title, "\xC2\xA0", 2) == 0)
			title += 2;
		assert_memory_equal(text, "title\r\n", 7);
		assert_memory_equal(text + 7, cases[i].cell, strlen(cases[i].cell));
		assert_string_equal(text + 7 + strlen(cases[i].cell), "\r\n");
		next = read_row(text + 7, &r);
		assert_non_null(next);
		assert_int_equal(*next, 0);
		assert_string_equal(plain(r.cells[0]), title);
		sheaf_free(text);
		sheaf_document_free(a);
	}
}

static void nothing_leaves_its_cell(void **state)
{
	sheaf_document *a = hostile();
	sheaf_item      items[] = {{.doc = a, .snippet = HOSTILE}, {.doc = a}};
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH, .query_id = HOSTILE};
	char           *text = written(SHEAF_FORMAT_CSV, &head, items, 2);
	const char     *p = text;
	static row      r;

	(void)state;
	is_clean(text);
	for (int i = 0; i < 3; i++) {
		p = read_row(p, &r);
		assert_non_null(p);
		assert_int_equal(r.count, 19);
	}
	assert_int_equal(*p, 0);
	has(r.cells[3], "</title>\"'<script>alert(1)</script>&{}\\input{x}%$ [31m ");
	sheaf_free(text);
	sheaf_document_free(a);
}

/* The answers to a batch of queries are one table. */
static void lists_after_each_other_have_one_header(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a};
	buf             out = BUF_INIT(0);
	sheaf_writer   *w;

	(void)state;
	assert_int_equal(sheaf_writer_new(SHEAF_FORMAT_CSV, to_buf, &out, &w, NULL), SHEAF_OK);
	assert_int_equal(sheaf_writer_set_fields(w, "id,query_id", NULL), SHEAF_OK);
	for (int i = 0; i < 2; i++) {
		sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH, .query_id = i ? "b" : "a"};

		sheaf_writer_begin(w, &head);
		sheaf_writer_item(w, &item);
		assert_int_equal(sheaf_writer_end(w, NULL), SHEAF_OK);
	}
	sheaf_writer_free(w);
	assert_string_equal(buf_str(&out), "id,query_id\r\n2601.22876,a\r\n2601.22876,b\r\n");
	buf_free(&out);
	sheaf_document_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_of_papers),
		cmocka_unit_test(searches_and_digests_have_more_columns),
		cmocka_unit_test(formulas_are_disarmed_and_can_be_had_back),
		cmocka_unit_test(nothing_leaves_its_cell),
		cmocka_unit_test(lists_after_each_other_have_one_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

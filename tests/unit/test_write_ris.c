/* write_ris.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "str.h"
#include "writer_fixture.h"

static void a_preprint_and_an_article(void **state)
{
	sheaf_document *a = usual(), *b = paper("2601.00001", "T", NULL, NULL);
	sheaf_item      items[] = {{.doc = a}, {.doc = b}};

	(void)state;
	set(a, SHEAF_FIELD_JOURNAL_REF, "J. Lamps 1, 3 (2027) 14--20; also on paper");
	set(a, SHEAF_FIELD_DOI, "10.1/a");
	set(a, SHEAF_FIELD_COMMENTS, "4 pages");
	writes(SHEAF_FORMAT_RIS, NULL, items, 2,
	       "TY  - JOUR\r\n"
	       "TI  - Loops in nets\r\n"
	       "AU  - Moor, Ada\r\n"
	       "AU  - Ruiz, Ben\r\n"
	       "AU  - Tan, Cleo\r\n"
	       "AU  - Ek, Dov\r\n"
	       "PY  - 2027\r\n"
	       "DA  - 2026/01/30\r\n"
	       "JO  - J. Lamps\r\n"
	       "VL  - 1\r\n"
	       "IS  - 3\r\n"
	       "SP  - 14\r\n"
	       "EP  - 20\r\n"
	       "DO  - 10.1/a\r\n"
	       "AN  - arXiv:2601.22876\r\n"
	       "DB  - arXiv\r\n"
	       "UR  - https://arxiv.org/abs/2601.22876v2\r\n"
	       "KW  - cs.NE\r\n"
	       "KW  - cs.AI\r\n"
	       "AB  - First line and second. Third.\r\n"
	       "N1  - 4 pages\r\n"
	       "N1  - also on paper\r\n"
	       "ER  - \r\n"
	       "TY  - UNPB\r\n"
	       "TI  - T\r\n"
	       "PY  - 2026\r\n"
	       "DA  - 2026/01//\r\n"
	       "AN  - arXiv:2601.00001\r\n"
	       "DB  - arXiv\r\n"
	       "UR  - https://arxiv.org/abs/2601.00001\r\n"
	       "ER  - \r\n");
	writes(SHEAF_FORMAT_RIS, NULL, NULL, 0, "");
	sheaf_document_free(a);
	sheaf_document_free(b);
}

static void names_have_their_parts(void **state)
{
	sheaf_document *a = paper("cran.17", "T", NULL, NULL);
	sheaf_item      item = {.doc = a};

	(void)state;
	sheaf_document_add_author(
		a,
		&(sheaf_author){
			.name = "x", .keyname = "Moor, von", .forenames = "A.", .suffix = "Jr"},
		NULL);
	sheaf_document_add_author(a, &(sheaf_author){.name = "The LAMP Collaboration"}, NULL);
	writes(SHEAF_FORMAT_RIS, NULL, &item, 1,
	       "TY  - UNPB\r\nTI  - T\r\nAU  - Moor von, A., Jr\r\nAU  - The LAMP Collaboration\r\n"
	       "AN  - cran.17\r\nER  - \r\n");
	sheaf_document_free(a);
}

/* Each line is a tag and a value; records begin and end where they should. */
static void hostile_papers_stay_in_their_records(void **state)
{
	sheaf_document *a = hostile();
	sheaf_item      items[] = {{.doc = a}, {.doc = a}};
	char           *text = written(SHEAF_FORMAT_RIS, NULL, items, 2);
	size_t          begins = 0, ends = 0;

	(void)state;
	is_clean(text);
	for (const char *p = text; *p;) {
		const char *end = strstr(p, "\r\n");

		assert_non_null(end);
		assert_true(p[0] >= 'A' && p[0] <= 'Z' && str_starts(p + 2, "  - "));
		assert_null(memchr(p, '\n', (size_t)(end - p)));
		assert_int_equal(str_starts(p, "TY") != 0, begins == ends);
		begins += str_starts(p, "TY") != 0;
		ends += str_starts(p, "ER") != 0;
		p = end + 2;
	}
	assert_int_equal(begins, 2);
	assert_int_equal(ends, 2);
	sheaf_free(text);
	sheaf_document_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_preprint_and_an_article),
		cmocka_unit_test(names_have_their_parts),
		cmocka_unit_test(hostile_papers_stay_in_their_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

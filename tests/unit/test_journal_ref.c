/* journal_ref.c and journal_scan.c: places taken apart, and those that cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "journal_ref.h"

static void put(buf *out, const char *mark, const journal_part *part)
{
	buf_puts(out, mark);
	buf_append(out, part->text, part->len);
}

/* "name|volume|issue|first|last|year|month|rest" */
static char *told(const char *text, int *certain)
{
	journal_ref ref;
	buf         out = BUF_INIT(0);

	*certain = journal_ref_parse(text, &ref);
	put(&out, "", &ref.name);
	put(&out, "|", &ref.volume);
	put(&out, "|", &ref.issue);
	put(&out, "|", &ref.first);
	put(&out, "|", &ref.last);
	buf_printf(&out, "|%d|%d", ref.year, ref.month);
	put(&out, "|", &ref.rest);
	return buf_take(&out);
}

static void what_is_certain_is_taken_apart(void **state)
{
	static const char *const cases[][2] = {
		{"Phys. Rev. Q 76, 2013 (2007)", "Phys. Rev. Q|76||2013||2007|0|"},
		{"Lamps Lett. 93 (2011) 17008", "Lamps Lett.|93||17008||2011|0|"},
		{"J. Lamps 30(6) (2006), 983-993", "J. Lamps|30|6|983|993|2006|0|"},
		{"Wick 33 (2): 849--868, 2011.", "Wick|33|2|849|868|2011|0|"},
		{"Wick and Oil, 3, 1 (2011) 99\xE2\x80\x93"
	         "126",
	         "Wick and Oil|3|1|99|126|2011|0|"},
		{"J. Oil, Volume 1, Issue 3-4, Pages 15 - 33, Sept. 2009",
	         "J. Oil|1|3-4|15|33|2009|9|"},
		{"J. Oil,vol.11,no.11,pp.3921-3931,2012", "J. Oil|11|11|3921|3931|2012|0|"},
		{"J. Oil 42 (2007), no. 3, 537--541", "J. Oil|42|3|537|541|2007|0|"},
		{"Oil.Lett.B698:243-250,2011", "Oil.Lett.|B698||243|250|2011|0|"},
		{"JOIL04(2011)047", "JOIL|04||047||2011|0|"},
		{"J. Stat. Oil (2011) P11005", "J. Stat. Oil|||P11005||2011|0|"},
		{"Oil & Air 500, L1-L4 (2009)", "Oil & Air|500||L1|L4|2009|0|"},
		{"Oil One 6(4), e18961 (2011)", "Oil One|6|4|e18961||2011|0|"},
		{"Oil Today, p. 7-9 (May 2009)", "Oil Today|||7|9|2009|5|"},
		{"EPOIL 55, 2011", "EPOIL|55||||2011|0|"},
		{"J. Oil 12, 1950-1999", "J. Oil|12||1950|1999|0|0|"},
		{"J. Oil 7, 1 (2001); Erratum 8, 2", "J. Oil|7||1||2001|0|; Erratum 8, 2"},
		{"J. Oil 7, 1 (2001), doi:10.1/a", "J. Oil|7||1||2001|0|doi:10.1/a"},
		{"Bolet\xC3\xADn 7, 1 (2001)", "Bolet\xC3\xADn|7||1||2001|0|"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int   certain;
		char *text = told(cases[i][0], &certain);

		assert_string_equal(text, cases[i][1]);
		assert_true(certain);
		sheaf_free(text);
	}
}

static void what_can_be_read_in_two_ways_is_left(void **state)
{
	static const char *const cases[] = {
		"",
		" ",
		"(",
		")",
		"1",
		"A1",
		"Oil",
		"Oil 7",
		"Oil (2001)",
		"Oil 2001",
		"J. Oil 1999, 2027, 14",
		"J. Oil 12 (2001) (2002) 7",
		"J. Oil 12 (2001",
		"J. Oil 12 2001) 4",
		"J. Oil 2.2 (2010) 7",
		"J. Oil 312/2 (2012), 213-220",
		"J. Oil 27p (2011)",
		"J. Oil 1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
		"J. Oil, vol. 1, vol. 2, pp. 3-4",
		"J. Oil, vol. 1, pp. 3-4, to appear",
		"J. Oil 2007 (2007) 00",
		"J. Oil 152749 (2011)",
		"Oil 2007 (2007)",
		"In Oil Lett. 12, 7 (2001)",
		"Proc. of Oil 12, 7 (2001)",
		"Proc. 14th Oil. Springer's Oil, Vol.2906, pp.117-128, 2003",
		"4th Symposium on Oil (2007) 3-4",
		"Oil Workshop (2007) 3-4",
		"A. Wick, B. Lamp, \"On oil\", J. Oil 12, 7 (2001)",
		"A. Wick, B. Lamp, C. Air, J. Oil 12, 7 (2001)",
		"accepted by J. Oil 12, 7 (2001)",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int   certain;
		char *text = told(cases[i], &certain);

		if (certain)
			fail_msg("'%s' is '%s'", cases[i], text);
		assert_string_equal(text, "|||||0|0|");
		sheaf_free(text);
	}
}

/* Whatever it is made of, its parts lie inside it, and numbers say nothing that it does not. */
static void any_text_is_read_within_its_bounds(void **state)
{
	static const char *const pieces[] = {
		"J. Oil", " ",   "12",           "(",    ")",   "2001", "-",    "--", ",",
		"vol.",   "no",  "pp",           "p",    "May", "B",    "L1",   ":",  ";",
		".",      "doi", "\xE2\x80\x93", "\xE2", "0",   "7",    "Sept", "["};
	uint32_t seed = 11;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		buf         text = BUF_INIT(0);
		journal_ref ref;

		for (int i = 0; i < round % 14; i++) {
			seed = seed * 1664525u + 1013904223u;
			buf_puts(&text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
		}
		if (journal_ref_parse(buf_str(&text), &ref)) {
			const journal_part parts[] = {ref.name,  ref.volume, ref.issue,
			                              ref.first, ref.last,   ref.rest};

			assert_true(ref.name.len >= 2 && ref.month >= 0 && ref.month <= 12);
			assert_true(ref.last.len == 0 || ref.first.len > 0);
			for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
				if (parts[i].len)
					assert_true(parts[i].text >= text.data &&
					            parts[i].text + parts[i].len <=
					                    text.data + text.len);
		}
		buf_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_certain_is_taken_apart),
		cmocka_unit_test(what_can_be_read_in_two_ways_is_left),
		cmocka_unit_test(any_text_is_read_within_its_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

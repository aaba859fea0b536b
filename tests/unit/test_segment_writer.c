/*
 * What FTS5 wrote by 'optimize', read and written again, is the same to the last byte: leaves, doclist
 * indexes, idx rows.
 */
#include "segment_table.h"

enum { DOCLIST = 36, LEVEL = 31 };

typedef struct shape {
	int      page_size;
	unsigned rows, words, vocabulary;
	uint64_t gap;    /* between row ids, at most */
	unsigned many;   /* how often the heavy rows have their word */
	int      levels; /* of doclist indexes that there must be */
} shape;

static const shape shapes[] = {
	{32, 9000, 2, 200, 3, 2000, 3},     {32, 60, 12, 200, (uint64_t)1 << 40, 0, 2},
	{64, 1500, 8, 60, 1, 0, 2},         {100, 800, 30, 4000, 100, 300, 1},
	{512, 30000, 4, 40, 1, 20000, 2},   {512, 3000, 20, 3000, (uint64_t)1 << 40, 0, 1},
	{1000, 2000, 40, 30000, 7, 900, 0}, {4050, 12000, 12, 3000, 5, 20000, 1},
	{4050, 3, 3, 10, 5, 0, 0},          {65000, 3000, 40, 3000, 50, 40000, 0},
};

static void fill(segment_table *t, const shape *s)
{
	uint64_t seed = (uint64_t)s->rows * 31 + (uint64_t)s->page_size;
	int64_t  row = 0;

	for (unsigned part = 0; part < 3; part++) {
		segment_sql(t, "BEGIN");
		for (unsigned i = part * s->rows / 3; i < (part + 1) * s->rows / 3; i++) {
			uint64_t step = (uint64_t)segment_random(&seed, 1u << 30) << 20 ^
			                segment_random(&seed, 1u << 30);

			row += 1 + (int64_t)(step % s->gap);
			segment_put_row(t, &seed, row, s->words, s->vocabulary,
			                i % 50 == 7 ? s->many >> (i % 3) : 0);
		}
		segment_sql(t, "COMMIT");
	}
	segment_sql(t, "INSERT INTO t(t) VALUES('optimize')");
}

static void levels_are_there(segment_table *t, const shape *s)
{
	for (int i = 0; i < s->levels; i++) {
		int64_t from = (int64_t)1 << DOCLIST | (int64_t)i << LEVEL;

		if (segment_page_count(t, from, from + ((int64_t)1 << LEVEL)) == 0)
			fail_msg("pages of %d: no doclist index of level %d", s->page_size, i);
	}
}

static void every_shape(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		segment_table t;

		segment_table_begin(&t, shapes[i].page_size, ", content = ''");
		fill(&t, &shapes[i]);
		segment_table_rewrites(&t, shapes[i].page_size);
		levels_are_there(&t, &shapes[i]);
		segment_table_end(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_shape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

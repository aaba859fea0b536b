/* Blocks of postings, and the bounds of what is in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "dice.h"
#include "list_block.h"
#include "list_bounds.h"

enum { ROUNDS = 20000 };

static list_coder coder;

/* Encodes, and answers the bytes; what is behind them is not the block's. */
static size_t encode(const posting *p, size_t count, unsigned char *bytes)
{
	size_t len = list_block_encode(&coder, p, count, bytes);

	assert_true(len <= LIST_BLOCK_BYTES_MAX);
	memset(bytes + len, 0xA5, LIST_PADDING);
	return len;
}

/* Read alone, a code is the same, or behind the codes. */
static void same_code(const unsigned char *bytes, size_t len, size_t count, size_t codes_at,
                      size_t i, unsigned expected)
{
	unsigned bits = bytes[1], code = list_block_code(bytes, len, count, codes_at, i);

	if (bits && expected < (1u << bits) - 1 && expected < LIST_CODES)
		assert_int_equal(code, expected);
	else
		assert_int_equal(code, LIST_CODES);
	if (bits)
		assert_int_equal(list_block_code(bytes, codes_at, count, codes_at, i), LIST_CODES);
}

static void same_block(const posting *p, size_t count, const unsigned char *bytes, size_t len)
{
	uint32_t         offsets[LIST_BLOCK];
	unsigned char    codes[LIST_BLOCK];
	list_occurrences rare[LIST_BLOCK];
	size_t           codes_at;

	assert_true(list_block_revisions(bytes, len, count, offsets, &codes_at));
	assert_true(list_block_codes(bytes, len, count, codes_at, codes, rare));
	for (size_t i = 0; i < count; i++) {
		const list_occurrences *o = codes[i] < LIST_CODES ? &list_code_table[codes[i]]
		                                                  : &rare[codes[i] - LIST_CODES];

		assert_int_equal(p[0].revision + offsets[i], p[i].revision);
		assert_true(o->title == p[i].title && o->abstract == p[i].abstract &&
		            o->other == p[i].other);
		same_code(bytes, len, count, codes_at, i, codes[i]);
	}
	/* Every byte is needed. */
	for (size_t cut = 0; cut < len; cut++)
		assert_false(list_block_revisions(bytes, cut, count, offsets, &codes_at) &&
		             list_block_codes(bytes, cut, count, codes_at, codes, rare));
}

static void blocks_are_read_back(void **state)
{
	unsigned char bytes[LIST_BLOCK_BYTES_MAX + LIST_PADDING];
	posting       p[LIST_BLOCK];
	dice          d;

	(void)state;
	list_coder_init(&coder);
	dice_start(&d, 1, 1, 1);
	for (int round = 0; round < ROUNDS / 10; round++) {
		size_t count = dice_between(&d, 1, LIST_BLOCK),
		       most = (size_t)1 << dice_below(&d, 25);
		uint32_t odd = (uint32_t)dice_below(&d, 40);
		int64_t  r = (int64_t)dice_below(&d, 1000);

		for (size_t i = 0; i < count; i++) {
			p[i] = (posting){r, 0, 1, 0, 0};
			if (dice_below(&d, 40) < odd)
				p[i] = (posting){r, (uint32_t)dice_below(&d, 3),
				                 1 + (uint32_t)dice_below(&d, 20),
				                 (uint32_t)dice_below(&d, 6), 0};
			r += 1 + (int64_t)dice_below(&d, dice_one_in(&d, 9) ? most : most / 16 + 1);
		}
		same_block(p, count, bytes, encode(p, count, bytes));
	}
}

static void the_largest_numbers_fit(void **state)
{
	unsigned char bytes[LIST_BLOCK_BYTES_MAX + LIST_PADDING];
	posting       p[LIST_BLOCK];

	(void)state;
	list_coder_init(&coder);
	for (size_t i = 0; i < LIST_BLOCK; i++)
		p[i] = (posting){1 + (int64_t)i * (UINT32_MAX / LIST_BLOCK), INT32_MAX, INT32_MAX,
		                 INT32_MAX, 0};
	same_block(p, LIST_BLOCK, bytes, encode(p, LIST_BLOCK, bytes));
	p[1].revision = p[0].revision + UINT32_MAX;
	same_block(p, 2, bytes, encode(p, 2, bytes));
	/* Two such steps are more than a run has. */
	bytes[0] = 32;
	bytes[1] = 0;
	memset(bytes + 2, 0xFF, 8);
	bytes[10] = 0;
	{
		uint32_t offsets[LIST_BLOCK];
		size_t   codes_at;

		assert_false(list_block_revisions(bytes, 11, 3, offsets, &codes_at));
	}
}

static void boolean_terms_take_no_bits(void **state)
{
	unsigned char bytes[LIST_BLOCK_BYTES_MAX + LIST_PADDING];
	posting       p[LIST_BLOCK];

	(void)state;
	list_coder_init(&coder);
	for (size_t i = 0; i < LIST_BLOCK; i++)
		p[i] = (posting){1 + (int64_t)i, 0, 0, 1, 0};
	assert_int_equal(encode(p, LIST_BLOCK, bytes), 3);
	same_block(p, LIST_BLOCK, bytes, 3);
}

static void codes_round_as_they_say(void **state)
{
	(void)state;
	for (uint64_t n = 0; n < 600000; n += 1 + n / 50) {
		uint32_t up = list_code_number(list_code_up(n)),
			 down = list_code_number(list_code_down(n));

		assert_true(up >= n && down <= n);
		assert_true(n >= 480000 || (up - n <= n / 16 && n - down <= n / 16));
		assert_true(list_code_up(n) <= list_code_up(n + 1));
	}
	for (unsigned code = 0; code < 255; code++) {
		assert_int_equal(list_code_up(list_code_number((unsigned char)code)), code);
		assert_int_equal(list_code_down(list_code_number((unsigned char)code)), code);
	}
	assert_true(list_code_number(list_code_up(UINT64_MAX)) == UINT32_MAX);
}

/* For any function that grows with the frequency and falls with the length. */
static void bounds_hold(void **state)
{
	static list_front front;
	dice              d;

	(void)state;
	list_front_init(&front);
	dice_start(&d, 2, 2, 2);
	for (int round = 0; round < ROUNDS / 10; round++) {
		int64_t  frequency[100];
		uint32_t length[100];
		size_t   count = dice_between(&d, 1, 100), most = (size_t)1 << dice_below(&d, 20);
		list_bounds   b, again;
		unsigned char bytes[LIST_BOUNDS_BYTES];
		size_t        len;

		list_front_clear(&front);
		for (size_t i = 0; i < count; i++) {
			frequency[i] = 1 + (int64_t)dice_below(&d, most);
			length[i] = dice_one_in(&d, 500) ? UINT32_MAX
			                                 : (uint32_t)dice_below(&d, 4000);
			list_front_add(&front, frequency[i], length[i]);
		}
		list_front_bounds(&front, &b);
		len = list_bounds_put(&b, bytes);
		assert_int_equal(list_bounds_get(&again, bytes, bytes + len), len);
		assert_memory_equal(&b.pairs, &again.pairs, b.count * sizeof *b.pairs);
		assert_int_equal(list_bounds_get(&again, bytes, bytes + len - 1), 0);
		for (size_t i = 0; i < count; i++) {
			int held = 0;

			for (unsigned k = 0; k < b.count; k++)
				held |= frequency[i] <= b.pairs[k].frequency &&
				        length[i] >= b.pairs[k].length;
			assert_true(held);
		}
		for (unsigned k = 1; k < b.count; k++)
			assert_true(b.pairs[k].frequency < b.pairs[k - 1].frequency &&
			            b.pairs[k].length < b.pairs[k - 1].length);
	}
	list_front_clear(&front);
	{
		list_bounds none;

		list_front_bounds(&front, &none);
		assert_int_equal(none.count, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_read_back),
		cmocka_unit_test(the_largest_numbers_fit),
		cmocka_unit_test(boolean_terms_take_no_bits),
		cmocka_unit_test(codes_round_as_they_say),
		cmocka_unit_test(bounds_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

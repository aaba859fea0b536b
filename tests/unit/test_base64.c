/* base64.h: bytes as text, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base64.h"
#include "dice.h"

static void known_texts(void **state)
{
	static const char *const pairs[][2] = {
		{"", ""},
		{"f", "Zg=="},
		{"fo", "Zm8="},
		{"foo", "Zm9v"},
		{"foob", "Zm9vYg=="},
		{"fooba", "Zm9vYmE="},
		{"foobar", "Zm9vYmFy"},
		{"\xFB\xFF", "+/8="},
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		buf out = BUF_INIT(0), back = BUF_INIT(0);

		base64_encode(pairs[i][0], strlen(pairs[i][0]), &out);
		assert_string_equal(buf_str(&out), pairs[i][1]);
		assert_int_equal(base64_decode(buf_str(&out), out.len, &back), 1);
		assert_string_equal(buf_str(&back), pairs[i][0]);
		buf_free(&out);
		buf_free(&back);
	}
}

static void any_bytes_come_back(void **state)
{
	dice d;

	(void)state;
	dice_start(&d, 7, 1, 1);
	for (size_t len = 0; len < 300; len++) {
		unsigned char bytes[300];
		buf           out = BUF_INIT(0), back = BUF_INIT(0);

		for (size_t i = 0; i < len; i++)
			bytes[i] = (unsigned char)dice_below(&d, 256);
		base64_encode(bytes, len, &out);
		assert_int_equal(out.len, (len + 2) / 3 * 4);
		assert_int_equal(base64_decode(buf_str(&out), out.len, &back), 1);
		assert_int_equal(back.len, len);
		assert_memory_equal(buf_str(&back), bytes, len);
		buf_free(&out);
		buf_free(&back);
	}
}

static void damaged_texts(void **state)
{
	static const char *const bad[] = {
		"A",        "AA",   "AAA",  "AAAAA", "A===",  "====",           "AA=A",
		"Zg==Zg==", "Zh==", "Zm9=", "Zm 9v", "Zm9\n", "Zm9v\xC3\xA9==", "Zm-_"};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		buf out = BUF_INIT(0);

		buf_puts(&out, "before");
		if (base64_decode(bad[i], strlen(bad[i]), &out))
			fail_msg("'%s' was read", bad[i]);
		assert_string_equal(buf_str(&out), "before");
		buf_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_texts),
		cmocka_unit_test(any_bytes_come_back),
		cmocka_unit_test(damaged_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

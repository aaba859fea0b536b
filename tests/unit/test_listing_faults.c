/* The replay server's small parts: fault specifications, form arguments, Accept-Encoding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "alloc.h"
#include "faults.h"
#include "form_args.h"
#include "gzip_body.h"

static void faults_fall_due(void **state)
{
	fault_plan   plan = {.count = 0};
	int64_t      delay;
	const fault *f;

	(void)state;
	assert_int_equal(fault_plan_add(&plan, "503:every=5:retry-after=1", NULL), SHEAF_OK);
	assert_int_equal(fault_plan_add(&plan, "cut:at=2:count=2", NULL), SHEAF_OK);
	assert_int_equal(fault_plan_add(&plan, "slow:at=3:ms=40", NULL), SHEAF_OK);
	assert_null(fault_plan_due(&plan, 1, &delay));
	assert_int_equal(delay, 0);
	assert_string_equal(fault_name(fault_plan_due(&plan, 2, &delay)), "cut");
	assert_string_equal(fault_name(fault_plan_due(&plan, 3, &delay)), "cut");
	assert_int_equal(delay, 40);
	assert_null(fault_plan_due(&plan, 4, &delay));
	f = fault_plan_due(&plan, 10, &delay);
	assert_non_null(f);
	assert_int_equal(f->http_status, 503);
	assert_int_equal(f->retry_after_s, 1);
	assert_string_equal(fault_name(NULL), "-");
}

static void wrong_faults_are_refused(void **state)
{
	static const char *const bad[] = {"",          "503",        "cut",      "cut:",
	                                  "cut:at",    "cut:at=",    "cut:at=x", "cut:at=-1",
	                                  "what:at=1", "200:at=1",   "600:at=1", "503:at=1:often=2",
	                                  "cut:at=0",  "status:at=1"};
	fault_plan               plan = {.count = 0};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		sheaf_error err;

		if (fault_plan_add(&plan, bad[i], &err) != SHEAF_ERROR_INVALID_ARGUMENT)
			fail_msg("\"%s\" should be refused", bad[i]);
	}
	assert_int_equal(plan.count, 0);
	for (size_t i = 0; i < FAULT_MAX; i++)
		assert_int_equal(fault_plan_add(&plan, "cut:at=1", NULL), SHEAF_OK);
	assert_int_equal(fault_plan_add(&plan, "cut:at=1", NULL), SHEAF_ERROR_INVALID_ARGUMENT);
}

static void arguments_are_decoded(void **state)
{
	form_args args = {.count = 0};
	arena     a = {NULL, 0};

	(void)state;
	assert_int_equal(form_parse(&args, "a=1%2B2&b=x+y&&c&d=%25&e==", &a, NULL), SHEAF_OK);
	assert_string_equal(form_get(&args, "a"), "1+2");
	assert_string_equal(form_get(&args, "b"), "x y");
	assert_string_equal(form_get(&args, "c"), "");
	assert_string_equal(form_get(&args, "d"), "%");
	assert_string_equal(form_get(&args, "e"), "=");
	assert_null(form_get(&args, "f"));
	assert_null(form_repeated(&args));
	assert_int_equal(form_parse(&args, "a=2", &a, NULL), SHEAF_OK);
	assert_string_equal(form_repeated(&args), "a");
	assert_string_equal(form_unknown(&args, (const char *const[]){"a", "b", NULL}), "c");
	arena_free(&a);
}

static void broken_arguments_are_refused(void **state)
{
	static const char *const bad[] = {"a=%", "a=%4", "a=%zz", "%=1", "a=%00"};
	arena                    a = {NULL, 0};
	form_args                args;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		args.count = 0;
		assert_int_equal(form_parse(&args, bad[i], &a, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	}
	args.count = 0;
	for (size_t i = 0; i < FORM_MAX_ARGS; i++)
		assert_int_equal(form_parse(&args, "a=1", &a, NULL), SHEAF_OK);
	assert_int_equal(form_parse(&args, "a=1", &a, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	arena_free(&a);
}

static void gzip_is_given_to_those_who_ask(void **state)
{
	(void)state;
	assert_true(gzip_accepted("gzip"));
	assert_true(gzip_accepted("deflate, GZIP;q=0.5"));
	assert_true(gzip_accepted("*"));
	assert_true(gzip_accepted("gzip;q=0.05"));
	assert_false(gzip_accepted(NULL));
	assert_false(gzip_accepted(""));
	assert_false(gzip_accepted("identity"));
	assert_false(gzip_accepted("deflate, gzip; q=0"));
	assert_false(gzip_accepted("gzip;q=0.000"));
	assert_false(gzip_accepted("xgzip"));
}

static void gzip_unpacks_to_the_same(void **state)
{
	buf      body = BUF_INIT(0);
	char     back[9000];
	z_stream z;

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_puts(&body, "sheaf and ");
	buf_truncate(&body, 8000);
	assert_int_equal(gzip_body(&body, NULL), SHEAF_OK);
	assert_true(body.len < 1000);
	memset(&z, 0, sizeof z);
	z.next_in = (Bytef *)(void *)body.data;
	z.avail_in = (uInt)body.len;
	z.next_out = (Bytef *)(void *)back;
	z.avail_out = sizeof back;
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.total_out, 8000);
	assert_memory_equal(back + 10, "sheaf and ", 10);
	inflateEnd(&z);
	buf_free(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_fall_due),
		cmocka_unit_test(wrong_faults_are_refused),
		cmocka_unit_test(arguments_are_decoded),
		cmocka_unit_test(broken_arguments_are_refused),
		cmocka_unit_test(gzip_is_given_to_those_who_ask),
		cmocka_unit_test(gzip_unpacks_to_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

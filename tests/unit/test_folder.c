/* The files below a folder, by name. */
#include "packed.h"

#include "buf.h"
#include "folder.h"

static void make(const char *folder, const char *name)
{
	char path[PACKED_PATH_SIZE];

	packed_path(path, folder, name);
	if (name[strlen(name) - 1] == '/')
		assert_int_equal(mkdir(path, 0755), 0);
	else
		packed_write(path, "x", 1);
}

static void list_is(const char *folder, const char *given, const char *expected)
{
	folder_files files = {0};
	sheaf_error  err = {0};
	buf          out = BUF_INIT(0);

	assert_int_equal(folder_list(given, &files, &err), SHEAF_OK);
	for (size_t i = 0; i < files.count; i++) {
		assert_memory_equal(files.paths[i], folder, strlen(folder));
		buf_printf(&out, "%s ", files.paths[i] + strlen(folder));
	}
	assert_string_equal(buf_str(&out), expected);
	buf_free(&out);
	folder_free(&files);
}

static void test_order(void **state)
{
	static const char *const names[] = {"b/", "b/z",     "b/a", "b/deep/", "b/deep/x", "c",
	                                    "a",  ".hidden", "B",   "b/.git/", "b/.git/y"};
	char folder[PACKED_PATH_SIZE], path[PACKED_PATH_SIZE], link[PACKED_PATH_SIZE];

	(void)state;
	packed_folder(folder, "order");
	list_is(folder, folder, "");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		make(folder, names[i]);
	/* A link to a folder above would never end; one to a file is a file. */
	packed_path(link, folder, "b/loop");
	assert_int_equal(symlink("..", link), 0);
	packed_path(link, folder, "b/file");
	assert_int_equal(symlink("../a", link), 0);
	packed_path(link, folder, "b/gone");
	assert_int_equal(symlink("nowhere", link), 0);
	list_is(folder, folder, "/B /a /b/a /b/deep/x /b/file /b/z /c ");
	snprintf(path, sizeof path, "%.*s//", PACKED_PATH_SIZE - 3, folder);
	list_is(folder, path, "/B /a /b/a /b/deep/x /b/file /b/z /c ");
	assert_true(folder_is(folder));
	assert_false(folder_is(link));
	unlink(link);
	packed_path(link, folder, "b/loop");
	unlink(link);
	packed_path(link, folder, "b/file");
	unlink(link);
	for (size_t i = sizeof names / sizeof *names; i--;) {
		packed_path(path, folder, names[i]);
		assert_int_equal(remove(path), 0);
	}
	rmdir(folder);
}

static void test_depth(void **state)
{
	folder_files files = {0};
	sheaf_error  err = {0};
	char         folder[PACKED_PATH_SIZE], path[PACKED_PATH_SIZE];
	int          depth = 0;

	(void)state;
	packed_folder(folder, "depth");
	snprintf(path, sizeof path, "%s", folder);
	while (depth++ <= FOLDER_DEPTH_MAX) {
		strncat(path, "/d", sizeof path - strlen(path) - 1);
		assert_int_equal(mkdir(path, 0755), 0);
	}
	assert_int_equal(folder_list(folder, &files, &err), SHEAF_ERROR_IO);
	assert_non_null(strstr(err.message, "too deep"));
	folder_free(&files);
	for (; strlen(path) >= strlen(folder); *strrchr(path, '/') = 0) {
		assert_int_equal(rmdir(path), 0);
		if (!strchr(path, '/'))
			break;
	}
}

static void test_missing(void **state)
{
	folder_files files = {0};
	sheaf_error  err = {0};

	(void)state;
	assert_int_equal(folder_list("no/such", &files, &err), SHEAF_ERROR_IO);
	assert_non_null(strstr(err.message, "no/such"));
	assert_false(folder_is("no/such"));
	folder_free(&files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

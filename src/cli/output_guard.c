#include "output_guard.h"

#include <sys/stat.h>

#include "error.h"
#include "file.h"
#include "str.h"

/* What is not there yet can only be told by its name. */
static int is_same_name(const char *one, const char *other)
{
	buf a = BUF_INIT(0), b = BUF_INIT(0);
	int is = file_resolve(one, &a, NULL) == SHEAF_OK &&
	         file_resolve(other, &b, NULL) == SHEAF_OK && str_eq(buf_str(&a), buf_str(&b));

	buf_free(&a);
	buf_free(&b);
	return is;
}

static int is_same(const char *one, const char *other)
{
	struct stat a, b;

	if (stat(one, &a) != 0 || stat(other, &b) != 0)
		return is_same_name(one, other);
	return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static sheaf_status check_database(const session *s, const char *path, sheaf_error *err)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-lock", "-journal", NULL};
	buf                      file = BUF_INIT(0);
	sheaf_status             status = SHEAF_OK;

	for (const char *const *suffix = suffixes; s->db_path && status == SHEAF_OK && *suffix;
	     suffix++) {
		buf_clear(&file);
		buf_printf(&file, "%s%s", s->db_path, *suffix);
		status = buf_status(&file, err);
		if (status == SHEAF_OK && is_same(path, file.data))
			status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
			                    "%s is the database; give another file for the output",
			                    path);
	}
	buf_free(&file);
	return status;
}

sheaf_status output_guard(const session *s, const char *path, const option_list *inputs,
                          sheaf_error *err)
{
	sheaf_status status;

	if (!path)
		return SHEAF_OK;
	status = check_database(s, path, err);
	for (size_t i = 0; status == SHEAF_OK && i < inputs->count; i++)
		if (is_same(path, inputs->items[i]))
			status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
			                    "%s has the profiles; give another file for the output",
			                    path);
	return status;
}

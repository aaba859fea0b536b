#include "digest_manifest.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "error.h"
#include "file.h"
#include "page_name.h"
#include "paths.h"

enum { MANIFEST_BYTES_MAX = 1 << 20, PATH_BYTES_MAX = 8192 };

#define MANIFEST_NAME ".sheaf-digest"
/* Whoever opens it shall know what it is. */
#define FIRST_LINE "# Files that sheaf digest made in this folder, and removes when they are stale."

static int has(const manifest *m, const char *file)
{
	return text_table_find(&m->files, file, strlen(file)) != UINT32_MAX;
}

void manifest_free(manifest *m)
{
	text_table_free(&m->files);
}

int manifest_add(manifest *m, const char *file, arena *a)
{
	return text_table_put(&m->files, a, file, strlen(file)) != UINT32_MAX;
}

int manifest_add_all(manifest *m, const manifest *other, arena *a)
{
	for (size_t i = 0; i < other->files.count; i++)
		if (!manifest_add(m, other->files.texts[i], a))
			return 0;
	return 1;
}

static sheaf_status path_in(const char *folder, const char *file, buf *path, sheaf_error *err)
{
	size_t len = strlen(folder);

	buf_printf(path, len && folder[len - 1] == '/' ? "%s%s" : "%s/%s", folder, file);
	return buf_status(path, err);
}

/* Lines that name no file of ours (comments, paths that someone put in) are passed over. */
static sheaf_status take_lines(manifest *m, const char *text, arena *a, sheaf_error *err)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		char  *file = arena_strndup(a, text, len);

		if (!file || (page_name_is(file) && !manifest_add(m, file, a)))
			return sheaf_nomem(err);
		text += len + (text[len] == '\n');
	}
	return SHEAF_OK;
}

sheaf_status manifest_read(manifest *m, const char *folder, arena *a, sheaf_error *err)
{
	buf          path = BUF_INIT(PATH_BYTES_MAX), text = BUF_INIT(MANIFEST_BYTES_MAX);
	sheaf_status status = path_in(folder, MANIFEST_NAME, &path, err);

	if (status == SHEAF_OK && paths_exists(path.data)) {
		status = file_read(path.data, &text, err);
		if (status == SHEAF_OK)
			status = take_lines(m, buf_str(&text), a, err);
	}
	buf_free(&path);
	buf_free(&text);
	return status;
}

sheaf_status manifest_write(const manifest *m, const char *folder, sheaf_error *err)
{
	buf          path = BUF_INIT(PATH_BYTES_MAX), text = BUF_INIT(MANIFEST_BYTES_MAX);
	sheaf_status status = path_in(folder, MANIFEST_NAME, &path, err);

	buf_puts(&text, FIRST_LINE "\n");
	for (size_t i = 0; i < m->files.count; i++) {
		buf_puts(&text, m->files.texts[i]);
		buf_putc(&text, '\n');
	}
	if (status == SHEAF_OK)
		status = buf_status(&text, err);
	if (status == SHEAF_OK)
		status = file_write_atomic(path.data, buf_str(&text), text.len, err);
	buf_free(&path);
	buf_free(&text);
	return status;
}

/* Pages and feeds say who made them; the list of a folder may be lost on its way through the web. */
static int is_ours(const char *path)
{
	static const char *const marks[] = {"content=\"sheaf\"", "<generator>sheaf</generator>",
	                                    "{\"version\":\"https://jsonfeed.org/", NULL};
	char                     head[4096];
	FILE                    *file = fopen(path, "rb");
	size_t                   len = file ? fread(head, 1, sizeof head - 1, file) : 0;

	if (file)
		fclose(file);
	head[len] = 0;
	for (const char *const *mark = marks; *mark; mark++)
		if (strstr(head, *mark))
			return 1;
	return !len;
}

static sheaf_status check_one(const char *folder, const char *file, sheaf_error *err)
{
	buf          path = BUF_INIT(PATH_BYTES_MAX);
	sheaf_status status = path_in(folder, file, &path, err);

	if (status == SHEAF_OK && paths_exists(path.data) && !is_ours(path.data))
		status = sheaf_fail(
			err, SHEAF_ERROR_IO,
			"%s was not made by sheaf digest: move it away, or give another "
			"folder",
			path.data);
	buf_free(&path);
	return status;
}

sheaf_status manifest_check(const manifest *before, const manifest *now, const char *folder,
                            sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < now->files.count; i++)
		if (!has(before, now->files.texts[i]))
			status = check_one(folder, now->files.texts[i], err);
	return status;
}

static sheaf_status remove_one(const char *folder, const char *file, sheaf_error *err)
{
	buf          path = BUF_INIT(PATH_BYTES_MAX);
	sheaf_status status = path_in(folder, file, &path, err);

	if (status == SHEAF_OK && unlink(path.data) != 0 && errno != ENOENT && errno != EISDIR &&
	    errno != EPERM)
		status = sheaf_fail(err, SHEAF_ERROR_IO, "%s: %s", path.data, strerror(errno));
	buf_free(&path);
	return status;
}

sheaf_status manifest_remove_stale(const manifest *before, const manifest *now, const char *folder,
                                   sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < before->files.count; i++)
		if (!has(now, before->files.texts[i]))
			status = remove_one(folder, before->files.texts[i], err);
	return status;
}

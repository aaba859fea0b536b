#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "buf.h"
#include "error.h"

static sheaf_status fail(sheaf_error *err, const char *path)
{
	return sheaf_fail(err, SHEAF_ERROR_IO, "%s: %s", path, strerror(errno));
}

int folder_is(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static sheaf_status add(const char ***list, size_t *count, size_t *size, const char *item,
                        sheaf_error *err)
{
	if (*count == *size) {
		size_t       want = *size ? 2 * *size : 64;
		const char **grown = item ? mem_realloc_array(*list, want, sizeof *grown) : NULL;

		if (!grown)
			return sheaf_nomem(err);
		*list = grown;
		*size = want;
	}
	if (!item)
		return sheaf_nomem(err);
	(*list)[(*count)++] = item;
	return SHEAF_OK;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The paths of what is in one folder, sorted. */
static sheaf_status read_names(arena *names, const char *path, const char ***list, size_t *count,
                               sheaf_error *err)
{
	DIR           *dir = opendir(path);
	size_t         size = 0, len = strlen(path);
	sheaf_status   status = SHEAF_OK;
	struct dirent *entry;
	buf            full = BUF_INIT(0);

	if (!dir)
		return fail(err, path);
	while (len > 1 && path[len - 1] == '/')
		len--;
	/* readdir() is safe here: no other thread reads this DIR. */
	while (status == SHEAF_OK && (errno = 0, entry = readdir(dir))) {
		if (*entry->d_name == '.')
			continue;
		buf_clear(&full);
		buf_append(&full, path, len);
		if (path[len - 1] != '/')
			buf_putc(&full, '/');
		buf_puts(&full, entry->d_name);
		status = buf_status(&full, err);
		if (status == SHEAF_OK)
			status = add(list, count, &size, arena_strdup(names, full.data), err);
	}
	if (status == SHEAF_OK && errno)
		status = fail(err, path);
	closedir(dir);
	buf_free(&full);
	if (*count)
		qsort(*list, *count, sizeof **list, by_name);
	return status;
}

static sheaf_status walk(folder_files *files, const char *path, int depth, sheaf_error *err)
{
	const char **list = NULL;
	size_t       count = 0;
	sheaf_status status;

	if (depth > FOLDER_DEPTH_MAX)
		return sheaf_fail(err, SHEAF_ERROR_IO, "%s: folders are nested too deep", path);
	status = read_names(&files->names, path, &list, &count, err);
	for (size_t i = 0; i < count && status == SHEAF_OK; i++) {
		struct stat link, st;

		if (lstat(list[i], &link) != 0 || stat(list[i], &st) != 0)
			continue;
		if (S_ISREG(st.st_mode))
			status = add(&files->paths, &files->count, &files->size, list[i], err);
		else if (S_ISDIR(link.st_mode))
			status = walk(files, list[i], depth + 1, err);
	}
	mem_free(list);
	return status;
}

sheaf_status folder_list(const char *path, folder_files *files, sheaf_error *err)
{
	return walk(files, path, 1, err);
}

void folder_free(folder_files *files)
{
	mem_free(files->paths);
	arena_free(&files->names);
}

/* file_write.c: files that are replaced whole, or not at all. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"
#include "file.h"

#define TEMPORARY_START ".sheaf-"
#define TEMPORARY_END ".tmp"

enum { PATH_BYTES_MAX = 8192, LINKS_MAX = 40, MODE_BITS = 07777 };

static sheaf_status fail(sheaf_error *err, const char *path)
{
	return sheaf_fail(err, SHEAF_ERROR_IO, "%s: %s", path, strerror(errno));
}

static int write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return 0;
		bytes += n;
		len -= (size_t)n;
	}
	return 1;
}

/* ---- which file it is ---- */

/* Bytes of the path up to its last slash, that included. */
static size_t folder_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

/* Puts what the link says in place of its name. 1 where `path` was a link. */
static int follow_link(buf *path)
{
	char    target[PATH_BYTES_MAX];
	ssize_t n = readlink(buf_str(path), target, sizeof target);

	if (n <= 0)
		return 0;
	if (n == sizeof target) {
		path->status = SHEAF_ERROR_INVALID_ARGUMENT;
		return 0;
	}
	buf_truncate(path, target[0] == '/' ? 0 : folder_part(buf_str(path)));
	buf_append(path, target, (size_t)n);
	return path->status == SHEAF_OK;
}

sheaf_status file_resolve(const char *path, buf *out, sheaf_error *err)
{
	buf          last = BUF_INIT(PATH_BYTES_MAX), folder = BUF_INIT(PATH_BYTES_MAX);
	char        *real = NULL;
	int          links = 0;
	sheaf_status status;

	buf_puts(&last, path);
	while (last.status == SHEAF_OK && follow_link(&last) && ++links <= LINKS_MAX)
		;
	buf_append(&folder, buf_str(&last), folder_part(buf_str(&last)));
	if (!folder.len)
		buf_puts(&folder, ".");
	errno = links > LINKS_MAX ? ELOOP : ENAMETOOLONG;
	if (last.status == SHEAF_OK && folder.status == SHEAF_OK && links <= LINKS_MAX)
		real = realpath(folder.data, NULL);
	status = real ? SHEAF_OK : fail(err, path);
	if (real) {
		buf_printf(out, "%s%s%s", real, real[1] ? "/" : "",
		           buf_str(&last) + folder_part(buf_str(&last)));
		status = buf_status(out, err);
	}
	mem_free(real);
	buf_free(&last);
	buf_free(&folder);
	return status;
}

int file_is_replaced(const char *path)
{
	struct stat st;

	return stat(path, &st) != 0 || S_ISREG(st.st_mode);
}

/* ---- replacing it ---- */

/* A rename is on disk once its folder is. */
static int sync_folder(const char *path)
{
	buf folder = BUF_INIT(PATH_BYTES_MAX);
	int fd = -1, ok = 0;

	buf_append(&folder, path, folder_part(path));
	if (folder.status == SHEAF_OK)
		fd = open(folder.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		/* Some file systems know no such thing, and then there is nothing to wait for. */
		ok = fsync(fd) == 0 || errno == EINVAL;
		close(fd);
	}
	buf_free(&folder);
	return ok;
}

/* Onto what is no regular file (a device, a pipe) nothing can be renamed: it is written to. */
static sheaf_status write_through(const char *path, const char *bytes, size_t len, sheaf_error *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), ok;

	if (fd < 0)
		return fail(err, path);
	ok = write_all(fd, bytes, len);
	if (close(fd) != 0)
		ok = 0;
	return ok ? SHEAF_OK : fail(err, path);
}

/* Nobody may read it who could not read what it replaces, at any moment. */
static int make_temporary(const char *temporary, const struct stat *before)
{
	int fd;

	/* What lies there is a leftover, or a link that someone planted: never write through it. */
	unlink(temporary);
	fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	          before ? 0600 : 0666);
	if (fd >= 0 && before && fchmod(fd, before->st_mode & MODE_BITS) != 0) {
		close(fd);
		unlink(temporary);
		return -1;
	}
	return fd;
}

/* `real` is absolute and no link; `path` is what people know it by. */
static sheaf_status replace_file(const char *path, const char *real, const char *bytes, size_t len,
                                 sheaf_error *err)
{
	buf          temporary = BUF_INIT(PATH_BYTES_MAX);
	struct stat  before;
	int          is_there = lstat(real, &before) == 0;
	int          fd, ok;
	sheaf_status status;

	buf_append(&temporary, real, folder_part(real));
	buf_printf(&temporary, TEMPORARY_START "%ld" TEMPORARY_END, (long)getpid());
	status = buf_status(&temporary, err);
	if (status != SHEAF_OK)
		return status;
	fd = make_temporary(temporary.data, is_there ? &before : NULL);
	if (fd < 0) {
		status = fail(err, path);
		buf_free(&temporary);
		return status;
	}
	ok = write_all(fd, bytes, len) && fsync(fd) == 0;
	if (close(fd) != 0)
		ok = 0;
	if (!ok || rename(temporary.data, real) != 0) {
		status = fail(err, path);
		unlink(temporary.data);
	} else if (!sync_folder(real)) {
		status = fail(err, path);
	}
	buf_free(&temporary);
	return status;
}

sheaf_status file_write_atomic(const char *path, const char *bytes, size_t len, sheaf_error *err)
{
	buf          real = BUF_INIT(PATH_BYTES_MAX);
	sheaf_status status;

	if (!file_is_replaced(path))
		return write_through(path, bytes, len, err);
	status = file_resolve(path, &real, err);
	if (status == SHEAF_OK)
		status = replace_file(path, real.data, bytes, len, err);
	buf_free(&real);
	return status;
}

/* The process that made a temporary file of this name; 0: the name is none of these. */
static pid_t maker_of(const char *name)
{
	char *end;
	long  pid;

	if (strncmp(name, TEMPORARY_START, sizeof TEMPORARY_START - 1) != 0)
		return 0;
	pid = strtol(name + sizeof TEMPORARY_START - 1, &end, 10);
	return pid > 0 && pid == (pid_t)pid && strcmp(end, TEMPORARY_END) == 0 ? (pid_t)pid : 0;
}

void file_remove_leftovers(const char *folder)
{
	DIR                 *dir = opendir(folder);
	const struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL) {
		pid_t pid = maker_of(entry->d_name);

		if (pid && kill(pid, 0) != 0 && errno == ESRCH)
			(void)unlinkat(dirfd(dir), entry->d_name, 0);
	}
	if (dir)
		closedir(dir);
}

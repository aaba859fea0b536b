#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"

static sheaf_status fail(sheaf_error *err, const char *path)
{
	return sheaf_fail(err, SHEAF_ERROR_IO, "%s: %s", path, strerror(errno));
}

static ssize_t read_some(int fd, char *to, size_t size)
{
	ssize_t n;

	do
		n = read(fd, to, size);
	while (n < 0 && errno == EINTR);
	return n;
}

sheaf_status file_read(const char *path, buf *out, sheaf_error *err)
{
	char    chunk[16384];
	ssize_t n;
	int     fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return fail(err, path);
	/* Past the cap there is no need to read on, and in some files no end to reach. */
	while ((n = read_some(fd, chunk, sizeof chunk)) > 0 && out->status == SHEAF_OK)
		buf_append(out, chunk, (size_t)n);
	if (n < 0) {
		sheaf_status status = fail(err, path);

		close(fd);
		return status;
	}
	close(fd);
	if (out->status == SHEAF_ERROR_INVALID_ARGUMENT)
		return sheaf_fail(err, SHEAF_ERROR_IO, "%s: larger than the limit of %zu bytes",
		                  path, out->cap ? out->cap : (size_t)BUF_DEFAULT_CAP);
	return buf_status(out, err);
}

/* Leaves ENOTDIR in errno where it is something else. */
int file_is_folder(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return 1;
	errno = ENOTDIR;
	return 0;
}

sheaf_status file_make_folders(const char *path, sheaf_error *err)
{
	buf          part = BUF_INIT(8192);
	sheaf_status status;

	buf_puts(&part, path);
	status = buf_status(&part, err);
	for (char *p = part.data ? part.data + 1 : NULL; status == SHEAF_OK && p && p[-1]; p++) {
		char end = *p;

		if (end && end != '/')
			continue;
		*p = 0;
		if (mkdir(part.data, 0777) != 0 && (errno != EEXIST || !file_is_folder(part.data)))
			status = fail(err, part.data);
		*p = end;
	}
	buf_free(&part);
	return status;
}

sheaf_status file_lock_take(file_lock *lock, const char *path, long timeout_ms, long *holder,
                            sheaf_error *err)
{
	enum { STEP_MS = 50 };
	char text[32];
	/* The file is emptied: through a link that would be somebody else's. */
	int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666), n;

	lock->fd = -1;
	if (holder)
		*holder = 0;
	if (fd < 0)
		return fail(err, path);
	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		struct timespec step = {0, STEP_MS * 1000000L};

		if (errno != EWOULDBLOCK && errno != EINTR) {
			sheaf_status status = fail(err, path);

			close(fd);
			return status;
		}
		if (timeout_ms <= 0) {
			ssize_t got = pread(fd, text, sizeof text - 1, 0);
			long    pid = 0;

			if (got > 0) {
				text[got] = 0;
				pid = strtol(text, NULL, 10);
			}
			close(fd);
			if (holder)
				*holder = pid;
			return sheaf_fail(err, SHEAF_ERROR_DATABASE_LOCKED,
			                  "%s: locked by process %ld", path, pid);
		}
		nanosleep(&step, NULL);
		timeout_ms -= STEP_MS;
	}
	n = snprintf(text, sizeof text, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)n, 0) != n) {
		/* The number is only a help for people; the lock itself holds. */
		errno = 0;
	}
	lock->fd = fd;
	return SHEAF_OK;
}

void file_lock_release(file_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}

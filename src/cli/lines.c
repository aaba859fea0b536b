#include "lines.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "error.h"
#include "str.h"

enum { LINE_MAX_BYTES = 1 << 16, CHUNK = 1 << 14 };

sheaf_status lines_open(lines *l, const char *path, sheaf_error *err)
{
	*l = (lines)LINES_INIT;
	l->path = path;
	l->window.cap = LINE_MAX_BYTES + CHUNK;
	l->fd = str_eq(path, "-") ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (l->fd < 0)
		return sheaf_fail(err, SHEAF_ERROR_IO, "%s: %s", path, strerror(errno));
	return SHEAF_OK;
}

void lines_close(lines *l)
{
	if (l->fd >= 0 && l->fd != STDIN_FILENO)
		close(l->fd);
	l->fd = -1;
	buf_free(&l->window);
}

/* Drops what was given out and reads on. */
static sheaf_status refill(lines *l, sheaf_error *err)
{
	char    chunk[CHUNK];
	size_t  left = l->window.len - l->next;
	ssize_t n;

	if (left > LINE_MAX_BYTES)
		return sheaf_fail(err, SHEAF_ERROR_IO, "%s:%ld: longer than %d bytes", l->path,
		                  l->number + 1, LINE_MAX_BYTES);
	if (l->next)
		memmove(l->window.data, l->window.data + l->next, left);
	buf_truncate(&l->window, left);
	l->next = 0;
	do
		n = read(l->fd, chunk, sizeof chunk);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return sheaf_fail(err, SHEAF_ERROR_IO, "%s: %s", l->path, strerror(errno));
	l->ended = n == 0;
	buf_append(&l->window, chunk, (size_t)n);
	return buf_status(&l->window, err);
}

sheaf_status lines_next(lines *l, char **line, sheaf_error *err)
{
	*line = NULL;
	for (;;) {
		size_t left = l->window.len - l->next;
		char  *begin = l->window.data ? l->window.data + l->next : NULL;
		char  *end = left ? memchr(begin, '\n', left) : NULL;

		if (end || (l->ended && left)) {
			size_t len = end ? (size_t)(end - begin) : left;

			l->next += len + (end != NULL);
			l->number++;
			begin[len] = 0;
			if (len && begin[len - 1] == '\r')
				begin[len - 1] = 0;
			*line = begin;
			return SHEAF_OK;
		}
		if (l->ended)
			return SHEAF_OK;

		sheaf_status status = refill(l, err);

		if (status != SHEAF_OK)
			return status;
	}
}

#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "archive_library.h"
#include "buf.h"
#include "error.h"
#include "str.h"

enum { BLOCK = 256 << 10, WAIT_MS = 200 };

enum { GROWTH_FREE = 256 << 20 };

struct reader {
	const char         *path;
	const reader_watch *watch;
	archive_library     lib;
	struct archive     *archive;
	int                 fd;
	int                 stopped; /* 1: the watch said so */
	int                 fault;   /* errno of a read that failed */
	int                 direct;  /* 1: read without libarchive from now on */
	int                 cut_off; /* 1: so little is there that nothing can be unpacked */
	int64_t             bytes;
	buf                 name, damage;
	char                block[BLOCK];
};

/* ---- what libarchive calls ---- */

/* Waits until the input can be read. 0: the watch stops. */
static int wait_input(reader *r)
{
	struct pollfd p = {.fd = r->fd, .events = POLLIN};
	int           ready;

	for (;;) {
		r->stopped = r->watch && r->watch->stop(r->watch->ctx);
		if (r->stopped)
			return 0;
		ready = poll(&p, 1, WAIT_MS);
		/* Where poll() cannot tell, read() will. */
		if (ready > 0 || (ready < 0 && errno != EINTR))
			return 1;
	}
}

/* Fills the block. -1: it was stopped, or there is a fault. */
static ssize_t read_block(reader *r)
{
	ssize_t n;

	do {
		errno = 0;
		if (!wait_input(r))
			return -1;
		n = read(r->fd, r->block, sizeof r->block);
	} while (n < 0 && (errno == EINTR || errno == EAGAIN));
	if (n < 0)
		r->fault = errno;
	return n;
}

static la_ssize_t on_read(struct archive *a, void *ctx, const void **block)
{
	reader *r = ctx;
	ssize_t n = read_block(r);

	*block = r->block;
	if (r->stopped)
		r->lib.set_error(a, EINTR, "stopped");
	else if (n < 0)
		r->lib.set_error(a, r->fault, "%s", strerror(r->fault));
	return n;
}

static la_int64_t on_seek(struct archive *a, void *ctx, la_int64_t offset, int whence)
{
	off_t at = lseek(((reader *)ctx)->fd, (off_t)offset, whence);

	(void)a;
	return at < 0 ? ARCHIVE_FATAL : (la_int64_t)at;
}

static struct archive *make_archive(reader *r)
{
	const archive_library *lib = &r->lib;
	struct archive        *a = lib->read_new();

	if (!a)
		return NULL;
	lib->read_support_filter_gzip(a);
	lib->read_support_filter_zstd(a);
	lib->read_support_filter_xz(a);
	lib->read_support_filter_bzip2(a);
	lib->read_support_format_zip(a);
	lib->read_support_format_tar(a);
	lib->read_support_format_empty(a);
	lib->read_support_format_raw(a);
	lib->read_set_read_callback(a, on_read);
	lib->read_set_callback_data(a, r);
	/* An archive that can be sought in is read by its directory, which is at its end. */
	if (lseek(r->fd, 0, SEEK_CUR) >= 0)
		lib->read_set_seek_callback(a, on_seek);
	return a;
}

/* ---- the reader ---- */

static sheaf_status fail(reader *r, const char *what, sheaf_error *err)
{
	if (r->stopped)
		return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "stopped");
	if (r->fault)
		what = strerror(r->fault);
	return sheaf_fail(err, SHEAF_ERROR_IO, "%s: %s", r->path, what ? what : "not readable");
}

/* libarchive has no code of its own for an input that ends too early. */
static int says_cut_off(const reader *r)
{
	const char *why = r->stopped || r->fault ? NULL : r->lib.error_string(r->archive);

	return why && strstr(why, "runcated") != NULL;
}

static sheaf_status begin_archive(reader *r, sheaf_error *err)
{
	sheaf_status status = archive_library_load(&r->lib, err);

	if (status != SHEAF_OK)
		return status;
	r->archive = make_archive(r);
	if (!r->archive)
		return sheaf_nomem(err);
	if (r->lib.read_open1(r->archive) >= ARCHIVE_WARN)
		return SHEAF_OK;
	r->cut_off = says_cut_off(r);
	return r->cut_off ? SHEAF_OK : fail(r, r->lib.error_string(r->archive), err);
}

sheaf_status reader_open(const char *path, const reader_watch *watch, reader **out,
                         sheaf_error *err)
{
	reader      *r = mem_calloc(1, sizeof *r);
	sheaf_status status;

	*out = NULL;
	if (!r)
		return sheaf_nomem(err);
	r->path = path;
	r->watch = watch;
	r->fd = str_eq(path, "-") ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	r->fault = r->fd < 0 ? errno : 0;
	status = r->fault ? fail(r, NULL, err) : begin_archive(r, err);
	if (status != SHEAF_OK) {
		reader_close(r);
		return status;
	}
	*out = r;
	return SHEAF_OK;
}

int reader_is_cut_off(const reader *r)
{
	return r->cut_off;
}

int reader_is_archive(const reader *r)
{
	int family = r->lib.format(r->archive) & ARCHIVE_FORMAT_BASE_MASK;

	return family == ARCHIVE_FORMAT_ZIP || family == ARCHIVE_FORMAT_TAR;
}

/* What packers put beside the files that were meant: folders, dot files. */
static int is_beside(const reader *r, struct archive_entry *entry)
{
	const char *path = r->lib.entry_pathname(entry), *name;

	if (r->lib.entry_filetype(entry) != AE_IFREG)
		return 1;
	name = path ? strrchr(path, '/') : NULL;
	name = name ? name + 1 : path;
	return name && *name == '.';
}

sheaf_status reader_next(reader *r, const char **name, sheaf_error *err)
{
	struct archive_entry *entry;
	const char           *member;
	int                   found;

	*name = NULL;
	if (r->cut_off)
		return fail(r, "truncated", err);
	do
		found = r->lib.read_next_header(r->archive, &entry);
	while ((found == ARCHIVE_OK || found == ARCHIVE_WARN) && reader_is_archive(r) &&
	       is_beside(r, entry));
	if (found == ARCHIVE_EOF)
		return SHEAF_OK;
	if (found != ARCHIVE_OK && found != ARCHIVE_WARN) {
		/* A member that broke off has been told; after it nothing can be found. */
		if (r->damage.len && !r->stopped && !r->fault)
			return SHEAF_OK;
		r->cut_off = says_cut_off(r);
		return fail(r, r->lib.error_string(r->archive), err);
	}
	buf_clear(&r->name);
	buf_puts(&r->name, r->path);
	if (reader_is_archive(r)) {
		member = r->lib.entry_pathname(entry);
		buf_putc(&r->name, ':');
		buf_puts(&r->name, member ? member : "(a member without a readable name)");
	}
	*name = buf_str(&r->name);
	return buf_status(&r->name, err);
}

/* 1 where a little input has become more than any real file would. */
static int is_bomb(const reader *r)
{
	int64_t packed = r->lib.filter_bytes(r->archive, -1);

	return r->bytes > GROWTH_FREE && packed > 0 && r->bytes / READER_GROWTH_MAX > packed;
}

static sheaf_status read_directly(reader *r, const char **bytes, size_t *len, sheaf_error *err)
{
	ssize_t n = read_block(r);

	if (n < 0)
		return fail(r, NULL, err);
	*bytes = r->block;
	*len = (size_t)n;
	r->bytes += n;
	return SHEAF_OK;
}

sheaf_status reader_read(reader *r, const char **bytes, size_t *len, const char **damage,
                         sheaf_error *err)
{
	const void *block = NULL;
	la_int64_t  offset;
	int         got;

	*bytes = NULL;
	*len = 0;
	*damage = NULL;
	if (r->direct)
		return read_directly(r, bytes, len, err);
	do
		got = r->lib.read_data_block(r->archive, &block, len, &offset);
	while ((got == ARCHIVE_OK || got == ARCHIVE_WARN) && !*len);
	if (got == ARCHIVE_EOF) {
		*len = 0;
		return SHEAF_OK;
	}
	if (got != ARCHIVE_OK && got != ARCHIVE_WARN) {
		const char *why = r->lib.error_string(r->archive);

		*len = 0;
		if (r->stopped || r->fault)
			return fail(r, why, err);
		buf_clear(&r->damage);
		buf_puts(&r->damage, why ? why : "damaged");
		*damage = buf_str(&r->damage);
		return SHEAF_OK;
	}
	*bytes = block;
	r->bytes += (int64_t)*len;
	if (!is_bomb(r))
		return SHEAF_OK;
	*len = 0;
	return sheaf_fail(err, SHEAF_ERROR_IO, "%s: grows more than %d-fold when it is unpacked",
	                  r->path, READER_GROWTH_MAX);
}

sheaf_status reader_seek(reader *r, int64_t bytes, int *done, sheaf_error *err)
{
	reader_file file;

	*done = 0;
	reader_tell(r, &file);
	if (file.size < 0 || r->lib.format(r->archive) != ARCHIVE_FORMAT_RAW ||
	    r->lib.filter_code(r->archive, 0) != ARCHIVE_FILTER_NONE)
		return SHEAF_OK;
	if (lseek(r->fd, (off_t)bytes, SEEK_SET) < 0) {
		r->fault = errno;
		return fail(r, NULL, err);
	}
	*done = r->direct = 1;
	return SHEAF_OK;
}

void reader_tell(const reader *r, reader_file *file)
{
	struct stat st;

	*file = (reader_file){-1, 0};
	if (fstat(r->fd, &st) == 0 && S_ISREG(st.st_mode))
		*file = (reader_file){st.st_size,
		                      (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec};
}

int64_t reader_position(const reader *r)
{
	off_t at = lseek(r->fd, 0, SEEK_CUR);

	return at > 0 ? (int64_t)at : 0;
}

int64_t reader_bytes(const reader *r)
{
	return r->bytes;
}

void reader_close(reader *r)
{
	if (!r)
		return;
	if (r->archive)
		r->lib.read_free(r->archive);
	if (r->fd >= 0 && r->fd != STDIN_FILENO)
		close(r->fd);
	buf_free(&r->name);
	buf_free(&r->damage);
	mem_free(r);
}

/* digest_file.c: a digest into one file, or to standard output. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "digest_job.h"
#include "digest_receipt.h"
#include "error.h"
#include "file.h"

int digest_to_buffer(void *ctx, const char *bytes, size_t len)
{
	buf *out = ctx;

	buf_append(out, bytes, len);
	return out->status != SHEAF_OK;
}

sheaf_status digest_address(const digest_job *job, const char *file, const char **address,
                            sheaf_error *err)
{
	buf          text = BUF_INIT(0);
	sheaf_status status;

	*address = NULL;
	if (!job->base)
		return SHEAF_OK;
	buf_puts(&text, job->base);
	buf_puts(&text, file);
	status = buf_status(&text, err);
	if (status == SHEAF_OK)
		*address = arena_strdup(job->s->arena, text.data);
	buf_free(&text);
	return status == SHEAF_OK && !*address ? sheaf_nomem(err) : status;
}

static sheaf_status write_to(digest_job *job, sheaf_format format, const sheaf_list_head *head,
                             sheaf_write_fn fn, void *ctx, sheaf_error *err)
{
	sheaf_writer      *writer;
	sheaf_digest_stats stats = {0, 0};
	sheaf_status       status = sheaf_writer_new(format, fn, ctx, &writer, err);

	if (status != SHEAF_OK)
		return status;
	status = sheaf_digest_write_chosen(job->digest, head, writer, &stats, err);
	sheaf_writer_free(writer);
	job->papers = stats.papers;
	return status;
}

/* Before the file is put in place, it is committed what it will be known by. */
static sheaf_status promise(const digest_job *job, const char *path, const buf *bytes,
                            sheaf_error *err)
{
	buf          receipt = BUF_INIT(0);
	sheaf_status status = SHEAF_OK;

	if (file_is_replaced(path)) {
		status = receipt_make(path, bytes, &receipt, err);
		if (status == SHEAF_OK)
			status = sheaf_digest_promise(job->digest, receipt.data, err);
	}
	buf_free(&receipt);
	return status;
}

/* Of runs that were killed. They do no harm, so what goes wrong here does not matter. */
static void remove_leftovers(const digest_job *job, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *folder = slash ? arena_strndup(job->s->arena, path,
	                                           slash == path ? 1 : (size_t)(slash - path))
	                           : ".";

	if (folder)
		file_remove_leftovers(folder);
}

sheaf_status digest_deliver_file(digest_job *job, sheaf_format format, const char *path,
                                 const sheaf_list_head *head, sheaf_error *err)
{
	buf          bytes = BUF_INIT(DIGEST_BYTES_MAX);
	sheaf_status status = write_to(job, format, head, digest_to_buffer, &bytes, err);

	if (bytes.status != SHEAF_OK)
		status = buf_status(&bytes, err);
	remove_leftovers(job, path);
	if (status == SHEAF_OK)
		status = promise(job, path, &bytes, err);
	if (status == SHEAF_OK)
		status = file_write_atomic(path, buf_str(&bytes), bytes.len, err);
	if (status == SHEAF_OK)
		status = sheaf_digest_deliver(job->digest, err);
	buf_free(&bytes);
	return status;
}

/* Where standard output was led into a file, it has to be on disk. */
static sheaf_status settle_output(output *out, sheaf_error *err)
{
	struct stat  st;
	sheaf_status status = output_flush(out, err);

	if (status == SHEAF_OK && fstat(out->fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    fsync(out->fd) != 0)
		status = sheaf_fail(err, SHEAF_ERROR_IO, "standard output: %s", strerror(errno));
	return status;
}

sheaf_status digest_to_file(digest_job *job, sheaf_error *err)
{
	sheaf_list_head head = job->head;
	const char     *slash = job->path ? strrchr(job->path, '/') : NULL;
	sheaf_error     lost;
	sheaf_status    status;

	if (job->path) {
		status = digest_address(job, slash ? slash + 1 : job->path, &head.self, err);
		return status == SHEAF_OK
		               ? digest_deliver_file(job, job->format, job->path, &head, err)
		               : status;
	}
	status = write_to(job, job->format, &head, output_write, job->s->out, err);
	/* The library only knows that the output was lost; why is known here. */
	if (settle_output(job->s->out, &lost) != SHEAF_OK) {
		if (err)
			*err = lost;
		return lost.status;
	}
	return status == SHEAF_OK ? sheaf_digest_deliver(job->digest, err) : status;
}

/* digest_job.h: one digest on its way to where it shall be. */
#ifndef DIGEST_JOB_H
#define DIGEST_JOB_H

#include <sheaf/digest.h>

#include "command.h"

typedef struct digest_job {
	session        *s;
	sheaf_digest   *digest;
	sheaf_format    format; /* of a file or of standard output */
	const char     *path;   /* NULL: standard output */
	const char     *base;   /* address that the file's folder will have, with a slash; NULL */
	int64_t         window; /* papers of a feed in a folder */
	sheaf_list_head head;   /* what all its outputs say */
	int64_t         papers; /* out: different ones in the digest */
} digest_job;

/* Writes to a file or to standard output, then marks. */
sheaf_status digest_to_file(digest_job *job, sheaf_error *err);
/* Writes pages and feeds into the folder `path`, which is made where it is missing, then marks. */
sheaf_status digest_to_folder(digest_job *job, sheaf_error *err);

/*
 * Writes the digest into `path` with `head`, durably, and then marks what it has as delivered; if the
 * process dies on the way, the next one can tell whether the file was in place.
 */
sheaf_status digest_deliver_file(digest_job *job, sheaf_format format, const char *path,
                                 const sheaf_list_head *head, sheaf_error *err);
/* A sheaf_write_fn; `ctx` is a buf. */
int digest_to_buffer(void *ctx, const char *bytes, size_t len);
/* Bytes that one output can have. */
enum { DIGEST_BYTES_MAX = 1 << 30 };

/* `base` and a file's name; NULL without a base. In the session's arena. Errors: NOMEM. */
sheaf_status digest_address(const digest_job *job, const char *file, const char **address,
                            sheaf_error *err);

#endif

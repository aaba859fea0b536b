/* gzip_body.h: a body for clients that accept gzip. */
#ifndef GZIP_BODY_H
#define GZIP_BODY_H

#include "buf.h"

/*
 * 1 where an Accept-Encoding header (may be NULL) lets gzip through: named, or `*`, and not with
 * q=0.
 */
int gzip_accepted(const char *accept_encoding);
/* Replaces `body` by its gzip form. Errors: NOMEM, INVALID_ARGUMENT (too large). */
sheaf_status gzip_body(buf *body, sheaf_error *err);

#endif

/* digest_receipt.h: by what a digest is known again that was put in place. */
#ifndef DIGEST_RECEIPT_H
#define DIGEST_RECEIPT_H

#include "buf.h"

/* Appends the receipt for these bytes at `path`, whose folder is there. Errors: IO, NOMEM. */
sheaf_status receipt_make(const char *path, const buf *bytes, buf *receipt, sheaf_error *err);
/* An `arrived` of sheaf_digest_options: 1 where the file has the bytes of the receipt. */
int receipt_arrived(void *ctx, const char *receipt);

#endif

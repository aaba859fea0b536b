/* buf.h: bytes that grow up to a cap. Append as you like, ask buf_status() once. */
#ifndef BUF_H
#define BUF_H

#include <sheaf/status.h>
#include <stddef.h>
#include <stdint.h>

typedef struct buf {
	char        *data;   /* always ended by NUL once anything was appended */
	size_t       len;    /* bytes, without the NUL */
	size_t       size;   /* allocated */
	size_t       cap;    /* the longest it may get; 0: 64 MiB */
	sheaf_status status; /* the first failure: NOMEM, or INVALID_ARGUMENT past the cap */
} buf;

#define BUF_DEFAULT_CAP (64u << 20)
#define BUF_INIT(cap_)                       \
	{                                    \
		NULL, 0, 0, (cap_), SHEAF_OK \
	}

void buf_append(buf *b, const char *bytes, size_t len);
void buf_puts(buf *b, const char *s);
/* In decimal. */
void                                       buf_put_int64(buf *b, int64_t number);
__attribute__((format(printf, 2, 3))) void buf_printf(buf *b, const char *format, ...);
/* The inside of buf_putc(). */
void buf_grow_putc(buf *b, char c);

static inline void buf_putc(buf *b, char c)
{
	if (b->status != SHEAF_OK || b->size - b->len < 2) {
		buf_grow_putc(b, c);
		return;
	}
	b->data[b->len++] = c;
	b->data[b->len] = 0;
}

/* Removes what was appended after `len`. */
void buf_truncate(buf *b, size_t len);
/* Empties it and keeps its memory; clears the status. */
void buf_clear(buf *b);
void buf_free(buf *b);
/* "" for an empty buffer; never NULL. */
const char *buf_str(const buf *b);
/* Hands over the bytes (free with mem_free()), NULL after a failure; the buffer is empty then. */
char        *buf_take(buf *b);
sheaf_status buf_status(const buf *b, sheaf_error *err);

#endif

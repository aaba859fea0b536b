/* output.h: standard output, the only place for data. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "buf.h"

typedef struct output {
	int fd;
	int failure; /* errno of the first write that failed; 0: none. Later writes do nothing */
	buf pending;
} output;

void output_init(output *o, int fd);
void output_free(output *o);
/* A sheaf_write_fn; `ctx` is the output. */
int                                        output_write(void *ctx, const char *bytes, size_t len);
void                                       output_puts(output *o, const char *text);
__attribute__((format(printf, 2, 3))) void output_printf(output *o, const char *format, ...);
/* Text from outside as one line for people: without control characters. */
void output_line(output *o, const char *text);
/* The same, line by line, each ended. */
void output_text(output *o, const char *text);
/* Text from outside as a JSON string with its quotes; NULL is null. */
void output_json(output *o, const char *text);
/* Hands over what is pending. Errors: IO (disk full), NOMEM. */
sheaf_status output_flush(output *o, sheaf_error *err);
/* 1 where nobody reads any more (EPIPE): no reason to say anything. */
int output_unread(const output *o);

#endif

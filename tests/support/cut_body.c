#include "cut_body.h"

#include <string.h>

#include "alloc.h"

/* A body that ends before the length that was announced. */
typedef struct cut_body {
	size_t len;
	char   bytes[];
} cut_body;

static ssize_t read_cut(void *ctx, uint64_t at, char *to, size_t room)
{
	const cut_body *body = ctx;
	size_t          half = body->len / 2;

	if (at >= half)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (room > half - at)
		room = half - (size_t)at;
	memcpy(to, body->bytes + at, room);
	return (ssize_t)room;
}

struct MHD_Response *cut_response(const buf *b)
{
	cut_body            *body = mem_alloc(sizeof *body + b->len);
	struct MHD_Response *response;

	if (!body)
		return NULL;
	body->len = b->len;
	memcpy(body->bytes, buf_str(b), b->len);
	response = MHD_create_response_from_callback(b->len, 4096, read_cut, body, mem_free);
	if (!response)
		mem_free(body);
	return response;
}

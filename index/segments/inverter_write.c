/* Postings out again: one by one, or whole terms into a segment. */
#include "inverter_private.h"

static void open_term(const inverter *v, const inverter_term *t, inverter_cursor *c)
{
	*c = (inverter_cursor){.at = t->data, .end = t->data + t->used, .revisions = v->revisions};
	/* Differences count from the document before the first. */
	c->document = SIZE_MAX;
}

void inverter_open(const inverter *v, size_t i, inverter_cursor *c)
{
	open_term(v, v->order[i], c);
}

/*
 * Postings that go as they were gathered, since their revisions are as far apart as their documents. A
 * term in the course of being written.
 */
typedef struct run {
	segment_writer      *writer;
	size_t               room; /* bytes that the writer's page had left at its beginning */
	const unsigned char *bytes, *end; /* from the first one's size on; NULL: no posting */
	int64_t              first, last; /* revisions */
	size_t               last_document;
} run;

static void write_run(run *r)
{
	if (r->bytes)
		segment_writer_run(r->writer, r->first, r->last, r->bytes,
		                   (size_t)(r->end - r->bytes));
	r->bytes = NULL;
}

static int joins(const run *r, const inverter_cursor *c)
{
	return r->bytes && (uint64_t)(c->revision - r->last) == c->document - r->last_document &&
	       (size_t)(c->at - r->bytes) <= r->room;
}

/* The posting at hand from its size on. */
static const unsigned char *sized(const inverter_cursor *c)
{
	const unsigned char *at = c->positions - 1;
	unsigned char        bytes[SEGMENT_VARINT_MAX];

	return c->len < 0x40 ? at : c->positions - segment_varint_put(bytes, (uint64_t)c->len << 1);
}

static sheaf_status write_posting(run *r, const inverter_cursor *c, sheaf_error *err)
{
	if (!joins(r, c)) {
		write_run(r);
		r->room = segment_writer_room(r->writer);
		r->bytes = sized(c);
		r->first = c->revision;
	}
	r->end = c->at;
	r->last = c->revision;
	r->last_document = c->document;
	if ((size_t)(r->end - r->bytes) <= r->room)
		return SHEAF_OK;
	r->bytes = NULL;
	return segment_writer_posting(r->writer, c->revision, c->positions, c->len, 0, err);
}

static sheaf_status write_term(const inverter *v, const inverter_term *t, segment_writer *w,
                               sheaf_error *err)
{
	run             r = {.writer = w};
	inverter_cursor c;
	int             begun = 0;
	sheaf_status    status = SHEAF_OK;

	open_term(v, t, &c);
	while (status == SHEAF_OK && inverter_next_any(&c)) {
		if (!c.revision) {
			write_run(&r);
			continue;
		}
		if (!begun)
			status = segment_writer_term(w, t->text, t->len, err);
		begun = 1;
		if (status == SHEAF_OK)
			status = write_posting(&r, &c, err);
	}
	if (status == SHEAF_OK)
		write_run(&r);
	return status;
}

sheaf_status inverter_write(const inverter *v, segment_writer *w, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < v->order_count; i++)
		status = write_term(v, v->order[i], w, err);
	return status;
}

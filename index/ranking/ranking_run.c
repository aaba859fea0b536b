/* Storing the run of a batch, at once or by way of an image in memory. */
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "ranking_image.h"
#include "ranking_store.h"
#include "ranking_write.h"

#define BYTES_CAP ((size_t)1 << 30)

/* A row: in the order they come, and all bytes in one buffer. */
typedef struct image_row {
	int64_t number;
	size_t  at, len;
	int     page;
} image_row;

struct ranking_image {
	int64_t    first, last, documents;
	buf        bytes;
	image_row *rows;
	size_t     count, size;
};

sheaf_status ranking_image_new(ranking_image **out, sheaf_error *err)
{
	*out = mem_calloc(1, sizeof **out);
	if (!*out)
		return sheaf_nomem(err);
	(*out)->bytes.cap = BYTES_CAP;
	return SHEAF_OK;
}

void ranking_image_free(ranking_image *image)
{
	if (!image)
		return;
	buf_free(&image->bytes);
	mem_free(image->rows);
	mem_free(image);
}

static sheaf_status keep(ranking_image *image, int page, int64_t number, const void *data,
                         size_t len, sheaf_error *err)
{
	if (image->count == image->size) {
		size_t     size = image->size ? image->size * 2 : 256;
		image_row *grown = mem_realloc_array(image->rows, size, sizeof *grown);

		if (!grown)
			return sheaf_nomem(err);
		image->rows = grown;
		image->size = size;
	}
	image->rows[image->count++] = (image_row){number, image->bytes.len, len, page};
	buf_append(&image->bytes, data, len);
	return buf_status(&image->bytes, err);
}

static sheaf_status keep_row(void *ctx, int64_t number, const void *data, size_t len,
                             sheaf_error *err)
{
	return keep(ctx, 0, number, data, len, err);
}

static sheaf_status keep_page(void *ctx, int64_t number, const void *data, size_t len,
                              sheaf_error *err)
{
	return keep(ctx, 1, number, data, len, err);
}

static sheaf_status write_lists(const tokens_config *config, const inverter *v,
                                const uint32_t *lengths, int64_t first, int64_t last,
                                const list_sink *sink, sheaf_error *err)
{
	list_writer *w;
	sheaf_status status = list_writer_new(first, last, sink, &w, err);

	if (status == SHEAF_OK)
		status = ranking_image_write(config, v, lengths, w, err);
	list_writer_free(w);
	return status;
}

static int64_t count_documents(const inverter *v, const int64_t *revisions)
{
	int64_t count = 0;

	for (size_t i = 0; i < inverter_documents(v); i++)
		count += revisions[i] != 0;
	return count;
}

sheaf_status ranking_image_fill(ranking_image *image, const tokens_config *config,
                                const inverter *v, const int64_t *revisions,
                                const uint32_t *lengths, int64_t first, int64_t last,
                                sheaf_error *err)
{
	list_sink sink = {image, keep_row, keep_page};

	buf_clear(&image->bytes);
	image->count = 0;
	image->first = first;
	image->last = last;
	image->documents = count_documents(v, revisions);
	return config->strategy == SHEAF_STEM_SOME
	               ? write_lists(config, v, lengths, first, last, &sink, err)
	               : SHEAF_OK;
}

int ranking_image_next(const ranking_image *image, size_t *row, size_t *at, list_entry *e)
{
	for (; *row < image->count; ++*row, *at = 0) {
		const image_row *r = &image->rows[*row];

		if (!r->page && list_row_next((const unsigned char *)image->bytes.data + r->at,
		                              r->len, at, e) > 0)
			return 1;
	}
	return 0;
}

/* Pages come in their order, between rows. */
static sheaf_status image_page(void *ctx, int64_t run, int64_t number, const unsigned char **data,
                               size_t *len, sheaf_error *err)
{
	const ranking_image *image = ctx;

	(void)run;
	(void)err;
	*data = NULL;
	*len = 0;
	for (size_t i = 0; i < image->count && !*data; i++) {
		const image_row *r = &image->rows[i];

		if (r->page && r->number == number) {
			*data = (const unsigned char *)image->bytes.data + r->at;
			*len = r->len;
		}
	}
	return SHEAF_OK;
}

sheaf_status ranking_image_open(const ranking_image *image, const list_entry *e, list_cursor *c,
                                sheaf_error *err)
{
	/* The cursor reads only. */
	list_source source = {(void *)(uintptr_t)image, 0, image_page};

	return list_cursor_open(e->list, e->list_len, image->first, image->last, &source, c, err);
}

/*
 * Where a run of these documents can be the next one, *run becomes it; else its number is 0. What
 * the last run does not cover is covered first.
 */
static sheaf_status next_run(sheaf_database *db, int64_t documents, int64_t first, int64_t last,
                             ranking_run *run, sheaf_error *err)
{
	sheaf_revision until;
	int64_t        live;
	sheaf_status   status = SHEAF_OK;

	*run = (ranking_run){0, first, last, documents};
	if (db->tokenizer.config.strategy != SHEAF_STEM_SOME || first > last)
		return SHEAF_OK;
	status = ranking_count_live(db, first, last, &live, err);
	if (status != SHEAF_OK || live != documents)
		return status;
	status = ranking_cover(db, first - 1, err);
	if (status == SHEAF_OK)
		status = ranking_until(db, &until, err);
	if (status != SHEAF_OK || until >= first)
		return status;
	return ranking_new_number(db, &run->run, err);
}

sheaf_status ranking_image_store(sheaf_database *db, const ranking_image *image, sheaf_error *err)
{
	ranking_run    run;
	ranking_target target = {db, 0};
	list_sink      sink = ranking_sink(&target);
	sheaf_status status = next_run(db, image->documents, image->first, image->last, &run, err);

	if (status != SHEAF_OK || !run.run)
		return status;
	target.run = run.run;
	for (size_t i = 0; status == SHEAF_OK && i < image->count; i++) {
		const image_row *r = &image->rows[i];

		status = (r->page ? sink.page : sink.row)(sink.ctx, r->number,
		                                          image->bytes.data + r->at, r->len, err);
	}
	return status == SHEAF_OK ? ranking_put_run(db, &run, err) : status;
}

sheaf_status ranking_write_run(sheaf_database *db, const inverter *v, const int64_t *revisions,
                               const uint32_t *lengths, int64_t first, int64_t last,
                               sheaf_error *err)
{
	ranking_run    run;
	ranking_target target = {db, 0};
	list_sink      sink = ranking_sink(&target);
	sheaf_status   status = next_run(db, count_documents(v, revisions), first, last, &run, err);

	if (status != SHEAF_OK || !run.run)
		return status;
	target.run = run.run;
	status = write_lists(&db->tokenizer.config, v, lengths, first, last, &sink, err);
	return status == SHEAF_OK ? ranking_put_run(db, &run, err) : status;
}

#include "corpus_read.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "arxiv_id.h"
#include "bench_util.h"
#include "datetime.h"

enum { LINE_MAX_BYTES = 1 << 20, SECONDS_A_DAY = 86400 };

struct corpus_reader {
	const char *path;
	FILE       *file;
	char       *line;   /* LINE_MAX_BYTES */
	int64_t     offset; /* of the next line */
	json_t     *object; /* the paper that was read */
};

corpus_reader *corpus_reader_open(const char *path)
{
	corpus_reader *r = mem_calloc(1, sizeof *r);

	if (!r || !(r->line = mem_alloc(LINE_MAX_BYTES)))
		bench_fail(path, "out of memory");
	r->path = path;
	r->file = fopen(path, "rb");
	if (!r->file)
		bench_fail(path, strerror(errno));
	return r;
}

void corpus_reader_close(corpus_reader *r)
{
	if (!r)
		return;
	fclose(r->file);
	json_decref(r->object);
	mem_free(r->line);
	mem_free(r);
}

void corpus_reader_seek(corpus_reader *r, int64_t offset)
{
	if (fseeko(r->file, (off_t)offset, SEEK_SET) != 0)
		bench_fail(r->path, strerror(errno));
	r->offset = offset;
}

/* Reads a line and its length; 0 at the end. Of one that is too long, a part is read as a line. */
static int read_line(corpus_reader *r, size_t *len)
{
	if (!fgets(r->line, LINE_MAX_BYTES, r->file)) {
		if (ferror(r->file))
			bench_fail(r->path, strerror(errno));
		return 0;
	}
	*len = strlen(r->line);
	r->offset += (int64_t)*len;
	return 1;
}

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static int take_date(corpus_paper *paper, const char *text)
{
	sheaf_time time;

	if (!time_parse(text, strlen(text), &time) || time < 0)
		return 0;
	date_civil(time / SECONDS_A_DAY, &paper->year, &paper->month, &paper->day);
	return 1;
}

static void find_date(const json_t *object, corpus_paper *paper)
{
	const char *id = text_of(object, "id");
	arxiv_id    parts;

	if (take_date(paper,
	              text_of(json_array_get(json_object_get(object, "versions"), 0), "created")) ||
	    take_date(paper, text_of(object, "update_date")))
		return;
	paper->year = paper->month = paper->day = 0;
	if (arxiv_id_parse(id, strlen(id), &parts)) {
		paper->year = parts.year;
		paper->month = parts.month;
	}
}

int corpus_reader_next(corpus_reader *r, corpus_paper *paper)
{
	size_t len;

	do {
		json_decref(r->object);
		r->object = NULL;
		paper->offset = r->offset;
		if (!read_line(r, &len))
			return 0;
		r->object = json_loadb(r->line, len, 0, NULL);
	} while (!json_is_object(r->object));
	paper->title = text_of(r->object, "title");
	paper->abstract = text_of(r->object, "abstract");
	paper->authors = text_of(r->object, "authors");
	paper->categories = text_of(r->object, "categories");
	paper->comments = text_of(r->object, "comments");
	find_date(r->object, paper);
	return 1;
}

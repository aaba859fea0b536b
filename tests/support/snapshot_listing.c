#include "snapshot_listing.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "datetime.h"
#include "error.h"
#include "str.h"

enum { DAY_S = 86400, FILE_MAX = 1 << 30 };

/* A paper of the file: where its line is, and its identifier in it. */
typedef struct line {
	const char *text;
	size_t      len;
	char        id[PAPER_ID_SIZE];
} line;

typedef struct place {
	const char *id;
	size_t      index; /* of `lines` */
} place;

struct snapshot {
	buf    text;
	line  *lines;
	size_t count, size;
	place *places; /* by identifier */
};

/* ---- the file ---- */

static sheaf_status read_file(const char *path, buf *text, sheaf_error *err)
{
	FILE  *f = fopen(path, "rb");
	char   chunk[1 << 16];
	size_t n;

	if (!f)
		return sheaf_fail(err, SHEAF_ERROR_IO, "%s: cannot be opened", path);
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_append(text, chunk, n);
	n = (size_t)ferror(f);
	fclose(f);
	return n ? sheaf_fail(err, SHEAF_ERROR_IO, "%s: cannot be read", path)
	         : buf_status(text, err);
}

static const char *string_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static int64_t day_of(const char *text)
{
	sheaf_time time;

	return text && time_parse(text, strlen(text), &time) ? time / DAY_S : -1;
}

static int64_t version_day(const json_t *object)
{
	const json_t *versions = json_object_get(object, "versions");
	size_t        count = json_array_size(versions);

	return count ? day_of(string_of(json_array_get(versions, count - 1), "created")) : -1;
}

static sheaf_status grow(listing *l, snapshot *s, sheaf_error *err)
{
	size_t        size = s->size ? s->size * 2 : 1024;
	line         *lines;
	listing_slot *order;

	if (s->count < s->size)
		return SHEAF_OK;
	lines = mem_realloc_array(s->lines, size, sizeof *lines);
	if (!lines)
		return sheaf_nomem(err);
	s->lines = lines;
	order = mem_realloc_array(l->order, size, sizeof *order);
	if (!order)
		return sheaf_nomem(err);
	l->order = order;
	s->size = size;
	return SHEAF_OK;
}

static sheaf_status add_line(listing *l, snapshot *s, const char *text, size_t len,
                             sheaf_error *err)
{
	json_t      *object = json_loadb(text, len, 0, NULL);
	const char  *id = string_of(object, "id");
	int64_t      day = day_of(string_of(object, "update_date"));
	sheaf_status status = grow(l, s, err);

	if (status == SHEAF_OK && (!id || strlen(id) >= PAPER_ID_SIZE))
		status = sheaf_fail(err, SHEAF_ERROR_IO, "%s:%zu: no paper of a snapshot",
		                    l->options.file, s->count + 1);
	if (status == SHEAF_OK) {
		line *one = &s->lines[s->count];

		*one = (line){text, len, ""};
		memcpy(one->id, id, strlen(id) + 1);
		l->order[s->count] = (listing_slot){day >= 0 ? day : version_day(object), s->count};
		s->count++;
	}
	json_decref(object);
	return status;
}

static sheaf_status add_lines(listing *l, snapshot *s, sheaf_error *err)
{
	const char  *p = buf_str(&s->text);
	sheaf_status status = SHEAF_OK;

	while (*p && status == SHEAF_OK) {
		size_t len = strcspn(p, "\n");

		if (len)
			status = add_line(l, s, p, len, err);
		p += len + (p[len] == '\n');
	}
	if (status == SHEAF_OK && !s->count)
		status = sheaf_fail(err, SHEAF_ERROR_IO, "%s: no papers in it", l->options.file);
	return status;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const place *)a)->id, ((const place *)b)->id);
}

static sheaf_status sort_ids(snapshot *s, sheaf_error *err)
{
	s->places = mem_realloc_array(NULL, s->count, sizeof *s->places);
	if (!s->places)
		return sheaf_nomem(err);
	for (size_t i = 0; i < s->count; i++)
		s->places[i] = (place){s->lines[i].id, i};
	qsort(s->places, s->count, sizeof *s->places, by_id);
	return SHEAF_OK;
}

sheaf_status snapshot_open(listing *l, sheaf_error *err)
{
	snapshot    *s = mem_calloc(1, sizeof *s);
	sheaf_status status;

	if (!s)
		return sheaf_nomem(err);
	l->file = s;
	s->text = (buf)BUF_INIT(FILE_MAX);
	status = read_file(l->options.file, &s->text, err);
	if (status == SHEAF_OK)
		status = add_lines(l, s, err);
	if (status == SHEAF_OK)
		status = sort_ids(s, err);
	if (status != SHEAF_OK)
		return status;
	l->count = s->count;
	listing_sort(l);
	l->options.from_day = l->order[0].datestamp;
	l->options.to_day = l->order[l->count - 1].datestamp;
	return SHEAF_OK;
}

void snapshot_close(snapshot *s)
{
	if (!s)
		return;
	buf_free(&s->text);
	mem_free(s->lines);
	mem_free(s->places);
	mem_free(s);
}

int snapshot_find(const snapshot *s, const char *id, size_t *index)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int    order = strcmp(s->places[middle].id, id);

		if (!order) {
			*index = s->places[middle].index;
			return 1;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

/* ---- a paper ---- */

/* What of a line becomes a paper; `failed` where there was no memory. */
typedef struct reading {
	const json_t *object;
	arena        *texts;
	int           failed;
} reading;

static const char *keep(reading *r, const char *text)
{
	char *copy = text ? arena_strdup(r->texts, text) : NULL;

	r->failed |= text && !copy;
	return copy;
}

static const char *field(reading *r, const char *key)
{
	const char *text = string_of(r->object, key);

	return text && *text ? keep(r, text) : NULL;
}

static void *room_for(reading *r, size_t count, size_t size)
{
	void *room = arena_alloc(r->texts, (count ? count : 1) * size);

	r->failed |= !room;
	return room;
}

/* [keyname, forenames, suffix, affiliation…] */
static void read_name(reading *r, const json_t *parts, invented_name *name)
{
	const char *text[4];

	for (size_t i = 0; i < 4; i++) {
		const char *part = json_string_value(json_array_get(parts, i));

		text[i] = part ? keep(r, part) : "";
	}
	*name = (invented_name){text[1], text[0], text[1], text[0], text[2], text[3]};
}

static void read_authors(reading *r, paper *p)
{
	const json_t *list = json_object_get(r->object, "authors_parsed");
	size_t        count = json_array_size(list);

	p->author_line = field(r, "authors");
	p->submitter = field(r, "submitter");
	p->authors = room_for(r, count, sizeof *p->authors);
	for (size_t i = 0; i < count && !r->failed; i++)
		read_name(r, json_array_get(list, i), &p->authors[p->author_count++]);
}

/* The set of a category: its group, its archive, and the category itself unless that is the archive. */
static const char *set_of(reading *r, const char *code)
{
	static const char *const physics[] = {
		"astro-ph", "cond-mat", "gr-qc",   "hep-ex",  "hep-lat", "hep-ph",   "hep-th",
		"math-ph",  "nlin",     "nucl-ex", "nucl-th", "physics", "quant-ph", NULL};
	size_t      len = strcspn(code, ".");
	const char *group = NULL, *spec;
	buf         out = BUF_INIT(0);

	for (size_t i = 0; physics[i]; i++)
		if (strlen(physics[i]) == len && strncmp(physics[i], code, len) == 0)
			group = "physics:";
	if (group)
		buf_puts(&out, group);
	else {
		buf_append(&out, code, len);
		buf_putc(&out, ':');
	}
	buf_append(&out, code, len);
	if (code[len]) {
		buf_putc(&out, ':');
		buf_puts(&out, code + len + 1);
	}
	spec = keep(r, buf_str(&out));
	buf_free(&out);
	return spec;
}

static void read_categories(reading *r, paper *p)
{
	const char *text = string_of(r->object, "categories");
	size_t      most = text ? strlen(text) / 2 + 1 : 0;
	category   *all = room_for(r, most, sizeof *all);

	p->categories = room_for(r, most, sizeof *p->categories);
	while (text && *text && !r->failed) {
		size_t    len = strcspn(text, " ");
		category *c = &all[p->category_count];
		char     *code = len ? arena_strndup(r->texts, text, len) : NULL;

		text += len + (text[len] == ' ');
		if (!len)
			continue;
		r->failed |= !code;
		if (code) {
			*c = (category){code, set_of(r, code), code};
			p->categories[p->category_count++] = c;
		}
	}
}

static void read_versions(reading *r, size_t version, paper *p)
{
	const json_t *list = json_object_get(r->object, "versions");
	size_t        count = json_array_size(list);

	p->versions = room_for(r, count, sizeof *p->versions);
	for (size_t i = 0; i < count && !r->failed; i++) {
		const char *created = string_of(json_array_get(list, i), "created");
		sheaf_time  time = 0;

		if (created)
			time_parse(created, strlen(created), &time);
		p->versions[p->version_count++] = (paper_version){time, 10, ""};
	}
	if (!count && !r->failed)
		p->versions[p->version_count++] = (paper_version){p->datestamp * DAY_S, 10, ""};
	if (version && version < p->version_count)
		p->version_count = version;
}

static void read_texts(reading *r, paper *p)
{
	p->title = field(r, "title");
	p->abstract = field(r, "abstract");
	p->comments = field(r, "comments");
	p->journal_ref = field(r, "journal-ref");
	p->doi = field(r, "doi");
	p->report_no = field(r, "report-no");
	p->license = field(r, "license");
	if (!p->title)
		p->title = "";
	if (!p->abstract)
		p->abstract = "";
}

sheaf_status snapshot_paper(const listing *l, size_t index, size_t version, arena *a, paper *p,
                            sheaf_error *err)
{
	const line *one = index < l->file->count ? &l->file->lines[index] : NULL;
	json_t     *object = one ? json_loadb(one->text, one->len, 0, NULL) : NULL;
	reading     r = {object, a, 0};
	int64_t     day;

	memset(p, 0, sizeof *p);
	if (!object)
		return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND, "no such paper");
	p->index = index;
	memcpy(p->id, one->id, sizeof p->id);
	day = day_of(string_of(object, "update_date"));
	p->datestamp = day >= 0 ? day : version_day(object);
	read_texts(&r, p);
	read_authors(&r, p);
	read_categories(&r, p);
	read_versions(&r, version, p);
	json_decref(object);
	if (r.failed)
		return sheaf_nomem(err);
	return version > p->version_count
	               ? sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND, "no such version")
	               : SHEAF_OK;
}

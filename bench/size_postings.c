#include "size_postings.h"

#include "bench_util.h"
#include "segment_reader.h"
#include "segment_structure.h"
#include "segment_varint.h"
#include "tokens.h"

#include <string.h>

/* Kinds of tokens; each has two parts. */
enum { KIND_WORD, KIND_STEM, KIND_NAME, KIND_TERM, KINDS };

static const char *const names[POSTINGS_PARTS] = {
	"words, rows",        "words, positions", "stems, rows",        "stems, positions",
	"names, rows",        "names, positions", "filter terms, rows", "filter terms, positions",
	"tokens and headers",
};

static int kind_of(const char *text, size_t len)
{
	if (!len || (unsigned char)*text > TOKEN_NAME)
		return KIND_WORD;
	if (*text == TOKEN_STEM)
		return KIND_STEM;
	return *text == TOKEN_BOOLEAN ? KIND_TERM : KIND_NAME;
}

/* The page stays valid until the statement is asked for the next. */
static sheaf_status read_page(void *ctx, int64_t id, const unsigned char **data, size_t *len,
                              sheaf_error *err)
{
	sqlite3_stmt *stmt = ctx;

	(void)err;
	*data = NULL;
	*len = 0;
	sqlite3_reset(stmt);
	sqlite3_bind_int64(stmt, 1, id);
	if (sqlite3_step(stmt) == SQLITE_ROW) {
		*data = sqlite3_column_blob(stmt, 0);
		*len = (size_t)sqlite3_column_bytes(stmt, 0);
	}
	return SHEAF_OK;
}

static int64_t varint_bytes(uint64_t n)
{
	unsigned char room[SEGMENT_VARINT_MAX];

	return (int64_t)segment_varint_put(room, n);
}

/* A posting is the distance from the row before, the length of the positions, and these. */
static void add_postings(segment_reader *r, postings_part *rows, postings_part *positions)
{
	segment_posting posting;
	sheaf_error     err;
	int64_t         before = 0;
	int             more = 1;

	for (;;) {
		bench_check(segment_reader_next_posting(r, &posting, &more, &err), &err, "index");
		if (!more)
			return;
		rows->bytes += varint_bytes((uint64_t)(posting.row - before));
		rows->bytes += varint_bytes((uint64_t)posting.len * 2);
		positions->bytes += (int64_t)posting.len;
		before = posting.row;
	}
}

static void add_segment(const segment_source *source, const segment_range *range,
                        postings_part *parts)
{
	segment_reader *r;
	sheaf_error     err;

	bench_check(segment_reader_new(source, range, &r, &err), &err, "index");
	for (;;) {
		const char *text;
		size_t      len;
		int         more, kind;

		bench_check(segment_reader_next_term(r, &more, &err), &err, "index");
		if (!more)
			break;
		text = segment_reader_term(r, &len);
		kind = kind_of(text, len);
		add_postings(r, &parts[2 * kind], &parts[2 * kind + 1]);
	}
	segment_reader_free(r);
}

static void add_segments(const segment_source *source, postings_part *parts)
{
	segment_structure    structure;
	const unsigned char *record;
	size_t               len;
	sheaf_error          err;

	bench_check(source->page(source->ctx, SEGMENT_ROW_STRUCTURE, &record, &len, &err), &err,
	            "index");
	bench_check(segment_structure_read(record, len, &structure, &err), &err, "index");
	for (size_t i = 0; i < structure.level_count; i++)
		for (size_t j = 0; j < structure.levels[i].count; j++)
			add_segment(source, &structure.levels[i].segments[j], parts);
	segment_structure_free(&structure);
}

void size_postings(sqlite3 *db, int64_t leaves, postings_part parts[POSTINGS_PARTS])
{
	segment_source source = {.page = read_page};
	sqlite3_stmt  *stmt;

	for (int i = 0; i < POSTINGS_PARTS; i++)
		parts[i] = (postings_part){.name = names[i]};
	if (sqlite3_prepare_v2(db, "SELECT block FROM document_fts_data WHERE id = ?", -1, &stmt,
	                       NULL) != SQLITE_OK)
		bench_fail("SQLite", sqlite3_errmsg(db));
	source.ctx = stmt;
	add_segments(&source, parts);
	sqlite3_finalize(stmt);
	for (int i = 0; i < 2 * KINDS; i++)
		leaves -= parts[i].bytes;
	parts[POSTINGS_PARTS - 1].bytes = leaves;
}

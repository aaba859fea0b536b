/*
 * Any bytes as a file of records: nothing crashes, what is told is clean, and any division of
 * the bytes gives the same records. The first byte chooses the format, the second the division.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "source.h"

enum { CHOICES = 2, LONGEST = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a parser told. */
typedef struct told {
	uint64_t     documents; /* a hash of all of them, in order */
	int64_t      count, rejects;
	sheaf_status status;
} told;

static void require(int condition)
{
	if (!condition)
		abort();
}

static void require_one_line(const char *text)
{
	for (; *text; text++)
		require((unsigned char)*text >= 0x20);
}

static void add(told *t, const char *text)
{
	/* With the NUL, which keeps "ab", "c" apart from "a", "bc". Nothing is not "". */
	text = text ? text : "\xFF";
	t->documents = hash_bytes(t->documents, text, strlen(text) + 1);
}

static void add_authors(told *t, const sheaf_document *doc)
{
	for (size_t i = 0; i < sheaf_document_author_count(doc); i++) {
		const sheaf_author *a = sheaf_document_get_author(doc, i);

		require(a->name && *a->name);
		add(t, a->name);
		add(t, a->keyname);
		add(t, a->forenames);
		add(t, a->suffix);
		add(t, a->affiliation);
	}
}

static void add_versions(told *t, const sheaf_document *doc)
{
	for (size_t i = 0; i < sheaf_document_version_count(doc); i++) {
		const sheaf_document_version *v = sheaf_document_get_version(doc, i);

		require(v->number > 0);
		t->documents = hash_bytes(t->documents, &v->number, sizeof v->number);
		t->documents = hash_bytes(t->documents, &v->created, sizeof v->created);
		add(t, v->size);
		add(t, v->source_type);
	}
}

static int on_document(void *ctx, sheaf_document *doc, int64_t number)
{
	told *t = ctx;

	require(number > 0);
	require(sheaf_document_get_text(doc, SHEAF_FIELD_ID) != NULL);
	for (int field = SHEAF_FIELD_TITLE; field < SHEAF_FIELD_LENGTH; field++) {
		int64_t value = sheaf_document_get_value(doc, (sheaf_field)field);

		add(t, sheaf_document_get_text(doc, (sheaf_field)field));
		t->documents = hash_bytes(t->documents, &value, sizeof value);
	}
	t->documents = hash_bytes(t->documents, &doc->announced.kind, sizeof doc->announced.kind);
	t->documents = hash_bytes(t->documents, &doc->announced.day, sizeof doc->announced.day);
	add_authors(t, doc);
	add_versions(t, doc);
	t->count++;
	return 0;
}

static int on_reject(void *ctx, int64_t number, const char *reason)
{
	told *t = ctx;

	require(number > 0);
	require_one_line(reason);
	t->rejects++;
	return 0;
}

static int on_deleted(void *ctx, const char *id, sheaf_time datestamp)
{
	(void)datestamp;
	require(*id != 0);
	require_one_line(id);
	add(ctx, id);
	return 0;
}

static told run(sheaf_source_format format, const char *bytes, size_t len, size_t step)
{
	told               t = {HASH_SEED, 0, 0, SHEAF_OK};
	source_sink        sink = {&t, on_document, on_reject, on_deleted};
	sheaf_error        err = {0};
	source_parser     *parser;
	const source_info *info;
	int                truncated;

	require(source_parser_new(format, &sink, &parser, &err) == SHEAF_OK);
	while (len && t.status == SHEAF_OK) {
		size_t n = len < step ? len : step;
		char  *piece = malloc(n);

		require(piece != NULL);
		memcpy(piece, bytes, n);
		t.status = source_feed(parser, piece, n, &err);
		free(piece);
		bytes += n;
		len -= n;
	}
	if (t.status == SHEAF_OK)
		t.status = source_finish(parser, &truncated, &err);
	require(t.status == SHEAF_OK || t.status == SHEAF_ERROR_PROTOCOL);
	info = source_get_info(parser);
	require(info->records == t.count + t.rejects);
	require_one_line(info->error_text);
	require_one_line(err.message);
	source_parser_free(parser);
	return t;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	sheaf_source_format format;
	const char         *bytes;
	size_t              skip;
	told                whole, pieces;

	if (size < CHOICES || size > LONGEST)
		return 0;
	bytes = (const char *)data + CHOICES;
	size -= CHOICES;
	source_sniff(bytes, size, &skip);
	require(skip <= size);
	format = (sheaf_source_format)(SHEAF_SOURCE_JSONL + data[0] % 4);
	whole = run(format, bytes, size, SIZE_MAX);
	pieces = run(format, bytes, size, 1 + data[1] % 64);
	/* libxml2 may notice a fault sooner or later in one division than in another. */
	if (whole.status == SHEAF_OK && pieces.status == SHEAF_OK)
		require(whole.documents == pieces.documents && whole.rejects == pieces.rejects);
	return 0;
}

#include "document_join.h"

#include <string.h>

#include "document_origin.h"
#include "error.h"
#include "str.h"
#include "words.h"

int document_same_authors(const sheaf_document *a, const sheaf_document *b)
{
	if (a->author_count != b->author_count)
		return 0;
	for (size_t i = 0; i < a->author_count; i++) {
		const sheaf_author *x = &a->authors[i], *y = &b->authors[i];

		if (!str_eq(x->name, y->name) || !str_eq(x->keyname, y->keyname) ||
		    !str_eq(x->forenames, y->forenames) || !str_eq(x->suffix, y->suffix) ||
		    !str_eq(x->affiliation, y->affiliation))
			return 0;
	}
	return 1;
}

int document_same_versions(const sheaf_document *a, const sheaf_document *b)
{
	if (a->version_count != b->version_count)
		return 0;
	for (size_t i = 0; i < a->version_count; i++) {
		const sheaf_document_version *x = &a->versions[i], *y = &b->versions[i];

		if (x->number != y->number || x->created != y->created ||
		    !str_eq(x->size, y->size) || !str_eq(x->source_type, y->source_type))
			return 0;
	}
	return 1;
}

/* ---- people ---- */

static int append_word(void *ctx, const word *w)
{
	buf *b = ctx;

	buf_append(b, w->text, w->len);
	buf_putc(b, ' ');
	return 0;
}

static void fold_name(const char *name, buf *out)
{
	const words_sink sink = {out, append_word, NULL};

	buf_clear(out);
	words_split(name, strlen(name), WORDS_NAMES, &sink);
}

int document_same_names(const sheaf_document *a, const sheaf_document *b)
{
	buf x = BUF_INIT(0), y = BUF_INIT(0);
	int same = a->author_count == b->author_count;

	for (size_t i = 0; same && i < a->author_count; i++) {
		if (str_eq(a->authors[i].name, b->authors[i].name))
			continue;
		fold_name(a->authors[i].name, &x);
		fold_name(b->authors[i].name, &y);
		same = x.status == SHEAF_OK && y.status == SHEAF_OK && x.len &&
		       str_eq(buf_str(&x), buf_str(&y));
	}
	buf_free(&x);
	buf_free(&y);
	return same;
}

/* The string in the document's own memory; NULL stays NULL. */
static sheaf_status keep(sheaf_document *doc, const char **text, sheaf_error *err)
{
	if (!*text)
		return SHEAF_OK;
	*text = arena_strdup(&doc->arena, *text);
	return *text ? SHEAF_OK : sheaf_nomem(err);
}

static sheaf_status take_author(sheaf_document *doc, size_t i, const sheaf_author *a,
                                sheaf_error *err)
{
	sheaf_author copy = *a;
	const char **parts[] = {&copy.name, &copy.keyname, &copy.forenames, &copy.suffix,
	                        &copy.affiliation};
	sheaf_status status = SHEAF_OK;

	for (size_t k = 0; k < sizeof parts / sizeof *parts && status == SHEAF_OK; k++)
		status = keep(doc, parts[k], err);
	if (status != SHEAF_OK)
		return status;
	if (!copy.affiliation)
		copy.affiliation = doc->authors[i].affiliation;
	doc->authors[i] = copy;
	return SHEAF_OK;
}

static sheaf_status write_author_text(sheaf_document *doc, sheaf_error *err)
{
	buf_clear(&doc->author_text);
	for (size_t i = 0; i < doc->author_count; i++) {
		if (i)
			buf_append(&doc->author_text, ", ", 2);
		buf_puts(&doc->author_text, doc->authors[i].name);
	}
	return buf_status(&doc->author_text, err);
}

/* 1 where the stored names are written by the better source, or equally well and later. */
static int is_stored_better(const document_origin *at, const document_origin *from)
{
	int mine = origin_rank((document_source)from->source, SHEAF_FIELD_AUTHOR);
	int theirs = origin_rank((document_source)at->source, SHEAF_FIELD_AUTHOR);

	return theirs > mine || (theirs == mine && origin_compare(at, from) > 0);
}

/* What one does not tell of its state the other does. */
static document_origin newer_of(const document_origin *a, const document_origin *b)
{
	int             older = origin_compare(a, b) < 0;
	document_origin newer = older ? *b : *a, other = older ? *a : *b;

	if (!newer.version)
		newer.version = other.version;
	if (newer.datestamp == SHEAF_TIME_NONE)
		newer.datestamp = other.datestamp;
	if (newer.day == INT64_MIN)
		newer.day = other.day;
	return newer;
}

sheaf_status document_join_authors(sheaf_document *doc, const sheaf_document *stored,
                                   document_origin *origin, document_origin from, sheaf_error *err)
{
	document_origin at = stored->origin[SHEAF_FIELD_AUTHOR];
	int             stored_first = is_stored_better(&at, &from);
	sheaf_status    status = SHEAF_OK;

	for (size_t i = 0; i < doc->author_count && status == SHEAF_OK; i++) {
		if (stored_first)
			status = take_author(doc, i, &stored->authors[i], err);
		else if (!doc->authors[i].affiliation) {
			doc->authors[i].affiliation = stored->authors[i].affiliation;
			status = keep(doc, &doc->authors[i].affiliation, err);
		}
	}
	*origin = newer_of(&from, &at);
	origin->source = stored_first ? at.source : from.source;
	if (stored_first)
		doc->parsed_names = stored->parsed_names;
	return status == SHEAF_OK ? write_author_text(doc, err) : status;
}

/* ---- versions ---- */

static sheaf_document_version *find_version(sheaf_document *doc, int number)
{
	for (size_t i = 0; i < doc->version_count; i++)
		if (doc->versions[i].number == number)
			return &doc->versions[i];
	return NULL;
}

static int is_before(const sheaf_document_version *a, const sheaf_document_version *b)
{
	return a->number < b->number;
}

static void sort_versions(sheaf_document *doc)
{
	for (size_t i = 1; i < doc->version_count; i++) {
		sheaf_document_version v = doc->versions[i];
		size_t                 j = i;

		for (; j && is_before(&v, &doc->versions[j - 1]); j--)
			doc->versions[j] = doc->versions[j - 1];
		doc->versions[j] = v;
	}
}

static sheaf_status join_version(sheaf_document *doc, sheaf_document_version *mine,
                                 const sheaf_document_version *theirs, int stored_first,
                                 sheaf_error *err)
{
	sheaf_document_version v = *theirs;
	sheaf_status           status = keep(doc, &v.size, err);

	if (status == SHEAF_OK)
		status = keep(doc, &v.source_type, err);
	if (status != SHEAF_OK)
		return status;
	if (v.created != SHEAF_TIME_NONE && (stored_first || mine->created == SHEAF_TIME_NONE))
		mine->created = v.created;
	if (v.size && (stored_first || !mine->size))
		mine->size = v.size;
	if (v.source_type && (stored_first || !mine->source_type))
		mine->source_type = v.source_type;
	return SHEAF_OK;
}

sheaf_status document_join_versions(sheaf_document *doc, const sheaf_document *stored,
                                    int stored_first, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < stored->version_count && status == SHEAF_OK; i++) {
		const sheaf_document_version *theirs = &stored->versions[i];
		sheaf_document_version       *mine = find_version(doc, theirs->number);

		status = mine ? join_version(doc, mine, theirs, stored_first, err)
		              : sheaf_document_add_version(doc, theirs, err);
	}
	sort_versions(doc);
	return status;
}

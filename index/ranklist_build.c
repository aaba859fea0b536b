/* Building and checking the lists: the postings are read back out of FTS5, one token at a time. */
#include <string.h>

#include "alloc.h"
#include "analysis.h"
#include "arena.h"
#include "buf.h"
#include "database_private.h"
#include "error.h"
#include "field.h"
#include "fts5_api.h"
#include "hash.h"
#include "ranklist.h"
#include "sql_error.h"
#include "store.h"

enum {
	SETTLE_MIN = 20000,   /* new revisions that FTS5 answers for without being felt */
	SAMPLE = 2048,        /* documents that are looked at to find frequent stems */
	SAMPLE_COUNT_MIN = 8, /* of them, those that a frequent stem is in */
	FAMILY_SLOTS = 1 << 14,
	STEM_MAX = TOKEN_MAX - 8 /* bytes; stems are words, so longer ones are none of ours */
};

/* ---- the postings of one token ---- */

typedef struct posting {
	sheaf_revision revision;
	int64_t        frequency;
} posting;

typedef struct postings {
	posting *list;
	size_t   count, size;
	int      failed;
} postings;

static int collect_row(const Fts5ExtensionApi *api, Fts5Context *fts, void *ctx)
{
	postings      *p = ctx;
	posting       *grown, now = {api->xRowid(fts), 0};
	Fts5PhraseIter it;
	size_t         size = p->size ? p->size * 2 : 4096;
	int            column, offset, rc = api->xPhraseFirst(fts, 0, &it, &column, &offset);

	if (rc != SQLITE_OK)
		return rc;
	for (; column >= 0; api->xPhraseNext(fts, &it, &column, &offset))
		if (column < COLUMN_TEXT_COUNT)
			now.frequency += column == COLUMN_TITLE ? FIELD_TITLE_WEIGHT : 1;
	if (!now.frequency)
		return SQLITE_OK;
	if (p->count == p->size) {
		grown = mem_realloc_array(p->list, size, sizeof *grown);
		if (!grown)
			return SQLITE_NOMEM;
		p->list = grown;
		p->size = size;
	}
	p->list[p->count++] = now;
	return SQLITE_OK;
}

/* Called once; the interface then walks all rows of the phrase without SQL between them. */
static void collect(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context,
                    int count, sqlite3_value **args)
{
	postings *p = count == 1 ? sqlite3_value_pointer(args[0], "sheaf_postings") : NULL;
	int       rc = p ? api->xQueryPhrase(fts, 0, p, collect_row) : SQLITE_MISUSE;

	if (rc != SQLITE_OK)
		sqlite3_result_error_code(context, rc);
}

sheaf_status ranklist_register(sheaf_database *db, sheaf_error *err)
{
	fts5_api    *api;
	sheaf_status status = fts5_api_get(db->sql, &api, err);
	int          rc;

	if (status != SHEAF_OK)
		return status;
	rc = api->xCreateFunction(api, "sheaf_postings", NULL, collect, NULL);
	return rc == SQLITE_OK ? SHEAF_OK : sql_fail(db->sql, rc, err);
}

/* `marker` 0: the word itself. */
static sheaf_status read_postings(sheaf_database *db, char marker, const char *text, postings *p,
                                  sheaf_error *err)
{
	char          fts[TOKEN_MAX + 8];
	sqlite3_stmt *stmt;
	int           row = 0, len = 0;
	sheaf_status  status = statement_get(db, STMT_INDEX_POSTINGS, &stmt, err);

	p->count = 0;
	if (status != SHEAF_OK)
		return status;
	fts[len++] = '"';
	fts[len++] = MODE_TOKENS;
	fts[len++] = TOKENS_NEXT;
	if (marker)
		fts[len++] = marker;
	for (const char *c = text; *c && len < TOKEN_MAX; c++)
		fts[len++] = *c;
	fts[len++] = '"';
	sqlite3_bind_text(stmt, 1, fts, len, SQLITE_STATIC);
	sqlite3_bind_pointer(stmt, 2, p, "sheaf_postings", NULL);
	status = statement_step(db, stmt, &row, err);
	statement_reset(stmt);
	sqlite3_clear_bindings(stmt);
	return status;
}

static void put_varint(buf *out, uint64_t n)
{
	while (n >= 0x80) {
		buf_putc(out, (char)(n | 0x80));
		n >>= 7;
	}
	buf_putc(out, (char)n);
}

/* Both tokens of a family in one list; they never stand at one position, so frequencies add up. */
static int64_t encode(const postings *words, const postings *stems, sheaf_revision until, buf *out)
{
	sheaf_revision before = 0;
	size_t         w = 0, s = 0;
	int64_t        count = 0;

	while (w < words->count || s < stems->count) {
		posting now = {INT64_MAX, 0};

		if (w < words->count)
			now = words->list[w];
		if (s < stems->count && stems->list[s].revision < now.revision)
			now = (posting){stems->list[s].revision, 0};
		else if (w < words->count)
			w++;
		if (s < stems->count && stems->list[s].revision == now.revision)
			now.frequency += stems->list[s++].frequency;
		if (now.revision > until)
			break;
		put_varint(out, (uint64_t)(now.revision - before) * 2 + (now.frequency > 1));
		if (now.frequency > 1)
			put_varint(out, (uint64_t)now.frequency);
		before = now.revision;
		count++;
	}
	return count;
}

/* The postings and the list of one family; scratch that is kept from one to the next. */
typedef struct workspace {
	postings words, stems;
	buf      list;
	int64_t  count;
} workspace;

static sheaf_status make_list(sheaf_database *db, const char *stem, sheaf_revision until,
                              workspace *w, sheaf_error *err)
{
	sheaf_status status = read_postings(db, 0, stem, &w->words, err);

	if (status == SHEAF_OK)
		status = read_postings(db, TOKEN_STEM, stem, &w->stems, err);
	if (status != SHEAF_OK)
		return status;
	buf_clear(&w->list);
	w->count = encode(&w->words, &w->stems, until, &w->list);
	return buf_status(&w->list, err);
}

static void workspace_free(workspace *w)
{
	mem_free(w->words.list);
	mem_free(w->stems.list);
	buf_free(&w->list);
}

/* ---- which stems are frequent ---- */

typedef struct family {
	struct family *next;
	const char    *stem;
	int64_t        last;  /* the sampled document that it was last met in */
	int64_t        count; /* of sampled documents */
} family;

typedef struct families {
	arena        arena;
	family      *slots[FAMILY_SLOTS];
	int64_t      documents;           /* sampled so far */
	char         word[TOKEN_MAX + 1]; /* the word last met, whose stem may follow */
	sheaf_status status;
} families;

static void meet(families *f, const char *stem)
{
	uint64_t h = hash_bytes(HASH_SEED, stem, strlen(stem));
	family **slot = &f->slots[(h ^ h >> 32) & (FAMILY_SLOTS - 1)];

	while (*slot && strcmp((*slot)->stem, stem) != 0)
		slot = &(*slot)->next;
	if (!*slot) {
		*slot = arena_calloc(&f->arena, 1, sizeof **slot);
		if (!*slot || !((*slot)->stem = arena_strdup(&f->arena, stem))) {
			f->status = SHEAF_ERROR_NOMEM;
			return;
		}
	}
	if ((*slot)->last != f->documents) {
		(*slot)->last = f->documents;
		(*slot)->count++;
	}
}

/* A word belongs to the family of the marked stem that follows it, else to that of itself. */
static int meet_token(void *ctx, const token *t)
{
	families *f = ctx;
	int       marked = t->len && t->text[0] == TOKEN_STEM;
	char      stem[TOKEN_MAX + 1];

	if (marked) {
		memcpy(stem, t->text + 1, t->len - 1);
		stem[t->len - 1] = 0;
		meet(f, stem);
	} else if (f->word[0]) {
		meet(f, f->word);
	}
	f->word[0] = 0;
	if (!marked && (unsigned char)t->text[0] > TOKEN_NAME) {
		memcpy(f->word, t->text, t->len);
		f->word[t->len] = 0;
	}
	return f->status != SHEAF_OK;
}

static sheaf_status sample_document(sheaf_database *db, sheaf_revision revision, analysis *x,
                                    families *f, sheaf_error *err)
{
	sheaf_document *doc;
	sheaf_status    status = store_get_by_revision(db, revision, &doc, err);

	if (status == SHEAF_ERROR_DOC_NOT_FOUND)
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                    "%s: no document has revision %lld; run 'sheaf reindex'",
		                    db->path, (long long)revision);
	if (status != SHEAF_OK)
		return status;
	status = analysis_run(&db->tokenizer.config, doc, x, err);
	sheaf_document_free(doc);
	f->documents++;
	for (int i = 0; status == SHEAF_OK && i < COLUMN_TEXT_COUNT; i++) {
		analysis_replay(x, i, meet_token, f);
		if (f->word[0])
			meet(f, f->word);
		f->word[0] = 0;
		status = f->status == SHEAF_OK ? SHEAF_OK : sheaf_nomem(err);
	}
	return status;
}

/* Evenly spread documents: all of them in a small database. */
static sheaf_status sample(sheaf_database *db, families *f, sheaf_error *err)
{
	sheaf_revision step = db->totals.revision / SAMPLE + 1;
	analysis      *x = analysis_new();
	sheaf_status   status = x ? SHEAF_OK : sheaf_nomem(err);

	for (sheaf_revision r = 1; status == SHEAF_OK && r <= db->totals.revision; r += step) {
		int64_t length = values_get_length(db, r, &status, err);

		if (status == SHEAF_OK && length >= 0)
			status = sample_document(db, r, x, f, err);
	}
	analysis_free(x);
	return status;
}

/* Met often enough in the sample to have a list, with room for the error of sampling. */
static int is_frequent(const sheaf_database *db, const families *f, const family *x)
{
	double documents = (double)x->count * (double)db->totals.documents / (double)f->documents;

	return x->count >= SAMPLE_COUNT_MIN && documents >= 0.75 * RANKLIST_DF_MIN;
}

/* ---- all lists ---- */

static sheaf_status put_list(sheaf_database *db, const char *stem, const buf *list,
                             sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_LIST_PUT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, stem, -1, SQLITE_STATIC);
	sqlite3_bind_blob(stmt, 2, list->data, (int)list->len, SQLITE_STATIC);
	return statement_run(db, stmt, err);
}

static sheaf_status put_lists(sheaf_database *db, const families *f, sheaf_error *err)
{
	workspace    w = {{0}, {0}, BUF_INIT(1u << 30), 0};
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < FAMILY_SLOTS; i++)
		for (const family *x = f->slots[i]; status == SHEAF_OK && x; x = x->next) {
			if (!is_frequent(db, f, x) || strlen(x->stem) > STEM_MAX)
				continue;
			status = make_list(db, x->stem, db->totals.revision, &w, err);
			if (status == SHEAF_OK && w.count >= RANKLIST_DF_MIN)
				status = put_list(db, x->stem, &w.list, err);
		}
	workspace_free(&w);
	return status;
}

sheaf_status ranklist_build(sheaf_database *db, sheaf_error *err)
{
	families    *f;
	sheaf_status status = statement_exec(db, STMT_LIST_CLEAR, err);

	if (status == SHEAF_OK)
		status = meta_put_number(db, "ranked_until", 0, err);
	/* Lists are of words with their stems at the same position; other strategies do without. */
	if (status != SHEAF_OK || db->tokenizer.config.strategy != SHEAF_STEM_SOME ||
	    db->totals.documents < RANKLIST_DF_MIN)
		return status;
	f = mem_calloc(1, sizeof *f);
	if (!f)
		return sheaf_nomem(err);
	status = sample(db, f, err);
	if (status == SHEAF_OK)
		status = put_lists(db, f, err);
	arena_free(&f->arena);
	mem_free(f);
	return status == SHEAF_OK ? meta_put_number(db, "ranked_until", db->totals.revision, err)
	                          : status;
}

sheaf_status ranklist_settle(sheaf_database *db, sheaf_error *err)
{
	int64_t      until = 0, fresh;
	sheaf_status status = meta_get_number(db, "ranked_until", &until, err);

	if (until < 0 || until > db->totals.revision)
		until = 0;
	fresh = db->totals.revision - until;
	if (status == SHEAF_OK && fresh > SETTLE_MIN && fresh > until / 2)
		status = ranklist_build(db, err);
	return status;
}

/* ---- checking ---- */

/*
 * Revisions that are gone may still be in a list; everything else has to be just what the index
 * says.
 */
static sheaf_status compare(sheaf_database *db, ranklist *stored, ranklist *right, sheaf_error *err)
{
	int          s = ranklist_next(stored), r = ranklist_next(right);
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && s > 0) {
		int64_t length = values_get_length(db, stored->revision, &status, err);

		if (status == SHEAF_OK && length >= 0) {
			if (r <= 0 || right->revision != stored->revision ||
			    right->frequency != stored->frequency)
				return ranklist_damaged(db, err);
			r = ranklist_next(right);
		}
		s = ranklist_next(stored);
	}
	return status == SHEAF_OK && (s || r) ? ranklist_damaged(db, err) : status;
}

static sheaf_status check_one(sheaf_database *db, const char *stem, ranklist *stored, workspace *w,
                              sheaf_error *err)
{
	ranklist     right = {0};
	sheaf_status status = make_list(db, stem, stored->until, w, err);

	right.data = (unsigned char *)w->list.data;
	right.len = w->list.len;
	right.until = stored->until;
	return status == SHEAF_OK ? compare(db, stored, &right, err) : status;
}

sheaf_status ranklist_check(sheaf_database *db, sheaf_error *err)
{
	workspace     w = {{0}, {0}, BUF_INIT(1u << 30), 0};
	sqlite3_stmt *stmt;
	int64_t       until = 0;
	int           row = 1;
	sheaf_status  status = meta_get_number(db, "ranked_until", &until, err);

	if (status == SHEAF_OK && (until < 0 || until > db->totals.revision))
		status = ranklist_damaged(db, err);
	if (status == SHEAF_OK)
		status = statement_get(db, STMT_LIST_EACH, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	while (status == SHEAF_OK) {
		const char *stem;
		ranklist    stored = {0};

		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		stem = (const char *)sqlite3_column_text(stmt, 0);
		/* Only read here. */
		stored.data = (unsigned char *)(uintptr_t)sqlite3_column_blob(stmt, 1);
		stored.len = (size_t)sqlite3_column_bytes(stmt, 1);
		stored.until = until;
		status = stem && strlen(stem) <= STEM_MAX && stored.data
		                 ? check_one(db, stem, &stored, &w, err)
		                 : ranklist_damaged(db, err);
	}
	statement_reset(stmt);
	workspace_free(&w);
	return status;
}

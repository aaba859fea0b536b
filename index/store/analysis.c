#include "analysis.h"

#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "stemmer.h"

struct analyser {
	tokens_config config;
};

sheaf_status analyser_new(sheaf_database *db, analyser **out, sheaf_error *err)
{
	analyser    *a = mem_calloc(1, sizeof *a);
	sheaf_status status;

	*out = NULL;
	if (!a)
		return sheaf_nomem(err);
	a->config.strategy = db->tokenizer.config.strategy;
	status = stem_clone(db->tokenizer.config.stem, &a->config.stem, err);
	if (status != SHEAF_OK) {
		analyser_free(a);
		return status;
	}
	*out = a;
	return SHEAF_OK;
}

void analyser_free(analyser *a)
{
	if (!a)
		return;
	sheaf_stem_free(a->config.stem);
	mem_free(a);
}

const tokens_config *analyser_tokens(const analyser *a)
{
	return &a->config;
}

analysis *analysis_new(void)
{
	return mem_calloc(1, sizeof(analysis));
}

void analysis_free(analysis *x)
{
	if (!x)
		return;
	for (int i = 0; i < COLUMN_COUNT; i++) {
		buf_free(&x->text[i]);
		buf_free(&x->tokens[i]);
	}
	mem_free(x);
}

typedef struct recorder {
	buf     *tokens;
	uint32_t positions;
} recorder;

static int record(void *ctx, const token *t)
{
	recorder *r = ctx;
	char      head[2] = {(char)t->same, (char)(unsigned char)t->len};

	if (t->len > TOKEN_MAX)
		return 0;
	buf_append(r->tokens, head, sizeof head);
	buf_append(r->tokens, t->text, t->len);
	r->positions += !t->same || !r->positions;
	return 0;
}

int analysis_replay(const analysis *x, int column, token_fn fn, void *ctx)
{
	const buf *b = &x->tokens[column];

	for (size_t at = 0; at < b->len;) {
		token t = {b->data + at + 2, (unsigned char)b->data[at + 1], b->data[at], 0, 0};
		int   stop = fn(ctx, &t);

		if (stop)
			return stop;
		at += 2 + t.len;
	}
	return 0;
}

static void column_source(const sheaf_document *doc, int column, buf *out)
{
	static const struct {
		char        mode;
		sheaf_field field;
	} sources[COLUMN_COUNT] = {
		[COLUMN_TITLE] = {MODE_PROSE, SHEAF_FIELD_TITLE},
		[COLUMN_ABSTRACT] = {MODE_PROSE, SHEAF_FIELD_ABSTRACT},
		[COLUMN_AUTHORS] = {MODE_PEOPLE, SHEAF_FIELD_AUTHOR},
		[COLUMN_COMMENTS] = {MODE_PROSE, SHEAF_FIELD_COMMENTS},
		[COLUMN_JOURNAL_REF] = {MODE_PROSE, SHEAF_FIELD_JOURNAL_REF},
		[COLUMN_REPORT_NO] = {MODE_NAMES, SHEAF_FIELD_REPORT_NO},
		[COLUMN_TERMS] = {MODE_TERMS, SHEAF_FIELD_ID},
	};
	sheaf_field field = sources[column].field;

	buf_putc(out, sources[column].mode);
	if (column == COLUMN_AUTHORS)
		document_pack_author_names(doc, out);
	else if (column == COLUMN_TERMS)
		document_boolean_terms(doc, out);
	else if (doc->text[field])
		buf_append(out, doc->text[field], doc->text_len[field]);
}

sheaf_status analysis_columns(const sheaf_document *doc, analysis *x, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	x->length = 0;
	x->recorded = 0;
	for (int i = 0; status == SHEAF_OK && i < COLUMN_COUNT; i++) {
		buf_clear(&x->text[i]);
		buf_clear(&x->tokens[i]);
		x->positions[i] = 0;
		column_source(doc, i, &x->text[i]);
		status = buf_status(&x->text[i], err);
	}
	return status;
}

static int64_t length_of(const analysis *x)
{
	return (int64_t)FIELD_TITLE_WEIGHT * x->positions[COLUMN_TITLE] +
	       x->positions[COLUMN_ABSTRACT];
}

sheaf_status analysis_run(const tokens_config *config, const sheaf_document *doc, analysis *x,
                          sheaf_error *err)
{
	sheaf_status status = analysis_columns(doc, x, err);

	for (int i = 0; status == SHEAF_OK && i < COLUMN_COUNT; i++) {
		recorder r = {&x->tokens[i], 0};

		if (tokens_split(config, x->text[i].data, x->text[i].len, record, &r) < 0)
			status = sheaf_nomem(err);
		else
			status = buf_status(&x->tokens[i], err);
		x->positions[i] = r.positions;
	}
	x->recorded = status == SHEAF_OK;
	x->length = length_of(x);
	return status;
}

sheaf_status analysis_invert(const tokens_config *config, const sheaf_document *doc, analysis *x,
                             inverter *v, sheaf_error *err)
{
	sheaf_status status = analysis_columns(doc, x, err);

	if (status != SHEAF_OK)
		return status;
	inverter_begin(v);
	for (unsigned i = 0; i < COLUMN_COUNT; i++)
		if (tokens_invert(config, x->text[i].data, x->text[i].len, v, i, &x->positions[i]) <
		    0)
			return sheaf_nomem(err);
	x->length = length_of(x);
	return SHEAF_OK;
}

sheaf_status analyser_run(analyser *a, const sheaf_document *doc, analysis *x, sheaf_error *err)
{
	return analysis_run(&a->config, doc, x, err);
}

sheaf_status analyser_invert(analyser *a, const sheaf_document *doc, analysis *x, inverter *v,
                             sheaf_error *err)
{
	return analysis_invert(&a->config, doc, x, v, err);
}

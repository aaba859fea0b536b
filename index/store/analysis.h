/* analysis.h: the inside of an analysed document, which the writer's tokenizer replays. */
#ifndef ANALYSIS_H
#define ANALYSIS_H

#include "buf.h"
#include "field.h"
#include "inverter.h"
#include "store.h"
#include "tokens.h"

struct analysis {
	buf      text[COLUMN_COUNT];      /* the columns exactly as indexed, mode bytes included */
	buf      tokens[COLUMN_COUNT];    /* for each token: same-position flag, length, bytes */
	int      recorded;                /* 1: `tokens` has them; 0: an inverter has */
	uint32_t positions[COLUMN_COUNT]; /* as FTS5 counts them for its averages */
	int64_t  length;                  /* the document's */
};

/* The columns' texts alone; `x` is emptied first. */
sheaf_status analysis_columns(const sheaf_document *doc, analysis *x, sheaf_error *err);
/* Analyses with a given configuration; `x` is emptied first. */
sheaf_status analysis_run(const tokens_config *config, const sheaf_document *doc, analysis *x,
                          sheaf_error *err);
/* The same with the tokens as the next document of `v`, which has it whole or, on failure but NOMEM, not at all. */
sheaf_status analysis_invert(const tokens_config *config, const sheaf_document *doc, analysis *x,
                             inverter *v, sheaf_error *err);
const tokens_config *analyser_tokens(const analyser *a);
/* Calls `fn` for each token of a column, where they are recorded. Answers what it did. */
int analysis_replay(const analysis *x, int column, token_fn fn, void *ctx);

#endif

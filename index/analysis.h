/* analysis.h: the inside of an analysed document, which the writer's tokenizer replays. */
#ifndef ANALYSIS_H
#define ANALYSIS_H

#include "buf.h"
#include "field.h"
#include "store.h"
#include "tokens.h"

struct analysis {
	buf     text[COLUMN_COUNT];   /* the columns exactly as indexed, mode bytes included */
	buf     tokens[COLUMN_COUNT]; /* for each token: same-position flag, length, bytes */
	int64_t length;               /* the document's */
};

/* Analyses with a given configuration; `x` is emptied first. */
sheaf_status analysis_run(const tokens_config *config, const sheaf_document *doc, analysis *x,
                          sheaf_error *err);
/* Calls `fn` for each token of a column. Answers what it did. */
int analysis_replay(const analysis *x, int column, token_fn fn, void *ctx);

#endif

/* backtest_output.h: a backtest for people, as lines with tabs, and as JSON. */
#ifndef BACKTEST_OUTPUT_H
#define BACKTEST_OUTPUT_H

#include <sheaf/backtest.h>

#include "output.h"

typedef struct backtest_report {
	const char           *digest, *profile;
	int                   best; /* assign: best */
	const sheaf_backtest *backtest;
	int                   utf8;  /* 1: characters beyond ASCII can be shown */
	size_t                width; /* of the terminal; 0: there is none */
} backtest_report;

/* Errors: NOMEM. */
sheaf_status backtest_output_text(output *out, const backtest_report *r, sheaf_error *err);
/* The weeks. */
void backtest_output_tsv(output *out, const backtest_report *r);
void backtest_output_json(output *out, const backtest_report *r);

#endif

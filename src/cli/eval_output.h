/* eval_output.h: an evaluation for people, as lines with tabs, and as JSON. */
#ifndef EVAL_OUTPUT_H
#define EVAL_OUTPUT_H

#include <sheaf/evaluation.h>

#include "output.h"

typedef struct eval_report {
	const sheaf_profile_set        *set;
	const sheaf_evaluation         *evaluation;
	const sheaf_evaluation_options *options;
	int                             utf8; /* 1: characters beyond ASCII can be shown */
} eval_report;

void eval_output_text(output *out, const eval_report *r);
void eval_output_tsv(output *out, const eval_report *r);
void eval_output_json(output *out, const eval_report *r);

#endif

#include "explanation.h"

#include <math.h>
#include <stdio.h>

/* To EXPLANATION_DIGITS decimals. */
static double rounded(double number)
{
	const double scale = 1000;

	return floor(number * scale + 0.5) / scale;
}

int explanation_next(const sheaf_item *item, explanation_line *line)
{
	double before = rounded(line->sum);

	if (!item->explanations || line->next > item->explanation_count)
		return 0;
	if (line->next == item->explanation_count) {
		snprintf(line->weight, sizeof line->weight, "%.*f", EXPLANATION_DIGITS,
		         rounded(line->sum));
		line->description = "= score";
		line->detail = NULL;
	} else {
		const sheaf_explanation *e = &item->explanations[line->next];

		line->sum += isfinite(e->weight) ? e->weight : 0;
		/* Differences of rounded sums add up; weights rounded one by one would not. */
		snprintf(line->weight, sizeof line->weight, "%.*f", EXPLANATION_DIGITS,
		         rounded(line->sum) - before);
		line->description = e->description ? e->description : "";
		line->detail = e->detail;
	}
	line->next++;
	return 1;
}

/* search_facets.h: what the matches of a query have in common, counted over all of them. */
#ifndef SEARCH_FACETS_H
#define SEARCH_FACETS_H

#include <sheaf/enquire.h>
#include <sheaf/writer.h>

#include "command.h"

enum { SEARCH_FACETS_MAX = 4 };

/* The choices of --facet. Static storage, ended by NULL. */
extern const char *const search_facet_choices[];

/* The facets of a command; all-zero has none. */
typedef struct search_facets {
	sheaf_match_spy *spies[SEARCH_FACETS_MAX];
	sheaf_facet      facets[SEARCH_FACETS_MAX]; /* of the query counted last */
	size_t           count;
	arena            values; /* their texts */
} search_facets;

/* Makes the spies for the choices in `names`; one that is repeated counts once. */
sheaf_status search_facets_begin(search_facets *f, session *s, const option_list *names,
                                 sheaf_error *err);
/* Shows them the matches of the next run. */
sheaf_status search_facets_watch(search_facets *f, sheaf_enquire *enquire, sheaf_error *err);
/* Fills `facets` after the run: of years all, of others the ten most frequent. */
sheaf_status search_facets_count(search_facets *f, sheaf_error *err);
void         search_facets_end(search_facets *f);

#endif

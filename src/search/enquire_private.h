/* enquire_private.h: the inside of an enquire session, for the files of src/search/. */
#ifndef ENQUIRE_PRIVATE_H
#define ENQUIRE_PRIVATE_H

#include <sheaf/enquire.h>

#include "match.h"

enum { ENQUIRE_SPIES_MAX = 32 };

struct sheaf_enquire {
	sheaf_database  *db; /* borrowed */
	sheaf_query     *query;
	match_options    options;
	sheaf_match_spy *spies[ENQUIRE_SPIES_MAX]; /* borrowed */
	size_t           spy_count;
};

#endif

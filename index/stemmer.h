/* stemmer.h: the inside of stemmers. */
#ifndef STEMMER_H
#define STEMMER_H

#include <sheaf/stem.h>

/* Before the name of a stemmer of the caller's in a database's settings. */
#define STEM_CUSTOM_PREFIX "custom:"

/* Makes another stemmer that does the same, for another handle or thread. */
sheaf_status stem_clone(const sheaf_stem *stem, sheaf_stem **copy, sheaf_error *err);
/* The name for a database's settings: Snowball's, or STEM_CUSTOM_PREFIX and the caller's. */
const char *stem_setting(const sheaf_stem *stem);

#endif

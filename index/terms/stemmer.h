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
/*
 * Sets firsts[b] to 1 for each byte b that a word with the stem `text` can begin with. Any other
 * word need not be stemmed to be told from it.
 */
void stem_mark_firsts(const sheaf_stem *stem, const char *text, size_t len,
                      unsigned char firsts[256]);

#endif

/* keywords.h: the simplest way to match a paper: plain substrings. */
#ifndef KEYWORDS_H
#define KEYWORDS_H

#include <sheaf/profile.h>

#include "buf.h"

/*
 * Makes in `out`, which is emptied first, the text that keywords are looked for in: title, blank,
 * abstract, both on one line and in lower case. `scratch` is working space.
 */
void keyword_text(const sheaf_document *doc, buf *out, buf *scratch);
/* Appends one of these fields as it stands there. */
void keyword_field(const sheaf_document *doc, sheaf_field field, buf *out);
/* How many of the profile's keywords occur in `text`. */
size_t keyword_count(const sheaf_profile *profile, const char *text);

#endif

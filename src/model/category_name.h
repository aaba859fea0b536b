/* category_name.h: categories by the names that arXiv prints for people, and in oai_dc. */
#ifndef CATEGORY_NAME_H
#define CATEGORY_NAME_H

#include <stddef.h>

/*
 * The category of a name, in any case: "Optics", "High Energy Physics - Theory", or with its archive's
 * before it, "Mathematics - Logic". Where several bear it, the archive tells, else the first of the
 * active ones in the order of the alphabet. Static storage; NULL: none.
 */
const char *category_by_name(const char *name, size_t len);
/* The `i`-th category with a name, from 0, old archives last, some several times; NULL past the last. */
const char *category_at(size_t i);

/* arXiv's spelling of a category or archive that is given in any case; NULL: there is none. */
const char *category_spelling(const char *category, size_t len);
/* What it is called ("Neural and Evolutionary Computing", "Computer Science"), or NULL. */
const char *category_title(const char *category);
/* The category or archive whose spelling is nearest; NULL: none is near. */
const char *category_nearest(const char *category);

#endif

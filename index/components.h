/* components.h: the versions of the libraries that index/ stands on. */
#ifndef COMPONENTS_INDEX_H
#define COMPONENTS_INDEX_H

#include "buf.h"

/* Appends `name version` lines. */
void index_components(buf *out);

#endif

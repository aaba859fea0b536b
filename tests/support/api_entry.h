/* api_entry.h: one paper as an Atom entry of arXiv's API. */
#ifndef API_ENTRY_H
#define API_ENTRY_H

#include "reply.h"
#include "listing.h"

void api_entry_write(buf *out, const paper *p);

#endif

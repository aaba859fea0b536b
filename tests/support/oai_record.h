/* oai_record.h: one paper as an OAI-PMH record. */
#ifndef OAI_RECORD_H
#define OAI_RECORD_H

#include "reply.h"
#include "listing.h"

/* Appends <record>, in "arXivRaw" or "arXiv"; only the <header> where `prefix` is NULL. */
void oai_record_write(buf *out, const paper *p, const char *prefix);

#endif

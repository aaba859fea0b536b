/* oai_record.h: one paper as an OAI-PMH record. */
#ifndef OAI_RECORD_H
#define OAI_RECORD_H

#include "reply.h"
#include "listing.h"

/* The formats by their prefixes; NULL past the last. */
const char *oai_record_format(size_t i);
/*
 * Appends <record>, in arXivRaw, arXiv, arXivOld or oai_dc; only the <header> where `prefix` is NULL. `old`: as the server
 * of before 2025 had it.
 */
void oai_record_write(buf *out, const paper *p, const char *prefix, int old);

#endif

/* oai_view.h: a listing as an OAI-PMH 2.0 repository, in the manner of arXiv's. */
#ifndef OAI_VIEW_H
#define OAI_VIEW_H

#include "reply.h"
#include "form_args.h"
#include "listing.h"
#include "oai_old.h"

/*
 * Answers one request; protocol errors are answers too, with HTTP status 200.
 * `old`: what the server of before 2025 keeps; NULL: it is the one of 2025. `token_expired` makes any resumption token a dead one. Errors: NOMEM.
 */
sheaf_status oai_view_answer(const listing *l, const form_args *args, size_t page_size,
                             int token_expired, oai_memory *old, reply *out, sheaf_error *err);

/* An answer that is an error; `code` is an OAI-PMH error code. */
void oai_view_error(reply *out, sheaf_time now, const char *code, const char *text);

#endif

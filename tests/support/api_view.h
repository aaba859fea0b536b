/* api_view.h: a listing as arXiv's Atom API. */
#ifndef API_VIEW_H
#define API_VIEW_H

#include "reply.h"
#include "form_args.h"
#include "listing.h"

/*
 * Answers one request; what is wrong with it is an error entry with HTTP status 400. Errors: NOMEM.
 */
sheaf_status api_view_answer(const listing *l, const form_args *args, reply *out, sheaf_error *err);
/* A feed with no entries, as the service gives it now and then by mistake. */
void api_view_nothing(const listing *l, const form_args *args, reply *out);

#endif

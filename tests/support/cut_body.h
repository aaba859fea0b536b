/* cut_body.h: an answer that ends before the length it has told. */
#ifndef CUT_BODY_H
#define CUT_BODY_H

#include <microhttpd.h>

#include "buf.h"

/* An answer of which half is sent, then the connection is closed. NULL: no memory. */
struct MHD_Response *cut_response(const buf *b);

#endif

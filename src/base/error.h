/* error.h: filling a sheaf_error, by the function that detects the failure. */
#ifndef ERROR_H
#define ERROR_H

#include <sheaf/status.h>

/*
 * Fills `err` (may be NULL) and answers `status`, for `return sheaf_fail(…)`. Control characters in
 * the message become blanks and bytes that are no UTF-8 '?', so that what came from outside cannot
 * reach a terminal.
 */
__attribute__((format(printf, 3, 4))) sheaf_status sheaf_fail(sheaf_error *err, sheaf_status status,
                                                              const char *format, ...);
/* The same with a byte offset into the input. */
__attribute__((format(printf, 4, 5))) sheaf_status sheaf_fail_at(sheaf_error *err,
                                                                 sheaf_status status, long offset,
                                                                 const char *format, ...);
/* SHEAF_ERROR_NOMEM; works without memory. */
sheaf_status sheaf_nomem(sheaf_error *err);

#endif

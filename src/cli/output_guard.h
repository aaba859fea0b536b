/* output_guard.h: a command's output is never one of the files that it works from. */
#ifndef OUTPUT_GUARD_H
#define OUTPUT_GUARD_H

#include "command.h"

/*
 * Errors: INVALID_ARGUMENT where `path`, behind all links, is a file of the session's database or one
 * of `inputs`. `path` NULL: standard output, which is none.
 */
sheaf_status output_guard(const session *s, const char *path, const option_list *inputs,
                          sheaf_error *err);

#endif

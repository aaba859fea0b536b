/* form_args.h: `name=value&…` of a query string, a form or a resumption token. */
#ifndef FORM_ARGS_H
#define FORM_ARGS_H

#include <sheaf/status.h>
#include <stddef.h>

#include "arena.h"

enum { FORM_MAX_ARGS = 32 };

typedef struct form_arg {
	const char *name, *value; /* decoded */
} form_arg;

typedef struct form_args {
	form_arg items[FORM_MAX_ARGS];
	size_t   count;
} form_args;

/*
 * Adds the arguments in `text` to `args`; the strings live in `a`.
 * Errors: INVALID_ARGUMENT (more than FORM_MAX_ARGS, a broken %xx, a NUL), NOMEM.
 */
sheaf_status form_parse(form_args *args, const char *text, arena *a, sheaf_error *err);
/* The first value of `name`, or NULL. */
const char *form_get(const form_args *args, const char *name);
/* The name of an argument that is there twice, or NULL. */
const char *form_repeated(const form_args *args);
/* The first argument that is not in `names` (ends with NULL), or NULL. */
const char *form_unknown(const form_args *args, const char *const *names);

#endif

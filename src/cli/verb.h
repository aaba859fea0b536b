/* verb.h: commands whose first word says what to do, as `sheaf profile list` does. */
#ifndef VERB_H
#define VERB_H

#include "command.h"

typedef struct verb {
	const char *name;                 /* NULL ends a table */
	int         min_words, max_words; /* after the verb; WORDS_ANY: no limit */
	sheaf_status (*run)(session *s, sheaf_error *err);
	db_need     need;    /* used by verb_prepare() alone */
	const char *options; /* the command's options it takes, divided by blanks; NULL: none */
} verb;

/*
 * The verb that the command's first word names. Errors: INVALID_ARGUMENT: there is none, with the
 * nearest one, or it takes fewer or more words than were given.
 */
sheaf_status verb_find(const session *s, const verb *verbs, const verb **found, sheaf_error *err);
/*
 * Finds it, refuses those of the command's own options that it does not take, and makes the request
 * what it needs. Errors: INVALID_ARGUMENT.
 */
sheaf_status verb_prepare(const session *s, const verb *verbs, const verb **found,
                          db_request *request, sheaf_error *err);
/* Finds it and runs it. */
sheaf_status verb_run(session *s, const verb *verbs, sheaf_error *err);

#endif

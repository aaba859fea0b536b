/* verb.h: commands whose first word says what to do, as `sheaf profile list` does. */
#ifndef VERB_H
#define VERB_H

#include "command.h"

typedef struct verb {
	const char *name;                 /* NULL ends a table */
	int         min_words, max_words; /* after the verb */
	sheaf_status (*run)(session *s, sheaf_error *err);
} verb;

/*
 * The verb that the command's first word names. Errors: INVALID_ARGUMENT: there is none, with the
 * nearest one, or it takes fewer or more words than were given.
 */
sheaf_status verb_find(const session *s, const verb *verbs, const verb **found, sheaf_error *err);
/* Finds it and runs it. */
sheaf_status verb_run(session *s, const verb *verbs, sheaf_error *err);

#endif

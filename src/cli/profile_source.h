/* profile_source.h: the sets of profiles that a command works with. */
#ifndef PROFILE_SOURCE_H
#define PROFILE_SOURCE_H

#include <sheaf/profile.h>

#include "command.h"

/*
 * The set of the file, which is also stored in the database under its digest's
 * name; `file` NULL: the stored set. Ownership: the caller frees it.
 */
sheaf_status profile_source(session *s, const char *file, sheaf_profile_set **set,
                            sheaf_error *err);

/* Sets that are worked on one after the other. All-zero is none. */
typedef struct profile_sets {
	sheaf_profile_set **items; /* live as long as the session, the array that is */
	const char        **files; /* of each, NULL where it is a stored one */
	size_t              count;
} profile_sets;

/*
 * The sets of all files, stored, too, where `store` is 1 (all, or none where one cannot be read); no
 * file: every stored set. Errors: those of reading; INVALID_ARGUMENT where two files are for one
 * digest; DOC_NOT_FOUND where nothing is stored. Pair with profile_sets_free(), also on failure.
 */
sheaf_status profile_sources(session *s, const option_list *files, int store, profile_sets *sets,
                             sheaf_error *err);
void         profile_sets_free(profile_sets *sets);

#endif

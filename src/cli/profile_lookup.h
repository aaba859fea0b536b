/* profile_lookup.h: NAME, or SET/NAME, to a stored profile. */
#ifndef PROFILE_LOOKUP_H
#define PROFILE_LOOKUP_H

#include <sheaf/profile.h>

#include "command.h"

/* 1 where `text` is the profile's name, alone or behind its set's and a slash. */
int profile_is_named(const char *text, const sheaf_profile_set *set, const sheaf_profile *profile);

/* A profile that is stored. Both names live as long as the session. */
typedef struct profile_found {
	const char *set, *profile;
	size_t      count; /* sets that have one of that name; the first is `set` */
} profile_found;

/* Errors: DOC_NOT_FOUND, with the nearest name that is stored. */
sheaf_status profile_lookup(session *s, const char *text, profile_found *found, sheaf_error *err);
/* The same, for what works on one profile. Errors: INVALID_ARGUMENT, too, where several sets have it. */
sheaf_status profile_lookup_one(session *s, const char *text, profile_found *found,
                                sheaf_error *err);

#endif

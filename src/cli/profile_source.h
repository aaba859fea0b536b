/* profile_source.h: the set of profiles that a command works with. */
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

#endif

/* profile_visit.h: every stored set of profiles, one after the other. */
#ifndef PROFILE_VISIT_H
#define PROFILE_VISIT_H

#include <sheaf/profile.h>

#include "command.h"

typedef sheaf_status (*profile_visit_fn)(void *ctx, const sheaf_profile_set *set, sheaf_error *err);

/*
 * Calls `fn` with each set that is stored, by name, until one call fails. Errors: those of reading,
 * and of `fn`.
 */
sheaf_status profile_visit(session *s, profile_visit_fn fn, void *ctx, sheaf_error *err);

#endif

/* profile_split.h: which part of the papers `--split` names. */
#ifndef PROFILE_SPLIT_H
#define PROFILE_SPLIT_H

#include <sheaf/evaluation.h>

/* `text` NULL: all. Errors: INVALID_ARGUMENT. */
sheaf_status profile_split(const char *text, sheaf_split *split, sheaf_error *err);

#endif

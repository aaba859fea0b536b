/* change_counts.h: how many papers changed in which way. */
#ifndef CHANGE_COUNTS_H
#define CHANGE_COUNTS_H

#include <sheaf/document.h>

#include "console.h"

/* The name of a kind in queries: "new", "metadata"; NULL for none. */
const char *change_kind_name(sheaf_change_kind kind);
/* Tells, beside a summary, what the updates were, and how many papers were kept out. */
void change_counts_tell(console *c, const int64_t changes[SHEAF_CHANGE_KINDS], int64_t kept_out);

#endif

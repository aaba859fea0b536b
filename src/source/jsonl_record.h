/* jsonl_record.h: one line of a snapshot to a record. */
#ifndef JSONL_RECORD_H
#define JSONL_RECORD_H

#include "json_tree.h"
#include "record.h"

/*
 * Reads one JSON object in the schema of the Kaggle snapshot, with what the key "sheaf" adds.
 * `r` is emptied first; `t` is where the line is parsed, whatever it held before. Where the line cannot be used, `*good` is 0 and `reason`
 * says why, in one line. Errors: NOMEM.
 */
sheaf_status jsonl_read_record(record *r, json_tree *t, const char *line, size_t len, int *good,
                               char *reason, size_t reason_size, sheaf_error *err);

#endif

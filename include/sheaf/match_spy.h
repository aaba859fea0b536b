/* sheaf/match_spy.h: watches every match of a query, for facets. */
#ifndef SHEAF_MATCH_SPY_H
#define SHEAF_MATCH_SPY_H

#include <sheaf/database.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_match_spy sheaf_match_spy;

/*
 * Counts, over all matches, the values of CATEGORY or PRIMARY_CATEGORY (each once a document),
 * AUTHOR (names that differ in case, accents, points or hyphens only count as one, each once a
 * document, shown as the newest paper has it), or the year, 0 to 9999, of SUBMITTED, UPDATED or
 * DATE. `db` is the database of the session, borrowed. Ownership: free it with
 * sheaf_match_spy_free(). Errors: INVALID_ARGUMENT (another field).
 */
SHEAF_API sheaf_status sheaf_value_count_match_spy_new(sheaf_database *db, sheaf_field field,
                                                       sheaf_match_spy **spy, sheaf_error *err);
/* The same for one of the caller's value slots. */
SHEAF_API sheaf_status sheaf_slot_count_match_spy_new(sheaf_database *db, uint32_t slot,
                                                      sheaf_match_spy **spy, sheaf_error *err);
/*
 * Called for each match, in no particular order. Non-zero stops the run. It may read documents and
 * statistics through the same handle, but not search (INVALID_OPERATION).
 */
typedef int (*sheaf_match_spy_fn)(void *ctx, sheaf_docid docid, double weight);
/* A spy of the caller's. Looking docids up costs time on each match. */
SHEAF_API sheaf_status sheaf_match_spy_new(sheaf_database *db, sheaf_match_spy_fn fn, void *ctx,
                                           sheaf_match_spy **spy, sheaf_error *err);
/* Frees a spy. Takes NULL. */
SHEAF_API void sheaf_match_spy_free(sheaf_match_spy *spy);

/* How many matches it has seen. A run begins from 0. */
SHEAF_API int64_t sheaf_match_spy_get_total(const sheaf_match_spy *spy);
/* Called for each value with the documents that have it. Non-zero stops. */
typedef int (*sheaf_value_count_fn)(void *ctx, const char *value, size_t len, int64_t count);
/*
 * The `maxvalues` most frequent values (0: all), the most frequent first, equals in byte order;
 * years in descending order when all are asked for. The database must be open for AUTHOR: names are
 * looked up here, and somebody all of whose papers have changed since the run is left out. Errors:
 * INTERRUPTED; INVALID_ARGUMENT (it counts nothing). All authors of millions of papers take some hundred megabytes.
 */
SHEAF_API sheaf_status sheaf_match_spy_top_values(sheaf_match_spy *spy, size_t maxvalues,
                                                  sheaf_value_count_fn fn, void *ctx,
                                                  sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif

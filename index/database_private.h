/* database_private.h: the inside of a database handle, for the files of index/. */
#ifndef DATABASE_PRIVATE_H
#define DATABASE_PRIVATE_H

#include <sheaf/database.h>
#include <sqlite3.h>

#include "df_cache.h"
#include "file.h"
#include "positions.h"
#include "ranking.h"
#include "statement.h"
#include "tokens.h"
#include "values.h"

struct analysis;
struct store_batch;

/* What the FTS5 tokenizer works with; it outlives no handle. */
typedef struct tokenizer_context {
	tokens_config config;
	const struct analysis
		*replay;        /* tokens of the document that is being written; NULL: none */
	int      replay_column; /* the next column of it */
} tokenizer_context;

/* What a snapshot of the database says of itself, kept with each commit. */
typedef struct database_totals {
	sheaf_revision revision; /* the newest */
	int64_t        documents;
	int64_t        length; /* sum of document lengths */
} database_totals;

enum { DATABASE_OTHERS_MAX = 63 };

struct sheaf_database {
	sqlite3          *sql;
	char             *path;
	sheaf_db_mode     mode;
	file_lock         lock; /* of the one writer */
	char              uuid[37];
	char             *stemmer;     /* as in the settings */
	const sheaf_stem *custom_stem; /* the caller's; NULL: none */
	tokenizer_context tokenizer;
	struct analysis  *analysis; /* scratch: the tokens of a document that is written */
	sheaf_document   *stored;   /* scratch: the stored copy of a document that is replaced */
	struct analysis  *stored_analysis; /* scratch: its tokens */
	struct store_batch
		*batch; /* of the open transaction, not yet in the index; borrowed; NULL: none */
	sqlite3_stmt   *statements[STMT_COUNT];
	values          values;
	df_cache        frequencies; /* of the revision below */
	positions_cache positions;
	ranking         ranking;
	sheaf_revision  frequencies_of; /* the revision that they were counted at */
	database_totals totals;
	int64_t data_version; /* of SQLite, when totals and values were read; -1: they are stale */
	int     read_depth;   /* of nested database_begin_read() */
	int     snapshots;    /* read so far, until there are many */
	int     in_transaction; /* a write transaction is open */
	int     changed;        /* totals or values differ from the file */
	int     bulk;
	sheaf_revision bulk_from; /* the newest when it began */
	int     for_reindex;      /* damaged counts and another tokenizer are taken, to be mended */
	int     broken;      /* a change is half made: what fails now leaves nothing to commit */
	int64_t fingerprint; /* of the tokenizer, as the file states it; -1: not known */
	int     force;       /* papers that were removed are taken again */
	int     any_removed; /* 1: some are kept out; 0: none; -1: not known */
	int     searching;   /* a search is under way: its callbacks cannot begin another */
	sheaf_database *others[DATABASE_OTHERS_MAX]; /* that it answers for, too; borrowed */
	size_t          other_count;
};

/*
 * What a revision can be: far more than papers will ever be changed, and what a damaged file cannot
 * pass.
 */
#define REVISION_MAX ((int64_t)1 << 32)

/*
 * Begins to read one snapshot: what another process committed since is noticed, and
 * caches that it made stale are dropped. Within a write transaction it does nothing. Pair with
 * database_end_read().
 */
sheaf_status database_begin_read(sheaf_database *db, sheaf_error *err);
void         database_end_read(sheaf_database *db);

/*
 * Begins a write transaction if none is open (*own becomes 1), to be ended by database_end_write().
 */
sheaf_status database_begin_write(sheaf_database *db, int *own, sheaf_error *err);
/*
 * Commits where `own` and `status` is OK, cancels where `own` and it is not; answers the outcome.
 */
sheaf_status database_end_write(sheaf_database *db, int own, sheaf_status status, sheaf_error *err);

/* Meta values. Missing: *text NULL, *number untouched. */
sheaf_status meta_get_text(sheaf_database *db, const char *key, char **text, sheaf_error *err);
sheaf_status meta_get_number(sheaf_database *db, const char *key, int64_t *number,
                             sheaf_error *err);
sheaf_status meta_put_text(sheaf_database *db, const char *key, const char *text, sheaf_error *err);
sheaf_status meta_put_number(sheaf_database *db, const char *key, int64_t number, sheaf_error *err);

/* The stemmer that options ask for, as in the settings; `other` where they do not. */
const char *database_stemmer_option(const sheaf_database_options *options, const char *other);
/* Gives a new database its name and settings. */
sheaf_status database_initialise(sheaf_database *db, const sheaf_database_options *options,
                                 sheaf_error *err);
/* Reads the settings and makes the stemmer they name; inside a snapshot. */
sheaf_status database_load_tokenizer(sheaf_database *db, sheaf_error *err);
/*
 * Makes the stemmer and writes it, the strategy and the fingerprint into the settings; inside a
 * transaction.
 */
sheaf_status database_set_tokenizer(sheaf_database *db, const char *language,
                                    sheaf_stem_strategy strategy, sheaf_error *err);

/* A copy of a text column, NULL for NULL; *failed becomes 1 when out of memory. */
char *column_text(sqlite3_stmt *stmt, int column, int *failed);

/* Sets an option of the FTS5 table ("automerge", 4). */
sheaf_status index_option(sheaf_database *db, const char *name, int64_t number, sheaf_error *err);
/*
 * Merges the index into one segment and builds what is derived from it; inside a write transaction.
 */
sheaf_status index_merge(sheaf_database *db, sheaf_error *err);

/*
 * FTS5 collects this many bytes of postings before it writes a segment: few segments in a bulk
 * load, and a table that mostly fits the processor's cache.
 */
enum { INDEX_HASH_BYTES = 8 << 20 };
/* Writes the postings of an analysed document under a revision. */
sheaf_status index_insert(sheaf_database *db, sheaf_revision revision, const struct analysis *x,
                          sheaf_error *err);

/* Registers the tokenizer and the match function on the handle's connection. */
sheaf_status tokenizer_register(sheaf_database *db, sheaf_error *err);
sheaf_status match_register(sheaf_database *db, sheaf_error *err);

#endif

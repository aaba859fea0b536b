/* statement.h: every SQL statement of the library, prepared on first use and kept on the handle. */
#ifndef STATEMENT_H
#define STATEMENT_H

#include <sheaf/database.h>
#include <sqlite3.h>

typedef enum statement_id {
	STMT_BEGIN_WRITE = 0,
	STMT_BEGIN_READ,
	STMT_COMMIT,
	STMT_ROLLBACK,
	STMT_DATA_VERSION,
	STMT_META_GET,
	STMT_META_PUT,
	STMT_META_DELETE,
	STMT_META_KEYS,
	STMT_DOCUMENT_FIND,
	STMT_DOCUMENT_GET,
	STMT_DOCUMENT_GET_BY_REVISION,
	STMT_DOCUMENT_EACH,
	STMT_DOCUMENT_NEXT,
	STMT_DOCUMENT_DOCID,
	STMT_DOCUMENT_REVISION,
	STMT_DOCUMENT_LAST,
	STMT_DOCUMENT_SET_TERMS,
	STMT_DOCUMENT_INSERT,
	STMT_DOCUMENT_UPDATE,
	STMT_DOCUMENT_DELETE,
	STMT_TEXT_GET,
	STMT_INDEX_INSERT,
	STMT_INDEX_DELETE,
	STMT_INDEX_OPTION,
	STMT_INDEX_COMMAND,
	STMT_INDEX_DROP,
	STMT_INDEX_CREATE,
	STMT_INDEX_AUTOMERGE,
	STMT_INDEX_MATCH,
	STMT_INDEX_ANY,
	STMT_INDEX_POSTINGS,
	STMT_INDEX_TALLY,
	STMT_INDEX_TALLY_PHRASE,
	STMT_LIST_GET,
	STMT_LIST_PUT,
	STMT_LIST_EACH,
	STMT_LIST_CLEAR,
	STMT_TERMS_BY_ROW,
	STMT_TERMS_BY_COLUMN,
	STMT_TERMS_WALK,
	STMT_TERMS_WALK_STEMS,
	STMT_TERMS_COUNT,
	STMT_INDEX_PAGES,
	STMT_SPELLING_GET,
	STMT_SPELLING_PUT,
	STMT_SPELLING_EACH,
	STMT_SPELLING_CLEAR,
	STMT_SYNONYM_PUT,
	STMT_SYNONYM_DELETE,
	STMT_SYNONYM_COUNT,
	STMT_SYNONYM_OF,
	STMT_SYNONYM_EACH,
	STMT_VALUE_GET,
	STMT_VALUE_PUT,
	STMT_VALUE_CLEAR,
	STMT_SLOT_EACH,
	STMT_SLOT_PUT,
	STMT_SLOT_DELETE,
	STMT_SLOT_COUNT,
	STMT_SLOT_CLEAR,
	STMT_CATEGORY_EACH,
	STMT_CATEGORY_PUT,
	STMT_CATEGORY_CLEAR,
	STMT_AUTHORS_GET,
	STMT_HARVEST_GET,
	STMT_HARVEST_PUT,
	STMT_HARVEST_EACH,
	STMT_SET_GET,
	STMT_SET_PUT,
	STMT_SET_EACH,
	STMT_STATE_GET,
	STMT_STATE_PUT,
	STMT_STATE_NAMES,
	STMT_STATE_DELETE,
	STMT_PLACEMENT_PUT,
	STMT_PLACEMENT_DELETE,
	STMT_PLACEMENT_DELETE_DOCUMENT,
	STMT_PLACEMENT_EACH,
	STMT_DELIVERY_GET,
	STMT_DELIVERY_PUT,
	STMT_DELIVERY_DELETE_DOCUMENT,
	STMT_QUICK_CHECK,
	STMT_TEMPORARY_FILES,
	STMT_TEMPORARY_MEMORY,
	STMT_VACUUM,
	STMT_COUNT
} statement_id;

/* A prepared statement, reset and without bindings. */
sheaf_status statement_get(sheaf_database *db, statement_id id, sqlite3_stmt **stmt,
                           sheaf_error *err);
/* Runs a statement that gives no rows, and resets it. */
sheaf_status statement_run(sheaf_database *db, sqlite3_stmt *stmt, sheaf_error *err);
/* The same for one without parameters. */
sheaf_status statement_exec(sheaf_database *db, statement_id id, sheaf_error *err);
/* Steps: SHEAF_OK and *row 1 for a row, 0 at the end (then reset). */
sheaf_status statement_step(sheaf_database *db, sqlite3_stmt *stmt, int *row, sheaf_error *err);
/* Ends a statement whose rows were not all read. Takes NULL. */
void statement_reset(sqlite3_stmt *stmt);
/* Frees all statements of the handle. */
void statement_finalize_all(sheaf_database *db);

#endif

/* stored_texts.h: the papers of a database as it stores them, in batches. */
#ifndef STORED_TEXTS_H
#define STORED_TEXTS_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

enum { TEXTS_BATCH = 1024 };

/*
 * Reads the table `document` in the order of docids. Its columns are the docid, the texts (those of
 * type TEXT but the identifier, which an index has to find), and the rest, which stays as it is
 * whatever becomes of the texts.
 */
typedef struct stored_texts {
	const char   *path;
	sqlite3      *db;
	sqlite3_stmt *stmt; /* the texts of a paper */
	char         *rest; /* names, parted by commas; owned by SQLite */
	char         *texts;
	int           text_columns;
	int           at_end;     /* SQLite begins again after the last row */
	int64_t       papers;     /* in the table */
	int64_t       text_bytes; /* of those read since the beginning, as stored */
} stored_texts;

/* Some papers, one after the other; of each its texts, each followed by a zero byte. */
typedef struct text_batch { /* all-zero is empty */
	char  *bytes;
	size_t size;
	size_t at[TEXTS_BATCH + 1]; /* where each paper begins; behind the last: where it ends */
	size_t count;
} text_batch;

/* Ends the program where the file is no database of sheaf, or has no papers. */
void stored_texts_open(stored_texts *s, const char *path);
void stored_texts_close(stored_texts *s);

/* From the first paper again. */
void stored_texts_rewind(stored_texts *s);
/* The next papers; 0 when there are no more. */
int  stored_texts_next(stored_texts *s, text_batch *batch);
void text_batch_free(text_batch *batch);

/*
 * Bytes of the pages that the papers would take if the texts of `per` papers after each other were one
 * blob, of `sizes[i]` bytes for the ith: in the row of the paper where `per` is 1, else in a table of its
 * own. `sizes` NULL: with the texts in columns, as they are.
 */
int64_t stored_texts_table_bytes(stored_texts *s, const uint32_t *sizes, size_t per);

/* Memory that is there, or the end of the program. */
void *stored_texts_memory(void *memory, size_t size);

#endif

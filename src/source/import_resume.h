/*
 * import_resume.h: how far an import is in the file that it reads, and where an interrupted one stopped.
 *
 * What is remembered changes in the transaction that stores the documents, and so is true of those that are
 * committed, whatever happens.
 */
#ifndef IMPORT_RESUME_H
#define IMPORT_RESUME_H

#include "store.h"

/* All-zero: no file. */
typedef struct import_resume {
	char      *path;       /* absolute; NULL: what is read cannot be gone on with */
	import_row at;         /* what is stored, with the open transaction; `bytes` 0: nothing */
	int        remembered; /* 1: the database has a row of the file */
	int        changed;    /* 1: and it is not `at` */
} import_resume;

/*
 * Before a file is read: *from becomes what need not be, all-zero where it is to be read from its
 * beginning. Errors: those of the database; NOMEM.
 */
sheaf_status import_resume_begin(import_resume *r, sheaf_database *db, const char *path,
                                 import_row *from, sheaf_error *err);
/* What was read up to `at` has been stored in the open transaction. */
void import_resume_advance(import_resume *r, const import_row *at);
/* What was read last could not be stored: what was remembered before stays. */
void import_resume_lose(import_resume *r);
/* Within the transaction, before it is committed. */
sheaf_status import_resume_save(import_resume *r, sheaf_database *db, sheaf_error *err);
/* 1: the file is to be forgotten at its end, which takes a transaction. */
int import_resume_is_remembered(const import_resume *r);
/* Within a transaction, of a file that was read to its end. */
sheaf_status import_resume_forget(import_resume *r, sheaf_database *db, sheaf_error *err);
/* No file any more. Frees what it holds. */
void import_resume_end(import_resume *r);

#endif

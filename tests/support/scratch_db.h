/* scratch_db.h: databases that a test makes and throws away, in the folder it runs in. */
#ifndef SCRATCH_DB_H
#define SCRATCH_DB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sheaf/sheaf.h>
#include <stdio.h>
#include <unistd.h>

#include "dice.h"

enum { SCRATCH_PATH_SIZE = 96 };

/* Fails the test with the message of `err`, unless `status` is SHEAF_OK. */
static inline void must(sheaf_status status, const sheaf_error *err)
{
	if (status != SHEAF_OK)
		fail_msg("%s: %s", sheaf_status_string(status), err->message);
}

/* Removes a database with the files that SQLite and sheaf keep beside it. */
static inline void scratch_remove(const char *path)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-journal", "-lock"};
	char                     name[SCRATCH_PATH_SIZE + 16];

	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
		unlink(name);
	}
}

/* A path that no other process uses; what was left there is removed. */
static inline void scratch_path(char path[SCRATCH_PATH_SIZE], const char *name)
{
	snprintf(path, SCRATCH_PATH_SIZE, "scratch-%s-%ld.db", name, (long)getpid());
	scratch_remove(path);
}

/* Fills `doc`, emptied first, with a paper of these texts. */
static inline sheaf_status scratch_paper(sheaf_document *doc, const char *id, const char *title,
                                         const char *abstract, sheaf_error *err)
{
	sheaf_status status;

	sheaf_document_clear(doc);
	status = sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, SIZE_MAX, err);
	if (status == SHEAF_OK)
		status = sheaf_document_set_text(doc, SHEAF_FIELD_TITLE, title, SIZE_MAX, err);
	if (status == SHEAF_OK)
		status = sheaf_document_set_text(doc, SHEAF_FIELD_ABSTRACT, abstract, SIZE_MAX,
		                                 err);
	return status;
}

/* Puts a paper of these texts. */
static inline void scratch_put(sheaf_database *db, const char *id, const char *title,
                               const char *abstract)
{
	sheaf_error     err;
	sheaf_document *doc;

	must(sheaf_document_new(&doc, &err), &err);
	must(scratch_paper(doc, id, title, abstract, &err), &err);
	must(sheaf_database_replace_document(db, doc, NULL, NULL, &err), &err);
	sheaf_document_free(doc);
}

/* Puts paper `number`, from 1. */
typedef void scratch_put_fn(sheaf_database *db, dice *d, unsigned number);

/* A new database of so many papers, put at once and merged. `d` is what `put` is given. */
static inline sheaf_database *scratch_fill(const char *path, unsigned papers, scratch_put_fn *put,
                                           dice *d)
{
	sheaf_error     err;
	sheaf_database *db;

	must(sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, &err), &err);
	must(sheaf_database_begin_transaction(db, &err), &err);
	for (unsigned i = 1; i <= papers; i++)
		put(db, d, i);
	must(sheaf_database_commit_transaction(db, &err), &err);
	must(sheaf_database_compact(db, &err), &err);
	return db;
}

/* Asks for `text`; free it with sheaf_enquire_free(). */
static inline sheaf_status scratch_enquire(sheaf_database *db, const char *text,
                                           sheaf_op default_op, sheaf_enquire **enquire,
                                           sheaf_error *err)
{
	sheaf_query_parser *parser = NULL;
	sheaf_query        *query = NULL;
	sheaf_status        status = sheaf_query_parser_new(&parser, err);

	*enquire = NULL;
	if (status == SHEAF_OK) {
		sheaf_query_parser_set_default_op(parser, default_op);
		status = sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, &query,
		                                        err);
	}
	if (status == SHEAF_OK)
		status = sheaf_enquire_new(db, enquire, err);
	if (status == SHEAF_OK)
		sheaf_enquire_set_query(*enquire, query);
	else
		sheaf_query_free(query);
	sheaf_query_parser_free(parser);
	return status;
}

/* The best `maxitems` papers for `text`; the caller frees the mset. */
static inline sheaf_status scratch_search_weighed(sheaf_database *db, const char *text,
                                                  sheaf_op default_op, size_t maxitems,
                                                  const sheaf_weighting *weighting,
                                                  sheaf_mset **mset, sheaf_error *err)
{
	sheaf_enquire *enquire;
	sheaf_status   status = scratch_enquire(db, text, default_op, &enquire, err);

	*mset = NULL;
	if (status == SHEAF_OK)
		status = sheaf_enquire_set_weighting(enquire, weighting, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_get_mset(enquire, 0, maxitems, mset, err);
	sheaf_enquire_free(enquire);
	return status;
}

static inline sheaf_status scratch_search(sheaf_database *db, const char *text, sheaf_op default_op,
                                          size_t maxitems, sheaf_mset **mset, sheaf_error *err)
{
	return scratch_search_weighed(db, text, default_op, maxitems, NULL, mset, err);
}

#endif

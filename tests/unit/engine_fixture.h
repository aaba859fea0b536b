/* engine_fixture.h: a database of a test's own, papers in it, and what a query finds there. */
#ifndef ENGINE_FIXTURE_H
#define ENGINE_FIXTURE_H

#include <string.h>

#include "buf.h"
#include "scratch_db.h"

typedef struct engine {
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db;
	sheaf_document *doc; /* scratch */
} engine;

static inline sheaf_database *engine_open(const char *path, sheaf_db_mode mode)
{
	/* Nobody waits for a lock here: what is locked, another part of the same test holds. */
	const sheaf_database_options options = {.busy_timeout_ms = -1};
	sheaf_database              *db;
	sheaf_error                  err;

	must(sheaf_database_open(path, mode, &options, &db, &err), &err);
	return db;
}

static inline void engine_begin(engine *e, const char *name)
{
	scratch_path(e->path, name);
	e->db = engine_open(e->path, SHEAF_DB_CREATE);
	must(sheaf_document_new(&e->doc, NULL), NULL);
}

static inline void engine_end(engine *e)
{
	sheaf_document_free(e->doc);
	sheaf_database_close(e->db);
	scratch_remove(e->path);
}

static inline void engine_begin_write(engine *e)
{
	sheaf_error err;

	must(sheaf_database_begin_transaction(e->db, &err), &err);
}

static inline void engine_commit(engine *e)
{
	sheaf_error err;

	must(sheaf_database_commit_transaction(e->db, &err), &err);
}

/* Stores the scratch document. */
static inline sheaf_change engine_store(engine *e)
{
	sheaf_change change;
	sheaf_error  err;

	must(sheaf_database_replace_document(e->db, e->doc, NULL, &change, &err), &err);
	return change;
}

/* Stores a paper of these texts; NULL: not known. */
static inline sheaf_change engine_put(engine *e, const char *id, const char *title,
                                      const char *abstract)
{
	sheaf_error err;

	must(scratch_paper(e->doc, id, title, abstract, &err), &err);
	return engine_store(e);
}

/* The identifiers of an mset's items, blank-separated, in its order. */
static inline void engine_ids(sheaf_mset *mset, buf *out)
{
	for (size_t i = 0; i < sheaf_mset_size(mset); i++) {
		const sheaf_document *doc;
		sheaf_error           err;

		must(sheaf_mset_get_document(mset, i, &doc, &err), &err);
		buf_printf(out, "%s%s", i ? " " : "", sheaf_document_get_text(doc, SHEAF_FIELD_ID));
	}
}

/* Fails unless `query`, ordered oldest first, finds the papers `ids`: test papers count up. */
static inline void engine_finds(sheaf_database *db, const char *query, const char *ids)
{
	sheaf_query_parser *parser;
	sheaf_enquire      *enquire;
	sheaf_query        *q;
	sheaf_mset         *mset;
	sheaf_error         err;
	buf                 found = BUF_INIT(0);

	must(sheaf_query_parser_new(&parser, &err), &err);
	must(sheaf_query_parser_parse_query(parser, query, SHEAF_FLAG_DEFAULT, &q, &err), &err);
	must(sheaf_enquire_new(db, &enquire, &err), &err);
	sheaf_enquire_set_query(enquire, q);
	must(sheaf_enquire_get_mset(enquire, 0, 1000, &mset, &err), &err);
	/* By docid, which is the order in which the papers came. */
	for (sheaf_docid last = 0, next = 1; next; last = next) {
		size_t at = 0;

		next = 0;
		for (size_t i = 0; i < sheaf_mset_size(mset); i++) {
			sheaf_docid docid = sheaf_mset_get_docid(mset, i);

			if (docid > last && (!next || docid < next)) {
				next = docid;
				at = i;
			}
		}
		if (next) {
			const sheaf_document *doc;

			must(sheaf_mset_get_document(mset, at, &doc, &err), &err);
			buf_printf(&found, "%s%s", found.len ? " " : "",
			           sheaf_document_get_text(doc, SHEAF_FIELD_ID));
		}
	}
	if (strcmp(buf_str(&found), ids) != 0)
		fail_msg("%s: '%s', not '%s'", query, buf_str(&found), ids);
	assert_int_equal(sheaf_mset_get_matches_estimated(mset), sheaf_mset_size(mset));
	buf_free(&found);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	sheaf_query_parser_free(parser);
}

#endif

/*
 * collection.h: a test collection in a database of its own: papers, queries, and what people
 * judged. Looked for in $SHEAF_SHARED_DATA/collections. Include it in one file of a test program.
 */
#ifndef COLLECTION_H
#define COLLECTION_H

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scratch_db.h"

enum {
	COLLECTION_IDS_MAX = 20000,
	COLLECTION_ID_SIZE = 24,
	COLLECTION_JUDGED_MAX = 4096,
	COLLECTION_PATH_SIZE = 4096
};

/* What becomes of titles. */
typedef enum collection_form {
	COLLECTION_AS_IT_IS = 0,
	COLLECTION_TITLE_CUT,     /* a text that begins with the title loses it there */
	COLLECTION_TITLE_AS_TEXT, /* no titles: they stand in front of the text */
	COLLECTION_COMPLETE /* with authors, and keywords as comments, from corpus-extra.jsonl */
} collection_form;

/* Its ids by docid; docids of a new database count from 1. */
typedef struct collection {
	const char     *name;
	sheaf_database *db;
	char            path[SCRATCH_PATH_SIZE];
	char            ids[COLLECTION_IDS_MAX][COLLECTION_ID_SIZE];
} collection;

/* The judgments of one query. */
typedef struct judgments {
	char   ids[COLLECTION_JUDGED_MAX][COLLECTION_ID_SIZE];
	int    grades[COLLECTION_JUDGED_MAX];
	size_t count, relevant;
} judgments;

static inline void die(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	exit(1);
}

static inline const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value ? value : "";
}

static inline FILE *open_file(const char *path, const char *mode)
{
	FILE *file = fopen(path, mode);

	if (!file)
		die(path, strerror(errno));
	return file;
}

static inline void collection_file(char path[COLLECTION_PATH_SIZE], const char *name,
                                   const char *file, const char *suffix)
{
	snprintf(path, COLLECTION_PATH_SIZE, "%s/collections/%s/%s%s",
	         variable("SHEAF_SHARED_DATA"), name, file, suffix);
}

/* 1 where the data is there. */
static inline int collection_is_there(const char *name)
{
	char path[COLLECTION_PATH_SIZE];

	collection_file(path, name, "corpus", ".jsonl");
	return access(path, R_OK) == 0;
}

/* The next line of a file of JSON objects; NULL at its end. */
static inline json_t *next_object(FILE *file, const char *path)
{
	json_error_t problem;
	json_t      *object = json_loadf(file, JSON_DISABLE_EOF_CHECK, &problem);

	if (!object && !feof(file))
		die(path, problem.text);
	return object;
}

static inline const char *string_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* What the other file knows of a paper: authors as "Family, Given". */
static inline void collection_complete(sheaf_document *doc, const json_t *extra)
{
	const json_t *authors = json_object_get(extra, "authors");
	const char   *keywords = string_of(extra, "keywords");

	for (size_t i = 0; i < json_array_size(authors); i++) {
		const char *name = json_string_value(json_array_get(authors, i));
		const char *comma = name ? strchr(name, ',') : NULL;
		char        family[256];

		snprintf(family, sizeof family, "%.*s", comma ? (int)(comma - name) : 250,
		         name ? name : "");
		must(sheaf_document_add_author(
			     doc,
			     &(sheaf_author){.keyname = family,
		                             .forenames = comma ? comma + 1 : NULL},
			     NULL),
		     NULL);
	}
	if (*keywords)
		must(sheaf_document_set_text(doc, SHEAF_FIELD_COMMENTS, keywords, SIZE_MAX, NULL),
		     NULL);
}

static inline void collection_add(collection *c, sheaf_document *doc, const json_t *object,
                                  const json_t *extra, collection_form form)
{
	const char *title = string_of(object, "title"), *text = string_of(object, "text");
	size_t      joined_size = strlen(title) + strlen(text) + 3;
	char       *joined = malloc(joined_size), id[COLLECTION_ID_SIZE + 1];
	sheaf_docid docid;
	sheaf_error err;

	if (!joined)
		die(c->name, "out of memory");
	if (form == COLLECTION_TITLE_CUT && strncmp(text, title, strlen(title)) == 0)
		text += strlen(title);
	if (form == COLLECTION_TITLE_AS_TEXT) {
		snprintf(joined, joined_size, "%s. %s", title, text);
		text = joined;
		title = "";
	}
	snprintf(id, sizeof id, "d%s", string_of(object, "_id"));
	must(scratch_paper(doc, id, title, text, &err), &err);
	if (extra && strcmp(string_of(extra, "_id"), id + 1) != 0)
		die(id, "the collection's two files differ");
	if (extra)
		collection_complete(doc, extra);
	must(sheaf_database_replace_document(c->db, doc, &docid, NULL, &err), &err);
	if (docid <= 0 || docid >= COLLECTION_IDS_MAX)
		die(id, "an unexpected docid");
	snprintf(c->ids[docid], COLLECTION_ID_SIZE, "%s", id + 1);
	free(joined);
}

/* To be closed with collection_close(). */
static inline collection *collection_open(const char *name, collection_form form)
{
	char            path[COLLECTION_PATH_SIZE], label[64];
	collection     *c = calloc(1, sizeof *c);
	sheaf_document *doc;
	sheaf_error     err;
	json_t         *object, *extra = NULL;
	FILE           *file, *more = NULL;

	if (!c)
		die(name, "out of memory");
	c->name = name;
	snprintf(label, sizeof label, "%s-%d", name, (int)form);
	scratch_path(c->path, label);
	must(sheaf_database_open(c->path, SHEAF_DB_CREATE, NULL, &c->db, &err), &err);
	must(sheaf_document_new(&doc, &err), &err);
	must(sheaf_database_begin_transaction(c->db, &err), &err);
	collection_file(path, name, "corpus", ".jsonl");
	file = open_file(path, "r");
	collection_file(path, name, "corpus-extra", ".jsonl");
	if (form == COLLECTION_COMPLETE)
		more = open_file(path, "r");
	while ((object = next_object(file, name)) != NULL) {
		extra = more ? next_object(more, path) : NULL;
		collection_add(c, doc, object, extra, form);
		json_decref(object);
		json_decref(extra);
	}
	fclose(file);
	if (more)
		fclose(more);
	must(sheaf_database_commit_transaction(c->db, &err), &err);
	sheaf_document_free(doc);
	return c;
}

static inline void collection_close(collection *c)
{
	sheaf_database_close(c->db);
	scratch_remove(c->path);
	free(c);
}

/* Reads the judgments of one query from a file of `query<TAB>paper<TAB>grade`. */
static inline void judgments_read(const char *path, const char *query, judgments *j)
{
	char  line[256], qid[COLLECTION_ID_SIZE], id[COLLECTION_ID_SIZE];
	FILE *file = open_file(path, "r");
	int   grade;

	j->count = j->relevant = 0;
	while (fgets(line, sizeof line, file)) {
		if (sscanf(line, "%23s %23s %d", qid, id, &grade) != 3 || strcmp(qid, query) != 0)
			continue;
		if (j->count == COLLECTION_JUDGED_MAX)
			die(path, "too many judgments for one query");
		snprintf(j->ids[j->count], COLLECTION_ID_SIZE, "%s", id);
		j->relevant += grade > 0;
		j->grades[j->count++] = grade;
	}
	fclose(file);
}

static inline int judgments_grade(const judgments *j, const char *id)
{
	for (size_t i = 0; i < j->count; i++)
		if (!strcmp(j->ids[i], id))
			return j->grades[i];
	return 0;
}

#endif

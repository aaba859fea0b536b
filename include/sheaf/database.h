/* sheaf/database.h: one file that holds documents, their index and all state. */
#ifndef SHEAF_DATABASE_H
#define SHEAF_DATABASE_H

#include <sheaf/document.h>
#include <sheaf/stem.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A handle belongs to one thread at a time. Any number of readers and one
 * writer may have the same file open, in one process or many; a reader sees the
 * last committed state.
 */
typedef struct sheaf_database sheaf_database;

typedef enum sheaf_db_mode {
	SHEAF_DB_READ_ONLY = 0,
	SHEAF_DB_OPEN,   /* read and write; the file must exist */
	SHEAF_DB_CREATE, /* the file must not exist */
	SHEAF_DB_CREATE_OR_OPEN
} sheaf_db_mode;

typedef enum sheaf_stem_strategy {
	SHEAF_STEM_SOME = 0, /* words and stems: exact, prefix and stemmed search */
	SHEAF_STEM_ALL,      /* stems only: the smallest index */
	SHEAF_STEM_NONE,     /* words only */
	SHEAF_STEM_KEEP      /* for sheaf_database_reindex(): as it is */
} sheaf_stem_strategy;

typedef struct sheaf_database_options {    /* all-zero means the defaults */
	const char *stemmer;               /* Snowball's name; NULL: "english"; fixed at creation */
	sheaf_stem_strategy stem_strategy; /* fixed at creation */
	int busy_timeout_ms; /* how long to wait for another writer; 0: 5000; < 0: not at all */
	const sheaf_stem
		*custom_stem; /* in place of `stemmer`; given at every open; must outlive the
	                                  handle */
	int for_reindex; /* 1: open although the tokenizer differs, for sheaf_database_reindex() */
} sheaf_database_options;

/*
 * Opens or creates a database. `options` NULL: the defaults.
 * Errors: DATABASE_NOT_FOUND; DATABASE_OPENING (not a sheaf database);
 * DATABASE_LOCKED (another process writes; only for the writing modes);
 * DATABASE_VERSION (a newer schema, or indexed with another tokenizer);
 * DATABASE_CORRUPT; FEATURE_UNAVAILABLE (no such stemmer).
 */
SHEAF_API sheaf_status sheaf_database_open(const char *path, sheaf_db_mode mode,
                                           const sheaf_database_options *options,
                                           sheaf_database **db, sheaf_error *err);
/* Closes a handle; a transaction still open is cancelled. Takes NULL. */
SHEAF_API void sheaf_database_close(sheaf_database *db);

/*
 * Groups writes: all become visible and durable with the commit, or none.
 * Without a transaction each write commits by itself, which is slow for many.
 * A transaction in which a change failed half-way can only be cancelled: its commit
 * does that, and answers INVALID_OPERATION. A commit that fails cancels the transaction, except where a batch of
 * an import could not be prepared: then it stays open, and is to be cancelled or committed again.
 */
SHEAF_API sheaf_status sheaf_database_begin_transaction(sheaf_database *db, sheaf_error *err);
SHEAF_API sheaf_status sheaf_database_commit_transaction(sheaf_database *db, sheaf_error *err);
SHEAF_API void sheaf_database_cancel_transaction(sheaf_database *db);

/* What replacing a document did. */
typedef enum sheaf_change {
	SHEAF_UNCHANGED = 0,
	SHEAF_ADDED,
	SHEAF_UPDATED,
	SHEAF_KEPT_OUT /* by harvests and imports: it was removed before */
} sheaf_change;

/*
 * Adds the document, or updates the one with the same arXiv id: fields that are
 * not known in `doc` keep what is stored, and a `doc` that describes an older
 * version than the stored one changes nothing. `change`, `docid` may be NULL.
 * Errors: INVALID_ARGUMENT (no id); INVALID_OPERATION (read-only handle).
 */
SHEAF_API sheaf_status sheaf_database_replace_document(sheaf_database *db,
                                                       const sheaf_document *doc,
                                                       sheaf_docid *docid, sheaf_change *change,
                                                       sheaf_error *err);
/*
 * Removes the paper with this arXiv id. Its bytes stay in free pages of the file until those are used again, or until
 * sheaf_database_compact(). Errors: DOC_NOT_FOUND.
 */
SHEAF_API sheaf_status sheaf_database_delete_document(sheaf_database *db, const char *id,
                                                      sheaf_error *err);
/*
 * Removes the paper with this arXiv id, and keeps it out: later harvests and imports pass it over, unless they are told to
 * take such papers again, or sheaf_database_replace_document() puts it back. `now`: when that was.
 * Errors: DOC_NOT_FOUND (it was not there; it is kept out all the same); INVALID_ARGUMENT (no identifier).
 */
SHEAF_API sheaf_status sheaf_database_exclude_document(sheaf_database *db, const char *id,
                                                       sheaf_time now, sheaf_error *err);
/*
 * Finds a paper by arXiv id, in any of its forms. Errors: DOC_NOT_FOUND; INVALID_ARGUMENT (no arXiv
 * id).
 */
SHEAF_API sheaf_status sheaf_database_find_document(sheaf_database *db, const char *id,
                                                    sheaf_docid *docid, sheaf_error *err);
/* Loads a document. Ownership: the caller frees it. Errors: DOC_NOT_FOUND. */
SHEAF_API sheaf_status sheaf_database_get_document(sheaf_database *db, sheaf_docid docid,
                                                   sheaf_document **doc, sheaf_error *err);

/* Called for each document of a walk; `doc` is borrowed for the call. Non-zero stops the walk. */
typedef int (*sheaf_document_fn)(void *ctx, const sheaf_document *doc);
/*
 * Walks all documents in the order of their revisions, those after `since` (0: all). `fn` may read
 * through the same handle, but not write or begin another walk. Errors: INTERRUPTED;
 * INVALID_OPERATION.
 */
SHEAF_API sheaf_status sheaf_database_each_document(sheaf_database *db, sheaf_revision since,
                                                    sheaf_document_fn fn, void *ctx,
                                                    sheaf_error *err);

/* The number of documents. */
SHEAF_API sheaf_status sheaf_database_get_doccount(sheaf_database *db, int64_t *count,
                                                   sheaf_error *err);
/*
 * The mean document length, in the unit of SHEAF_FIELD_LENGTH (see docs/ARCHITECTURE.md,
 * "Ranking").
 */
SHEAF_API sheaf_status sheaf_database_get_avlength(sheaf_database *db, double *length,
                                                   sheaf_error *err);
/*
 * The number of documents that hold `term` (a word; stemmed unless written `=word`) in any text
 * field.
 */
SHEAF_API sheaf_status sheaf_database_get_termfreq(sheaf_database *db, const char *term,
                                                   int64_t *docs, sheaf_error *err);
/* The largest docid ever given, also to a document that is gone; 0: none. */
SHEAF_API sheaf_status sheaf_database_get_lastdocid(sheaf_database *db, sheaf_docid *docid,
                                                    sheaf_error *err);
/* The sum of all document lengths. */
SHEAF_API sheaf_status sheaf_database_get_total_length(sheaf_database *db, int64_t *length,
                                                       sheaf_error *err);
/* The length of one document. Errors: DOC_NOT_FOUND. */
SHEAF_API sheaf_status sheaf_database_get_doclength(sheaf_database *db, sheaf_docid docid,
                                                    int64_t *length, sheaf_error *err);
/*
 * How often `term` (written as for get_termfreq) occurs in the text fields of all documents; as in
 * lengths, words of titles count three times.
 */
SHEAF_API sheaf_status sheaf_database_get_collection_freq(sheaf_database *db, const char *term,
                                                          int64_t *count, sheaf_error *err);

/* A term of the index or of a document. The text lives for the call that passes it. */
typedef struct sheaf_term_info {
	sheaf_field field; /* of a boolean term; ANY: a word of text */
	int stemmed;       /* 1: a stem that stands for a family of other words */
	const char *text;  /* folded word, stem or value */
	size_t len;
	int64_t termfreq; /* documents that have it; 0: not asked for */
	int64_t wdf; /* occurrences in all documents, or in the one asked for; in titles three each */
} sheaf_term_info;

/*
 * Called for each term, in byte order of texts; then by field, a word before an equal stem.
 * Non-zero stops.
 */
typedef int (*sheaf_term_info_fn)(void *ctx, const sheaf_term_info *term);
/*
 * Walks the terms of `field` (ANY: words and stems of text) that begin with `prefix` (NULL: all).
 * It reads their postings: name a prefix in a large database. Errors: INTERRUPTED; INVALID_ARGUMENT
 * (a field without terms of its own: TITLE, AUTHOR …).
 */
SHEAF_API sheaf_status sheaf_database_each_term(sheaf_database *db, sheaf_field field,
                                                const char *prefix, sheaf_term_info_fn fn,
                                                void *ctx, sheaf_error *err);
/*
 * Walks the terms of one document, boolean ones too; `termfreq` is not asked for. Errors:
 * DOC_NOT_FOUND; INTERRUPTED.
 */
SHEAF_API sheaf_status sheaf_database_each_document_term(sheaf_database *db, sheaf_docid docid,
                                                         sheaf_term_info_fn fn, void *ctx,
                                                         sheaf_error *err);

/*
 * The word of the index that `word` was most likely meant to be: at most `max_edits` (1 or 2;
 * 0: 2) letters inserted, left out, changed or exchanged with their neighbour (Damerau, CACM 1964),
 * the more frequent word before the rarer. `suggestion` becomes NULL where `word` itself is
 * frequent enough, has a digit or fewer than four letters, or nothing is near but other forms of
 * itself. Words of less than six letters are allowed one edit. Ownership: sheaf_free(). The
 * dictionary is made by the merge that ends a bulk load, by reindex and compact, and after much has
 * been harvested; without one, nothing is suggested.
 */
SHEAF_API sheaf_status sheaf_database_get_spelling_suggestion(sheaf_database *db, const char *word,
                                                              unsigned max_edits, char **suggestion,
                                                              sheaf_error *err);

/*
 * Synonyms, for `~word` in queries: of a folded word, any text that the query parser reads as words
 * (several are a phrase). Each commits by itself outside a transaction. Adding one that is there,
 * and removing one that is not, does nothing. Errors: INVALID_ARGUMENT (no word in it, over 200
 * bytes, more than one line, more than 1,000 for one term).
 */
SHEAF_API sheaf_status sheaf_database_add_synonym(sheaf_database *db, const char *term,
                                                  const char *synonym, sheaf_error *err);
SHEAF_API sheaf_status sheaf_database_remove_synonym(sheaf_database *db, const char *term,
                                                     const char *synonym, sheaf_error *err);
/* Removes all synonyms of `term`; NULL: of all terms. */
SHEAF_API sheaf_status sheaf_database_clear_synonyms(sheaf_database *db, const char *term,
                                                     sheaf_error *err);
/* Called for each synonym, in byte order of terms. Non-zero stops. */
typedef int (*sheaf_synonym_fn)(void *ctx, const char *term, const char *synonym);
/*
 * Walks the synonyms of `term`; NULL: of all terms. Errors: INTERRUPTED; INVALID_OPERATION (within
 * a walk of the same kind).
 */
SHEAF_API sheaf_status sheaf_database_each_synonym(sheaf_database *db, const char *term,
                                                   sheaf_synonym_fn fn, void *ctx,
                                                   sheaf_error *err);

/*
 * Makes `db` answer for `other`, too: enquire, documents, counts and lengths are those of all
 * together, with the statistics of all, so weights are as in one database. `other` is borrowed and
 * must outlive `db`. Docids are interleaved as Xapian does it: (own docid - 1) * size + place + 1.
 * What is about one file (revision, uuid, metadata, writing) stays that of `db`. Errors:
 * INVALID_ARGUMENT (the same handle twice, one that has others itself, another stemmer or
 * strategy).
 */
SHEAF_API sheaf_status sheaf_database_add_database(sheaf_database *db, sheaf_database *other,
                                                   sheaf_error *err);
/* How many databases it answers for: 1, and those added. */
SHEAF_API size_t sheaf_database_size(const sheaf_database *db);

/* The newest revision; 0 for an empty database. */
SHEAF_API sheaf_status sheaf_database_get_revision(sheaf_database *db, sheaf_revision *rev,
                                                   sheaf_error *err);
/* The identity of the database, 36 characters, borrowed until it is closed. */
SHEAF_API const char *sheaf_database_get_uuid(const sheaf_database *db);
/* The path it was opened by. */
SHEAF_API const char *sheaf_database_get_path(const sheaf_database *db);
/*
 * The Snowball stemmer it is indexed with ("english"). Borrowed until the next call on the handle.
 */
SHEAF_API const char *sheaf_database_get_stemmer(const sheaf_database *db);

/* User metadata. `value` becomes NULL where the key is not set. Ownership: sheaf_free(). */
SHEAF_API sheaf_status sheaf_database_get_metadata(sheaf_database *db, const char *key,
                                                   char **value, sheaf_error *err);
/* Called for each key, in byte order. Non-zero stops. */
typedef int (*sheaf_metadata_fn)(void *ctx, const char *key);
/* Walks the user's metadata keys that begin with `prefix` (NULL: all). Errors: INTERRUPTED. */
SHEAF_API sheaf_status sheaf_database_each_metadata_key(sheaf_database *db, const char *prefix,
                                                        sheaf_metadata_fn fn, void *ctx,
                                                        sheaf_error *err);
/* `value` NULL or "" removes the key. */
SHEAF_API sheaf_status sheaf_database_set_metadata(sheaf_database *db, const char *key,
                                                   const char *value, sheaf_error *err);

/*
 * Rebuilds the index from the stored documents, with another stemmer or
 * strategy where `options` names one. One transaction.
 */
SHEAF_API sheaf_status sheaf_database_reindex(sheaf_database *db,
                                              const sheaf_database_options *options,
                                              sheaf_error *err);
/*
 * Merges the index into one segment, rebuilds the ranking lists and gives free pages back to the file system; nothing
 * that was removed is left in it. Needs as much free room as the file takes.
 */
SHEAF_API sheaf_status sheaf_database_compact(sheaf_database *db, sheaf_error *err);
/*
 * Verifies everything that can be verified: the file's pages, the index against
 * the stored documents, value blocks, counts, terms. Errors: DATABASE_CORRUPT,
 * with the first contradiction in the message.
 */
SHEAF_API sheaf_status sheaf_database_check(sheaf_database *db, sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif

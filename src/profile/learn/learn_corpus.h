/*
 * learn_corpus.h: the words of papers whose labels are known, as numbers. Words are those of the
 * index: one with its inflections is one word.
 */
#ifndef LEARN_CORPUS_H
#define LEARN_CORPUS_H

#include <sheaf/database.h>

#include "arena.h"
#include "text_table.h"

enum {
	LEARN_GAP = 0,            /* a function word, or the border of two texts: form and family */
	LEARN_PAPERS_MAX = 200000 /* that are kept: some 700 bytes each */
};
/* A bit of a word's number: it stands in the title. */
#define LEARN_TITLE_BIT 0x80000000u

typedef struct learn_paper {
	uint32_t begin, end; /* of its words */
	uint32_t label;
	uint32_t length; /* its words, those of the title three times; each gap once */
	int      test;   /* 1: kept for measuring */
} learn_paper;

/* How a word is written, and how often. */
typedef struct learn_form {
	uint32_t family, count;
} learn_form;

typedef struct learn_corpus { /* all-zero is empty */
	arena        arena;
	text_table   families; /* stems */
	text_table   forms;    /* words as they are written; the first of both is LEARN_GAP */
	learn_form  *form_of;  /* by form */
	size_t       form_size;
	text_table   labels;
	int64_t     *label_counts; /* of papers to learn from */
	size_t       label_size;
	uint32_t    *words; /* forms, with LEARN_TITLE_BIT */
	size_t       word_count, word_size;
	learn_paper *papers;
	size_t       paper_count, paper_size;
} learn_corpus;

/* The label of a paper; NULL: it has none, and is left out. Lives for the call. */
typedef const char *(*learn_label_fn)(void *ctx, const sheaf_document *doc);

/*
 * Reads the title and abstract of each paper that has a label; of more than LEARN_PAPERS_MAX, an
 * even part. Errors: NOMEM, those of reading.
 */
sheaf_status learn_corpus_read(learn_corpus *c, sheaf_database *db, learn_label_fn label, void *ctx,
                               sheaf_error *err);
void         learn_corpus_free(learn_corpus *c);

static inline uint32_t learn_corpus_form(const learn_corpus *c, size_t word)
{
	return c->words[word] & ~LEARN_TITLE_BIT;
}

static inline uint32_t learn_corpus_family(const learn_corpus *c, size_t word)
{
	return c->form_of[learn_corpus_form(c, word)].family;
}

#endif

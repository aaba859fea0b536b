/* naive_world.h: random papers, in a corpus and in one or several databases. */
#ifndef NAIVE_WORLD_H
#define NAIVE_WORLD_H

#include "buf.h"
#include "datetime.h"
#include "dice.h"
#include "naive_corpus.h"

enum { NAIVE_DATABASES = 3 };

static const char *const naive_vocabulary[] = {
	"network",  "networks",  "networking", "spiking",    "spikes",   "neural",
	"neurally", "computing", "compute",    "lattice",    "lattices", "graph",
	"graphs",   "event",     "based",      "eventbased", "of",       "the",
	"theory",   "quantum",   "fields",     "rare",       "moor",     "moors",
};
enum { NAIVE_WORDS = sizeof naive_vocabulary / sizeof *naive_vocabulary };

typedef struct world {
	dice            dice;
	uint64_t        seed;
	char            path[NAIVE_DATABASES][SCRATCH_PATH_SIZE];
	sheaf_database *db[NAIVE_DATABASES]; /* the first answers for the others */
	size_t          databases;
	sheaf_document *doc; /* scratch */
	naive_corpus    corpus;
} world;

/* The stream of a run; SHEAF_TEST_SEED chooses another one. */
static inline uint64_t naive_seed(void)
{
	const char *text = getenv("SHEAF_TEST_SEED");

	return text ? strtoull(text, NULL, 0) : 0x5EAF;
}

static inline unsigned below(world *w, size_t n)
{
	return (unsigned)dice_below(&w->dice, n);
}

/* Common words are commoner. */
static inline const char *naive_any_word(world *w)
{
	return naive_vocabulary[below(w, below(w, NAIVE_WORDS) + 1)];
}

static inline void naive_random_text(world *w, naive_paper *p, int column, unsigned most)
{
	buf text = BUF_INIT(0);

	p->count[column] = below(w, most + 1);
	for (size_t i = 0; i < p->count[column]; i++) {
		const char *word = naive_any_word(w);

		p->words[column][i] = naive_make_word(&w->corpus, word, strlen(word));
		buf_printf(&text, "%s%s", i ? below(w, 4) ? " " : ",\n" : "", word);
	}
	must(sheaf_document_set_text(w->doc, naive_columns[column].field, buf_str(&text), SIZE_MAX,
	                             NULL),
	     NULL);
	buf_free(&text);
}

static inline void naive_random_authors(world *w, naive_paper *p)
{
	unsigned authors = below(w, 4);

	p->count[2] = 0;
	for (unsigned a = 0; a < authors; a++) {
		sheaf_author author = {0};
		char         name[128] = "";
		unsigned     words = 1 + below(w, 3);

		if (a)
			p->words[2][p->count[2]++] = (naive_word){"", ""};
		for (unsigned i = 0; i < words; i++) {
			const char *word = naive_any_word(w);

			p->words[2][p->count[2]++] = naive_make_word(&w->corpus, word,
			                                             strlen(word));
			snprintf(name + strlen(name), sizeof name - strlen(name), "%s%s",
			         i ? " " : "", word);
		}
		author.name = name;
		must(sheaf_document_add_author(w->doc, &author, NULL), NULL);
	}
}

static inline void naive_random_dates(world *w, naive_paper *p)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED};
	sheaf_time              *times[] = {&p->submitted, &p->updated};

	for (int i = 0; i < 2; i++) {
		/* Few days, so that many papers share one; they touch three years. */
		*times[i] = below(w, 3)
		                    ? (date_days(2023, 11, 1) + 9 * (int64_t)below(w, 60)) * 86400
		                    : SHEAF_TIME_NONE;
		must(sheaf_document_set_value(w->doc, fields[i], *times[i], NULL), NULL);
	}
}

static inline void naive_random_extras(world *w, naive_paper *p)
{
	p->categories = below(w, 256) & below(w, 256);
	for (unsigned i = 0; i < NAIVE_CATEGORIES; i++)
		if (p->categories & 1u << i)
			must(sheaf_document_add_category(w->doc, naive_category(i), NULL), NULL);
	for (unsigned i = 0; i < NAIVE_OWN_TERMS; i++) {
		p->own[i] = (int)below(w, 6) - 2;
		if (p->own[i] < 0)
			p->own[i] = -1;
		else
			must(sheaf_document_add_term(w->doc, naive_own_term(i), (unsigned)p->own[i],
			                             NULL),
			     NULL);
	}
	p->slot_len = below(w, NAIVE_SLOT_SIZE);
	for (size_t i = 0; i < p->slot_len; i++)
		p->slot[i] = (char)('a' + (int)below(w, 3));
	if (p->slot_len)
		must(sheaf_document_add_slot_value(w->doc, NAIVE_SLOT, p->slot, p->slot_len, NULL),
		     NULL);
}

static inline void naive_name_paper(world *w, naive_paper *p, unsigned number)
{
	int month = 1 + (int)below(w, 4);

	p->month = p->month_end = SHEAF_TIME_NONE;
	p->place = number % w->databases;
	if (number % 4) {
		snprintf(p->id, sizeof p->id, "24%02d.%05u", month, number);
		p->month = date_days(2024, month, 1) * 86400;
		p->month_end = date_days(2024, month + 1, 1) * 86400 - 1;
	} else {
		snprintf(p->id, sizeof p->id, "doc-%u", number);
	}
}

/* Makes the paper anew, in the corpus and in its database. */
static inline void naive_write_paper(world *w, naive_paper *p)
{
	sheaf_document *d = w->doc;
	sheaf_database *db = w->db[p->place];
	sheaf_change    change;
	sheaf_docid     own;

	sheaf_document_clear(d);
	must(sheaf_document_set_text(d, SHEAF_FIELD_ID, p->id, SIZE_MAX, NULL), NULL);
	naive_random_text(w, p, 0, 6);
	naive_random_text(w, p, 1, 30);
	naive_random_text(w, p, 3, 4);
	naive_random_authors(w, p);
	naive_random_dates(w, p);
	naive_random_extras(w, p);
	/* Written anew, so that nothing of the old version stays. */
	if (p->alive)
		must(sheaf_database_delete_document(db, p->id, NULL), NULL);
	must(sheaf_database_replace_document(db, d, &own, &change, NULL), NULL);
	assert_int_equal(change, SHEAF_ADDED);
	must(sheaf_database_get_revision(db, &p->revision, NULL), NULL);
	p->docid = (own - 1) * (sheaf_docid)w->databases + (sheaf_docid)p->place + 1;
	p->alive = 1;
}

/* Papers are added, rewritten and deleted. */
static inline void naive_fill(world *w)
{
	naive_corpus *c = &w->corpus;

	for (size_t i = 0; i < w->databases; i++)
		must(sheaf_database_begin_transaction(w->db[i], NULL), NULL);
	for (c->count = 0; c->count < NAIVE_PAPERS; c->count++) {
		naive_name_paper(w, &c->papers[c->count], (unsigned)c->count + 1);
		naive_write_paper(w, &c->papers[c->count]);
	}
	for (int i = 0; i < NAIVE_PAPERS / 6; i++)
		naive_write_paper(w, &c->papers[below(w, NAIVE_PAPERS)]);
	for (size_t i = 0; i < w->databases; i++)
		must(sheaf_database_commit_transaction(w->db[i], NULL), NULL);
	for (int i = 0; i < NAIVE_PAPERS / 10; i++) {
		naive_paper *p = &c->papers[below(w, NAIVE_PAPERS)];

		if (p->alive)
			must(sheaf_database_delete_document(w->db[p->place], p->id, NULL), NULL);
		p->alive = 0;
	}
}

/* `number` tells apart the worlds of one seed. */
static inline world *naive_open(sheaf_stem_strategy strategy, size_t databases, unsigned number)
{
	const sheaf_database_options options = {.stem_strategy = strategy};
	world                       *w = calloc(1, sizeof *w);

	assert_non_null(w);
	w->seed = naive_seed();
	w->databases = databases;
	w->corpus.strategy = strategy;
	dice_start(&w->dice, w->seed, number, 0);
	must(sheaf_document_new(&w->doc, NULL), NULL);
	must(sheaf_stem_new(NULL, &w->corpus.stem, NULL), NULL);
	for (size_t i = 0; i < databases; i++) {
		char name[32];

		snprintf(name, sizeof name, "naive-%u-%zu", number, i);
		scratch_path(w->path[i], name);
		must(sheaf_database_open(w->path[i], SHEAF_DB_CREATE, &options, &w->db[i], NULL),
		     NULL);
	}
	naive_fill(w);
	for (size_t i = 1; i < databases; i++)
		must(sheaf_database_add_database(w->db[0], w->db[i], NULL), NULL);
	return w;
}

static inline void naive_close(world *w)
{
	for (size_t i = 0; i < w->databases; i++) {
		sheaf_database_close(w->db[i]);
		scratch_remove(w->path[i]);
	}
	sheaf_stem_free(w->corpus.stem);
	sheaf_document_free(w->doc);
	free(w);
}

#endif

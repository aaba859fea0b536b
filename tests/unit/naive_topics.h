/*
 * naive_topics.h: random papers of few words, and random profile sets for them, as text and as the
 * parts that a slow reference goes by.
 */
#ifndef NAIVE_TOPICS_H
#define NAIVE_TOPICS_H

#include <string.h>

#include "profile_fixture.h"

enum {
	TOPIC_PAPERS = 60,
	TOPIC_PROFILES = 6,
	TOPIC_CLAUSES = 6,
	TOPIC_KEYWORDS = 4,
	TOPIC_TITLE = 6,
	TOPIC_ABSTRACT = 30
};

/* No two share a stem, and none is part of another. The last is in no paper. */
static const char *const topic_words[] = {"alder", "birch", "cedar",  "fir",   "hazel",
                                          "larch", "maple", "poplar", "rowan", "willow"};
enum { TOPIC_WORDS = sizeof topic_words / sizeof *topic_words };

typedef struct topic_paper {
	sheaf_docid docid;
	size_t      title_count, abstract_count;
	const char *title[TOPIC_TITLE], *abstract[TOPIC_ABSTRACT];
} topic_paper;

/* A word, a phrase (`second`), or a word of the title alone. */
typedef struct topic_clause {
	const char *word, *second;
	int         title;
	double      factor;
	char        bare[48]; /* as in a query, without its factor */
} topic_clause;

typedef struct topic_profile {
	topic_clause clauses[TOPIC_CLAUSES];
	size_t       count;
	size_t       split; /* clauses before it AND those from it on; 0: all are alternatives */
	const char  *without;
	char         query[512];
	const char  *require, *exclude;
	int          min_percent;
	double       bias;
	const char  *keywords[TOPIC_KEYWORDS];
	size_t       keyword_count;
} topic_profile;

typedef struct topic_world {
	dice            dice;
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db;
	topic_paper     papers[TOPIC_PAPERS];
	size_t          count; /* of papers */
	topic_profile   profiles[TOPIC_PROFILES];
	size_t          profile_count;
	int             all, keywords, weights, fallback;
	const char     *select;
} topic_world;

/* Common words are commoner; `all`: the one that is in no paper, too. */
static inline const char *topic_word(topic_world *w, int all)
{
	size_t count = all ? TOPIC_WORDS : TOPIC_WORDS - 1;

	return topic_words[dice_below(&w->dice, dice_below(&w->dice, count) + 1)];
}

static inline size_t topic_text(topic_world *w, size_t most, const char **words, char *text,
                                size_t size)
{
	size_t count = 1 + dice_below(&w->dice, most), len = 0;

	for (size_t i = 0; i < count; i++) {
		words[i] = topic_word(w, 0);
		len += (size_t)snprintf(text + len, size - len, "%s%s", i ? " " : "", words[i]);
	}
	return count;
}

/* Writes the paper of that number, or another version of it. */
static inline void topic_write(topic_world *w, size_t number)
{
	static const char *const categories[] = {"cs.NE", "cs.NE q-bio.NC", "math.NA", NULL};
	topic_paper             *p = &w->papers[number];
	sheaf_document          *doc;
	char                     id[16], title[256], abstract[512];
	const char              *category = categories[dice_below(&w->dice, 4)];

	snprintf(id, sizeof id, "2601.%05zu", number + 1);
	p->title_count = topic_text(w, TOPIC_TITLE, p->title, title, sizeof title);
	p->abstract_count = topic_text(w, TOPIC_ABSTRACT, p->abstract, abstract, sizeof abstract);
	must(sheaf_document_new(&doc, NULL), NULL);
	must(scratch_paper(doc, id, title, abstract, NULL), NULL);
	if (category)
		must(document_add_category_line(doc, category, NULL), NULL);
	must(sheaf_database_replace_document(w->db, doc, &p->docid, NULL, NULL), NULL);
	sheaf_document_free(doc);
}

static inline void topic_open(topic_world *w, unsigned number, size_t papers)
{
	memset(w, 0, sizeof *w);
	dice_start(&w->dice, 0x70B1C5, number, 0);
	w->db = fixture_open(w->path, "topics");
	must(sheaf_database_begin_transaction(w->db, NULL), NULL);
	for (w->count = 0; w->count < papers; w->count++)
		topic_write(w, w->count);
	must(sheaf_database_commit_transaction(w->db, NULL), NULL);
}

static inline void topic_close(topic_world *w)
{
	fixture_close(w->db, w->path);
}

/* ---- profiles ---- */

static inline void topic_make_clause(topic_world *w, topic_clause *c)
{
	static const double factors[] = {1, 1, 2, 0.5, 3.25};

	*c = (topic_clause){.word = topic_word(w, 1)};
	c->factor = factors[dice_below(&w->dice, 5)];
	c->title = dice_one_in(&w->dice, 5);
	if (!c->title && dice_one_in(&w->dice, 3))
		c->second = topic_word(w, 0);
	if (c->second == c->word)
		c->second = NULL;
	if (c->second)
		snprintf(c->bare, sizeof c->bare, "\"%s %s\"", c->word, c->second);
	else
		snprintf(c->bare, sizeof c->bare, "%s%s", c->title ? "ti:" : "", c->word);
}

static inline void topic_add_clause(topic_world *w, topic_profile *p)
{
	topic_make_clause(w, &p->clauses[p->count]);
	for (size_t i = 0; i < p->count; i++)
		if (!strcmp(p->clauses[i].bare, p->clauses[p->count].bare))
			return;
	p->count++;
}

static inline void topic_write_clauses(buf *b, const topic_profile *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		buf_printf(b, "%s%s", i > from ? " OR " : "(", p->clauses[i].bare);
		if (p->clauses[i].factor < 1 || p->clauses[i].factor > 1)
			buf_printf(b, "^%g", p->clauses[i].factor);
	}
	buf_puts(b, ")");
}

static inline void topic_make_query(topic_world *w, topic_profile *p)
{
	size_t wanted = 1 + dice_below(&w->dice, TOPIC_CLAUSES);
	buf    b = BUF_INIT(0);

	for (size_t i = 0; i < wanted; i++)
		topic_add_clause(w, p);
	if (p->count > 1 && dice_one_in(&w->dice, 4))
		p->split = 1 + dice_below(&w->dice, p->count - 1);
	if (dice_one_in(&w->dice, 4))
		p->without = topic_word(w, 0);
	topic_write_clauses(&b, p, 0, p->split ? p->split : p->count);
	if (p->split) {
		buf_puts(&b, " AND ");
		topic_write_clauses(&b, p, p->split, p->count);
	}
	if (p->without)
		buf_printf(&b, " AND NOT %s", p->without);
	snprintf(p->query, sizeof p->query, "%s", buf_str(&b));
	buf_free(&b);
}

/* A query of what may be in a paper; NULL: none. */
static inline const char *topic_condition(topic_world *w, size_t often)
{
	static const char *const conditions[] = {
		"cat:cs.*",
		"alder OR maple",
		"NOT birch",
		"ti:cedar",
		"cat:q-bio.NC OR \"alder fir\"",
	};

	return dice_one_in(&w->dice, often) ? conditions[dice_below(&w->dice, 5)] : NULL;
}

static inline void topic_make_keywords(topic_world *w, topic_profile *p)
{
	size_t wanted = 1 + dice_below(&w->dice, TOPIC_KEYWORDS);

	while (p->keyword_count < wanted) {
		const char *word = topic_word(w, 1);
		int         known = 0;

		for (size_t i = 0; i < p->keyword_count; i++)
			known |= p->keywords[i] == word;
		if (!known)
			p->keywords[p->keyword_count++] = word;
	}
}

static inline void topic_make_profile(topic_world *w, size_t number)
{
	topic_profile *p = &w->profiles[number];

	memset(p, 0, sizeof *p);
	/* Now and then two ask for the same, so that there are ties. */
	if (number && dice_one_in(&w->dice, 4)) {
		*p = w->profiles[number - 1];
	} else {
		topic_make_query(w, p);
		p->bias = w->weights ? ((double)dice_below(&w->dice, 80) - 60) / 8 : 0;
		topic_make_keywords(w, p);
	}
	p->require = topic_condition(w, 4);
	p->exclude = topic_condition(w, 4);
	if (!w->keywords && dice_one_in(&w->dice, 3))
		p->min_percent = (int)dice_below(&w->dice, 101);
}

static inline void topic_make_set(topic_world *w)
{
	w->all = dice_one_in(&w->dice, 2);
	w->keywords = dice_one_in(&w->dice, 5);
	w->weights = !w->keywords && dice_one_in(&w->dice, 2);
	w->fallback = dice_one_in(&w->dice, 2);
	w->select = topic_condition(w, 3);
	w->profile_count = 1 + dice_below(&w->dice, TOPIC_PROFILES);
	for (size_t i = 0; i < w->profile_count; i++)
		topic_make_profile(w, i);
}

static inline void topic_write_profile(const topic_world *w, size_t number, buf *b)
{
	const topic_profile *p = &w->profiles[number];

	buf_printf(b, "  p%zu:\n", number);
	if (w->keywords) {
		buf_puts(b, "    keywords: [");
		for (size_t i = 0; i < p->keyword_count; i++)
			buf_printf(b, "%s%s", i ? ", " : "", p->keywords[i]);
		buf_puts(b, "]\n");
	} else {
		buf_printf(b, "    query: '%s'\n", p->query);
	}
	if (p->require)
		buf_printf(b, "    require: '%s'\n", p->require);
	if (p->exclude)
		buf_printf(b, "    exclude: '%s'\n", p->exclude);
	if (p->min_percent)
		buf_printf(b, "    min_percent: %d\n", p->min_percent);
	if (w->weights)
		buf_printf(b, "    bias: %g\n", p->bias);
}

static inline sheaf_profile_set *topic_set(const topic_world *w)
{
	buf                b = BUF_INIT(0);
	sheaf_profile_set *set;

	buf_printf(&b, "digest:\n  name: topics\n  assign: %s\n  match: %s\n  score: %s\n",
	           w->all ? "all" : "best", w->keywords ? "keywords" : "query",
	           w->weights ? "weights" : "bm25");
	if (w->fallback)
		buf_puts(&b, "  fallback: Rest\n");
	if (w->select)
		buf_printf(&b, "  select: '%s'\n", w->select);
	buf_puts(&b, "profiles:\n");
	for (size_t i = 0; i < w->profile_count; i++)
		topic_write_profile(w, i, &b);
	set = fixture_profiles(buf_str(&b));
	buf_free(&b);
	return set;
}

/* ---- what is stored ---- */

static inline int topic_note_placement(void *ctx, const sheaf_placement *p)
{
	buf_printf(ctx, "%s %lld %.12g %d\n", p->profile, (long long)p->docid, p->weight,
	           p->percent);
	return 0;
}

static inline buf topic_placements(sheaf_database *db, const sheaf_profile_set *set)
{
	buf text = BUF_INIT(0);

	must(sheaf_placement_each(db, set, 0, topic_note_placement, &text, NULL), NULL);
	return text;
}

#endif

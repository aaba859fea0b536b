/*
 * The words of relevant documents, gathered into families by their stems: the index's own tokens of
 * title and abstract.
 */
#include <sheaf/term_generator.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "eset_private.h"
#include "hash.h"
#include "query_stop_words.h"
#include "str.h"

enum {
	SLOTS_FIRST = 512,
	STOP_WORD_MAX = 31 /* bytes; no function word is longer */
};

void family_table_free(family_table *t)
{
	mem_free(t->slots);
	mem_free(t->touched);
	arena_free(&t->arena);
}

/* Where a stem is in a table of `size` slots, or belongs. */
static size_t slot_of(family *const *slots, size_t size, const char *stem, size_t len)
{
	size_t at = (size_t)hash_bytes(HASH_SEED, stem, len) & (size - 1);

	while (slots[at] && (slots[at]->stem_len != len || memcmp(slots[at]->stem, stem, len) != 0))
		at = (at + 1) & (size - 1);
	return at;
}

/* Keeps the table at most half full. Answers 0 where there is no memory. */
static int make_room(family_table *t)
{
	size_t   size = t->size ? t->size * 2 : SLOTS_FIRST;
	family **slots;

	if (t->count < t->size / 2)
		return 1;
	slots = mem_calloc(size, sizeof(*slots));
	if (!slots)
		return 0;
	for (size_t i = 0; i < t->size; i++)
		if (t->slots[i])
			slots[slot_of(slots, size, t->slots[i]->stem, t->slots[i]->stem_len)] =
				t->slots[i];
	mem_free(t->slots);
	t->slots = slots;
	t->size = size;
	return 1;
}

static int count_word(family_table *t, family *f, const char *text, size_t len)
{
	family_word *w = f->words;

	while (w && (w->len != len || memcmp(w->text, text, len) != 0))
		w = w->next;
	if (!w) {
		w = arena_calloc(&t->arena, 1, sizeof *w);
		if (!w)
			return 0;
		w->text = arena_strndup(&t->arena, text, len);
		w->len = len;
		if (!w->text)
			return 0;
		w->next = f->words;
		f->words = w;
	}
	w->count++;
	return 1;
}

/* The family of a stem, made where it is new, and its word, counted. NULL: out of memory. */
static family *add_word(family_table *t, const char *stem, size_t stem_len, const char *text,
                        size_t len)
{
	family *f;
	size_t  at;

	if (!make_room(t))
		return NULL;
	at = slot_of(t->slots, t->size, stem, stem_len);
	f = t->slots[at];
	if (!f) {
		f = arena_calloc(&t->arena, 1, sizeof *f);
		if (!f)
			return NULL;
		f->stem = arena_strndup(&t->arena, stem, stem_len);
		f->stem_len = stem_len;
		if (!f->stem)
			return NULL;
		t->slots[at] = f;
		t->count++;
	}
	return count_word(t, f, text, len) ? f : NULL;
}

static int is_better_word(const family_word *a, const family_word *b)
{
	if (a->count != b->count)
		return a->count > b->count;
	if (a->len != b->len)
		return a->len < b->len;
	return memcmp(a->text, b->text, a->len) < 0;
}

const family_word *family_best_word(const family *f)
{
	const family_word *best = f->words;

	for (const family_word *w = f->words; w; w = w->next)
		if (is_better_word(w, best))
			best = w;
	return best;
}

/* A document that is being read. */
typedef struct reading {
	sheaf_term_generator *tg;
	const eset_scheme    *scheme;
	family_table         *table;
	int                   english; /* 1: the built-in stop list is of the right language */
	double                field_weight;
	int64_t               last; /* position of the word before */
	double                length;
	int                   failed; /* out of memory */
} reading;

/*
 * A function word of English, which holds for its whole family ("liked" is of the family of
 * "like").
 */
static int is_stop_word(const char *text, size_t len)
{
	char copy[STOP_WORD_MAX + 1];

	if (len > STOP_WORD_MAX)
		return 0;
	memcpy(copy, text, len);
	copy[len] = '\0';
	return query_stop_words_has(copy);
}

/* Words that tell nothing of what a document is about: function words, single letters, numbers. */
static int says_nothing(const reading *r, const sheaf_term *t)
{
	if (t->word_len < 2 || str_is_digit((unsigned char)*t->word))
		return 1;
	return r->english &&
	       (is_stop_word(t->word, t->word_len) || is_stop_word(t->stem, t->stem_len));
}

static int touch(family_table *t, family *f)
{
	if (f->now > 0)
		return 1;
	if (t->touched_count == t->touched_size) {
		size_t   size = t->touched_size ? t->touched_size * 2 : 256;
		family **grown = mem_realloc_array(t->touched, size, sizeof(*grown));

		if (!grown)
			return 0;
		t->touched = grown;
		t->touched_size = size;
	}
	t->touched[t->touched_count++] = f;
	return 1;
}

/* A word; other forms of it at its position are in the index, but are no more occurrences. */
static int see_word(void *ctx, const sheaf_term *t)
{
	reading *r = ctx;
	family  *f;

	if ((int64_t)t->position == r->last)
		return 0;
	r->last = t->position;
	r->length += r->field_weight;
	f = add_word(r->table, t->stem, t->stem_len, t->word, t->word_len);
	if (!f || !touch(r->table, f)) {
		r->failed = 1;
		return 1;
	}
	f->now += r->field_weight;
	f->stopped |= says_nothing(r, t);
	return 0;
}

static sheaf_status read_text(reading *r, const char *text, size_t len, double field_weight,
                              sheaf_error *err)
{
	sheaf_status status;

	if (!text)
		return SHEAF_OK;
	r->last = -1;
	r->field_weight = field_weight;
	status = sheaf_term_generator_index_text(r->tg, text, len, see_word, r, err);
	return r->failed ? sheaf_nomem(err) : status;
}

/* Adds what was read of a document of weight `weight` to the families. */
static void add_up(reading *r, double weight, int is_text)
{
	family_table *t = r->table;

	for (size_t i = 0; i < t->touched_count; i++) {
		family *f = t->touched[i];

		f->mass += weight * f->now / (r->scheme->share ? r->length : 1);
		f->now = 0;
		f->documents += !is_text;
		f->texts += is_text;
	}
	t->touched_count = 0;
	r->length = 0;
}

static sheaf_status read_document(reading *r, sheaf_database *db, const rset_document *d,
                                  sheaf_error *err)
{
	sheaf_document *doc = NULL;
	const char     *title, *abstract;
	sheaf_status    status = sheaf_database_get_document(db, d->docid, &doc, err);

	if (status != SHEAF_OK)
		return status;
	title = sheaf_document_get_text(doc, SHEAF_FIELD_TITLE);
	abstract = sheaf_document_get_text(doc, SHEAF_FIELD_ABSTRACT);
	status = read_text(r, title, title ? strlen(title) : 0, r->scheme->title_weight, err);
	if (status == SHEAF_OK)
		status = read_text(r, abstract, abstract ? strlen(abstract) : 0, 1, err);
	if (status == SHEAF_OK)
		add_up(r, d->weight, 0);
	sheaf_document_free(doc);
	return status;
}

sheaf_status eset_read(sheaf_database *db, const sheaf_rset *rset, const eset_scheme *scheme,
                       family_table *t, sheaf_error *err)
{
	reading      r = {.scheme = scheme, .table = t};
	sheaf_status status = sheaf_term_generator_new(db, &r.tg, err);

	r.english = str_eq(sheaf_database_get_stemmer(db), "english");
	for (size_t i = 0; status == SHEAF_OK && i < rset->document_count; i++)
		status = read_document(&r, db, &rset->documents[i], err);
	for (size_t i = 0; status == SHEAF_OK && i < rset->text_count; i++) {
		const rset_text *text = &rset->texts[i];

		status = read_text(&r, text->text, text->len, 1, err);
		if (status == SHEAF_OK)
			add_up(&r, text->weight, 1);
	}
	sheaf_term_generator_free(r.tg);
	return status;
}

/* The run of a batch: an inverter's postings as ranking lists. */
#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "error.h"
#include "field.h"
#include "list_writer.h"
#include "ranking_image.h"
#include "ranking_keys.h"

#define NO_TERM UINT32_MAX

enum { AHEAD = 12 }; /* terms that are asked of memory before they are looked at */

/* A list to be made: of the postings of one or two terms. */
typedef struct image_key {
	uint64_t hash;
	uint32_t term, marked; /* places in the inverter; NO_TERM */
} image_key;

typedef struct image_keys {
	image_key *list;
	size_t     count;
} image_keys;

/* The bytes of a key in its term: a stem's are behind the marker. */
static const char *key_text(const inverter *v, const image_key *k, size_t *len)
{
	const char *text = inverter_term_text(v, k->term != NO_TERM ? k->term : k->marked, len);

	if (k->term != NO_TERM)
		return text;
	--*len;
	return text + 1;
}

static void add_key(image_keys *keys, const inverter *v, uint32_t term, uint32_t marked)
{
	image_key  *k = &keys->list[keys->count++];
	const char *text;
	size_t      len;

	*k = (image_key){0, term, marked};
	text = key_text(v, k, &len);
	k->hash = list_hash(text, len);
}

/* The analyser has noted at each word what its stem's term is. -1: out of memory. */
static int is_own_stem(const tokens_config *config, const inverter *v, size_t i)
{
	const inverter_term *t = inverter_term_at(v, i);
	const char          *stem;
	size_t               len;

	if (inverter_companion(t))
		return inverter_companion(t) == t;
	if (sheaf_stem_word(config->stem, t->text, t->len, &stem, &len, NULL) != SHEAF_OK)
		return -1;
	return len == t->len && memcmp(stem, t->text, len) == 0;
}

/* Adds the key of a term, if it has one. 0: out of memory. */
static int collect_one(const tokens_config *config, const inverter *v, size_t i, image_keys *keys)
{
	size_t      len;
	const char *text = inverter_term_text(v, i, &len);
	int         own = 1;

	switch (ranking_kind_of(text, len)) {
	case RANKING_NONE: return 1;
	case RANKING_STEM: add_key(keys, v, NO_TERM, (uint32_t)i); return 1;
	case RANKING_WORD: own = is_own_stem(config, v, i); break;
	case RANKING_MARKED: break;
	}
	if (own > 0)
		add_key(keys, v, (uint32_t)i, NO_TERM);
	return own >= 0;
}

/* Terms lie anywhere in memory: those that come soon are fetched meanwhile. 0: out of memory. */
static int collect_keys(const tokens_config *config, const inverter *v, image_keys *keys)
{
	size_t count = inverter_term_count(v);

	for (size_t i = 0; i < count; i++) {
		if (i + AHEAD < count)
			__builtin_prefetch(inverter_term_at(v, i + AHEAD)->text);
		if (!collect_one(config, v, i, keys))
			return 0;
	}
	return 1;
}

/* ---- the order of a run ---- */

/* By 11 bits of the hash at a time, the low ones first. `spare` has as much room. */
static image_key *sort_by_hash(image_key *keys, image_key *spare, size_t count)
{
	enum { BITS = 11, SLOTS = 1 << BITS };

	for (int shift = 0; shift < LIST_HASH_BITS; shift += BITS) {
		size_t     starts[SLOTS + 1] = {0};
		image_key *other = keys;

		for (size_t i = 0; i < count; i++)
			starts[(keys[i].hash >> shift & (SLOTS - 1)) + 1]++;
		for (size_t i = 0; i < SLOTS; i++)
			starts[i + 1] += starts[i];
		for (size_t i = 0; i < count; i++)
			spare[starts[keys[i].hash >> shift & (SLOTS - 1)]++] = keys[i];
		keys = spare;
		spare = other;
	}
	return keys;
}

static int is_before(const inverter *v, const image_key *a, const image_key *b)
{
	size_t      a_len, b_len;
	const char *a_text = key_text(v, a, &a_len), *b_text = key_text(v, b, &b_len);
	int         order = memcmp(a_text, b_text, a_len < b_len ? a_len : b_len);

	return order ? order < 0 : a_len < b_len;
}

/* Keys of one hash by their bytes: mostly the two halves of a family. */
static void sort_ties(const inverter *v, image_key *keys, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		image_key now = keys[i];
		size_t    at = i;

		for (; at && keys[at - 1].hash == now.hash && is_before(v, &now, &keys[at - 1]);
		     at--)
			keys[at] = keys[at - 1];
		keys[at] = now;
	}
}

/* Whether two neighbours are a word and the stem of others that is this word. */
static int are_family(const inverter *v, const image_key *a, const image_key *b)
{
	return a->hash == b->hash && (a->term == NO_TERM) != (b->term == NO_TERM) &&
	       !is_before(v, a, b) && !is_before(v, b, a);
}

/* Makes one key of each family. */
static void join_families(const inverter *v, image_keys *keys)
{
	size_t count = 0;

	for (size_t i = 0; i < keys->count; i++) {
		image_key *k = &keys->list[i];

		if (count && are_family(v, &keys->list[count - 1], k)) {
			image_key *joined = &keys->list[count - 1];

			joined->term = k->term != NO_TERM ? k->term : joined->term;
			joined->marked = k->marked != NO_TERM ? k->marked : joined->marked;
		} else {
			keys->list[count++] = *k;
		}
	}
	keys->count = count;
}

/* ---- postings ---- */

/*
 * Counts positions as FTS5 writes them: numbers of one or more bytes, of which all but the last
 * have the high bit; a 1 says that the next number is a column.
 */
static void count_positions(const unsigned char *at, size_t len, posting *p)
{
	uint32_t *kind = &p->abstract;

	for (size_t i = 0; i < len; i++) {
		if (at[i] == 1) {
			i++;
			kind = i < len && at[i] == COLUMN_TITLE ? &p->title : &p->other;
			continue;
		}
		while (i < len && at[i] & 0x80)
			i++;
		++*kind;
	}
}

_Static_assert((int)COLUMN_ABSTRACT == 0 && (int)COLUMN_COUNT < 0x80,
               "columns as positions name them");

static sheaf_status add_posting(list_writer *w, const inverter_cursor *c, posting *p,
                                const uint32_t *lengths, sheaf_error *err)
{
	p->revision = c->revision;
	p->length = lengths[c->document];
	return list_writer_add(w, p, err);
}

static sheaf_status write_postings(list_writer *w, const inverter *v, const image_key *k,
                                   const uint32_t *lengths, sheaf_error *err)
{
	inverter_cursor c[2];
	int             more[2];
	sheaf_status    status = SHEAF_OK;

	for (int i = 0; i < 2; i++) {
		uint32_t term = i ? k->marked : k->term;

		more[i] = term != NO_TERM;
		if (more[i])
			inverter_open(v, term, &c[i]);
		more[i] = more[i] && inverter_next(&c[i]);
	}
	while (status == SHEAF_OK && (more[0] || more[1])) {
		posting p = {0};
		int     which = !more[0] || (more[1] && c[1].revision < c[0].revision);
		int     both = more[0] && more[1] && c[0].revision == c[1].revision;

		count_positions(c[which].positions, c[which].len, &p);
		if (both)
			count_positions(c[1].positions, c[1].len, &p);
		status = add_posting(w, &c[which], &p, lengths, err);
		more[which] = inverter_next(&c[which]);
		if (both)
			more[1] = inverter_next(&c[1]);
	}
	return status;
}

/* What the lists to come will read: the terms far ahead, their postings nearer by. */
static void expect(const inverter *v, const image_keys *keys, size_t i)
{
	if (i + AHEAD < keys->count) {
		const image_key *k = &keys->list[i + AHEAD];

		__builtin_prefetch(inverter_term_at(v, k->term != NO_TERM ? k->term : k->marked));
	}
	if (i + AHEAD / 2 < keys->count) {
		const image_key *k = &keys->list[i + AHEAD / 2];

		__builtin_prefetch(
			inverter_term_at(v, k->term != NO_TERM ? k->term : k->marked)->data);
	}
}

static sheaf_status write_lists(list_writer *w, const inverter *v, const image_keys *keys,
                                const uint32_t *lengths, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < keys->count; i++) {
		const image_key *k = &keys->list[i];
		size_t           len;
		const char      *text = key_text(v, k, &len);

		expect(v, keys, i);
		status = list_writer_begin(w, text, len, err);
		if (status == SHEAF_OK)
			status = write_postings(w, v, k, lengths, err);
		if (status == SHEAF_OK)
			status = list_writer_end(w, err);
	}
	return status;
}

sheaf_status ranking_image_write(const tokens_config *config, const inverter *v,
                                 const uint32_t *lengths, list_writer *w, sheaf_error *err)
{
	size_t       count = inverter_term_count(v);
	image_key   *room = mem_realloc_array(NULL, 2 * count + 1, sizeof *room);
	image_keys   keys = {room, 0};
	sheaf_status status;

	if (!room)
		return sheaf_nomem(err);
	if (collect_keys(config, v, &keys)) {
		keys.list = sort_by_hash(room, room + count, keys.count);
		sort_ties(v, keys.list, keys.count);
		join_families(v, &keys);
		status = write_lists(w, v, &keys, lengths, err);
	} else {
		status = sheaf_nomem(err);
	}
	mem_free(room);
	return status == SHEAF_OK ? list_writer_finish(w, err) : status;
}

#include "tokens.h"

#include <string.h>

#include "hash.h"
#include "person_name.h"
#include "words.h"

/* Words that wait while what the inverter knows of them comes from memory. A power of two. */
enum { AHEAD = 16 };
_Static_assert((int)WORD_MAX <= (int)INVERTER_KEY_MAX && (int)WORD_MAX < (int)TOKEN_MAX,
               "any word is a token, marked or not");

typedef struct waiting {
	uint32_t     position;
	int          is_name;
	inverter_key key;
} waiting;

/* On its way through a text: tokens go to a callback, or into an inverter. */
typedef struct splitter {
	const tokens_config *config;
	token_fn             fn; /* NULL: into the inverter */
	void                *ctx;
	inverter            *inverter;
	unsigned             column;
	uint32_t             positions; /* as FTS5 counts them */
	size_t               queued, settled;
	waiting              queue[AHEAD];
} splitter;

static int occur(splitter *s, inverter_term *t, uint32_t position)
{
	if (!t)
		return -1;
	inverter_add(s->inverter, t, s->column, position);
	return 0;
}

static int emit(splitter *s, const char *text, size_t len, int same, size_t begin, size_t end)
{
	token t = {text, len, same, begin, end};

	if (s->fn)
		return s->fn(s->ctx, &t);
	if (len > TOKEN_MAX)
		return 0;
	/* What comes first has a position of its own, whatever it says. */
	s->positions += !same || !s->positions;
	return occur(s, inverter_find(s->inverter, text, len), s->positions - 1);
}

/* `text` behind a marker: its length, 0 where it is too long to be a token. */
static size_t mark(char marker, const char *text, size_t len, char marked[TOKEN_MAX])
{
	if (len >= TOKEN_MAX)
		return 0;
	marked[0] = marker;
	memcpy(marked + 1, text, len);
	return len + 1;
}

/* The word behind a marker, at the position of the token before. */
static int emit_marked(splitter *s, char marker, const char *text, size_t len, const word *w)
{
	char   marked[TOKEN_MAX];
	size_t n = mark(marker, text, len, marked);

	return n ? emit(s, marked, n, 1, w->begin, w->end) : 0;
}

/* NULL: it is too long to be a token, or out of memory. */
static inverter_term *find_marked(splitter *s, char marker, const char *text, size_t len)
{
	char   marked[TOKEN_MAX];
	size_t n = mark(marker, text, len, marked);

	return n ? inverter_find(s->inverter, marked, n) : NULL;
}

static int is_text(const char *a, size_t a_len, const char *b, size_t b_len)
{
	return a_len == b_len && memcmp(a, b, a_len) == 0;
}

/*
 * What an inverter's term of a word has for a companion: the term of its stem as it is emitted, the
 * word's own where the stem is the word. Words come again and again; their stems are asked for
 * once.
 */
static inverter_term *find_family(splitter *s, inverter_term *t)
{
	inverter_term *family = t;
	const char    *stem;
	size_t         len;

	if (sheaf_stem_word(s->config->stem, t->text, t->len, &stem, &len, NULL) != SHEAF_OK)
		return NULL;
	if (is_text(stem, len, t->text, t->len))
		family = t;
	else if (s->config->strategy == SHEAF_STEM_ALL)
		family = inverter_find(s->inverter, stem, len);
	else if (len < TOKEN_MAX)
		family = find_marked(s, TOKEN_STEM, stem, len);
	if (family)
		inverter_set_companion(t, family);
	return family;
}

/* What prose_word() and name_word() emit, for a word whose term is known. */
static int settle_word(splitter *s, inverter_term *t, int is_name, uint32_t position)
{
	sheaf_stem_strategy strategy = s->config->strategy;
	inverter_term      *family = t;

	if (t && strategy != SHEAF_STEM_NONE && !(family = inverter_companion(t)))
		family = find_family(s, t);
	if (!family)
		return -1;
	if (!is_name && strategy == SHEAF_STEM_ALL)
		return occur(s, family, position);
	inverter_add(s->inverter, t, s->column, position);
	if (family == t)
		return 0;
	if (!is_name)
		return occur(s, family, position);
	return occur(s, find_marked(s, TOKEN_NAME, t->text, t->len), position);
}

static int settle_next(splitter *s)
{
	const waiting *w = &s->queue[s->settled++ & (AHEAD - 1)];

	return settle_word(s, inverter_find_key(s->inverter, &w->key), w->is_name, w->position);
}

/* Takes a place in the queue; who stood there before is settled. */
static int queue_word(splitter *s, const word *w, int is_name)
{
	int      stop = s->queued - s->settled == AHEAD ? settle_next(s) : 0;
	waiting *last = &s->queue[s->queued++ & (AHEAD - 1)];

	inverter_expect(s->inverter, &last->key, w->text, w->len);
	last->position = s->positions++;
	last->is_name = is_name;
	return stop;
}

static int queue_prose(void *ctx, const word *w)
{
	return queue_word(ctx, w, 0);
}

static int queue_name(void *ctx, const word *w)
{
	return queue_word(ctx, w, 1);
}

static int prose_word(void *ctx, const word *w)
{
	splitter   *s = ctx;
	const char *stem;
	size_t      len;
	int         stop;

	if (s->config->strategy == SHEAF_STEM_NONE)
		return emit(s, w->text, w->len, 0, w->begin, w->end);
	if (sheaf_stem_word(s->config->stem, w->text, w->len, &stem, &len, NULL) != SHEAF_OK)
		return -1;
	if (s->config->strategy == SHEAF_STEM_ALL)
		return emit(s, stem, len, 0, w->begin, w->end);
	stop = emit(s, w->text, w->len, 0, w->begin, w->end);
	if (stop || is_text(stem, len, w->text, w->len))
		return stop;
	return emit_marked(s, TOKEN_STEM, stem, len, w);
}

static int name_word(void *ctx, const word *w)
{
	splitter   *s = ctx;
	const char *stem;
	size_t      len;
	int         stop;

	stop = emit(s, w->text, w->len, 0, w->begin, w->end);
	if (stop || s->config->strategy == SHEAF_STEM_NONE)
		return stop;
	if (sheaf_stem_word(s->config->stem, w->text, w->len, &stem, &len, NULL) != SHEAF_OK)
		return -1;
	return is_text(stem, len, w->text, w->len) ? 0
	                                           : emit_marked(s, TOKEN_NAME, w->text, w->len, w);
}

static int line_end(void *ctx)
{
	const char marker = TOKEN_LINE;

	return emit(ctx, &marker, 1, 0, 0, 0);
}

/* ---- people ---- */

/* `text`, and behind a "_" the first character of `of` where there is one, behind a marker. */
static int emit_key(splitter *s, char marker, int same, const person_span *text,
                    const person_given *of)
{
	char   marked[TOKEN_MAX];
	size_t len = 1;

	marked[0] = marker;
	if (text && text->len) {
		memcpy(marked + 1, text->text, text->len);
		len += text->len;
	}
	if (of) {
		size_t first = person_initial(of->text, of->len);

		if (text)
			marked[len++] = '_';
		memcpy(marked + len, of->text, first);
		len += first;
	}
	return emit(s, marked, len, same, 0, 0);
}

/* The keys of a family name, at the position of the TOKEN_LINE before. */
static int emit_keys(splitter *s, const person_name *p)
{
	const person_given *first = p->given_count ? &p->given[0] : NULL;
	int                 stop = 0;

	if (first)
		stop = emit_key(s, TOKEN_KEY, 1, &p->family, first);
	if (!stop && first && p->core.len)
		stop = emit_key(s, TOKEN_KEY, 1, &p->core, first);
	if (!stop && p->family.count > 1)
		stop = emit_key(s, TOKEN_KEY, 1, &p->family, NULL);
	return stop;
}

/* What else the position of given name `i` says, which has one token already. */
static int emit_given_forms(splitter *s, const person_name *p, size_t i)
{
	const person_given *g = &p->given[i];
	int                 stop = 0;

	if (!g->initial)
		stop = emit_key(s, TOKEN_INITIAL, 1, NULL, g);
	if (!stop && !i && p->joined.len)
		stop = emit_key(s, TOKEN_GIVEN, 1, &p->joined, NULL);
	return stop;
}

/* The words as they are printed and, where their order is the usual one, what they are. */
static int emit_person_words(splitter *s, const person_name *p, size_t base)
{
	int stop = 0;

	for (size_t i = 0; !stop && i < p->word_count; i++) {
		const person_word  *w = &p->words[i];
		const person_given *g = i < p->given_count ? &p->given[i] : NULL;
		word now = {p->bytes + w->at, w->len, base + w->begin, base + w->end};

		stop = s->fn ? name_word(s, &now) : queue_name(s, &now);
		if (stop || p->kind != PERSON_FULL || !p->aligned)
			continue;
		if (g && g->initial && !g->as_printed)
			stop = emit_key(s, TOKEN_GIVEN, 1, NULL, g);
		if (!stop && g)
			stop = emit_given_forms(s, p, i);
		if (!stop && i == p->family.word && p->family.count > 1)
			stop = emit_key(s, TOKEN_GIVEN, 1, NULL, NULL);
	}
	return stop;
}

/* The given names once more, in the usual order behind the keys. */
static int emit_in_order(splitter *s, const person_name *p)
{
	int stop = line_end(s);

	if (!stop)
		stop = emit_keys(s, p);
	for (size_t i = 0; !stop && i < p->given_count; i++) {
		const person_given *g = &p->given[i];
		person_span         text = {g->text, g->len, 0, 0};

		stop = emit_key(s, TOKEN_GIVEN, 0, &text, NULL);
		/* "JP" may be a name for once. */
		if (!stop && g->initial && !g->as_printed && g->text == g->span.text)
			stop = emit_key(s, TOKEN_GIVEN, 1, &g->span, NULL);
		if (!stop)
			stop = emit_given_forms(s, p, i);
	}
	return stop ? stop : emit_key(s, TOKEN_GIVEN, 0, NULL, NULL);
}

static int split_person(splitter *s, const char *text, size_t len, size_t base)
{
	person_name p;
	int         stop;

	person_name_parse(&p, text, len);
	if (!p.word_count)
		return 0;
	stop = line_end(s);
	if (!stop && p.overflow) {
		words_sink names = {s, s->fn ? name_word : queue_name, NULL};

		return words_split(text, len, WORDS_NAMES, &names);
	}
	if (!stop && (p.aligned || p.kind == PERSON_FAMILY))
		stop = emit_keys(s, &p);
	if (!stop)
		stop = emit_person_words(s, &p, base);
	return stop || p.kind != PERSON_FULL || p.aligned ? stop : emit_in_order(s, &p);
}

static int split_people(splitter *s, const char *text, size_t len)
{
	size_t at = 0;
	int    stop = 0;

	while (!stop && at < len) {
		const char *end = memchr(text + at, '\n', len - at);
		size_t      n = end ? (size_t)(end - text) - at : len - at;

		stop = split_person(s, text + at, n, at);
		at += n + 1;
	}
	return stop || !len ? stop : line_end(s);
}

static int split_terms(splitter *s, const char *text, size_t len)
{
	char   marked[TOKEN_MAX];
	size_t at = 0;

	while (at < len) {
		const char *end = memchr(text + at, ' ', len - at);
		size_t      n = end ? (size_t)(end - text) - at : len - at;

		if (n && n < sizeof marked) {
			int stop;

			marked[0] = TOKEN_BOOLEAN;
			memcpy(marked + 1, text + at, n);
			stop = emit(s, marked, n + 1, 0, at, at + n);
			if (stop)
				return stop;
		}
		at += n + 1;
	}
	return 0;
}

static int split_tokens(splitter *s, const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		size_t n = 1;
		int    stop;

		while (at + n < len && text[at + n] != TOKENS_NEXT && text[at + n] != TOKENS_SAME)
			n++;
		stop = n > 1 ? emit(s, text + at + 1, n - 1, text[at] == TOKENS_SAME, at, at + n)
		             : 0;
		if (stop)
			return stop;
		at += n;
	}
	return 0;
}

static int split(splitter *s, const char *text, size_t len)
{
	words_sink prose = {s, s->fn ? prose_word : queue_prose, NULL};
	words_sink names = {s, s->fn ? name_word : queue_name, line_end};

	if (!len)
		return 0;
	switch (text[0]) {
	case MODE_PROSE: return words_split(text + 1, len - 1, WORDS_PROSE, &prose);
	case MODE_NAMES: return words_split(text + 1, len - 1, WORDS_NAMES, &names);
	case MODE_PEOPLE: return split_people(s, text + 1, len - 1);
	case MODE_TERMS: return split_terms(s, text + 1, len - 1);
	case MODE_TOKENS: return split_tokens(s, text + 1, len - 1);
	default: return 0; /* no column of ours */
	}
}

int tokens_split(const tokens_config *config, const char *text, size_t len, token_fn fn, void *ctx)
{
	splitter s;

	s.config = config;
	s.fn = fn;
	s.ctx = ctx;
	return split(&s, text, len);
}

int tokens_invert(const tokens_config *config, const char *text, size_t len, inverter *v,
                  unsigned column, uint32_t *positions)
{
	splitter s;
	int      stop;

	/* The queue is empty, whatever it holds. */
	s.config = config;
	s.fn = NULL;
	s.ctx = NULL;
	s.inverter = v;
	s.column = column;
	s.positions = 0;
	s.queued = s.settled = 0;
	stop = split(&s, text, len);
	while (!stop && s.settled < s.queued)
		stop = settle_next(&s);
	*positions = s.positions;
	return stop || inverter_status(v) != SHEAF_OK ? -1 : 0;
}

static int add_to_hash(void *ctx, const token *t)
{
	uint64_t *hash = ctx;
	char      same = (char)t->same;

	*hash = hash_bytes(*hash, &same, 1);
	*hash = hash_bytes(*hash, t->text, t->len);
	*hash = hash_bytes(*hash, "\n", 1);
	return 0;
}

int tokens_fingerprint(const tokens_config *config, int64_t *fingerprint)
{
	static const char *const samples[] = {
		"\001networks networking networked computational computing universities relativity generalizations "
		"matrices analyses hypotheses emergence organization organisms happily flies dying lying news proceed "
		"easily spiking neurons memristive detection detecting optimisation optimization skies only internally "
		"K\xC3\xB6rper H\xC3\xA4user \xC3\xA9tudes universit\xC3\xA9s corazones redes Schr\\\"odinger $\\alpha$-decay "
		"CO$_2$ \xCE\xB2 \xD1\x81\xD0\xB5\xD1\x82\xD0\xB8 Bell's event-based \xE7\xA5\x9E\xE7\xBB\x8F",
		/*
		 * Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai, Georgian, Hangul, kana; a
		 * ligature, a fraction
		 */
		"\001\xCE\xB4\xCE\xAF\xCE\xBA\xCF\x84\xCF\x85\xCE\xB1 \xD0\xBD\xD0\xB5\xD0\xB9\xD1\x80\xD0\xBE\xD0\xBD\xD1\x8B "
		"\xD7\xA8\xD7\xA9\xD7\xAA \xD8\xB4\xD8\xA8\xD9\x83\xD8\xA9 "
		"\xE0\xA4\x9C\xE0\xA4\xBE\xE0\xA4\xB2 \xE0\xB9\x82\xE0\xB8\x84\xE0\xB8\xA3\xE0\xB8\x87 "
		"\xE1\x83\xA5\xE1\x83\xA1\xE1\x83\x94\xE1\x83\x9A\xE1\x83\x98 \xEB\xA7\x9D "
		"\xE3\x83\x8D\xE3\x83\x83\xE3\x83\x88 \xEF\xAC\x81nal \xC2\xBD",
		"\002Ada Networks\nBo Quist",
		"\004Ada Quist\nJ.-P. Ferrandi\nLara M. del Monte\nO'Dara, Bo, Jr.\nJP Quist\nYu. Quist\nXiao-Ming Quist\n"
		"QUIST Ada\nQuist A B\nAda (Bo) Quist\nBo van der Smith-Jones III\nThe Lamp Collaboration\nQuist",
	};
	unsigned char version = TOKENS_VERSION, strategy = (unsigned char)config->strategy;
	uint64_t      hash = hash_bytes(HASH_SEED, &version, 1);

	hash = hash_bytes(hash, &strategy, 1);
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
		if (tokens_split(config, samples[i], strlen(samples[i]), add_to_hash, &hash) < 0)
			return -1;
	*fingerprint = (int64_t)(hash & INT64_MAX);
	return 0;
}

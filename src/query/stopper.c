/* Lists of stop words: the parser's own, and the caller's in a table by hash. */
#include <sheaf/stopper.h>
#include <string.h>

#include "alloc.h"
#include "arena.h"
#include "error.h"
#include "hash.h"
#include "query_stop_words.h"
#include "words.h"

enum { LIST_MAX = 1 << 20, TABLE_MIN = 64 };

struct sheaf_stopper {
	int          builtin;
	arena        bytes;
	const char **table; /* words, or NULL; a power of two, at most half full */
	size_t       size, count;
};

sheaf_status sheaf_stopper_new(int builtin, sheaf_stopper **out, sheaf_error *err)
{
	*out = mem_calloc(1, sizeof **out);
	if (!*out)
		return sheaf_nomem(err);
	(*out)->builtin = builtin != 0;
	return SHEAF_OK;
}

void sheaf_stopper_free(sheaf_stopper *stopper)
{
	if (!stopper)
		return;
	arena_free(&stopper->bytes);
	mem_free(stopper->table);
	mem_free(stopper);
}

/* The place of a word in the table, which has room: its own, or the free one where it belongs. */
static size_t place_of(const sheaf_stopper *stopper, const char *text, size_t len)
{
	uint64_t h = hash_bytes(HASH_SEED, text, len);
	size_t   at = (size_t)(h ^ h >> 32) & (stopper->size - 1);

	while (stopper->table[at] &&
	       (strlen(stopper->table[at]) != len || memcmp(stopper->table[at], text, len) != 0))
		at = (at + 1) & (stopper->size - 1);
	return at;
}

static int grow(sheaf_stopper *stopper)
{
	sheaf_stopper bigger = {.size = stopper->size ? stopper->size * 2 : TABLE_MIN};

	bigger.table = mem_calloc(bigger.size, sizeof *bigger.table);
	if (!bigger.table)
		return 0;
	for (size_t i = 0; i < stopper->size; i++) {
		const char *text = stopper->table[i];

		if (text)
			bigger.table[place_of(&bigger, text, strlen(text))] = text;
	}
	mem_free(stopper->table);
	stopper->table = bigger.table;
	stopper->size = bigger.size;
	return 1;
}

static sheaf_status put(sheaf_stopper *stopper, const char *text, size_t len, sheaf_error *err)
{
	size_t at;

	if (stopper->count * 2 >= stopper->size && !grow(stopper))
		return sheaf_nomem(err);
	at = place_of(stopper, text, len);
	if (stopper->table[at])
		return SHEAF_OK;
	stopper->table[at] = arena_strndup(&stopper->bytes, text, len);
	if (!stopper->table[at])
		return sheaf_nomem(err);
	stopper->count++;
	return SHEAF_OK;
}

typedef struct folded {
	char   text[WORD_MAX];
	size_t len;
	size_t count; /* of words that the text reads as */
} folded;

static int keep(void *ctx, const word *w)
{
	folded *f = ctx;

	memcpy(f->text, w->text, w->len);
	f->len = w->len;
	f->count++;
	return f->count > 1;
}

/* How many words the index makes of `text`; 2: more than one. The last of them is kept. */
static size_t fold(const char *text, size_t len, folded *f)
{
	words_sink sink = {f, keep, NULL};

	f->len = f->count = 0;
	words_split(text, len, WORDS_PROSE, &sink);
	return f->count;
}

sheaf_status sheaf_stopper_add(sheaf_stopper *stopper, const char *text, sheaf_error *err)
{
	folded f;

	if (!stopper || !text || fold(text, strlen(text), &f) != 1)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "not one word to stop at: '%.80s'", text ? text : "");
	return put(stopper, f.text, f.len, err);
}

/* The end of the run of bytes at `at` that are white space (`white` 1), or that are not. */
static size_t run(const char *text, size_t len, size_t at, int white)
{
	while (at < len && (text[at] != '\0' && strchr(" \t\r\n\v\f", text[at]) != NULL) == white)
		at++;
	return at;
}

static sheaf_status add_line(sheaf_stopper *stopper, const char *line, size_t len, sheaf_error *err)
{
	folded       f;
	sheaf_status status = SHEAF_OK;

	for (size_t at = run(line, len, 0, 1); status == SHEAF_OK && at < len;
	     at = run(line, len, at, 1)) {
		size_t end = run(line, len, at, 0);

		if (fold(line + at, end - at, &f) == 1)
			status = put(stopper, f.text, f.len, err);
		at = end;
	}
	return status;
}

sheaf_status sheaf_stopper_add_list(sheaf_stopper *stopper, const char *text, size_t len,
                                    sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (!stopper || (!text && len) || len > LIST_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no list of stop words, or one over 1 MiB");
	while (status == SHEAF_OK && len) {
		const char *newline = memchr(text, '\n', len);
		size_t      n = newline ? (size_t)(newline - text) : len, used = 0;

		while (used < n && text[used] != '#' && text[used] != '|')
			used++;
		status = add_line(stopper, text, used, err);
		n += newline != NULL;
		text += n;
		len -= n;
	}
	return status;
}

int sheaf_stopper_is_stop_word(void *ctx, const char *text, size_t len)
{
	const sheaf_stopper *stopper = ctx;
	char                 ended[WORD_MAX + 1];

	if (!stopper || !len || len > WORD_MAX)
		return 0;
	if (stopper->size && stopper->table[place_of(stopper, text, len)])
		return 1;
	memcpy(ended, text, len);
	ended[len] = '\0';
	return stopper->builtin && query_stop_words_has(ended);
}

#include "wildcard.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "error.h"
#include "field.h"
#include "match_run.h"
#include "query_tree.h"
#include "words.h"

enum {
	LIMIT_DEFAULT = 1000,
	FOUND_MAX = 200000 /* words that are looked at for the most frequent ones */
};

typedef struct found_word {
	char   *text;
	int64_t documents;
} found_word;

typedef struct expansion {
	const char *pattern; /* folded; `*` and `?` as they were */
	size_t      stop_at; /* words, after which no more are asked for */
	found_word *list;
	size_t      count, size;
	int         failed, too_many;
} expansion;

/* Letters of the pattern's part, folded. */
static int add_part(void *ctx, const word *w)
{
	buf_append(ctx, w->text, w->len);
	return 0;
}

/* The pattern as the index has words: the parts between `*` and `?` are folded. */
static sheaf_status fold_pattern(sheaf_field field, const char *text, buf *out, sheaf_error *err)
{
	words_sink sink = {out, add_part, NULL};
	words_mode mode = field_get(field)->kind == FIELD_NAME ? WORDS_NAMES : WORDS_PROSE;

	while (*text) {
		size_t len = strcspn(text, "*?");

		words_split(text, len, mode, &sink);
		text += len;
		if (*text)
			buf_putc(out, *text++);
	}
	return buf_status(out, err);
}

static size_t letter_len(const char *s)
{
	size_t len = 1;

	while ((s[len] & 0xC0) == 0x80)
		len++;
	return len;
}

/* Does a word fit? On a mismatch the last `*` takes one letter more. */
static int fits(const char *pattern, const char *text, const char *end)
{
	const char *star = NULL, *resume = NULL;

	while (text < end) {
		if (*pattern == '*') {
			star = ++pattern;
			resume = text;
		} else if (*pattern == '?') {
			pattern++;
			text += letter_len(text);
		} else if (*pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			resume += letter_len(resume);
			pattern = star;
			text = resume;
		} else {
			return 0;
		}
	}
	while (*pattern == '*')
		pattern++;
	return text == end && !*pattern;
}

static int add_word(void *ctx, const sheaf_term_info *term)
{
	expansion  *x = ctx;
	found_word *grown;
	size_t      size = x->size ? x->size * 2 : 64;

	if (term->stemmed || !fits(x->pattern, term->text, term->text + term->len))
		return 0;
	if (x->count == x->size) {
		grown = mem_realloc_array(x->list, size, sizeof *grown);
		if (!grown) {
			x->failed = 1;
			return 1;
		}
		x->list = grown;
		x->size = size;
	}
	x->list[x->count].text = mem_strndup(term->text, term->len);
	x->list[x->count].documents = term->termfreq;
	if (!x->list[x->count].text) {
		x->failed = 1;
		return 1;
	}
	x->count++;
	x->too_many = x->count >= x->stop_at;
	return x->too_many;
}

static int by_frequency(const void *a, const void *b)
{
	const found_word *x = a, *y = b;

	if (x->documents != y->documents)
		return x->documents < y->documents ? 1 : -1;
	return strcmp(x->text, y->text);
}

static sheaf_status collect(sheaf_database *db, expansion *x, sheaf_error *err)
{
	char        *prefix = mem_strndup(x->pattern, strcspn(x->pattern, "*?"));
	sheaf_status status = prefix ? SHEAF_OK : sheaf_nomem(err);
	sheaf_error  why = {SHEAF_OK, -1, ""};

	if (status == SHEAF_OK)
		status = sheaf_database_each_term(db, SHEAF_FIELD_ANY, prefix, add_word, x, &why);
	mem_free(prefix);
	if (x->failed)
		return sheaf_nomem(err);
	if (x->too_many)
		return SHEAF_OK;
	if (status != SHEAF_OK && err && why.status != SHEAF_OK)
		*err = why;
	return status;
}

/* The chosen words as synonyms; nothing where there are none. */
static sheaf_query *as_query(const expansion *x, sheaf_field field)
{
	query_list list = {0};

	for (size_t i = 0; i < x->count; i++)
		query_list_push(&list,
		                query_new_term(field, 0, x->list[i].text, strlen(x->list[i].text)));
	return query_synonym(&list);
}

static sheaf_status expand(sheaf_database *db, const sheaf_query *q, const char *pattern,
                           sheaf_query **out, sheaf_error *err)
{
	size_t       max = q->max ? q->max : LIMIT_DEFAULT;
	int          most_frequent = q->limit == SHEAF_WILDCARD_LIMIT_MOST_FREQUENT;
	expansion    x = {.pattern = pattern, .stop_at = most_frequent ? FOUND_MAX : max + 1};
	sheaf_status status = collect(db, &x, err);

	if (status == SHEAF_OK && q->limit == SHEAF_WILDCARD_LIMIT_ERROR && x.count > max)
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "'%.60s' stands for more than %zu words: write more letters",
		                    q->text, max);
	if (status == SHEAF_OK) {
		if (most_frequent && x.count > 1)
			qsort(x.list, x.count, sizeof *x.list, by_frequency);
		for (; x.count > max; x.count--)
			mem_free(x.list[x.count - 1].text);
		*out = as_query(&x, q->field);
		status = *out ? SHEAF_OK : sheaf_nomem(err);
	}
	for (size_t i = 0; i < x.count; i++)
		mem_free(x.list[i].text);
	mem_free(x.list);
	return status;
}

/* 1 for `abc*`. */
static int is_prefix(const char *pattern)
{
	size_t len = strcspn(pattern, "*?");

	return len && strcmp(pattern + len, "*") == 0;
}

sheaf_status wildcard_expand(sheaf_database *db, sheaf_query **query, sheaf_error *err)
{
	sheaf_query *q = *query, *out = NULL;
	buf          pattern = BUF_INIT(2 * QUERY_TERM_MAX);
	sheaf_status status = fold_pattern(q->field, q->text, &pattern, err);

	if (status == SHEAF_OK && is_prefix(buf_str(&pattern)) && !q->max) {
		out = query_new_term(q->field, SHEAF_TERM_PREFIX, pattern.data, pattern.len - 1);
		status = out ? SHEAF_OK : sheaf_nomem(err);
	} else if (status == SHEAF_OK && !strcspn(buf_str(&pattern), "*?")) {
		/* Nothing was left of the letters in front. */
		out = query_new_simple(QUERY_NOTHING);
		status = out ? SHEAF_OK : sheaf_nomem(err);
	} else if (status == SHEAF_OK) {
		status = expand(db, q, pattern.data, &out, err);
	}
	if (status == SHEAF_OK) {
		sheaf_query_free(q);
		*query = out;
	}
	buf_free(&pattern);
	return status;
}

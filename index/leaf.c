#include "leaf.h"

#include <string.h>

#include "alloc.h"
#include "document_private.h"
#include "error.h"
#include "field.h"
#include "words.h"

/* Names of the columns in the schema. */
static const char *const columns[COLUMN_COUNT] = {
	[COLUMN_TITLE] = "title",
	[COLUMN_ABSTRACT] = "abstract",
	[COLUMN_AUTHORS] = "authors",
	[COLUMN_COMMENTS] = "comments",
	[COLUMN_JOURNAL_REF] = "journal_ref",
	[COLUMN_REPORT_NO] = "report_no",
	[COLUMN_TERMS] = "terms",
};

/* The folded words of a text, and whether hyphens alone divide them. */
typedef struct word_list {
	char        bytes[QUERY_TERM_MAX + WORD_MAX];
	size_t      used;
	size_t      start[LEAF_WORDS_MAX], len[LEAF_WORDS_MAX];
	size_t      count;
	const char *text;
	size_t      last_end;
	int         hyphened; /* every gap so far is one hyphen */
} word_list;

static int is_hyphen(const char *s, size_t len)
{
	return (len == 1 && *s == '-') || (len == 3 && (memcmp(s, "\xE2\x80\x90", 3) == 0 ||
	                                                memcmp(s, "\xE2\x80\x91", 3) == 0 ||
	                                                memcmp(s, "\xE2\x80\x93", 3) == 0));
}

static int add_word(void *ctx, const word *w)
{
	word_list *list = ctx;

	if (list->count == LEAF_WORDS_MAX || list->used + w->len > sizeof list->bytes)
		return 1;
	if (list->count && !is_hyphen(list->text + list->last_end, w->begin - list->last_end))
		list->hyphened = 0;
	list->last_end = w->end;
	memcpy(list->bytes + list->used, w->text, w->len);
	list->start[list->count] = list->used;
	list->len[list->count++] = w->len;
	list->used += w->len;
	return 0;
}

static void split(word_list *list, const char *text, sheaf_field field)
{
	words_sink sink = {list, add_word, NULL};
	words_mode mode = field_get(field)->kind == FIELD_NAME ? WORDS_NAMES : WORDS_PROSE;

	list->used = list->count = 0;
	list->text = text;
	list->last_end = 0;
	list->hyphened = 1;
	words_split(text, strlen(text), mode, &sink);
}

/* `whole`: the word of which `text` is the stem; NULL: `text` is a word. */
static sheaf_status remember(leaf_words *words, sheaf_field field, const char *text, size_t len,
                             const char *whole, size_t whole_len, int prefix, sheaf_error *err)
{
	leaf_word *grown,
		now = {.field = field, .len = len, .stemmed = whole != NULL, .prefix = prefix};
	size_t size;

	if (!words)
		return SHEAF_OK;
	if (words->count == words->size) {
		size = words->size ? words->size * 2 : 16;
		grown = mem_realloc_array(words->list, size, sizeof *grown);
		if (!grown)
			return sheaf_nomem(err);
		words->list = grown;
		words->size = size;
	}
	now.text = mem_strndup(text, len);
	now.word = whole ? mem_strndup(whole, whole_len) : NULL;
	if (!now.text || (whole && !now.word)) {
		mem_free(now.text);
		mem_free(now.word);
		return sheaf_nomem(err);
	}
	words->list[words->count++] = now;
	return SHEAF_OK;
}

void leaf_words_free(leaf_words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		mem_free(words->list[i].text);
		mem_free(words->list[i].word);
	}
	mem_free(words->list);
	memset(words, 0, sizeof *words);
}

static void put_token(buf *out, char before, char marker, const char *text, size_t len)
{
	buf_putc(out, before);
	if (marker)
		buf_putc(out, marker);
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '"')
			buf_putc(out, '"');
		buf_putc(out, text[i]);
	}
}

/* What one position of a phrase looks for. */
typedef struct word_query {
	sheaf_field field;
	int         stemmed, prefix;
	leaf_words *words;
} word_query;

/*
 * The tokens of one position: a stemmed word is met as its stem (a word that is its own stem), as
 * the marked stem, and in names, which are not stemmed, as itself.
 */
static sheaf_status put_word(const tokens_config *config, const word_query *wq, const char *text,
                             size_t len, buf *out, sheaf_error *err)
{
	int          names = field_get(wq->field)->kind == FIELD_NAME;
	const char  *stem;
	size_t       stem_len;
	sheaf_status status;

	if (names || config->strategy == SHEAF_STEM_NONE ||
	    (config->strategy == SHEAF_STEM_SOME && !wq->stemmed) || wq->prefix) {
		put_token(out, TOKENS_NEXT, 0, text, len);
		return remember(wq->words, wq->field, text, len, NULL, 0, wq->prefix, err);
	}
	status = sheaf_stem_word(config->stem, text, len, &stem, &stem_len, err);
	if (status != SHEAF_OK)
		return status;
	put_token(out, TOKENS_NEXT, 0, stem, stem_len);
	if (config->strategy == SHEAF_STEM_SOME)
		put_token(out, TOKENS_SAME, TOKEN_STEM, stem, stem_len);
	if (wq->field == SHEAF_FIELD_ANY && (stem_len != len || memcmp(stem, text, len) != 0))
		put_token(out, TOKENS_SAME, TOKEN_NAME, text, len);
	return remember(wq->words, wq->field, stem, stem_len, text, len, 0, err);
}

static void open_phrase(buf *out)
{
	buf_putc(out, '"');
	buf_putc(out, MODE_TOKENS);
}

static void close_phrase(buf *out, int prefix)
{
	buf_puts(out, prefix ? "\" *" : "\"");
}

void leaf_write_name(const char *name, buf *out)
{
	open_phrase(out);
	put_token(out, TOKENS_NEXT, TOKEN_NAME, name, strlen(name));
	close_phrase(out, 0);
}

/* All words of a list as one phrase. */
static sheaf_status put_phrase(const tokens_config *config, const word_list *list,
                               sheaf_field field, unsigned flags, leaf_words *words, buf *out,
                               sheaf_error *err)
{
	int          prefix = (flags & SHEAF_TERM_PREFIX) != 0;
	word_query   wq = {field, (flags & SHEAF_TERM_STEMMED) && !prefix, 0, words};
	sheaf_status status = SHEAF_OK;

	open_phrase(out);
	for (size_t i = 0; status == SHEAF_OK && i < list->count; i++) {
		wq.prefix = prefix && i + 1 == list->count;
		status = put_word(config, &wq, list->bytes + list->start[i], list->len[i], out,
		                  err);
	}
	close_phrase(out, prefix);
	return status;
}

static void put_column(sheaf_field field, buf *out)
{
	int column = field_get(field)->column;

	if (column >= 0 && column < COLUMN_TEXT_COUNT)
		buf_printf(out, "%s : ", columns[column]);
}

static sheaf_status write_boolean(const sheaf_query *q, buf *out, leaf_shape *shape)
{
	buf value = BUF_INIT(0);

	buf_printf(&value, "%s:", field_get(q->field)->name);
	shape->phrases = value.len;
	boolean_term_value(q->field, q->text, strlen(q->text), &value);
	shape->phrases = value.len > shape->phrases || (q->flags & SHEAF_TERM_PREFIX);
	if (value.status != SHEAF_OK)
		out->status = value.status;
	if (shape->phrases) {
		open_phrase(out);
		put_token(out, TOKENS_NEXT, TOKEN_BOOLEAN, value.data, value.len);
		close_phrase(out, (q->flags & SHEAF_TERM_PREFIX) != 0);
	}
	shape->counted = shape->phrases;
	buf_free(&value);
	return SHEAF_OK;
}

/* `event-based` is met as "event based" and as "eventbased". */
static sheaf_status put_joined(const tokens_config *config, word_list *list, const sheaf_query *q,
                               leaf_words *words, buf *out, sheaf_error *err)
{
	list->len[0] = list->used < WORD_MAX ? list->used : WORD_MAX;
	list->start[0] = 0;
	list->count = 1;
	buf_puts(out, " OR ");
	return put_phrase(config, list, q->field, q->flags, words, out, err);
}

static sheaf_status write_text(const tokens_config *config, const sheaf_query *q, word_list *list,
                               buf *out, leaf_shape *shape, leaf_words *words, sheaf_error *err)
{
	int          joined;
	sheaf_status status;

	split(list, q->text, q->field);
	if (!list->count)
		return SHEAF_OK;
	joined = list->count > 1 && list->hyphened && (q->flags & SHEAF_TERM_STEMMED);
	put_column(q->field, out);
	if (joined)
		buf_putc(out, '(');
	status = put_phrase(config, list, q->field, q->flags, words, out, err);
	if (status == SHEAF_OK && joined)
		status = put_joined(config, list, q, words, out, err);
	if (joined)
		buf_putc(out, ')');
	shape->phrases = shape->counted = joined ? 2 : 1;
	return status;
}

/* The field that all subqueries have; -1 where they differ, or are no text terms. */
static int common_field(const sheaf_query *q)
{
	for (size_t i = 0; i < q->count; i++) {
		const sheaf_query *sub = q->sub[i];

		if (sub->type != QUERY_TERM || sub->field != q->sub[0]->field ||
		    field_get(sub->field)->kind == FIELD_BOOLEAN)
			return -1;
	}
	return q->count ? (int)q->sub[0]->field : -1;
}

static sheaf_status write_sequence(const tokens_config *config, const sheaf_query *q,
                                   word_list *list, buf *out, leaf_shape *shape, leaf_words *words,
                                   sheaf_error *err)
{
	int          field = common_field(q), near = q->type == QUERY_NEAR || q->window > q->count;
	size_t       window = q->window ? q->window : 10, used = 0;
	sheaf_status status = SHEAF_OK;

	if (field < 0)
		return SHEAF_OK;
	put_column((sheaf_field)field, out);
	if (near)
		buf_puts(out, "NEAR(");
	else
		open_phrase(out);
	for (size_t i = 0; status == SHEAF_OK && i < q->count; i++) {
		const sheaf_query *sub = q->sub[i];
		word_query wq = {sub->field, (sub->flags & SHEAF_TERM_STEMMED) != 0, 0, words};

		split(list, sub->text, sub->field);
		used += list->count != 0;
		if (near && list->count) {
			buf_putc(out, ' ');
			status = put_phrase(config, list, sub->field,
			                    sub->flags & SHEAF_TERM_STEMMED, words, out, err);
			continue;
		}
		for (size_t j = 0; status == SHEAF_OK && j < list->count; j++)
			status = put_word(config, &wq, list->bytes + list->start[j], list->len[j],
			                  out, err);
	}
	if (near)
		buf_printf(out, ", %zu)", window * (used > 1 ? used - 1 : 1));
	else
		close_phrase(out, 0);
	shape->phrases = near ? used : used != 0;
	shape->counted = used != 0;
	return status;
}

sheaf_status leaf_write(const tokens_config *config, const sheaf_query *q, buf *out,
                        leaf_shape *shape, leaf_words *words, sheaf_error *err)
{
	size_t       start = out->len;
	word_list   *list;
	sheaf_status status;

	shape->phrases = shape->counted = 0;
	if (q->type == QUERY_TERM && field_get(q->field)->kind == FIELD_BOOLEAN) {
		status = write_boolean(q, out, shape);
	} else {
		list = mem_alloc(sizeof *list);
		if (!list)
			return sheaf_nomem(err);
		status = q->type == QUERY_TERM
		                 ? write_text(config, q, list, out, shape, words, err)
		                 : write_sequence(config, q, list, out, shape, words, err);
		mem_free(list);
	}
	if (status == SHEAF_OK)
		status = buf_status(out, err);
	if (!shape->phrases)
		buf_truncate(out, start);
	return status;
}

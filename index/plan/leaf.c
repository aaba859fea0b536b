#include "leaf.h"

#include <string.h>

#include "alloc.h"
#include "document_private.h"
#include "error.h"
#include "field.h"
#include "leaf_person.h"
#include "taxonomy.h"
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

const char *leaf_column_name(int column)
{
	return columns[column];
}

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

sheaf_status leaf_remember(leaf_words *words, sheaf_field field, const char *text, size_t len,
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

void leaf_put_token(buf *out, char before, char marker, const char *text, size_t len)
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
	int         same; /* 1: at the position of the token before */
} word_query;

/*
 * The tokens of one position: a stemmed word is met as its stem (a word that is its own stem), as
 * the marked stem, and in names, which are not stemmed, as itself.
 */
static sheaf_status put_word(const tokens_config *config, const word_query *wq, const char *text,
                             size_t len, buf *out, sheaf_error *err)
{
	int          names = field_get(wq->field)->kind == FIELD_NAME;
	char         before = wq->same ? TOKENS_SAME : TOKENS_NEXT;
	const char  *stem;
	size_t       stem_len;
	sheaf_status status;

	if (names || config->strategy == SHEAF_STEM_NONE ||
	    (config->strategy == SHEAF_STEM_SOME && !wq->stemmed) || wq->prefix) {
		leaf_put_token(out, before, 0, text, len);
		return leaf_remember(wq->words, wq->field, text, len, NULL, 0, wq->prefix, err);
	}
	status = sheaf_stem_word(config->stem, text, len, &stem, &stem_len, err);
	if (status != SHEAF_OK)
		return status;
	leaf_put_token(out, before, 0, stem, stem_len);
	if (config->strategy == SHEAF_STEM_SOME)
		leaf_put_token(out, TOKENS_SAME, TOKEN_STEM, stem, stem_len);
	if (wq->field == SHEAF_FIELD_ANY && (stem_len != len || memcmp(stem, text, len) != 0))
		leaf_put_token(out, TOKENS_SAME, TOKEN_NAME, text, len);
	return leaf_remember(wq->words, wq->field, stem, stem_len, text, len, 0, err);
}

void leaf_open_phrase(buf *out)
{
	buf_putc(out, '"');
	buf_putc(out, MODE_TOKENS);
}

void leaf_close_phrase(buf *out, int prefix)
{
	buf_puts(out, prefix ? "\" *" : "\"");
}

/* All words of a list as one phrase. */
static sheaf_status put_phrase(const tokens_config *config, const word_list *list,
                               sheaf_field field, unsigned flags, leaf_words *words, buf *out,
                               sheaf_error *err)
{
	int          prefix = (flags & SHEAF_TERM_PREFIX) != 0;
	word_query   wq = {field, (flags & SHEAF_TERM_STEMMED) && !prefix, 0, words, 0};
	sheaf_status status = SHEAF_OK;

	leaf_open_phrase(out);
	for (size_t i = 0; status == SHEAF_OK && i < list->count; i++) {
		wq.prefix = prefix && i + 1 == list->count;
		status = put_word(config, &wq, list->bytes + list->start[i], list->len[i], out,
		                  err);
	}
	leaf_close_phrase(out, prefix);
	return status;
}

static void put_column(sheaf_field field, buf *out)
{
	int column = field_get(field)->column;

	if (column >= 0 && column < COLUMN_TEXT_COUNT)
		buf_printf(out, "%s : ", columns[column]);
}

/* A boolean term in the making, with the other names of its value. */
typedef struct boolean_terms {
	buf        *out;
	sheaf_field field;
	char        before; /* TOKENS_NEXT for the first, then TOKENS_SAME */
	int         bare;   /* 1: may be empty, as the beginning of any value */
} boolean_terms;

/* Non-zero where there is no value. */
static int put_boolean(boolean_terms *terms, const char *text, size_t len)
{
	buf    value = BUF_INIT(0);
	size_t start;
	int    empty;

	buf_printf(&value, "%s:", field_get(terms->field)->name);
	start = value.len;
	boolean_term_value(terms->field, text, len, &value);
	empty = value.len == start && !terms->bare;
	if (!empty)
		leaf_put_token(terms->out, terms->before, TOKEN_BOOLEAN, buf_str(&value),
		               value.len);
	if (value.status != SHEAF_OK)
		terms->out->status = value.status;
	terms->before = TOKENS_SAME;
	buf_free(&value);
	return empty;
}

static int put_other_name(void *ctx, const char *category)
{
	(void)put_boolean(ctx, category, strlen(category));
	return 0;
}

/* A category is met by its other names, too. */
static void write_boolean(const sheaf_query *q, buf *out, leaf_shape *shape)
{
	int           prefix = (q->flags & SHEAF_TERM_PREFIX) != 0;
	size_t        start = out->len, len = strlen(q->text);
	boolean_terms terms = {out, q->field, TOKENS_NEXT, prefix};

	leaf_open_phrase(out);
	if (put_boolean(&terms, q->text, len)) {
		buf_truncate(out, start);
		return;
	}
	if (!prefix &&
	    (q->field == SHEAF_FIELD_CATEGORY || q->field == SHEAF_FIELD_PRIMARY_CATEGORY))
		taxonomy_each_other(q->text, len, put_other_name, &terms);
	leaf_close_phrase(out, prefix);
	shape->phrases = shape->counted = 1;
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

/* A person's name, or what is met as a family name in its other forms. */
static int is_person(const sheaf_query *q)
{
	if (q->field != SHEAF_FIELD_AUTHOR)
		return 0;
	return q->flags & (SHEAF_TERM_NAME | SHEAF_TERM_WHOLE) ||
	       (q->flags == SHEAF_TERM_STEMMED && leaf_person_is_family(q->text));
}

static sheaf_status write_text(const tokens_config *config, const sheaf_query *q, word_list *list,
                               buf *out, leaf_shape *shape, leaf_words *words, sheaf_error *err)
{
	int          joined;
	sheaf_status status;

	if (is_person(q)) {
		put_column(q->field, out);
		buf_putc(out, '(');
		status = leaf_person_write(q->text, q->flags, out, shape, words, err);
		buf_putc(out, ')');
		return status;
	}
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

/* The words of all subqueries as one phrase. */
static sheaf_status write_adjacent(const tokens_config *config, const sheaf_query *q,
                                   word_list *list, buf *out, leaf_shape *shape, leaf_words *words,
                                   sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	size_t       used = 0;

	leaf_open_phrase(out);
	for (size_t i = 0; status == SHEAF_OK && i < q->count; i++) {
		const sheaf_query *sub = q->sub[i];
		word_query wq = {sub->field, (sub->flags & SHEAF_TERM_STEMMED) != 0, 0, words, 0};

		split(list, sub->text, sub->field);
		used += list->count;
		for (size_t j = 0; status == SHEAF_OK && j < list->count; j++)
			status = put_word(config, &wq, list->bytes + list->start[j], list->len[j],
			                  out, err);
	}
	leaf_close_phrase(out, 0);
	shape->phrases = shape->counted = used != 0;
	return status;
}

/* The tokens of a phrase without those that only stand in names. */
static sheaf_status put_core(const tokens_config *config, const sheaf_query *q, word_list *list,
                             buf *out, sheaf_error *err)
{
	sheaf_field field = q->field == SHEAF_FIELD_ANY ? SHEAF_FIELD_TITLE : q->field;

	split(list, q->text, q->field);
	return put_phrase(config, list, field, q->flags & SHEAF_TERM_STEMMED, NULL, out, err);
}

/*
 * Are the two operands of a NEAR the same? FTS5 would meet one occurrence as both; asked for in
 * order, they are two.
 */
static sheaf_status is_twice_the_same(const tokens_config *config, const sheaf_query *q,
                                      word_list *list, int *answer, sheaf_error *err)
{
	buf          one = BUF_INIT(0), two = BUF_INIT(0);
	sheaf_status status = SHEAF_OK;

	*answer = 0;
	if (q->count != 2)
		return SHEAF_OK;
	status = put_core(config, q->sub[0], list, &one, err);
	if (status == SHEAF_OK)
		status = put_core(config, q->sub[1], list, &two, err);
	if (status == SHEAF_OK)
		status = buf_status(&one, err);
	if (status == SHEAF_OK)
		status = buf_status(&two, err);
	if (status == SHEAF_OK)
		*answer = one.len == two.len && memcmp(one.data, two.data, one.len) == 0;
	buf_free(&one);
	buf_free(&two);
	return status;
}

/*
 * Each subquery as a phrase of its own, near the others. FTS5 counts the words between the first
 * and the last of them, which are two fewer than the positions of a window that holds both.
 */
static sheaf_status write_near(const tokens_config *config, const sheaf_query *q, word_list *list,
                               buf *out, leaf_shape *shape, leaf_words *words, sheaf_error *err)
{
	int          in_order = q->type == QUERY_PHRASE;
	size_t       used = 0, window = q->window;
	sheaf_status status = in_order ? SHEAF_OK
	                               : is_twice_the_same(config, q, list, &in_order, err);

	buf_puts(out, "NEAR(");
	for (size_t i = 0; status == SHEAF_OK && i < q->count; i++) {
		const sheaf_query *sub = q->sub[i];

		split(list, sub->text, sub->field);
		if (!list->count)
			continue;
		used++;
		buf_putc(out, ' ');
		status = put_phrase(config, list, sub->field, sub->flags & SHEAF_TERM_STEMMED,
		                    words, out, err);
	}
	if (!window)
		window = QUERY_WINDOW_DEFAULT + (used ? used - 1 : 0);
	if (window < used)
		window = used;
	buf_printf(out, ", %zu)", window < 2 ? 0 : window - 2);
	shape->phrases = used;
	shape->counted = used != 0;
	if (in_order && used > 1)
		shape->window = window;
	return status;
}

static sheaf_status write_sequence(const tokens_config *config, const sheaf_query *q,
                                   word_list *list, buf *out, leaf_shape *shape, leaf_words *words,
                                   sheaf_error *err)
{
	int field = common_field(q);

	if (field < 0)
		return SHEAF_OK;
	put_column((sheaf_field)field, out);
	return q->type == QUERY_PHRASE && q->window <= q->count
	               ? write_adjacent(config, q, list, out, shape, words, err)
	               : write_near(config, q, list, out, shape, words, err);
}

/* 1 where the parts of a SYNONYM are single words of one field: they can share one phrase. */
static int are_single_words(const sheaf_query *q, word_list *list)
{
	for (size_t i = 0; i < q->count; i++) {
		const sheaf_query *sub = q->sub[i];

		if (sub->type != QUERY_TERM || sub->field != q->sub[0]->field ||
		    field_get(sub->field)->kind == FIELD_BOOLEAN ||
		    sub->flags & ~(unsigned)SHEAF_TERM_STEMMED)
			return 0;
		split(list, sub->text, sub->field);
		if (list->count != 1)
			return 0;
	}
	return q->count > 0;
}

static sheaf_status write_one_position(const tokens_config *config, const sheaf_query *q,
                                       word_list *list, buf *out, leaf_shape *shape,
                                       leaf_words *words, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	put_column(q->sub[0]->field, out);
	leaf_open_phrase(out);
	for (size_t i = 0; status == SHEAF_OK && i < q->count; i++) {
		const sheaf_query *sub = q->sub[i];
		word_query wq = {sub->field, (sub->flags & SHEAF_TERM_STEMMED) != 0, 0, words,
		                 i > 0};

		split(list, sub->text, sub->field);
		status = put_word(config, &wq, list->bytes + list->start[0], list->len[0], out,
		                  err);
	}
	leaf_close_phrase(out, 0);
	shape->phrases = shape->counted = 1;
	return status;
}

/* Any of the parts, whose occurrences are counted together. */
static sheaf_status write_synonym(const tokens_config *config, const sheaf_query *q,
                                  word_list *list, buf *out, leaf_shape *shape, leaf_words *words,
                                  sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	size_t       start = out->len;

	if (are_single_words(q, list))
		return write_one_position(config, q, list, out, shape, words, err);
	buf_putc(out, '(');
	for (size_t i = 0; status == SHEAF_OK && i < q->count; i++) {
		leaf_shape part;
		size_t     before = out->len;

		if (shape->phrases)
			buf_puts(out, " OR ");
		status = leaf_write(config, q->sub[i], out, &part, words, err);
		if (!part.phrases)
			buf_truncate(out, before);
		if (part.counted != part.phrases)
			return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
			                  "synonyms are words, phrases and wildcards");
		shape->phrases += part.phrases;
	}
	buf_putc(out, ')');
	if (!shape->phrases)
		buf_truncate(out, start);
	shape->counted = shape->phrases;
	return status;
}

static sheaf_status write_words(const tokens_config *config, const sheaf_query *q, word_list *list,
                                buf *out, leaf_shape *shape, leaf_words *words, sheaf_error *err)
{
	if (q->type == QUERY_TERM)
		return write_text(config, q, list, out, shape, words, err);
	if (q->type == QUERY_SYNONYM)
		return write_synonym(config, q, list, out, shape, words, err);
	return write_sequence(config, q, list, out, shape, words, err);
}

sheaf_status leaf_write(const tokens_config *config, const sheaf_query *q, buf *out,
                        leaf_shape *shape, leaf_words *words, sheaf_error *err)
{
	size_t       start = out->len;
	word_list   *list;
	sheaf_status status;

	*shape = (leaf_shape){0};
	if (q->type == QUERY_TERM && field_get(q->field)->kind == FIELD_BOOLEAN) {
		write_boolean(q, out, shape);
		status = SHEAF_OK;
	} else {
		list = mem_alloc(sizeof *list);
		if (!list)
			return sheaf_nomem(err);
		status = write_words(config, q, list, out, shape, words, err);
		mem_free(list);
	}
	if (status == SHEAF_OK)
		status = buf_status(out, err);
	if (!shape->phrases)
		buf_truncate(out, start);
	return status;
}

#include "learn_corpus.h"

#include <string.h>

#include "alloc.h"
#include "analysis.h"
#include "error.h"
#include "id_split.h"
#include "query_stop_words.h"

/* A corpus on its way. */
typedef struct reading {
	learn_corpus  *c;
	analyser      *analyser;
	analysis      *analysis;
	learn_label_fn label;
	void          *ctx;
	uint64_t       keep; /* papers whose id has a smaller hash */
	uint32_t       title_bit;
	char           form[TOKEN_MAX + 1]; /* the word at hand */
	size_t         form_len;
	sheaf_status   status;
	sheaf_error   *err;
} reading;

/* Room for `more` of what has `size` bytes. 0: out of memory. */
static int reserve(void *list, size_t count, size_t more, size_t *room, size_t size)
{
	void **at = list, *grown;
	size_t wanted = *room ? *room : 1024;

	while (wanted < count + more)
		wanted *= 2;
	if (wanted == *room)
		return 1;
	grown = mem_realloc_array(*at, wanted, size);
	if (!grown)
		return 0;
	*at = grown;
	*room = wanted;
	return 1;
}

/* ---- words ---- */

/* Words of a letter or two signs, and plain numbers, say nothing by themselves. */
static int is_telling(const char *text, size_t len)
{
	int letters = 0;

	for (size_t i = 0; i < len; i++)
		letters += (text[i] >= 'a' && text[i] <= 'z') || (unsigned char)text[i] >= 0x80;
	return len > 1 && letters > 0;
}

static int put_word(learn_corpus *c, uint32_t number)
{
	if (!reserve(&c->words, c->word_count, 1, &c->word_size, sizeof *c->words))
		return 0;
	c->words[c->word_count++] = number;
	return 1;
}

/* The word at hand, whose stem is `stem`, goes into the text. 0: out of memory. */
static int finish_word(reading *r, const char *stem, size_t stem_len)
{
	learn_corpus *c = r->c;
	uint32_t      family, form;
	size_t        known = c->forms.count;

	if (!r->form_len)
		return 1;
	r->form[r->form_len] = 0;
	r->form_len = 0;
	if (query_stop_words_has(r->form) || !is_telling(r->form, strlen(r->form)))
		return put_word(c, LEARN_GAP);
	family = text_table_put(&c->families, &c->arena, stem, stem_len);
	form = text_table_put(&c->forms, &c->arena, r->form, strlen(r->form));
	if (family == UINT32_MAX || form == UINT32_MAX || form >= LEARN_TITLE_BIT)
		return 0;
	if (form == known) {
		if (!reserve(&c->form_of, known, 1, &c->form_size, sizeof *c->form_of))
			return 0;
		c->form_of[form] = (learn_form){family, 0};
	}
	c->form_of[form].count++;
	return put_word(c, form | r->title_bit);
}

/* A word comes first, then its stem, where that is another, at the same place. */
static int take_token(void *ctx, const token *t)
{
	reading *r = ctx;

	if (t->len > TOKEN_MAX || !t->len)
		return 0;
	if (*t->text == TOKEN_STEM && t->same)
		return finish_word(r, t->text + 1, t->len - 1) ? 0 : -1;
	if (t->same || (unsigned char)*t->text <= TOKEN_NAME)
		return 0;
	if (!finish_word(r, r->form, r->form_len))
		return -1;
	memcpy(r->form, t->text, t->len);
	r->form_len = t->len;
	return 0;
}

static int read_column(reading *r, int column)
{
	const buf *text = &r->analysis->text[column];

	r->form_len = 0;
	r->title_bit = column == COLUMN_TITLE ? LEARN_TITLE_BIT : 0;
	return tokens_split(analyser_tokens(r->analyser), text->data, text->len, take_token, r) >=
	               0 &&
	       finish_word(r, r->form, r->form_len) && put_word(r->c, LEARN_GAP);
}

/* ---- papers ---- */

static int put_label(learn_corpus *c, const char *label, int test, uint32_t *number)
{
	size_t known = c->labels.count;

	*number = text_table_put(&c->labels, &c->arena, label, strlen(label));
	if (*number == UINT32_MAX ||
	    !reserve(&c->label_counts, known, 1, &c->label_size, sizeof *c->label_counts))
		return 0;
	if (*number == known)
		c->label_counts[known] = 0;
	c->label_counts[*number] += !test;
	return 1;
}

static int read_paper(reading *r, const sheaf_document *doc, const char *id, const char *label)
{
	learn_corpus *c = r->c;
	learn_paper   p = {.begin = (uint32_t)c->word_count, .test = id_split_is_test(id)};

	if (c->word_count > UINT32_MAX / 2 || !put_label(c, label, p.test, &p.label))
		return 0;
	r->status = analysis_columns(doc, r->analysis, r->err);
	if (r->status != SHEAF_OK)
		return 0;
	if (!read_column(r, COLUMN_TITLE) || !read_column(r, COLUMN_ABSTRACT))
		return 0;
	p.end = (uint32_t)c->word_count;
	for (uint32_t i = p.begin; i < p.end; i++)
		p.length += c->words[i] == LEARN_GAP ? 1 : c->words[i] & LEARN_TITLE_BIT ? 3 : 1;
	if (!reserve(&c->papers, c->paper_count, 1, &c->paper_size, sizeof *c->papers))
		return 0;
	c->papers[c->paper_count++] = p;
	return 1;
}

static int take_document(void *ctx, const sheaf_document *doc)
{
	reading    *r = ctx;
	const char *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);
	const char *label = r->label(r->ctx, doc);

	if (!id || !label || hash_finish(hash_bytes(HASH_SEED, id, strlen(id))) > r->keep)
		return 0;
	if (read_paper(r, doc, id, label))
		return 0;
	if (r->status == SHEAF_OK)
		r->status = sheaf_nomem(r->err);
	return 1;
}

static sheaf_status read_all(reading *r, sheaf_database *db, sheaf_error *err)
{
	int64_t      count;
	sheaf_error  why = {0};
	sheaf_status status = sheaf_database_get_doccount(db, &count, err);

	if (status != SHEAF_OK)
		return status;
	r->keep = count > LEARN_PAPERS_MAX ? UINT64_MAX / (uint64_t)count * LEARN_PAPERS_MAX
	                                   : UINT64_MAX;
	status = sheaf_database_each_document(db, 0, take_document, r, &why);
	if (r->status != SHEAF_OK)
		return r->status;
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

static int put_gap(learn_corpus *c)
{
	if (text_table_put(&c->families, &c->arena, "", 0) != LEARN_GAP ||
	    text_table_put(&c->forms, &c->arena, "", 0) != LEARN_GAP ||
	    !reserve(&c->form_of, 0, 1, &c->form_size, sizeof *c->form_of))
		return 0;
	c->form_of[LEARN_GAP] = (learn_form){LEARN_GAP, 0};
	return 1;
}

sheaf_status learn_corpus_read(learn_corpus *c, sheaf_database *db, learn_label_fn label, void *ctx,
                               sheaf_error *err)
{
	reading      r = {.c = c, .label = label, .ctx = ctx, .err = err};
	sheaf_status status = analyser_new(db, &r.analyser, err);

	memset(c, 0, sizeof *c);
	r.analysis = analysis_new();
	if (status == SHEAF_OK && (!r.analysis || !put_gap(c)))
		status = sheaf_nomem(err);
	if (status == SHEAF_OK)
		status = read_all(&r, db, err);
	analysis_free(r.analysis);
	analyser_free(r.analyser);
	return status;
}

void learn_corpus_free(learn_corpus *c)
{
	text_table_free(&c->families);
	text_table_free(&c->forms);
	text_table_free(&c->labels);
	mem_free(c->form_of);
	mem_free(c->label_counts);
	mem_free(c->words);
	mem_free(c->papers);
	arena_free(&c->arena);
	memset(c, 0, sizeof *c);
}

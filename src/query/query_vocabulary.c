/* query_vocabulary.c: what a parser learns from its database: better spellings, synonyms. */
#include <sheaf/status.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "query_leaf_private.h"
#include "str.h"

enum {
	SPELLING_LETTERS_MIN = 4,
	SPELLING_EDITS = 2,
	SYNONYM_LEN_MAX = 200 /* bytes of what is asked for and answered */
};

static int is_letters(const char *text)
{
	size_t letters = 0;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (!str_is_alpha(c) && c < 0x80)
			return 0;
		letters += (c & 0xC0) != 0x80;
	}
	return letters >= SPELLING_LETTERS_MIN;
}

/*
 * Goes on with the corrected text: what is between, then the word in the case that it was typed in.
 */
static void correct(const leaf_draft *d, const char *suggestion)
{
	sheaf_query_parser *qp = d->qp;
	size_t              at = (size_t)(d->text - buf_str(&qp->text));
	char                first = *suggestion;

	if (*d->text >= 'A' && *d->text <= 'Z' && first >= 'a' && first <= 'z')
		first = (char)(first - 'a' + 'A');
	buf_append(&qp->corrected, buf_str(&qp->text) + qp->corrected_upto,
	           at - qp->corrected_upto);
	buf_putc(&qp->corrected, first);
	buf_puts(&qp->corrected, suggestion + 1);
	qp->corrected_upto = at + d->len;
}

void leaf_check_spelling(const leaf_draft *d, const first_word *first)
{
	sheaf_query_parser *qp = d->qp;
	char               *suggestion = NULL;

	if (!(d->flags & SHEAF_FLAG_SPELLING_CORRECTION) || !qp->vocabulary.suggest ||
	    qp->status != SHEAF_OK || d->token->exact || first->words != 1 ||
	    !is_letters(first->text) || d->field->field == SHEAF_FIELD_REPORT_NO)
		return;
	/* A word that is looked for in several fields is asked for once. */
	if ((size_t)(d->text - buf_str(&qp->text)) < qp->corrected_upto)
		return;
	qp->status = qp->vocabulary.suggest(qp->vocabulary.db, first->text, SPELLING_EDITS,
	                                    &suggestion, qp->err);
	if (suggestion && *suggestion && strcmp(suggestion, first->text) != 0)
		correct(d, suggestion);
	sheaf_free(suggestion);
}

/* Synonyms on their way into a query. */
typedef struct synonyms {
	const leaf_draft *d;
	query_list        list; /* the word, then what stands for it */
} synonyms;

static int is_there(const synonyms *s, const char *text)
{
	for (size_t i = 0; i < s->list.count; i++)
		if (str_ieq(s->list.items[i]->text, text))
			return 1;
	return 0;
}

static int add_synonym(void *ctx, const char *term, const char *synonym)
{
	synonyms  *s = ctx;
	leaf_draft d = *s->d;

	(void)term;
	d.text = synonym;
	d.len = strlen(synonym);
	if (s->d->qp->synonyms == QUERY_SYNONYMS_MAX)
		return 1;
	if (!d.len || d.len > SYNONYM_LEN_MAX || is_there(s, synonym) || !leaf_first_word(&d).words)
		return 0;
	s->d->qp->synonyms++;
	query_list_push(&s->list,
	                query_new_term(d.field->field, SHEAF_TERM_STEMMED, d.text, d.len));
	return s->list.failed;
}

static int append_word(void *ctx, const word *w)
{
	buf *key = ctx;

	if (key->len)
		buf_putc(key, ' ');
	buf_append(key, w->text, w->len);
	return key->len > SYNONYM_LEN_MAX;
}

/* The synonyms that the database has of the folded text. 0 when out of memory. */
static int ask(const leaf_draft *d, synonyms *s)
{
	sheaf_query_parser *qp = d->qp;
	buf                 key = BUF_INIT(0);
	words_sink          sink = {.ctx = &key, .word = append_word};
	sheaf_status        status;

	words_split(d->text, d->len, WORDS_PROSE, &sink);
	if (key.status == SHEAF_OK && qp->vocabulary.each_synonym && qp->status == SHEAF_OK &&
	    key.len <= SYNONYM_LEN_MAX) {
		status = qp->vocabulary.each_synonym(qp->vocabulary.db, buf_str(&key), add_synonym,
		                                     s, qp->err);
		qp->status = status == SHEAF_ERROR_INTERRUPTED ? SHEAF_OK : status;
	}
	status = key.status;
	buf_free(&key);
	return status == SHEAF_OK && !s->list.failed;
}

int leaf_add_synonyms(const leaf_draft *d, query_operand *leaf)
{
	synonyms s = {d, {0}};

	query_list_push(&s.list, leaf->node);
	leaf->node = NULL;
	if (s.list.failed || !ask(d, &s)) {
		query_list_clear(&s.list);
		return 0;
	}
	if (s.list.count == 1 && !d->qp->synonyms_noted) {
		d->qp->synonyms_noted = 1;
		query_note(d->qp, "no synonyms of '%.*s' are known: taken as it is",
		           leaf_shown(d->text, d->len), d->text);
	}
	leaf->node = query_synonym(&s.list);
	return leaf->node != NULL;
}

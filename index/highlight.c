#include "highlight.h"

#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "field.h"
#include "plan.h"
#include "words.h"

struct highlight {
	plan            plan; /* for its words */
	sheaf_database *db;   /* borrowed; its stemmer may change with a reindex */
};

sheaf_status highlight_new(sheaf_database *db, const sheaf_query *query, highlight **out,
                           sheaf_error *err)
{
	highlight   *h = mem_calloc(1, sizeof *h);
	sheaf_status status;

	*out = NULL;
	if (!h)
		return sheaf_nomem(err);
	h->db = db;
	status = plan_make(&db->tokenizer.config, query, &h->plan, err);
	if (status != SHEAF_OK) {
		highlight_free(h);
		return status;
	}
	*out = h;
	return SHEAF_OK;
}

void highlight_free(highlight *h)
{
	if (!h)
		return;
	plan_free(&h->plan);
	mem_free(h);
}

typedef struct walk {
	const highlight *h;
	sheaf_field      field;
	highlight_fn     fn;
	void            *ctx;
	sheaf_status     status;
	sheaf_error     *err;
} walk;

static int is_wanted(const walk *w, const word *found, const char *stem, size_t stem_len)
{
	const leaf_words *words = &w->h->plan.words;

	for (size_t i = 0; i < words->count; i++) {
		const leaf_word *l = &words->list[i];

		if (l->field != SHEAF_FIELD_ANY && l->field != w->field)
			continue;
		if (l->prefix && found->len >= l->len && memcmp(found->text, l->text, l->len) == 0)
			return 1;
		if (l->stemmed ? stem_len == l->len && memcmp(stem, l->text, l->len) == 0
		               : found->len == l->len && memcmp(found->text, l->text, l->len) == 0)
			return 1;
	}
	return 0;
}

static int visit(void *ctx, const word *found)
{
	walk       *w = ctx;
	const char *stem;
	size_t      stem_len;

	w->status = sheaf_stem_word(w->h->db->tokenizer.config.stem, found->text, found->len, &stem,
	                            &stem_len, w->err);
	if (w->status != SHEAF_OK)
		return 1;
	return w->fn(w->ctx, found->begin, found->end, is_wanted(w, found, stem, stem_len));
}

sheaf_status highlight_split(highlight *h, sheaf_field field, const char *text, size_t len,
                             highlight_fn fn, void *ctx, sheaf_error *err)
{
	walk       w = {h, field, fn, ctx, SHEAF_OK, err};
	words_sink sink = {&w, visit, NULL};
	words_mode mode = field_get(field)->kind == FIELD_NAME ? WORDS_NAMES : WORDS_PROSE;

	words_split(text, len, mode, &sink);
	return w.status;
}

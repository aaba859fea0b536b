/* The term generator: the splitter of the index behind the public interface. */
#include <sheaf/term_generator.h>
#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "stemmer.h"
#include "words.h"

struct sheaf_term_generator {
	sheaf_stem           *stem;
	sheaf_stem_strategy   strategy;
	sheaf_term_stopper_fn is_stop_word; /* NULL: no word is */
	void                 *stopper;
	sheaf_stop_strategy   stop_strategy;
	size_t                max_len; /* bytes; 0: any */
	sheaf_text_kind       kind;
	uint32_t              position; /* of the next word */
};

sheaf_status sheaf_term_generator_new(sheaf_database *db, sheaf_term_generator **out,
                                      sheaf_error *err)
{
	sheaf_term_generator *tg = mem_calloc(1, sizeof *tg);
	sheaf_status          status;

	*out = NULL;
	if (!tg)
		return sheaf_nomem(err);
	status = db ? stem_clone(db->tokenizer.config.stem, &tg->stem, err)
	            : sheaf_stem_new(NULL, &tg->stem, err);
	if (status != SHEAF_OK) {
		sheaf_term_generator_free(tg);
		return status;
	}
	*out = tg;
	return SHEAF_OK;
}

void sheaf_term_generator_free(sheaf_term_generator *tg)
{
	if (!tg)
		return;
	sheaf_stem_free(tg->stem);
	mem_free(tg);
}

sheaf_status sheaf_term_generator_set_stemmer(sheaf_term_generator *tg, const sheaf_stem *stem,
                                              sheaf_error *err)
{
	sheaf_stem  *own;
	sheaf_status status = stem ? stem_clone(stem, &own, err)
	                           : sheaf_stem_new("none", &own, err);

	if (status != SHEAF_OK)
		return status;
	sheaf_stem_free(tg->stem);
	tg->stem = own;
	return SHEAF_OK;
}

void sheaf_term_generator_set_stemming_strategy(sheaf_term_generator *tg,
                                                sheaf_stem_strategy   strategy)
{
	if ((unsigned)strategy <= SHEAF_STEM_NONE)
		tg->strategy = strategy;
}

void sheaf_term_generator_set_stopper_fn(sheaf_term_generator *tg, sheaf_term_stopper_fn fn,
                                         void *ctx)
{
	tg->is_stop_word = fn;
	tg->stopper = ctx;
}

void sheaf_term_generator_set_stopper_strategy(sheaf_term_generator *tg,
                                               sheaf_stop_strategy   strategy)
{
	tg->stop_strategy = strategy;
}

void sheaf_term_generator_set_max_word_length(sheaf_term_generator *tg, size_t bytes)
{
	tg->max_len = bytes;
}

void sheaf_term_generator_set_text_kind(sheaf_term_generator *tg, sheaf_text_kind kind)
{
	tg->kind = kind;
}

uint32_t sheaf_term_generator_get_termpos(const sheaf_term_generator *tg)
{
	return tg->position;
}

void sheaf_term_generator_set_termpos(sheaf_term_generator *tg, uint32_t position)
{
	tg->position = position;
}

void sheaf_term_generator_increase_termpos(sheaf_term_generator *tg, uint32_t by)
{
	tg->position += by;
}

typedef struct generation {
	sheaf_term_generator *tg;
	sheaf_term_fn         fn;
	void                 *ctx;
	sheaf_status          status;
	sheaf_error          *err;
} generation;

/* What is stemmed, and as the strategy wants to see it. */
static sheaf_status stem_term(generation *g, sheaf_term *t)
{
	sheaf_status status;

	if (g->tg->strategy == SHEAF_STEM_NONE || g->tg->kind == SHEAF_TEXT_NAMES)
		return SHEAF_OK;
	status = sheaf_stem_word(g->tg->stem, t->word, t->word_len, &t->stem, &t->stem_len, g->err);
	if (status == SHEAF_OK && g->tg->strategy == SHEAF_STEM_ALL) {
		t->word = t->stem;
		t->word_len = t->stem_len;
	}
	return status;
}

static int pass_on(void *ctx, const word *w)
{
	generation           *g = ctx;
	sheaf_term_generator *tg = g->tg;
	sheaf_term t = {w->text, w->len, w->text, w->len, w->begin, w->end, tg->position};
	int        stop_word;

	tg->position++;
	if (tg->max_len && w->len > tg->max_len)
		return 0;
	stop_word = tg->is_stop_word && tg->kind == SHEAF_TEXT_PROSE &&
	            tg->is_stop_word(tg->stopper, w->text, w->len);
	if (stop_word && tg->stop_strategy == SHEAF_STOP_ALL)
		return 0;
	if (!stop_word)
		g->status = stem_term(g, &t);
	if (g->status == SHEAF_OK && g->fn(g->ctx, &t))
		g->status = sheaf_fail(g->err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	return g->status != SHEAF_OK;
}

sheaf_status sheaf_term_generator_index_text(sheaf_term_generator *tg, const char *text, size_t len,
                                             sheaf_term_fn fn, void *ctx, sheaf_error *err)
{
	generation g = {tg, fn, ctx, SHEAF_OK, err};
	words_sink sink = {&g, pass_on, NULL};

	if (!tg || !fn || (!text && len))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no generator, no text or no function");
	if (len == SIZE_MAX)
		len = strlen(text);
	words_split(text, len, tg->kind == SHEAF_TEXT_NAMES ? WORDS_NAMES : WORDS_PROSE, &sink);
	return g.status;
}

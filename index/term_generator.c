/* The term generator: the splitter of the index behind the public interface. */
#include <sheaf/term_generator.h>
#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "words.h"

struct sheaf_term_generator {
	sheaf_stem *stem;
};

sheaf_status sheaf_term_generator_new(sheaf_database *db, sheaf_term_generator **out,
                                      sheaf_error *err)
{
	sheaf_term_generator *tg = mem_calloc(1, sizeof *tg);
	sheaf_status          status;

	*out = NULL;
	if (!tg)
		return sheaf_nomem(err);
	status = sheaf_stem_new(db ? db->stemmer : NULL, &tg->stem, err);
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

typedef struct generation {
	sheaf_term_generator *tg;
	sheaf_term_fn         fn;
	void                 *ctx;
	uint32_t              position;
	sheaf_status          status;
	sheaf_error          *err;
} generation;

static int pass_on(void *ctx, const word *w)
{
	generation *g = ctx;
	sheaf_term  t = {.word = w->text, .word_len = w->len, .begin = w->begin, .end = w->end};

	g->status = sheaf_stem_word(g->tg->stem, w->text, w->len, &t.stem, &t.stem_len, g->err);
	if (g->status != SHEAF_OK)
		return 1;
	t.position = g->position++;
	if (g->fn(g->ctx, &t)) {
		g->status = sheaf_fail(g->err, SHEAF_ERROR_INTERRUPTED, "interrupted");
		return 1;
	}
	return 0;
}

sheaf_status sheaf_term_generator_index_text(sheaf_term_generator *tg, const char *text, size_t len,
                                             sheaf_term_fn fn, void *ctx, sheaf_error *err)
{
	generation g = {tg, fn, ctx, 0, SHEAF_OK, err};
	words_sink sink = {&g, pass_on, NULL};

	words_split(text, len, WORDS_PROSE, &sink);
	return g.status;
}

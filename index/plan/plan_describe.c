/* A plan in words. */
#include "datetime.h"
#include "field.h"
#include "plan.h"

/* An expression with its private bytes in readable form. */
static void readable(buf *out, const char *fts)
{
	for (; *fts; fts++) {
		switch (*fts) {
		case MODE_TOKENS: break;
		case TOKEN_STEM: buf_putc(out, '~'); break;
		case TOKEN_NAME: buf_putc(out, '@'); break;
		case TOKEN_KEY: buf_putc(out, '&'); break;
		case TOKEN_INITIAL: buf_putc(out, '.'); break;
		case TOKEN_GIVEN: buf_putc(out, '+'); break;
		case TOKEN_LINE: buf_putc(out, '/'); break;
		case TOKENS_NEXT: buf_puts(out, fts[-1] == MODE_TOKENS ? "" : " "); break;
		case TOKENS_SAME: buf_putc(out, '|'); break;
		case TOKEN_BOOLEAN: break;
		default: buf_putc(out, *fts);
		}
	}
}

static void describe_ranges(const plan_node *n, buf *out)
{
	if (n->type == PLAN_RANGE) {
		char text[TIME_TEXT_SIZE] = "";

		buf_printf(out, "  keep: %s from ", field_get(n->field)->name);
		if (n->begin != INT64_MIN)
			time_format_iso(n->begin, text);
		buf_puts(out, text[0] ? text : "the beginning");
		text[0] = 0;
		if (n->end != INT64_MAX)
			time_format_iso(n->end, text);
		buf_printf(out, " to %s\n", text[0] ? text : "the end");
	}
	for (size_t i = 0; i < n->count; i++)
		describe_ranges(n->sub[i], out);
}

void plan_describe(const plan *p, buf *out)
{
	size_t weighted = 0;

	for (size_t i = 0; i < p->leaf_count; i++)
		weighted += p->leaves[i].weighted && p->leaves[i].used;
	if (!p->root || p->root->type == PLAN_NONE) {
		buf_puts(out, "  nothing to look for\n");
		return;
	}
	if (p->fts.len) {
		buf_puts(out, p->exact ? "  find: " : "  candidates: ");
		readable(out, p->fts.data);
		buf_putc(out, '\n');
	}
	if (!p->exact)
		buf_puts(out, "  test each candidate against the whole query\n");
	if (p->residual)
		describe_ranges(p->residual, out);
	if (p->sweep)
		buf_puts(out, "  then walk all other documents, newest first\n");
	if (weighted)
		buf_printf(out, "  rank: BM25 over %zu %s, best first, ties by newest\n", weighted,
		           weighted == 1 ? "term" : "terms");
	else
		buf_puts(out, "  order: newest first (no term carries weight)\n");
}

#include "search_explain.h"

#include "alloc.h"
#include "buf.h"
#include "error.h"

enum { DETAIL_MAX = 1024, ITEMS_FIRST = 16 };

/* The text fields, in the order in which they are told. */
static const struct {
	sheaf_field field;
	const char *name;
} fields[] = {
	{SHEAF_FIELD_TITLE, "title"},
	{SHEAF_FIELD_ABSTRACT, "abstract"},
	{SHEAF_FIELD_AUTHOR, "authors"},
	{SHEAF_FIELD_COMMENTS, "comments"},
	{SHEAF_FIELD_JOURNAL_REF, "journal"},
	{SHEAF_FIELD_REPORT_NO, "report"},
	{SHEAF_FIELD_CATEGORY, "categories"},
	{SHEAF_FIELD_PRIMARY_CATEGORY, "primary category"},
	{SHEAF_FIELD_ID, "id"},
	{SHEAF_FIELD_DOI, "doi"},
	{SHEAF_FIELD_MSC_CLASS, "msc classes"},
	{SHEAF_FIELD_ACM_CLASS, "acm classes"},
};

/* `title 1, abstract 3`: where it occurs, and how often. */
static void tell_fields(buf *out, const sheaf_matching_term *term)
{
	const char *between = "";

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (!term->field_wdf[fields[i].field])
			continue;
		buf_printf(out, "%s%s %lu", between, fields[i].name,
		           (unsigned long)term->field_wdf[fields[i].field]);
		between = ", ";
	}
}

static void tell(buf *out, const sheaf_matching_term *term)
{
	if (term->adjacency)
		buf_puts(out, "side by side: ");
	tell_fields(out, term);
	if (term->filter) {
		buf_puts(out, out->len ? "; a filter" : "a filter");
		return;
	}
	buf_printf(out, "%sfrequency %g, in %lld paper%s", out->len ? "; " : "", term->wdf,
	           (long long)term->termfreq, term->termfreq == 1 ? "" : "s");
	if (term->factor != 1)
		buf_printf(out, ", times %g", term->factor);
}

static sheaf_explanation *next_item(search_explain *e)
{
	if (e->count == e->size) {
		size_t             size = e->size ? 2 * e->size : ITEMS_FIRST;
		sheaf_explanation *items = mem_realloc_array(e->items, size, sizeof *items);

		if (!items)
			return NULL;
		e->items = items;
		e->size = size;
	}
	return &e->items[e->count];
}

static int take_term(void *ctx, const sheaf_matching_term *term)
{
	search_explain    *e = ctx;
	sheaf_explanation *item = next_item(e);
	buf                detail = BUF_INIT(DETAIL_MAX);

	if (!item)
		return 1;
	tell(&detail, term);
	*item = (sheaf_explanation){arena_strdup(&e->texts, term->description),
	                            arena_strdup(&e->texts, buf_str(&detail)), term->weight};
	buf_free(&detail);
	e->count++;
	return !item->description || !item->detail;
}

sheaf_status search_explain_paper(search_explain *e, sheaf_enquire *enquire, sheaf_docid docid,
                                  sheaf_error *err)
{
	sheaf_status status;

	*e = (search_explain){0};
	status = sheaf_enquire_each_matching_term(enquire, docid, take_term, e, err);
	/* Nothing but a want of memory stops the walk. */
	return status == SHEAF_ERROR_INTERRUPTED ? sheaf_nomem(err) : status;
}

void search_explain_free(search_explain *e)
{
	mem_free(e->items);
	arena_free(&e->texts);
	*e = (search_explain){0};
}

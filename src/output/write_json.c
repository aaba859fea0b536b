/* write_json.c: one object for a list, or one object a paper. docs/FORMATS.md has the keys. */
#include "json_out.h"
#include "paper_field.h"

#define FORMAT_VERSION "{\"format_version\":1"

static const char *const   paper_keys[] = {"id",        "version",  "url",        "title",
                                           "authors",   "abstract", "categories", "primary_category",
                                           "submitted", "updated",  "comments",   "journal_ref",
                                           "doi",       "license",  "withdrawn",  NULL};
static const char *const   search_keys[] = {"score", "percent", "rank", "snippet", NULL};
static const char *const   digest_keys[] = {"status", NULL};
static const paper_columns keys = {paper_keys, search_keys, digest_keys};

/* `"key":value`, with as many digits as the score needs, the only real number there. */
static void put_key(sheaf_writer *w, const sheaf_item *item, const paper_field *f, size_t column)
{
	json_t *value = f->json(w, item, f);

	buf_printf(&w->out, "%s\"%s\":", column ? "," : "", f->name);
	if (json_is_real(value))
		json_put_exact(w, value, item->weight);
	else
		json_put(w, value);
}

static void put_explanation(sheaf_writer *w, const sheaf_explanation *e)
{
	json_put_exact(w,
	               json_pack("{s:o,s:o,s:o}", "term", json_text(e->description), "detail",
	                         json_text(e->detail), "weight", json_number(e->weight)),
	               e->weight);
}

static void put_paper(sheaf_writer *w, const sheaf_item *item)
{
	buf_putc(&w->out, '{');
	paper_field_each(w, item, &keys, put_key);
	if (item->announcement)
		buf_printf(&w->out, ",\"announcement\":\"%s\"", item->announcement);
	if (item->explanations) {
		buf_puts(&w->out, ",\"explain\":[");
		for (size_t i = 0; i < item->explanation_count; i++) {
			if (i)
				buf_putc(&w->out, ',');
			put_explanation(w, &item->explanations[i]);
		}
		buf_putc(&w->out, ']');
	}
	buf_putc(&w->out, '}');
}

/* `,"key":value`; takes `value`. */
static void put_member(sheaf_writer *w, const char *key, json_t *value)
{
	buf_printf(&w->out, ",\"%s\":", key);
	json_put(w, value);
}

static void begin_search(sheaf_writer *w)
{
	if (w->head.query_id)
		put_member(w, "query_id", json_text(w->head.query_id));
	put_member(w, "query", json_text(w->head.query));
	put_member(w, "parsed", json_text(w->head.parsed));
	put_member(w, "total", json_integer(w->head.total));
	put_member(w, "exact", json_boolean(w->head.exact));
}

static void begin_digest(sheaf_writer *w)
{
	put_member(w, "title", json_text(w->head.title));
	put_member(w, "generated", json_time(w->head.now));
}

static void json_begin(sheaf_writer *w)
{
	buf_puts(&w->out, FORMAT_VERSION);
	if (w->head.kind == SHEAF_LIST_SEARCH)
		begin_search(w);
	if (w->head.kind == SHEAF_LIST_DIGEST)
		begin_digest(w);
	buf_puts(&w->out, w->head.kind == SHEAF_LIST_DIGEST ? ",\"sections\":[" : ",\"results\":[");
}

static void end_section(sheaf_writer *w)
{
	if (w->sections)
		buf_printf(&w->out, "],\"count\":%zu}", w->section_items);
}

static void json_section(sheaf_writer *w)
{
	end_section(w);
	buf_puts(&w->out, w->sections ? ",{" : "{");
	buf_puts(&w->out, "\"name\":");
	json_put(w, w->section_named ? json_text(buf_str(&w->section_name)) : json_null());
	put_member(w, "heading", json_text(buf_str(&w->section_heading)));
	buf_puts(&w->out, ",\"papers\":[");
}

static void json_item(sheaf_writer *w, const sheaf_item *item)
{
	size_t before = w->head.kind == SHEAF_LIST_DIGEST ? w->section_items : w->items;

	if (before)
		buf_putc(&w->out, ',');
	put_paper(w, item);
}

static void put_facets(sheaf_writer *w)
{
	buf_puts(&w->out, ",\"facets\":{");
	for (size_t i = 0; i < w->head.facet_count; i++) {
		const sheaf_facet *facet = &w->head.facets[i];

		buf_printf(&w->out, "%s\"%s\":[", i ? "," : "", facet->name);
		for (size_t j = 0; j < facet->count; j++) {
			if (j)
				buf_putc(&w->out, ',');
			json_put(w,
			         json_pack("{s:o,s:I}", "value", json_text(facet->counts[j].value),
			                   "count", (json_int_t)facet->counts[j].count));
		}
		buf_putc(&w->out, ']');
	}
	buf_putc(&w->out, '}');
}

static void end_digest(sheaf_writer *w)
{
	put_member(w, "name", json_text(w->head.name));
	put_member(w, "intro", json_line(w, w->head.intro));
	if (w->head.coverage)
		put_member(w, "coverage", json_line(w, w->head.coverage));
	buf_printf(&w->out, ",\"counts\":{\"papers\":%zu,\"new\":%zu,\"updated\":%zu}", w->items,
	           w->items - w->updates, w->updates);
}

static void json_end(sheaf_writer *w)
{
	if (w->head.kind == SHEAF_LIST_DIGEST)
		end_section(w);
	buf_putc(&w->out, ']');
	if (w->head.kind == SHEAF_LIST_DIGEST)
		end_digest(w);
	if (w->head.kind == SHEAF_LIST_SEARCH) {
		put_facets(w);
		put_member(w, "did_you_mean", json_text(w->head.did_you_mean));
	}
	buf_puts(&w->out, "}\n");
}

static void jsonl_item(sheaf_writer *w, const sheaf_item *item)
{
	put_paper(w, item);
	buf_putc(&w->out, '\n');
}

const writer_ops write_json_ops = {.name = "json",
                                   .begin = json_begin,
                                   .section = json_section,
                                   .item = json_item,
                                   .end = json_end,
                                   .has_fields = 1};
const writer_ops write_jsonl_ops = {.name = "jsonl", .item = jsonl_item, .has_fields = 1};

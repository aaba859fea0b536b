#include "api_entry.h"

#include "datetime.h"

static const char indent[] = "    ";

static void write_time(buf *out, const char *name, sheaf_time time)
{
	char text[TIME_TEXT_SIZE];

	time_format_iso(time, text);
	reply_element(out, indent, name, text);
}

static void write_author(buf *out, const invented_name *name)
{
	buf_puts(out, "    <author>\n      <name>");
	reply_text(out, name->forenames);
	buf_puts(out, *name->forenames ? " " : "");
	reply_text(out, name->keyname);
	if (*name->suffix)
		buf_printf(out, " %s", name->suffix);
	buf_puts(out, "</name>\n");
	reply_element(out, "      ", "arxiv:affiliation",
	              *name->affiliation ? name->affiliation : NULL);
	buf_puts(out, "    </author>\n");
}

void api_entry_write(buf *out, const paper *p)
{
	size_t version = p->version_count;

	buf_printf(out, "  <entry>\n    <id>http://arxiv.org/abs/%sv%zu</id>\n", p->id, version);
	reply_element(out, indent, "title", p->title);
	write_time(out, "updated", p->versions[version - 1].date);
	buf_printf(
		out,
		"    <link href=\"https://arxiv.org/abs/%sv%zu\" rel=\"alternate\" type=\"text/html\"/>\n"
		"    <link href=\"https://arxiv.org/pdf/%sv%zu\" rel=\"related\" type=\"application/pdf\" "
		"title=\"pdf\"/>\n",
		p->id, version, p->id, version);
	reply_element(out, indent, "summary", p->abstract);
	for (size_t i = 0; i < p->category_count; i++)
		buf_printf(out,
		           "    <category term=\"%s\" scheme=\"http://arxiv.org/schemas/atom\"/>\n",
		           p->categories[i]->code);
	write_time(out, "published", p->versions[0].date);
	reply_element(out, indent, "arxiv:comment", p->comments);
	buf_printf(out, "    <arxiv:primary_category term=\"%s\"/>\n", p->categories[0]->code);
	reply_element(out, indent, "arxiv:journal_ref", p->journal_ref);
	for (size_t i = 0; i < p->author_count; i++)
		write_author(out, &p->authors[i]);
	if (p->doi) {
		reply_element(out, indent, "arxiv:doi", p->doi);
		buf_printf(
			out,
			"    <link href=\"https://doi.org/%s\" rel=\"related\" title=\"doi\"/>\n",
			p->doi);
	}
	buf_puts(out, "  </entry>\n");
}

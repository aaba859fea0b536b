#include "oai_record.h"

#include "datetime.h"
#include "str.h"

static const char deep[] = "                ";

static void write_header(buf *out, const paper *p)
{
	char day[TIME_TEXT_SIZE];

	time_format_date(p->datestamp * 86400, day);
	buf_printf(out, "            <header>\n%s<identifier>oai:arXiv.org:%s</identifier>\n", deep,
	           p->id);
	reply_element(out, deep, "datestamp", day);
	for (size_t i = 0; i < p->category_count; i++)
		reply_element(out, deep, "setSpec", p->categories[i]->spec);
	buf_puts(out, "            </header>\n");
}

static void write_categories(buf *out, const paper *p)
{
	buf_printf(out, "%s<categories>", deep);
	for (size_t i = 0; i < p->category_count; i++)
		buf_printf(out, "%s%s", i ? " " : "", p->categories[i]->code);
	buf_puts(out, "</categories>\n");
}

/* What both formats end with, in the same order. */
static void write_notes(buf *out, const paper *p)
{
	write_categories(out, p);
	reply_element(out, deep, "comments", p->comments);
	reply_element(out, deep, "report-no", p->report_no);
	reply_element(out, deep, "acm-class", p->acm);
	reply_element(out, deep, "msc-class", p->msc);
	reply_element(out, deep, "journal-ref", p->journal_ref);
	reply_element(out, deep, "doi", p->doi);
	reply_element(out, deep, "license", p->license);
	buf_printf(out, "%s<abstract>  ", deep);
	reply_text(out, p->abstract);
	buf_puts(out, "</abstract>\n");
}

static void append_name(buf *out, const invented_name *name)
{
	if (*name->forenames_tex)
		buf_printf(out, "%s ", name->forenames_tex);
	buf_puts(out, name->keyname_tex);
	if (*name->suffix)
		buf_printf(out, " %s", name->suffix);
	if (*name->affiliation)
		buf_printf(out, " (%s)", name->affiliation);
}

/* One line, accents in TeX: "A, B (Somewhere) and C". */
static void write_author_line(buf *out, const paper *p)
{
	buf line = BUF_INIT(0);

	if (p->author_line) {
		reply_element(out, deep, "authors", p->author_line);
		return;
	}
	for (size_t i = 0; i < p->author_count; i++) {
		if (i)
			buf_puts(&line, i + 1 == p->author_count && p->index % 2 ? " and " : ", ");
		append_name(&line, &p->authors[i]);
	}
	reply_element(out, deep, "authors", buf_str(&line));
	buf_free(&line);
}

static void write_versions(buf *out, const paper *p)
{
	for (size_t i = 0; i < p->version_count; i++) {
		char date[TIME_TEXT_SIZE];

		time_format_rfc5322(p->versions[i].date, date);
		buf_printf(
			out,
			"%s<version version=\"v%zu\">\n%s    <date>%s</date>\n%s    <size>%zukb</size>\n",
			deep, i + 1, deep, date, deep, p->versions[i].size_kb);
		if (*p->versions[i].source_type)
			buf_printf(out, "%s    <source_type>%s</source_type>\n", deep,
			           p->versions[i].source_type);
		buf_printf(out, "%s</version>\n", deep);
	}
}

static void write_submitter(buf *out, const paper *p)
{
	const invented_name *first = &p->authors[0];

	if (p->submitter || !p->author_count) {
		reply_element(out, deep, "submitter", p->submitter);
		return;
	}
	buf_printf(out, "%s<submitter>", deep);
	reply_text(out, first->forenames);
	buf_puts(out, *first->forenames ? " " : "");
	reply_text(out, first->keyname);
	buf_puts(out, "</submitter>\n");
}

static void write_raw(buf *out, const paper *p)
{
	reply_element(out, deep, "id", p->id);
	write_submitter(out, p);
	write_versions(out, p);
	reply_element(out, deep, "title", p->title);
	write_author_line(out, p);
	write_notes(out, p);
}

static void write_authors(buf *out, const paper *p)
{
	buf_printf(out, "%s<authors>\n", deep);
	for (size_t i = 0; i < p->author_count; i++) {
		const invented_name *name = &p->authors[i];

		buf_printf(out, "%s    <author>\n", deep);
		reply_element(out, "                        ", "keyname", name->keyname);
		reply_element(out, "                        ", "forenames",
		              *name->forenames ? name->forenames : NULL);
		reply_element(out, "                        ", "suffix",
		              *name->suffix ? name->suffix : NULL);
		buf_printf(out, "%s    </author>\n", deep);
	}
	buf_printf(out, "%s</authors>\n", deep);
}

/* As the archive does it: `created` is the day of the version shown, `updated` the last touch. */
static void write_arxiv(buf *out, const paper *p)
{
	char day[TIME_TEXT_SIZE];

	reply_element(out, deep, "id", p->id);
	time_format_date(p->versions[p->version_count - 1].date, day);
	reply_element(out, deep, "created", day);
	time_format_date(p->datestamp * 86400, day);
	reply_element(out, deep, "updated", day);
	write_authors(out, p);
	reply_element(out, deep, "title", p->title);
	write_notes(out, p);
}

void oai_record_write(buf *out, const paper *p, const char *prefix)
{
	int raw = str_eq(prefix, "arXivRaw");

	if (!prefix) {
		write_header(out, p);
		return;
	}
	buf_puts(out, "        <record>\n");
	write_header(out, p);
	buf_printf(out,
	           "            <metadata>\n            <%s xmlns=\"http://arxiv.org/OAI/%s/\">\n",
	           prefix, prefix);
	if (raw)
		write_raw(out, p);
	else
		write_arxiv(out, p);
	buf_printf(out, "            </%s>\n            </metadata>\n        </record>\n\n",
	           prefix);
}

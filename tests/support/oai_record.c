#include "oai_record.h"

#include <string.h>

#include "datetime.h"
#include "oai_old.h"
#include "str.h"

static const char deep[] = "                ";

/* Each set once. */
static void write_old_sets(buf *out, const paper *p)
{
	buf seen = BUF_INIT(0), set = BUF_INIT(0);

	buf_putc(&seen, ' ');
	for (size_t i = 0; i < p->category_count; i++) {
		buf_clear(&set);
		buf_putc(&set, ' ');
		oai_old_set(&set, p->categories[i]->spec);
		buf_putc(&set, ' ');
		if (strstr(buf_str(&seen), buf_str(&set)))
			continue;
		buf_puts(&seen, buf_str(&set) + 1);
		buf_truncate(&set, set.len - 1);
		reply_element(out, deep, "setSpec", buf_str(&set) + 1);
	}
	buf_free(&seen);
	buf_free(&set);
}

static void write_header(buf *out, const paper *p, int old)
{
	char day[TIME_TEXT_SIZE];

	time_format_date(p->datestamp * 86400, day);
	buf_printf(out, "            <header>\n%s<identifier>oai:arXiv.org:%s</identifier>\n", deep,
	           p->id);
	reply_element(out, deep, "datestamp", day);
	if (old)
		write_old_sets(out, p);
	for (size_t i = 0; i < p->category_count && !old; i++)
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

static void write_day(buf *out, const char *name, sheaf_time time)
{
	char day[TIME_TEXT_SIZE];

	time_format_date(time, day);
	reply_element(out, deep, name, day);
}

/*
 * `created` is the day of the version shown and `updated` that of the last touch; once they were the days of the first
 * version and of the last, where there are several.
 */
static void write_dates(buf *out, const paper *p, int old)
{
	sheaf_time last = p->versions[p->version_count - 1].date;

	write_day(out, "created", old ? p->versions[0].date : last);
	if (!old)
		write_day(out, "updated", p->datestamp * 86400);
	else if (p->version_count > 1)
		write_day(out, "updated", last);
}

static void write_arxiv(buf *out, const paper *p, int old)
{
	reply_element(out, deep, "id", p->id);
	write_dates(out, p, old);
	write_authors(out, p);
	reply_element(out, deep, "title", p->title);
	write_notes(out, p);
}

static void write_flat(buf *out, const paper *p, int old)
{
	(void)old;
	reply_element(out, deep, "id", p->id);
	write_submitter(out, p);
	reply_element(out, deep, "title", p->title);
	write_author_line(out, p);
	write_notes(out, p);
}

static void write_raw_paper(buf *out, const paper *p, int old)
{
	(void)old;
	write_raw(out, p);
}

static void write_creators(buf *out, const paper *p)
{
	for (size_t i = 0; i < p->author_count; i++) {
		const invented_name *name = &p->authors[i];
		buf                  text = BUF_INIT(0);

		buf_puts(&text, name->keyname);
		if (*name->forenames)
			buf_printf(&text, ", %s", name->forenames);
		reply_element(out, deep, "dc:creator", buf_str(&text));
		buf_free(&text);
	}
}

static void write_dublin_core(buf *out, const paper *p, int old)
{
	buf text = BUF_INIT(0);

	reply_element(out, deep, "dc:title", p->title);
	write_creators(out, p);
	for (size_t i = 0; i < p->category_count; i++)
		reply_element(out, deep, "dc:subject", p->categories[i]->name);
	reply_element(out, deep, "dc:description", p->abstract);
	if (p->comments) {
		buf_printf(&text, "Comment: %s", p->comments);
		reply_element(out, deep, "dc:description", buf_str(&text));
	}
	for (size_t i = 0; i < p->version_count; i++)
		write_day(out, "dc:date", p->versions[i].date);
	reply_element(out, deep, "dc:type", "text");
	buf_clear(&text);
	buf_printf(&text, "http://arxiv.org/abs/%s", p->id);
	reply_element(out, deep, "dc:identifier", buf_str(&text));
	buf_clear(&text);
	if (p->doi) {
		buf_printf(&text, "doi:%s", p->doi);
		reply_element(out, deep, "dc:identifier", buf_str(&text));
	}
	(void)old;
	buf_free(&text);
}

static const struct {
	const char *prefix, *element, *namespace;
	void (*write)(buf *out, const paper *p, int old);
} formats[] = {
	{"arXivRaw", "arXivRaw", "xmlns=\"http://arxiv.org/OAI/arXivRaw/\"", write_raw_paper},
	{"arXiv", "arXiv", "xmlns=\"http://arxiv.org/OAI/arXiv/\"", write_arxiv},
	{"arXivOld", "arXivOld", "xmlns=\"http://arxiv.org/OAI/arXivOld/\"", write_flat},
	{"oai_dc", "oai_dc:dc",
         "xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" "
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
         write_dublin_core},
};
enum { FORMATS = sizeof formats / sizeof *formats };

const char *oai_record_format(size_t i)
{
	return i < FORMATS ? formats[i].prefix : NULL;
}

void oai_record_write(buf *out, const paper *p, const char *prefix, int old)
{
	if (!prefix) {
		write_header(out, p, old);
		return;
	}
	buf_puts(out, "        <record>\n");
	write_header(out, p, old);
	for (size_t i = 0; i < FORMATS; i++) {
		if (!str_eq(formats[i].prefix, prefix))
			continue;
		buf_printf(out, "            <metadata>\n            <%s %s>\n", formats[i].element,
		           formats[i].namespace);
		formats[i].write(out, p, old);
		buf_printf(out, "            </%s>\n            </metadata>\n", formats[i].element);
	}
	buf_puts(out, "        </record>\n\n");
}

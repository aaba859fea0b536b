#include "rss_view.h"

#include <stdio.h>
#include <string.h>

#include "datetime.h"
#include "error.h"
#include "str.h"

enum { DAY_S = 86400, LAST_ANNOUNCED_VERSION = 5 };

/* In the order in which a feed has them. */
typedef enum rss_kind { RSS_NEW, RSS_CROSS, RSS_REPLACE, RSS_REPLACE_CROSS, RSS_KINDS } rss_kind;

static const char *const kind_names[RSS_KINDS] = {"new", "cross", "replace", "replace-cross"};

typedef struct rss_feed {
	const listing *l;
	rss_form       form;
	const char    *name;
	char           built[TIME_TEXT_SIZE];     /* midnight on the east coast */
	char           published[TIME_TEXT_SIZE]; /* the same, as this form writes it */
	int64_t first, last; /* submitted on these days is announced; none where first > last */
	buf    *out;
	arena   texts;
} rss_feed;

static const char rss_head[] =
	"<?xml version='1.0' encoding='UTF-8'?>\n"
	"<rss xmlns:arxiv=\"http://arxiv.org/schemas/atom\" "
	"xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:atom=\"http://www.w3.org/2005/Atom\" "
	"version=\"2.0\">\n  <channel>\n";

static const char atom_head[] =
	"<?xml version='1.0' encoding='UTF-8'?>\n"
	"<feed xmlns:arxiv=\"http://arxiv.org/schemas/atom\" "
	"xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns=\"http://www.w3.org/2005/Atom\">\n";

/* 0 is Monday. */
static int weekday(int64_t day)
{
	return (int)((day + 3) % 7);
}

int rss_view_path(const char *path, size_t len, rss_form *form, char name[RSS_NAME_SIZE])
{
	static const char *const starts[] = {[RSS_FORM_RSS] = "/rss/", [RSS_FORM_ATOM] = "/atom/"};

	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		size_t start = strlen(starts[i]);

		if (len <= start || len - start >= RSS_NAME_SIZE ||
		    strncmp(path, starts[i], start) != 0)
			continue;
		memcpy(name, path + start, len - start);
		name[len - start] = 0;
		*form = (rss_form)i;
		return 1;
	}
	return 0;
}

int64_t rss_announced_before(int64_t day)
{
	return weekday(day) == 0 ? day - 3 : weekday(day) == 6 ? day - 2 : day - 1;
}

/* Which days' submissions a day announces. */
static void set_range(rss_feed *f, int64_t day)
{
	f->last = day - 1;
	f->first = weekday(day) == 0 ? day - 3 : weekday(day) > 4 ? day : day - 1;
}

/* Summer time is told by the month: the day is the same on either side of midnight's offset. */
static void set_times(rss_feed *f, int64_t day)
{
	int summer, y, m, d;

	date_civil(day, &y, &m, &d);
	summer = m >= 4 && m <= 10;
	if (f->form == RSS_FORM_ATOM) {
		snprintf(f->published, sizeof f->published, "%04d-%02d-%02dT00:00:00-0%d:00", y, m,
		         d, summer ? 4 : 5);
	} else {
		time_format_rfc5322(day * DAY_S, f->published);
		f->published[strcspn(f->published, ":") - 2] = 0;
		snprintf(f->published + strlen(f->published),
		         sizeof f->published - strlen(f->published), "00:00:00 -0%d00",
		         summer ? 4 : 5);
	}
	time_format_rfc5322(day * DAY_S + 4 * 3600 + 300, f->built);
}

/* 1 where the category is the feed's, or of the archive whose feed it is. */
static int holds(const rss_feed *f, const category *c)
{
	size_t n = strlen(f->name);

	return str_istarts(c->code, f->name) && (!c->code[n] || c->code[n] == '.');
}

static int is_known(const rss_feed *f)
{
	for (size_t i = 0; i < vocabulary_category_count; i++)
		if (*f->name && holds(f, &vocabulary_categories[i]))
			return 1;
	return 0;
}

/* The newest version that these days announce, 0 for none, and as what. */
static size_t announced_version(const rss_feed *f, const paper *p, rss_kind *kind)
{
	size_t version = 0;
	int    own = holds(f, p->categories[0]), listed = 0;

	for (size_t i = 0; i < p->category_count; i++)
		listed = listed || holds(f, p->categories[i]);
	for (size_t i = 0; listed && i < p->version_count && i < LAST_ANNOUNCED_VERSION; i++) {
		int64_t day = p->versions[i].date / DAY_S;

		if (day >= f->first && day <= f->last)
			version = i + 1;
	}
	if (version == 1)
		*kind = own ? RSS_NEW : RSS_CROSS;
	else
		*kind = own ? RSS_REPLACE : RSS_REPLACE_CROSS;
	return version;
}

static void write_creators(rss_feed *f, const paper *p)
{
	buf names = BUF_INIT(0);

	for (size_t i = 0; i < p->author_count; i++) {
		const invented_name *n = &p->authors[i];

		buf_printf(&names, "%s%s%s%s", i ? ", " : "", n->forenames,
		           *n->forenames ? " " : "", n->keyname);
		if (*n->suffix)
			buf_printf(&names, " %s", n->suffix);
		if (*n->affiliation)
			buf_printf(&names, " (%s)", n->affiliation);
	}
	reply_element(f->out, "      ", "dc:creator", buf_str(&names));
	buf_free(&names);
}

static void write_item(rss_feed *f, const paper *p, size_t version, rss_kind kind)
{
	int         atom = f->form == RSS_FORM_ATOM;
	const char *text = atom ? "summary" : "description";

	buf_puts(f->out, atom ? "  <entry>\n" : "    <item>\n");
	reply_element(f->out, "      ", "title", p->title);
	if (atom)
		buf_printf(f->out,
		           "      <id>oai:arXiv.org:%sv%zu</id>\n"
		           "      <link href=\"https://arxiv.org/abs/%s\" rel=\"alternate\"/>\n",
		           p->id, version, p->id);
	else
		buf_printf(f->out,
		           "      <guid isPermaLink=\"false\">oai:arXiv.org:%sv%zu</guid>\n"
		           "      <link>https://arxiv.org/abs/%s</link>\n",
		           p->id, version, p->id);
	buf_printf(f->out, "      <%s>arXiv:%sv%zu Announce Type: %s \nAbstract: ", text, p->id,
	           version, kind_names[kind]);
	reply_text(f->out, p->abstract);
	buf_printf(f->out, "</%s>\n", text);
	for (size_t i = 0; i < p->category_count; i++)
		buf_printf(f->out,
		           atom ? "      <category term=\"%s\"/>\n"
		                : "      <category>%s</category>\n",
		           p->categories[i]->code);
	reply_element(f->out, "      ", atom ? "published" : "pubDate", f->published);
	reply_element(f->out, "      ", "arxiv:announce_type", kind_names[kind]);
	reply_element(f->out, "      ", atom ? "rights" : "dc:rights", p->license);
	reply_element(f->out, "      ", "arxiv:DOI", p->doi);
	reply_element(f->out, "      ", "arxiv:journal_reference", p->journal_ref);
	write_creators(f, p);
	buf_puts(f->out, atom ? "  </entry>\n" : "    </item>\n");
}

static sheaf_status write_kind(rss_feed *f, rss_kind wanted, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < f->l->count && status == SHEAF_OK; i++) {
		paper    p;
		rss_kind kind;
		size_t   version;

		arena_clear(&f->texts);
		status = listing_paper(f->l, i, 0, &f->texts, &p, err);
		if (status != SHEAF_OK)
			break;
		version = announced_version(f, &p, &kind);
		if (version && kind == wanted)
			write_item(f, &p, version, kind);
	}
	return status;
}

static void write_head(rss_feed *f, const char *title, const char *about)
{
	int atom = f->form == RSS_FORM_ATOM;

	buf_puts(f->out, atom ? atom_head : rss_head);
	reply_element(f->out, "    ", "title", title);
	if (!atom)
		reply_element(f->out, "    ", "link", "http://rss.arxiv.org/rss");
	reply_element(f->out, "    ", atom ? "subtitle" : "description", about);
	reply_element(f->out, "    ", atom ? "updated" : "lastBuildDate",
	              atom ? f->published : f->built);
	if (!atom)
		reply_element(f->out, "    ", "pubDate", f->published);
}

static void write_refusal(rss_feed *f, reply *out)
{
	char title[128], about[128];

	out->http_status = 400;
	snprintf(title, sizeof title, "Feed error for query: %.60s", f->name);
	snprintf(about, sizeof about, "There is no archive or category of the name %.60s", f->name);
	write_head(f, title, about);
}

sheaf_status rss_view_answer(const listing *l, rss_form form, const char *name, int64_t day,
                             int64_t contents, reply *out, sheaf_error *err)
{
	rss_feed     f = {.l = l, .form = form, .name = name, .out = &out->body};
	char         title[128], about[128];
	sheaf_status status = SHEAF_OK;

	out->type = form == RSS_FORM_ATOM ? "application/atom+xml; charset=utf-8"
	                                  : "application/rss+xml; charset=utf-8";
	set_times(&f, day);
	set_range(&f, contents);
	snprintf(title, sizeof title, "%.60s updates on arXiv.org", name);
	snprintf(about, sizeof about, "%.60s updates on the arXiv.org e-print archive.", name);
	if (is_known(&f)) {
		write_head(&f, title, about);
		for (int kind = 0; kind < RSS_KINDS && status == SHEAF_OK; kind++)
			status = write_kind(&f, (rss_kind)kind, err);
	} else {
		write_refusal(&f, out);
	}
	buf_puts(f.out, form == RSS_FORM_ATOM ? "</feed>\n" : "  </channel>\n</rss>\n");
	arena_free(&f.texts);
	return status ? status : buf_status(f.out, err);
}

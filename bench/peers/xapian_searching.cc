#include "xapian_peer.h"

#include <xapian.h>

#include <cstdlib>
#include <memory>

namespace
{

/* What a search needs, opened once. */
struct session {
	explicit session(const std::string &folder);
	void set_prefixes();
	void run(const std::string &kind, const std::string &text, int64_t *hits);

	Xapian::Database           db;
	Xapian::QueryParser        parser;
	Xapian::DateRangeProcessor dates;
};

struct driver {
	std::string              folder;
	std::unique_ptr<session> current;
};

session::session(const std::string &folder) : db(folder), dates(SLOT_DATE, "date:")
{
	parser.set_database(db);
	parser.set_stemmer(Xapian::Stem("english"));
	parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
	parser.set_default_op(Xapian::Query::OP_AND);
	parser.add_rangeprocessor(&dates);
	set_prefixes();
}

void session::set_prefixes()
{
	static const char *const prefixes[][2] = {
		{"title", "S"}, {"ti", "S"}, {"author", "A"}, {"authors", "A"}, {"au", "A"}};

	for (auto &prefix : prefixes)
		parser.add_prefix(prefix[0], prefix[1]);
	parser.add_boolean_prefix("cat", "XC");
	parser.add_boolean_prefix("id", "Q");
}

int64_t top_values(Xapian::ValueCountMatchSpy &spy)
{
	int64_t seen = 0;

	for (auto it = spy.top_values_begin(10); it != spy.top_values_end(10); ++it)
		seen += int64_t(it.get_termfreq() + (*it).size());
	return seen;
}

void session::run(const std::string &kind, const std::string &text, int64_t *hits)
{
	const bool                 counting = kind == "facets";
	Xapian::Enquire            enquire(db);
	Xapian::ValueCountMatchSpy primary(SLOT_PRIMARY), years(SLOT_YEAR);
	Xapian::MSet               mset;
	Xapian::docid              last = 0;

	enquire.set_query(parser.parse_query(text, Xapian::QueryParser::FLAG_DEFAULT |
	                                                   Xapian::QueryParser::FLAG_WILDCARD));
	if (kind == "bydate") {
		enquire.set_weighting_scheme(Xapian::BoolWeight());
		enquire.set_sort_by_value(SLOT_DATE, true);
	}
	if (counting) {
		enquire.add_matchspy(&primary);
		enquire.add_matchspy(&years);
	}
	/* A spy sees what is checked: all documents, for counts that are right; so for exact hits. */
	mset = enquire.get_mset(0, 10, counting || hits ? db.get_doccount() : 0);
	for (auto it = mset.begin(); it != mset.end(); ++it)
		last = *it;
	if (counting && top_values(primary) + top_values(years) < 0)
		last = 0;
	if (hits)
		*hits = last ? int64_t(mset.get_matches_estimated()) : 0;
}

void open_session(void *ctx)
{
	driver *d = static_cast<driver *>(ctx);

	d->current = std::make_unique<session>(d->folder);
}

void close_session(void *ctx)
{
	static_cast<driver *>(ctx)->current.reset();
}

/* C calls this: no exception may pass. */
void run(void *ctx, const char *kind, const char *text, int64_t *hits)
{
	try {
		static_cast<driver *>(ctx)->current->run(kind, text, hits);
	} catch (const Xapian::Error &error) {
		bench_fail(text, error.get_description().c_str());
	}
}

} // namespace

void xapian_search(const std::string &folder, const bench_plan &plan)
{
	driver       d{folder, nullptr};
	bench_engine engine = {open_session, close_session, run, &d};

	d.current = std::make_unique<session>(folder); /* an error of opening it is thrown here */
	d.current.reset();
	bench_run_queries(&plan, &engine);
}

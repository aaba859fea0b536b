#include "papers.h"
#include "xapian_peer.h"

#include <xapian.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace
{

class indexer
{
      public:
	explicit indexer(Xapian::WritableDatabase &database);
	void add(const paper &p);

      private:
	void add_terms(const paper &p);

	Xapian::WritableDatabase &db;
	Xapian::TermGenerator     generator;
	Xapian::Document          document;
};

indexer::indexer(Xapian::WritableDatabase &database) : db(database)
{
	generator.set_stemmer(Xapian::Stem("english"));
}

/* Every text without a prefix, for plain words; title and authors once more under theirs. */
void indexer::add_terms(const paper &p)
{
	const std::string *texts[] = {&p.title,    &p.authors, &p.abstract_,
	                              &p.comments, &p.journal, &p.report};

	generator.set_document(document);
	generator.index_text(p.title, 1, "S");
	generator.increase_termpos();
	generator.index_text(p.authors, 1, "A");
	for (const std::string *text : texts) {
		generator.increase_termpos();
		generator.index_text(*text);
	}
	for (const std::string &category : p.categories)
		document.add_boolean_term("XC" + category);
	document.add_boolean_term("Q" + p.id);
}

void indexer::add(const paper &p)
{
	document = Xapian::Document();
	add_terms(p);
	if (!p.date.empty()) {
		document.add_value(SLOT_DATE, p.date);
		document.add_value(SLOT_YEAR, p.date.substr(0, 4));
	}
	if (!p.categories.empty())
		document.add_value(SLOT_PRIMARY, p.categories[0]);
	document.add_value(SLOT_AUTHORS, p.authors);
	document.set_data(p.line);
	db.add_document(document);
}

/* All files, and those that are no stored documents. */
void sizes(const std::string &folder, int64_t &total, int64_t &index)
{
	total = index = 0;
	for (const auto &entry : std::filesystem::directory_iterator(folder)) {
		int64_t size = int64_t(entry.file_size());

		total += size;
		if (entry.path().filename() != "docdata.glass")
			index += size;
	}
}

void report(int64_t papers, int64_t bytes, double seconds, double merged, const std::string &folder)
{
	int64_t total, index;

	sizes(folder, total, index);
	puts("documents\tseconds\tdocuments_s\tmb_s\tindex_bytes\tdatabase_bytes\tpeak_bytes"
	     "\tmerged_seconds");
	printf("%lld\t%.3f\t%.0f\t%.2f\t%lld\t%lld\t%lld\t%.3f\n", (long long)papers, seconds,
	       (double)papers / seconds, (double)bytes / 1e6 / seconds, (long long)index,
	       (long long)total, (long long)bench_peak_bytes(), merged);
}

/*
 * Fills one database with as many papers as are written at once. Large collections are loaded in parts
 * and merged, as the manual advises: a database that grows slows down. False at the end of the papers.
 */
bool fill(const std::string &path, paper_reader &reader, int64_t &papers)
{
	const int64_t            room = strtoll(xapian_flush_threshold, nullptr, 10);
	Xapian::WritableDatabase db(path, Xapian::DB_CREATE);
	indexer                  index(db);
	std::vector<paper>       batch;

	for (int64_t filled = 0; filled < room; filled += int64_t(batch.size())) {
		batch = reader.next();
		if (batch.empty())
			break;
		for (const paper &p : batch)
			index.add(p);
		papers += int64_t(batch.size());
	}
	db.commit();
	return !batch.empty();
}

} // namespace

void xapian_index(const std::string &data, const std::string &folder)
{
	const std::string loaded = folder + ".loading";
	paper_reader      reader(data);
	int64_t           papers = 0;
	double            begin = bench_now(), seconds;
	Xapian::Database  all;

	std::filesystem::remove_all(loaded);
	std::filesystem::create_directories(loaded);
	setenv("XAPIAN_FLUSH_THRESHOLD", xapian_flush_threshold, 0);
	for (int part = 0, more = 1; more; part++) {
		const std::string path = loaded + "/" + std::to_string(part);

		more = fill(path, reader, papers);
		all.add_database(Xapian::Database(path));
	}
	seconds = bench_now() - begin;
	all.compact(folder);
	report(papers, reader.bytes(), seconds, bench_now() - begin, folder);
	std::filesystem::remove_all(loaded);
}

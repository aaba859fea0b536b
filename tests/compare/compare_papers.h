/* compare_papers.h: the same papers in a sheaf database and in one of Xapian's. */
#ifndef COMPARE_PAPERS_H
#define COMPARE_PAPERS_H

#include <sheaf/sheaf.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <xapian.h>

/* Throws what sheaf says where it does not say that all is well. */
void must(sheaf_status status, const sheaf_error &err);

/* How terms of Xapian begin; those of words in any field have no prefix. */
struct text_field {
	sheaf_field     field;
	sheaf_text_kind kind;
	const char     *prefix;
	unsigned        wdf; /* of a word, in the length and in frequencies */
};
extern const std::vector<text_field> text_fields;
/* The prefixes of stems, of names as words with other stems may meet them, and of categories. */
extern const char *const STEM_PREFIX, *const NAME_PREFIX, *const CATEGORY_PREFIX;

/* Value slots of Xapian, and of sheaf's own slots. */
enum { SLOT_SUBMITTED = 0, SLOT_SUBMITTED_END, SLOT_UPDATED, SLOT_UPDATED_END, SLOT_OWN };

/* A word of a text, as sheaf's term generator tells it. */
struct word {
	std::string text, stem;
};

struct text {
	sheaf_field       field;
	std::vector<word> words;
};

struct posting_sink;

class papers
{
      public:
	/* Makes `count` papers of invented words. */
	papers(const char *name, size_t count, uint64_t seed);
	/* Imports a file of real ones. */
	papers(const char *name, const std::string &file);
	/* Takes every `step`-th of others. */
	papers(const char *name, const papers &all, size_t step);
	~papers();
	papers(const papers &) = delete;
	papers &operator=(const papers &) = delete;
	/* Is the stem of this word the word itself? */
	bool is_stem(const std::string &word) const;
	/* Indexes all with Xapian, too. */
	void copy();

	sheaf_database                      *db = nullptr;
	Xapian::WritableDatabase             xapian;
	std::vector<text>                    texts; /* of prose, to take queries from */
	std::map<Xapian::docid, sheaf_docid> docids;
	int64_t first = INT64_MAX, last = INT64_MIN; /* the range of dates */

      private:
	std::string           path;
	sheaf_term_generator *generator = nullptr;
	sheaf_stem           *stem = nullptr;

	void            open(const char *name);
	void            invent(size_t count, uint64_t seed);
	void            index(const sheaf_document *doc);
	void            add_dates(const sheaf_document *doc, Xapian::Document &copy);
	void            index_text(const std::string &value, posting_sink &sink);
	Xapian::termpos index_field(const sheaf_document *doc, const text_field &field,
	                            Xapian::termpos offset, Xapian::Document &copy);
	static int      visit(void *ctx, const sheaf_document *doc);
};

#endif

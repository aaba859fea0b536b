#include "compare_papers.h"

#include <cstdio>
#include <stdexcept>
#include <unistd.h>

extern "C" {
#include "dice.h"
}

const char *const STEM_PREFIX = "Z", *const NAME_PREFIX = "XN", *const CATEGORY_PREFIX = "K";

/* Only words of titles and abstracts make up a document's length. */
const std::vector<text_field> text_fields = {
	{SHEAF_FIELD_TITLE, SHEAF_TEXT_PROSE, "S", 3},
	{SHEAF_FIELD_ABSTRACT, SHEAF_TEXT_PROSE, "B", 1},
	{SHEAF_FIELD_AUTHOR, SHEAF_TEXT_NAMES, "A", 0},
	{SHEAF_FIELD_COMMENTS, SHEAF_TEXT_PROSE, "C", 0},
	{SHEAF_FIELD_JOURNAL_REF, SHEAF_TEXT_PROSE, "J", 0},
	{SHEAF_FIELD_REPORT_NO, SHEAF_TEXT_PROSE, "R", 0},
};

enum { FIELD_GAP = 10000 }; /* positions from one text to the next: no window reaches so far */

void must(sheaf_status status, const sheaf_error &err)
{
	if (status != SHEAF_OK)
		throw std::runtime_error(std::string(sheaf_status_string(status)) + ": " +
		                         err.message);
}

papers::papers(const char *name, size_t count, uint64_t seed)
{
	open(name);
	invent(count, seed);
}

/* Stores every `step`-th document of a walk. */
struct thinning {
	sheaf_database *to;
	size_t          step, seen;
};

static int store_some(void *ctx, const sheaf_document *doc)
{
	thinning   *t = static_cast<thinning *>(ctx);
	sheaf_error err;

	if (t->seen++ % t->step == 0)
		must(sheaf_database_replace_document(t->to, doc, nullptr, nullptr, &err), err);
	return 0;
}

papers::papers(const char *name, const papers &all, size_t step)
{
	thinning    t = {nullptr, step, 0};
	sheaf_error err;

	open(name);
	t.to = db;
	must(sheaf_database_begin_transaction(db, &err), err);
	must(sheaf_database_each_document(all.db, 0, store_some, &t, &err), err);
	must(sheaf_database_commit_transaction(db, &err), err);
}

papers::papers(const char *name, const std::string &file)
{
	sheaf_import *import;
	sheaf_error   err;
	sheaf_status  status;

	open(name);
	must(sheaf_import_new(db, nullptr, &import, &err), err);
	status = sheaf_import_file(import, file.c_str(), &err);
	if (status == SHEAF_OK)
		status = sheaf_import_finish(import, nullptr, &err);
	sheaf_import_free(import);
	must(status, err);
}

papers::~papers()
{
	sheaf_term_generator_free(generator);
	sheaf_stem_free(stem);
	sheaf_database_close(db);
	for (const char *suffix : {"", "-wal", "-shm", "-journal", "-lock"})
		unlink((path + suffix).c_str());
}

void papers::open(const char *name)
{
	sheaf_error err;

	path = std::string("compare-") + name + "-" + std::to_string(getpid()) + ".db";
	xapian = Xapian::WritableDatabase(std::string(), Xapian::DB_BACKEND_INMEMORY);
	must(sheaf_database_open(path.c_str(), SHEAF_DB_CREATE, nullptr, &db, &err), err);
	must(sheaf_term_generator_new(db, &generator, &err), err);
	must(sheaf_stem_new(nullptr, &stem, &err), err);
}

/* ---- invented papers ---- */

static const char *const vocabulary[] = {
	"network", "networks", "networking", "spike",    "spikes",    "spiking", "neural",
	"neuron",  "neurons",  "lattice",    "lattices", "quantum",   "field",   "fields",
	"theory",  "theories", "the",        "of",       "and",       "rare",    "graph",
	"graphs",  "learn",    "learning",   "learned",  "computing", "compute", "matrices",
};

static const char *const categories[] = {"cs.NE", "cs.AI", "stat.ML", "hep-th", "math.CO"};

static std::string some_words(dice *d, size_t most)
{
	std::string out;

	for (size_t n = dice_below(d, most + 1); n; n--) {
		/* Common words are commoner. */
		size_t at = dice_below(d,
		                       1 + dice_below(d, sizeof vocabulary / sizeof *vocabulary));

		out += std::string(out.empty() ? "" : " ") + vocabulary[at];
	}
	return out;
}

static void set_text(sheaf_document *doc, sheaf_field field, const std::string &value)
{
	sheaf_error err;

	must(sheaf_document_set_text(doc, field, value.c_str(), value.size(), &err), err);
}

static void invent_paper(dice *d, size_t number, sheaf_document *doc)
{
	sheaf_error  err;
	sheaf_time   submitted = 1600000000 + (sheaf_time)dice_below(d, 300) * 86400;
	sheaf_author author = {};
	std::string  names, slot;

	sheaf_document_clear(doc);
	set_text(doc, SHEAF_FIELD_ID, "paper-" + std::to_string(number));
	set_text(doc, SHEAF_FIELD_TITLE, some_words(d, 8));
	set_text(doc, SHEAF_FIELD_ABSTRACT, some_words(d, 60));
	set_text(doc, SHEAF_FIELD_COMMENTS, some_words(d, 4));
	for (size_t n = dice_below(d, 4); n; n--) {
		names = some_words(d, 2);
		author.name = names.c_str();
		if (!names.empty())
			must(sheaf_document_add_author(doc, &author, &err), err);
	}
	for (const char *category : categories)
		if (dice_one_in(d, 3))
			must(sheaf_document_add_category(doc, category, &err), err);
	must(sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, submitted, &err), err);
	if (dice_one_in(d, 2))
		must(sheaf_document_set_value(doc, SHEAF_FIELD_UPDATED,
		                              submitted + (sheaf_time)dice_below(d, 90) * 86400,
		                              &err),
		     err);
	for (size_t n = dice_below(d, 4); n; n--)
		slot += (char)('a' + (int)dice_below(d, 3));
	if (!slot.empty())
		must(sheaf_document_add_slot_value(doc, SLOT_OWN, slot.data(), slot.size(), &err),
		     err);
}

void papers::invent(size_t count, uint64_t seed)
{
	sheaf_document *doc;
	sheaf_error     err;
	dice            d;

	dice_start(&d, seed, 0, 0);
	must(sheaf_document_new(&doc, &err), err);
	must(sheaf_database_begin_transaction(db, &err), err);
	for (size_t i = 0; i < count; i++) {
		invent_paper(&d, i, doc);
		must(sheaf_database_replace_document(db, doc, nullptr, nullptr, &err), err);
	}
	must(sheaf_database_commit_transaction(db, &err), err);
	sheaf_document_free(doc);
}

/* ---- the copy ---- */

struct posting_sink {
	const text_field *field;
	Xapian::termpos   offset, next;
	Xapian::Document *doc;
	text             *kept;
};

/*
 * A word is met as itself and, in prose, by its stem; in names by what it may be asked for as.
 * Only the word itself, in any field, counts in the length, so that lengths are sheaf's own.
 */
static int add_posting(void *ctx, const sheaf_term *term)
{
	posting_sink     *sink = static_cast<posting_sink *>(ctx);
	const text_field &field = *sink->field;
	Xapian::termpos   at = sink->offset + term->position;
	std::string       own(term->word, term->word_len), stem(term->stem, term->stem_len);

	sink->doc->add_posting(own, at, field.wdf);
	sink->doc->add_posting(field.prefix + own, at, 0);
	sink->doc->add_posting(STEM_PREFIX + stem, at, 0);
	if (field.kind == SHEAF_TEXT_NAMES)
		sink->doc->add_posting(NAME_PREFIX + own, at, 0);
	else
		sink->doc->add_posting(std::string(field.prefix) + STEM_PREFIX + stem, at, 0);
	sink->next = at + 1;
	sink->kept->words.push_back({own, stem});
	return 0;
}

void papers::index_text(const std::string &value, posting_sink &sink)
{
	sheaf_error err;

	sheaf_term_generator_set_text_kind(generator, sink.field->kind);
	sheaf_term_generator_set_termpos(generator, 0);
	must(sheaf_term_generator_index_text(generator, value.c_str(), value.size(), add_posting,
	                                     &sink, &err),
	     err);
}

/* Answers the position for the next field. Between two names stands what ends the first. */
Xapian::termpos papers::index_field(const sheaf_document *doc, const text_field &field,
                                    Xapian::termpos offset, Xapian::Document &copy)
{
	const char  *value = sheaf_document_get_text(doc, field.field);
	text         kept = {field.field, {}};
	posting_sink sink = {&field, offset, offset, &copy, &kept};

	if (field.field != SHEAF_FIELD_AUTHOR)
		index_text(value ? value : "", sink);
	for (size_t i = 0; field.field == SHEAF_FIELD_AUTHOR; i++) {
		const sheaf_author *author = sheaf_document_get_author(doc, i);

		if (!author)
			break;
		index_text(author->name, sink);
		sink.offset = ++sink.next;
	}
	if (field.wdf && kept.words.size() > 3)
		texts.push_back(kept);
	return sink.next + FIELD_GAP;
}

static std::string lower(std::string value)
{
	for (char &c : value)
		c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	return value;
}

/* Seconds at which a month begins, by counting days. */
static sheaf_time month_begin(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	sheaf_time       day = 0;

	for (int y = 1970; y < year; y++)
		day += y % 4 ? 365 : 366;
	for (int m = 1; m < month; m++)
		day += days[m - 1] + (m == 2 && year % 4 == 0);
	return day * 86400;
}

struct moments {
	sheaf_time begin, end;
};

/* The month that arXiv's ids tell: "0704.0050", "math/0309136"; from 1991 on. */
static moments month_of(const std::string &id)
{
	size_t at = id.find('/') == std::string::npos ? 0 : id.find('/') + 1;
	int    year = std::stoi(id.substr(at, 2)), month = std::stoi(id.substr(at + 2, 2));

	year += year > 90 ? 1900 : 2000;
	return {month_begin(year, month),
	        (month == 12 ? month_begin(year + 1, 1) : month_begin(year, month + 1)) - 1};
}

/*
 * A date is a moment, or, where it is not known, the month of the id: from its first second to its
 * last.
 */
void papers::add_dates(const sheaf_document *doc, Xapian::Document &copy)
{
	sheaf_time submitted = sheaf_document_get_value(doc, SHEAF_FIELD_SUBMITTED);
	sheaf_time updated = sheaf_document_get_value(doc, SHEAF_FIELD_UPDATED);
	moments    one = {submitted, submitted}, two;

	if (submitted == SHEAF_TIME_NONE)
		one = month_of(sheaf_document_get_text(doc, SHEAF_FIELD_ID));
	two = updated == SHEAF_TIME_NONE ? one : moments{updated, updated};
	copy.add_value(SLOT_SUBMITTED, Xapian::sortable_serialise((double)one.begin));
	copy.add_value(SLOT_SUBMITTED_END, Xapian::sortable_serialise((double)one.end));
	copy.add_value(SLOT_UPDATED, Xapian::sortable_serialise((double)two.begin));
	copy.add_value(SLOT_UPDATED_END, Xapian::sortable_serialise((double)two.end));
	first = one.begin < first ? one.begin : first;
	last = two.end > last ? two.end : last;
}

void papers::index(const sheaf_document *doc)
{
	Xapian::Document copy;
	Xapian::termpos  offset = 1;
	size_t           len;
	const void      *slot = sheaf_document_get_slot_value(doc, SLOT_OWN, &len);

	for (const text_field &field : text_fields)
		offset = index_field(doc, field, offset, copy);
	for (size_t i = 0; i < sheaf_document_category_count(doc); i++)
		copy.add_term(CATEGORY_PREFIX + lower(sheaf_document_get_category(doc, i)), 0);
	add_dates(doc, copy);
	if (slot)
		copy.add_value(SLOT_OWN, std::string(static_cast<const char *>(slot), len));
	docids[xapian.add_document(copy)] = sheaf_document_get_docid(doc);
}

int papers::visit(void *ctx, const sheaf_document *doc)
{
	static_cast<papers *>(ctx)->index(doc);
	return 0;
}

bool papers::is_stem(const std::string &word) const
{
	const char *out;
	size_t      len;
	sheaf_error err;

	must(sheaf_stem_word(stem, word.c_str(), word.size(), &out, &len, &err), err);
	return word == std::string(out, len);
}

void papers::copy()
{
	sheaf_error err;

	must(sheaf_database_each_document(db, 0, visit, this, &err), err);
}

/*
 * sheaf against Xapian: the same papers, by the same words at the same positions, and the same
 * queries through both interfaces. Sets must be the same; so must weights and order, where the
 * formula is: Xapian's BM25 (k1 1.2, b 0.75, k2 0, no least length) and sheaf's without what it
 * has beyond that. The idf of the two differs, so each word is scaled by their ratio; lengths are
 * made the same.
 *
 * By design, and left out: a word that NEAR names twice among three, or once more by its stem (one
 * is enough for sheaf), stems of names inside phrases, persons' names in their forms, and
 * categories with two names.
 */
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <set>
#include <stdexcept>

#include "compare_queries.h"

/* Of each kind; real papers, of which there are many more, take longer. */
enum { QUERIES = 500, QUERIES_REAL = 100, INVENTED = 300 };

struct answer {
	std::vector<sheaf_docid>      order;
	std::map<sheaf_docid, double> weights;
};

static answer ask_sheaf(const papers &on, sheaf_query *query)
{
	static const sheaf_weighting plain = {1.2, 0.75, 0, 0, 0};
	sheaf_enquire               *enquire;
	sheaf_mset                  *mset = nullptr;
	sheaf_error                  err;
	sheaf_status                 status;
	answer                       a;

	must(sheaf_enquire_new(on.db, &enquire, &err), err);
	must(sheaf_enquire_set_weighting(enquire, &plain, &err), err);
	for (const text_field &field : text_fields)
		sheaf_enquire_set_field_weight(enquire, field.field, field.wdf);
	sheaf_enquire_set_query(enquire, query);
	status = sheaf_enquire_get_mset(enquire, 0, SIZE_MAX, &mset, &err);
	for (size_t i = 0; i < sheaf_mset_size(mset); i++) {
		a.order.push_back(sheaf_mset_get_docid(mset, i));
		a.weights[a.order.back()] = sheaf_mset_get_weight(mset, i);
	}
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	must(status, err);
	return a;
}

static answer ask_xapian(const papers &on, const Xapian::Query &query, bool weigh)
{
	Xapian::Enquire enquire(on.xapian);
	Xapian::MSet    mset;
	answer          a;

	if (weigh)
		enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
	else
		enquire.set_weighting_scheme(Xapian::BoolWeight());
	enquire.set_query(query);
	mset = enquire.get_mset(0, on.xapian.get_doccount());
	for (auto i = mset.begin(); i != mset.end(); ++i) {
		a.order.push_back(on.docids.at(*i));
		a.weights[a.order.back()] = i.get_weight();
	}
	return a;
}

static bool same_sets(const answer &a, const answer &b)
{
	return std::set<sheaf_docid>(a.order.begin(), a.order.end()) ==
	       std::set<sheaf_docid>(b.order.begin(), b.order.end());
}

static bool is_close(double a, double b)
{
	return std::fabs(a - b) <= 1e-7 * (1 + std::fabs(a) + std::fabs(b));
}

/* The same weights; and in the order of one, the weights of the other never rise. */
static bool same_ranking(const answer &a, const answer &b)
{
	for (const auto &item : a.weights)
		if (!is_close(item.second, b.weights.at(item.first)))
			return false;
	for (size_t i = 1; i < a.order.size(); i++) {
		double before = b.weights.at(a.order[i - 1]), now = b.weights.at(a.order[i]);

		if (now > before && !is_close(now, before))
			return false;
	}
	return true;
}

static void report(const both &q, const answer &mine, const answer &theirs)
{
	char *text = nullptr;

	sheaf_query_get_description(q.sheaf, &text, nullptr);
	printf("  differs: %s\n  %s\n  sheaf %zu, Xapian %zu\n", text ? text : "",
	       q.xapian.get_description().c_str(), mine.order.size(), theirs.order.size());
	sheaf_free(text);
}

/* Runs one query both ways; false where they differ. */
static bool compare(const papers &on, const both &q, bool weigh, size_t *matches)
{
	sheaf_query *copy;
	sheaf_error  err;
	answer       mine, theirs;
	bool         same;

	must(sheaf_query_copy(q.sheaf, &copy, &err), err);
	mine = ask_sheaf(on, copy);
	theirs = ask_xapian(on, q.xapian, weigh);
	same = same_sets(mine, theirs) && (!weigh || same_ranking(mine, theirs));
	*matches += mine.order.size();
	if (!same)
		report(q, mine, theirs);
	return same;
}

struct kind {
	const char *name;
	both (*make)(query_maker &);
	bool weigh;
	bool invented; /* real papers have nothing of it */
};

static const kind kinds[] = {
	{"boolean trees", [](query_maker &m) { return m.tree(3); }, false, false},
	{"phrases", [](query_maker &m) { return m.phrase(); }, false, false},
	{"NEAR", [](query_maker &m) { return m.near(); }, false, false},
	{"phrases in windows", [](query_maker &m) { return m.window(); }, false, false},
	{"wildcards", [](query_maker &m) { return m.wildcard(); }, false, false},
	{"ranges of dates", [](query_maker &m) { return m.date_range(); }, false, false},
	{"ranges of slots", [](query_maker &m) { return m.slot_range(); }, false, true},
	{"BM25 of words", [](query_maker &m) { return m.weighed_word(); }, true, false},
	{"BM25 of trees", [](query_maker &m) { return m.weighed_tree(2); }, true, false},
};

static size_t compare_kinds(const papers &on, const char *name, uint64_t seed, bool invented,
                            int queries)
{
	query_maker maker(on, seed);
	size_t      differences = 0;

	for (const kind &k : kinds) {
		size_t wrong = 0, matches = 0;

		if (k.invented && !invented)
			continue;
		for (int i = 0; i < queries; i++) {
			both q = k.make(maker);

			wrong += !compare(on, q, k.weigh, &matches);
			sheaf_query_free(q.sheaf);
		}
		printf("%s, %s: %d queries, %zu matches, %zu differences\n", name, k.name, queries,
		       matches, wrong);
		/* Queries that find nothing compare nothing. */
		differences += wrong + (matches < (size_t)queries);
	}
	return differences;
}

static size_t compare_real(const std::string &file, uint64_t seed, bool full)
{
	papers all("all", file);
	papers some("some", all, full ? 1 : 4);

	some.copy();
	return compare_kinds(some, "real papers", seed, false, full ? QUERIES : QUERIES_REAL);
}

/*
 * SHEAF_COMPARE_FULL asks for all real papers, and as many queries to them as to the invented
 * ones.
 */
static size_t compare_all(uint64_t seed)
{
	const char *data = getenv("SHEAF_SHARED_DATA");
	std::string file = std::string(data ? data : "") + "/arxiv-10k.jsonl.zst";
	FILE       *there = data ? fopen(file.c_str(), "rb") : nullptr;
	papers      invented("invented", INVENTED, seed);
	size_t      differences;

	invented.copy();
	differences = compare_kinds(invented, "invented papers", seed, true, QUERIES);
	if (!there) {
		printf("skipped: no arxiv-10k.jsonl.zst in SHEAF_SHARED_DATA\n");
		return differences;
	}
	fclose(there);
	return differences + compare_real(file, seed, getenv("SHEAF_COMPARE_FULL") != nullptr);
}

int main()
{
	const char *text = getenv("SHEAF_TEST_SEED");
	uint64_t    seed = text ? strtoull(text, nullptr, 0) : 0x5EAF;
	size_t      differences = 1;

	try {
		differences = compare_all(seed);
	} catch (const Xapian::Error &e) {
		printf("Xapian: %s\n", e.get_description().c_str());
	} catch (const std::exception &e) {
		printf("%s\n", e.what());
	}
	printf("%zu differences (SHEAF_TEST_SEED=%#llx)\n", differences, (unsigned long long)seed);
	return differences ? EXIT_FAILURE : EXIT_SUCCESS;
}

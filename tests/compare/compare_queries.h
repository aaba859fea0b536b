/* compare_queries.h: random queries, in sheaf's terms and in Xapian's. */
#ifndef COMPARE_QUERIES_H
#define COMPARE_QUERIES_H

#include "compare_papers.h"

extern "C" {
#include "dice.h"
}

struct both {
	sheaf_query  *sheaf = nullptr; /* whoever has it frees it */
	Xapian::Query xapian;
};

class query_maker
{
      public:
	query_maker(const papers &which, uint64_t seed) : on(which)
	{
		dice_start(&dice, seed, 1, 0);
	}

	both tree(int depth);
	both phrase();
	both near();
	both window();
	both wildcard();
	both date_range();
	both slot_range();
	/*
	 * A word in any field, with a weight of its own that makes its idf that of Xapian's BM25.
	 */
	both weighed_word();
	both weighed_tree(int depth);

      private:
	const papers &on;
	::dice        dice;

	size_t      below(size_t n);
	const text &some_text();
	word        some_word();
	both        leaf();
	both        exact(sheaf_field field, const std::string &word);
	both        stemmed(sheaf_field field, const word &w);
	both        category();
	both        join(sheaf_op op, std::vector<both> &parts, unsigned window = 0);
	both        sequence(sheaf_op op, unsigned window, bool in_order);
};

#endif

#include "compare_queries.h"

#include <cmath>
#include <cstring>
#include <set>

static std::string prefix_of(sheaf_field field)
{
	for (const text_field &known : text_fields)
		if (known.field == field)
			return known.prefix;
	return "";
}

size_t query_maker::below(size_t n)
{
	return dice_below(&dice, n);
}

const text &query_maker::some_text()
{
	return on.texts.at(below(on.texts.size()));
}

word query_maker::some_word()
{
	const text &t = some_text();

	return t.words.at(below(t.words.size()));
}

/* ---- leaves ---- */

both query_maker::exact(sheaf_field field, const std::string &word)
{
	both        q;
	sheaf_error err;

	must(sheaf_query_new_term(field, word.c_str(), 0, &q.sheaf, &err), err);
	q.xapian = Xapian::Query(prefix_of(field) + word);
	return q;
}

/*
 * In any field, a name is met as it is written, too. Where the stem is a word that has another
 * stem, sheaf meets that word as well, and Xapian would need a term more.
 */
both query_maker::stemmed(sheaf_field field, const word &w)
{
	both        q;
	sheaf_error err;

	if (!on.is_stem(w.stem))
		return exact(field, w.text);
	must(sheaf_query_new_term(field, w.text.c_str(), SHEAF_TERM_STEMMED, &q.sheaf, &err), err);
	q.xapian = Xapian::Query(prefix_of(field) + STEM_PREFIX + w.stem);
	if (field == SHEAF_FIELD_ANY)
		q.xapian = Xapian::Query(Xapian::Query::OP_OR, q.xapian,
		                         Xapian::Query(NAME_PREFIX + w.text));
	return q;
}

/* Those that have one name only. */
both query_maker::category()
{
	static const char *const names[] = {"cs.NE",  "cs.AI",   "cs.LG",    "stat.ML",
	                                    "hep-th", "math.CO", "quant-ph", "cs.CV"};
	std::string              name = names[below(8)], term = CATEGORY_PREFIX + name;
	both                     q;
	sheaf_error              err;

	must(sheaf_query_new_term(SHEAF_FIELD_CATEGORY, name.c_str(), 0, &q.sheaf, &err), err);
	for (char &c : term)
		c = c == CATEGORY_PREFIX[0] || c < 'A' || c > 'Z' ? c : (char)(c - 'A' + 'a');
	q.xapian = Xapian::Query(term);
	return q;
}

both query_maker::leaf()
{
	static const sheaf_field fields[] = {SHEAF_FIELD_ANY, SHEAF_FIELD_TITLE,
	                                     SHEAF_FIELD_ABSTRACT, SHEAF_FIELD_COMMENTS};

	switch (below(8)) {
	case 0: return category();
	case 1: return exact(SHEAF_FIELD_AUTHOR, some_word().text);
	case 2: return phrase();
	case 3:
	case 4: return stemmed(fields[below(4)], some_word());
	default: return exact(fields[below(4)], some_word().text);
	}
}

/* ---- operators ---- */

static Xapian::Query::op op_of(sheaf_op op)
{
	static const std::map<sheaf_op, Xapian::Query::op> ops = {
		{SHEAF_OP_AND, Xapian::Query::OP_AND},
		{SHEAF_OP_OR, Xapian::Query::OP_OR},
		{SHEAF_OP_XOR, Xapian::Query::OP_XOR},
		{SHEAF_OP_FILTER, Xapian::Query::OP_FILTER},
		{SHEAF_OP_AND_NOT, Xapian::Query::OP_AND_NOT},
		{SHEAF_OP_AND_MAYBE, Xapian::Query::OP_AND_MAYBE},
		{SHEAF_OP_PHRASE, Xapian::Query::OP_PHRASE},
		{SHEAF_OP_NEAR, Xapian::Query::OP_NEAR},
	};

	return ops.at(op);
}

both query_maker::join(sheaf_op op, std::vector<both> &parts, unsigned window)
{
	std::vector<sheaf_query *> subs;
	std::vector<Xapian::Query> others;
	both                       q;
	sheaf_error                err;

	for (both &part : parts) {
		subs.push_back(part.sheaf);
		others.push_back(part.xapian);
	}
	must(sheaf_query_new_op(op, subs.data(), subs.size(), window, &q.sheaf, &err), err);
	q.xapian = Xapian::Query(op_of(op), others.begin(), others.end(), window);
	return q;
}

static const sheaf_op operators[] = {SHEAF_OP_AND,    SHEAF_OP_AND,      SHEAF_OP_OR,
                                     SHEAF_OP_OR,     SHEAF_OP_XOR,      SHEAF_OP_AND_NOT,
                                     SHEAF_OP_FILTER, SHEAF_OP_AND_MAYBE};

both query_maker::tree(int depth)
{
	std::vector<both> parts;

	if (!depth || !below(5))
		return leaf();
	for (size_t n = 2 + below(3); n; n--)
		parts.push_back(tree(depth - 1));
	return join(operators[below(8)], parts);
}

/* ---- words in relation ---- */

/*
 * Two or three words from one place of a text, or from anywhere. Of three near each other no two
 * are the same, and none is the stem of another: Xapian wants two of them then, and FTS5's NEAR is
 * content with one. Two equal ones are two to both.
 */
both query_maker::sequence(sheaf_op op, unsigned window, bool in_order)
{
	const text           &t = some_text();
	size_t                count = 2 + below(2), start = below(t.words.size() - count + 1);
	sheaf_field           field = below(2) ? t.field : SHEAF_FIELD_ANY;
	std::set<std::string> seen;
	std::vector<both>     parts;

	for (size_t i = 0; i < count; i++) {
		size_t      from = start + (in_order ? i : below(window + 1));
		const word &w = below(9) ? t.words.at(from < t.words.size() ? from : start)
		                         : some_word();

		/*
		 * In one field alone can a phrase hold stems: in any field they are two terms of
		 * Xapian's.
		 */
		bool stem = field != SHEAF_FIELD_ANY && below(2);

		bool is_new = seen.insert(w.stem).second;

		if (is_new || op != SHEAF_OP_NEAR || (count == 2 && field == SHEAF_FIELD_ANY))
			parts.push_back(stem ? stemmed(field, w) : exact(field, w.text));
	}
	if (parts.size() < 2)
		return parts[0];
	return join(op, parts, window < parts.size() ? (unsigned)parts.size() : window);
}

both query_maker::phrase()
{
	return sequence(SHEAF_OP_PHRASE, 0, true);
}

both query_maker::near()
{
	return sequence(SHEAF_OP_NEAR, 2 + (unsigned)below(9), false);
}

both query_maker::window()
{
	return sequence(SHEAF_OP_PHRASE, 2 + (unsigned)below(9), false);
}

/* ---- patterns and ranges ---- */

/* Xapian has a star at the end of a word only. */
both query_maker::wildcard()
{
	static const sheaf_field fields[] = {SHEAF_FIELD_ANY, SHEAF_FIELD_ANY, SHEAF_FIELD_TITLE,
	                                     SHEAF_FIELD_ABSTRACT};
	std::string              start = some_word().text;
	size_t                   len = 1 + below(start.size() > 6 ? 6 : start.size());
	sheaf_field              field = fields[below(4)];
	/* The first words are those of the whole index; Xapian knows those of the field. */
	unsigned    max = field == SHEAF_FIELD_ANY && below(2) ? 1 + (unsigned)below(20) : 0;
	both        q;
	sheaf_error err;

	/* Not within a letter of several bytes. */
	while (len < start.size() && ((unsigned char)start[len] & 0xC0) == 0x80)
		len++;
	start.resize(len);
	must(sheaf_query_new_wildcard(field, (start + "*").c_str(), max, SHEAF_WILDCARD_LIMIT_FIRST,
	                              &q.sheaf, &err),
	     err);
	q.xapian = Xapian::Query(Xapian::Query::OP_WILDCARD, prefix_of(field) + start, max,
	                         Xapian::Query::WILDCARD_LIMIT_FIRST, Xapian::Query::OP_OR);
	return q;
}

/* Both ends of what is known of a date lie inside. */
both query_maker::date_range()
{
	bool        submitted = below(2);
	size_t      span = (size_t)(on.last - on.first + 1);
	int64_t     begin = on.first + (int64_t)below(span), end = begin + (int64_t)below(span);
	int         open = (int)below(6); /* 0, 1: one side */
	both        q;
	sheaf_error err;

	must(sheaf_query_new_range(submitted ? SHEAF_FIELD_SUBMITTED : SHEAF_FIELD_UPDATED,
	                           open == 0 ? INT64_MIN : begin, open == 1 ? INT64_MAX : end,
	                           &q.sheaf, &err),
	     err);
	begin = open == 0 ? on.first : begin;
	end = open == 1 ? on.last : end;
	q.xapian = Xapian::Query(Xapian::Query::OP_AND,
	                         Xapian::Query(Xapian::Query::OP_VALUE_GE,
	                                       submitted ? SLOT_SUBMITTED : SLOT_UPDATED,
	                                       Xapian::sortable_serialise((double)begin)),
	                         Xapian::Query(Xapian::Query::OP_VALUE_LE,
	                                       submitted ? SLOT_SUBMITTED_END : SLOT_UPDATED_END,
	                                       Xapian::sortable_serialise((double)end)));
	return q;
}

/* An empty value is none to Xapian, so a range has a beginning. */
both query_maker::slot_range()
{
	static const char *const bounds[] = {"a", "aa", "ab", "b", "ba", "bbb", "c", "cc"};
	const char              *begin = bounds[below(8)], *end = bounds[below(8)];
	int                      open = (int)below(3) == 0;
	both                     q;
	sheaf_error              err;

	must(sheaf_query_new_slot_range(SLOT_OWN, begin, strlen(begin), open ? nullptr : end,
	                                open ? 0 : strlen(end), &q.sheaf, &err),
	     err);
	q.xapian = open ? Xapian::Query(Xapian::Query::OP_VALUE_GE, SLOT_OWN, begin)
	                : Xapian::Query(Xapian::Query::OP_VALUE_RANGE, SLOT_OWN, begin, end);
	return q;
}

/* ---- weights ---- */

/* What Xapian's BM25 makes of a term's frequency, which is not what sheaf makes of it. */
static double idf_of_xapian(double n, double df)
{
	double odds = (n - df + 0.5) / (df + 0.5);

	return std::log(odds < 2 ? odds * 0.5 + 1 : odds);
}

static double idf_of_sheaf(double n, double df)
{
	return std::log(1 + (n - df + 0.5) / (df + 0.5));
}

both query_maker::weighed_word()
{
	std::string word = some_word().text;
	both        q = exact(SHEAF_FIELD_ANY, word);
	double      n = on.xapian.get_doccount(), df = on.xapian.get_termfreq(word);
	sheaf_error err;

	must(sheaf_query_new_scale(q.sheaf, idf_of_xapian(n, df) / idf_of_sheaf(n, df), &q.sheaf,
	                           &err),
	     err);
	return q;
}

both query_maker::weighed_tree(int depth)
{
	std::vector<both> parts;

	if (!depth || !below(4))
		return weighed_word();
	for (size_t n = 2 + below(3); n; n--)
		parts.push_back(weighed_tree(depth - 1));
	return join(operators[below(8)], parts);
}

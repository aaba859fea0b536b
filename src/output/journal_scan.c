#include "journal_scan.h"

#include <string.h>

#include "str.h"

enum { YEAR_FIRST = 1800, YEAR_LAST = 2099, PREFIX_MAX = 2, NUMBER_MAX = 12 };

static int is_letter(char c)
{
	return str_is_alpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static int is_digit(char c)
{
	return str_is_digit((unsigned char)c);
}

/* The bytes of `name` where a word at `p` is that, whatever its case. */
static size_t word_length(const char *p, const char *name)
{
	size_t len;

	/* Most words are none of those that are looked for. */
	if (str_lower(*p) != str_lower(*name))
		return 0;
	len = strlen(name);
	return str_ieq_n(p, name, len) && !is_letter(p[len]) ? len : 0;
}

/* A word that says what the number behind it is: its bytes with what divides them, else 0. */
static size_t label_at(const char *p, journal_label *label)
{
	static const struct {
		const char   *name;
		journal_label label;
	} labels[] = {
		{"volume", JOURNAL_VOLUME}, {"vol", JOURNAL_VOLUME},  {"number", JOURNAL_ISSUE},
		{"issue", JOURNAL_ISSUE},   {"iss", JOURNAL_ISSUE},   {"no", JOURNAL_ISSUE},
		{"nr", JOURNAL_ISSUE},      {"pages", JOURNAL_PAGES}, {"page", JOURNAL_PAGES},
		{"pp", JOURNAL_PAGES},      {"pg", JOURNAL_PAGES},    {"p", JOURNAL_PAGES},
		{"v", JOURNAL_VOLUME},      {"n", JOURNAL_ISSUE},     {"article", JOURNAL_PAGES},
		{"art", JOURNAL_PAGES}};

	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		size_t len = word_length(p, labels[i].name), number;

		if (!len)
			continue;
		/* "P05015" is the number of an article, and a lone letter is mostly a part of a name. */
		if (len == 1 && (*p == 'P' ? is_digit(p[1]) : *p != 'p' && p[1] != '.'))
			continue;
		len += strspn(p + len, " .:");
		/* "Article No. 5", and a number that may have letters before it: "p. L15". */
		if (labels[i].label == JOURNAL_PAGES && word_length(p + len, "no"))
			len += 2 + strspn(p + len + 2, " .");
		for (number = 0;
		     number < PREFIX_MAX && str_is_alpha((unsigned char)p[len + number]);)
			number++;
		if (!is_digit(p[len + number]))
			continue;
		*label = labels[i].label;
		return len;
	}
	return 0;
}

/* A month before a year or the end of parentheses: its bytes, else 0. */
static size_t month_at(const char *p, int *month)
{
	static const char *const names[][4] = {{"January", "Jan"},
	                                       {"February", "Feb"},
	                                       {"March", "Mar"},
	                                       {"April", "Apr"},
	                                       {"May"},
	                                       {"June", "Jun"},
	                                       {"July", "Jul"},
	                                       {"August", "Aug"},
	                                       {"September", "Sept", "Sep"},
	                                       {"October", "Oct"},
	                                       {"November", "Nov"},
	                                       {"December", "Dec"}};

	if (!*p || !strchr("JFMASONDjfmasond", *p))
		return 0;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		for (size_t j = 0; names[i][j]; j++) {
			size_t len = word_length(p, names[i][j]), after;

			if (!len)
				continue;
			after = len + strspn(p + len, " .,");
			if (!is_digit(p[after]) && p[after] != ')' && p[after])
				return 0;
			*month = (int)i + 1;
			return len;
		}
	return 0;
}

/* Something of another kind follows: a second place, an erratum, an identifier. */
static int is_rest(const char *p)
{
	static const char *const words[] = {"erratum", "doi", "arxiv", "issn", "isbn", "http"};

	if (*p == ';' || *p == '[')
		return 1;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_lower(*p) == *words[i] && str_istarts(p, words[i]))
			return 1;
	return 0;
}

/* Digits with up to two letters before and one behind, nothing else beside: its bytes, else 0. */
static size_t number_length(const char *p)
{
	size_t prefix = 0, len;

	while (prefix < PREFIX_MAX && str_is_alpha((unsigned char)p[prefix]))
		prefix++;
	len = prefix;
	while (is_digit(p[len]))
		len++;
	if (len == prefix || len > NUMBER_MAX)
		return 0;
	/* "27p" counts pages. */
	if (str_is_alpha((unsigned char)p[len]) && p[len] != 'p')
		len++;
	/* "2.2" and "1/2" may be read in two ways. */
	if (str_is_alpha((unsigned char)p[len]) ||
	    ((p[len] == '.' || p[len] == '/') && is_digit(p[len + 1])))
		return 0;
	return len;
}

static int year_of(const char *p, size_t len)
{
	int year = 0;

	for (size_t i = 0; i < len; i++) {
		if (len != 4 || !is_digit(p[i]))
			return 0;
		year = year * 10 + (p[i] - '0');
	}
	return year >= YEAR_FIRST && year <= YEAR_LAST ? year : 0;
}

/* The bytes of what stands between the ends of a range: "-", "--", " - ", a dash; else 0. */
static size_t dash_length(const char *p)
{
	size_t blanks = strspn(p, " "), len = strspn(p + blanks, "-");

	if (!len)
		len = str_starts(p + blanks, "\xE2\x80\x93") ||
		                      str_starts(p + blanks, "\xE2\x80\x94")
		              ? 3
		              : 0;
	if (!len || len > 3)
		return 0;
	len += blanks;
	return len + strspn(p + len, " ");
}

/* One number or range; 0: there is none, or no room for it. */
static size_t take_number(journal_scan *scan, const char *p, journal_label label, int enclosed)
{
	size_t          len = number_length(p), dash, last;
	journal_number *n = &scan->numbers[scan->count];

	if (!len || scan->count == JOURNAL_NUMBERS_MAX)
		return 0;
	n->first = (journal_part){p, len};
	n->last = (journal_part){"", 0};
	n->label = label;
	n->enclosed = enclosed;
	n->year = year_of(p, len);
	dash = dash_length(p + len);
	last = dash ? number_length(p + len + dash) : 0;
	if (dash && !last)
		return 0;
	if (last) {
		n->last = (journal_part){p + len + dash, last};
		n->year = 0;
	}
	scan->count++;
	return len + dash + last;
}

/* Where the name ends: at a label, a month, or a number with the letter that belongs to it. */
static const char *name_end(const char *text)
{
	journal_label label;
	int           month;

	for (const char *p = text; *p; p++) {
		int begins = p == text || !is_letter(p[-1]);

		if (is_digit(*p)) {
			const char *from = p;

			while (from > text && str_is_alpha((unsigned char)from[-1]))
				from--;
			/* "Physica A326", "Phys.Lett.B698", but "JHEP04". */
			return p - from <= 1 && from > text ? from : p;
		}
		if (begins && is_rest(p))
			return NULL;
		if (begins && p > text && (label_at(p, &label) || month_at(p, &month)))
			return p;
	}
	return NULL;
}

static int begins_like_a_name(const char *text)
{
	static const char *const others[] = {
		"in ",       "in: ",      "dans ",    "to ",     "accepted", "appear",
		"submitted", "published", "the proc", "the int", "proc. of", "proceedings of the",
		"presented", "final",     "on the "};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_istarts(text, others[i]))
			return str_istarts(text, "proceedings of the royal") ||
			       str_istarts(text, "proceedings of the national") ||
			       str_istarts(text, "proceedings of the vldb");
	return is_letter(*text) && !(*text >= 'a' && *text <= 'z');
}

/* A name, not authors and a title: no quotes, braces or dates in it, one comma at most. */
static int take_name(const char *text, size_t len, journal_part *name)
{
	enum { NAME_MAX_BYTES = 120 };
	size_t commas = 0, letters = 0;

	while (len && strchr(" ,.:;(", text[len - 1]) &&
	       !(text[len - 1] == '.' && len > 1 && is_letter(text[len - 2])))
		len--;
	for (size_t i = 0; i < len; i++) {
		if (strchr("\"{}$;|=", text[i]) || (text[i] == '\'' && i && text[i - 1] == '\''))
			return 0;
		commas += text[i] == ',';
		letters += is_letter(text[i]) != 0;
	}
	*name = (journal_part){text, len};
	if (len > 3 && (str_ieq_n(text + len - 3, " in", 3) || str_starts(text + len - 2, " v")))
		return 0;
	return letters >= 2 && commas <= 1 && len <= NAME_MAX_BYTES && begins_like_a_name(text);
}

int journal_scan_text(const char *text, journal_scan *scan)
{
	const char *p = name_end(text);
	int         enclosed = 0;

	memset(scan, 0, sizeof *scan);
	if (!p || !take_name(text, (size_t)(p - text), &scan->name))
		return 0;
	/* A parenthesis that the name's end has cut off. */
	for (const char *back = p; back > text && strchr(" (", back[-1]); back--)
		enclosed += back[-1] == '(';
	while (*p) {
		journal_label label = JOURNAL_PLAIN;
		size_t        len = strspn(p, " ,.:");

		p += len;
		if (!*p || is_rest(p))
			break;
		if (*p == '(' || *p == ')') {
			enclosed += *p++ == '(' ? 1 : -1;
			if (enclosed < 0 || enclosed > 1)
				return 0;
			continue;
		}
		len = scan->month ? 0 : month_at(p, &scan->month);
		if (!len) {
			p += label_at(p, &label);
			len = take_number(scan, p, label, enclosed);
		}
		if (!len)
			return 0;
		p += len;
	}
	scan->rest = (journal_part){p, strlen(p)};
	return enclosed == 0;
}

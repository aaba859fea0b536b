#include "api_search.h"

#include <string.h>

#include "datetime.h"
#include "error.h"
#include "str.h"

enum { MAX_WORDS = 24, MAX_DEPTH = 256, MAX_QUERY = 4096 };

typedef enum api_op { API_TERM, API_RANGE, API_AND, API_OR, API_ANDNOT } api_op;

typedef struct api_word {
	const char *text;
	size_t      len;
	int         prefix; /* 1: a * followed */
} api_word;

struct api_node {
	api_op    op;
	api_field field;
	api_word  words[MAX_WORDS]; /* a phrase, or one word that was written with inner marks */
	size_t    word_count;
	time_span range;
	api_node *left, *right;
};

static const struct {
	const char *name;
	api_field   field;
} fields[] = {
	{"all", API_ALL},
	{"ti", API_TITLE},
	{"title", API_TITLE},
	{"au", API_AUTHOR},
	{"abs", API_ABSTRACT},
	{"co", API_COMMENT},
	{"jr", API_JOURNAL},
	{"cat", API_CATEGORY},
	{"rn", API_REPORT},
	{"id", API_ID},
	{"doi", API_DOI},
	{"submittedDate", API_DATE},
	{"lastUpdatedDate", API_DATE},
};

typedef struct parser {
	const char  *p;
	int          depth;
	arena       *a;
	sheaf_error *err;
	sheaf_status status;
} parser;

static void skip_blanks(parser *ps)
{
	while (str_is_space((unsigned char)*ps->p))
		ps->p++;
}

static api_node *fail(parser *ps, const char *why)
{
	if (!ps->status)
		ps->status = sheaf_fail(ps->err, SHEAF_ERROR_QUERY_PARSER, "%s", why);
	return NULL;
}

static api_node *new_node(parser *ps, api_op op)
{
	api_node *node = arena_calloc(ps->a, 1, sizeof *node);

	if (node)
		node->op = op;
	else
		ps->status = sheaf_nomem(ps->err);
	return node;
}

static int is_word_byte(char c)
{
	return str_is_alpha((unsigned char)c) || str_is_digit((unsigned char)c) ||
	       (unsigned char)c >= 0x80;
}

/* Cuts [s, s + len) into words. Categories and identifiers stay whole. */
static void cut_words(api_node *node, const char *s, size_t len)
{
	int whole = node->field == API_CATEGORY || node->field == API_ID || node->field == API_DOI;
	size_t i = 0;

	while (i < len && node->word_count < MAX_WORDS) {
		api_word *word = &node->words[node->word_count];
		size_t    start;

		while (i < len && !is_word_byte(s[i]))
			i++;
		start = i;
		while (i < len && (is_word_byte(s[i]) || (whole && s[i] != '*' && s[i] != ' ')))
			i++;
		if (i == start)
			break;
		*word = (api_word){s + start, i - start, i < len && s[i] == '*'};
		node->word_count++;
	}
}

static api_node *parse_chain(parser *ps, api_field field);

static api_node *parse_phrase(parser *ps, api_field field)
{
	const char *end = strchr(ps->p + 1, '"');
	api_node   *node;

	if (!end)
		return fail(ps, "a quotation mark is not closed");
	node = new_node(ps, API_TERM);
	if (!node)
		return NULL;
	node->field = field;
	cut_words(node, ps->p + 1, (size_t)(end - ps->p - 1));
	ps->p = end + 1;
	return node;
}

static api_node *parse_range(parser *ps)
{
	const char *end = strchr(ps->p, ']'), *to = strstr(ps->p, " TO ");
	time_span   first, last;
	api_node   *node;

	if (!end || !to || to > end ||
	    !time_parse_compact(ps->p + 1, (size_t)(to - ps->p - 1), &first) ||
	    !time_parse_compact(to + 4, (size_t)(end - to - 4), &last))
		return fail(ps, "a range of dates is written [YYYYMMDDHHMM TO YYYYMMDDHHMM]");
	node = new_node(ps, API_RANGE);
	if (!node)
		return NULL;
	node->range = (time_span){first.first, last.last};
	ps->p = end + 1;
	return node;
}

static api_node *parse_group(parser *ps, api_field field)
{
	api_node *inner;

	ps->p++;
	inner = parse_chain(ps, field);
	skip_blanks(ps);
	if (inner && *ps->p != ')')
		return fail(ps, "a parenthesis is not closed");
	if (inner)
		ps->p++;
	return inner;
}

/* Takes `name:` where it is a known one; the field that was set outside otherwise. */
static int take_field(parser *ps, api_field *field)
{
	const char *colon = strchr(ps->p, ':');
	size_t      len = strcspn(ps->p, " :()\"");

	if (!colon || ps->p + len != colon || !len)
		return 1;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (strlen(fields[i].name) != len || strncmp(fields[i].name, ps->p, len) != 0)
			continue;
		*field = fields[i].field;
		ps->p = colon + 1;
		return 1;
	}
	return 0;
}

static api_node *parse_word(parser *ps, api_field field)
{
	size_t    len = strcspn(ps->p, " \t\n()\"");
	api_node *node;

	if (!len)
		return fail(ps, "a term is missing");
	if (*ps->p == '*')
		return fail(ps, "a term must not begin with *");
	node = new_node(ps, API_TERM);
	if (!node)
		return NULL;
	node->field = field;
	cut_words(node, ps->p, len);
	ps->p += len;
	return node;
}

static api_node *parse_operand(parser *ps, api_field field)
{
	skip_blanks(ps);
	if (!take_field(ps, &field))
		return fail(ps, "there is no such field");
	if (*ps->p == '(')
		return parse_group(ps, field);
	if (*ps->p == '"')
		return parse_phrase(ps, field);
	if (field == API_DATE)
		return *ps->p == '[' ? parse_range(ps) : fail(ps, "a date field needs a [range]");
	return parse_word(ps, field);
}

static api_op take_operator(parser *ps)
{
	static const struct {
		const char *word;
		api_op      op;
	} operators[] = {
		{"ANDNOT", API_ANDNOT}, {"AND", API_AND}, {"OR", API_OR}, {"NOT", API_ANDNOT}};

	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		size_t len = strlen(operators[i].word);

		if (strncmp(ps->p, operators[i].word, len) != 0 || is_word_byte(ps->p[len]) ||
		    ps->p[len] == ':')
			continue;
		ps->p += len;
		return operators[i].op;
	}
	return API_OR;
}

static api_node *parse_chain(parser *ps, api_field field)
{
	api_node *left, *node;

	if (++ps->depth > MAX_DEPTH)
		return fail(ps, "the query is nested too deep, or too long");
	left = parse_operand(ps, field);
	skip_blanks(ps);
	if (left && *ps->p && *ps->p != ')') {
		node = new_node(ps, take_operator(ps));
		if (!node)
			return NULL;
		node->left = left;
		node->right = parse_chain(ps, field);
		left = node->right ? node : NULL;
	}
	ps->depth--;
	return left;
}

sheaf_status api_search_parse(const char *query, arena *a, api_node **root, sheaf_error *err)
{
	parser ps = {query, 0, a, err, SHEAF_OK};

	*root = NULL;
	if (strlen(query) > MAX_QUERY)
		return sheaf_fail(err, SHEAF_ERROR_QUERY_PARSER,
		                  "the query is longer than %d bytes", MAX_QUERY);
	*root = parse_chain(&ps, API_ALL);
	if (!ps.status && *ps.p)
		fail(&ps, "a parenthesis was never opened");
	if (ps.status)
		*root = NULL;
	return ps.status;
}

/* The length of the word at `s` where it equals `word`, else 0. */
static size_t match_word(const char *s, const api_word *word, int whole)
{
	size_t len = 0;

	while (s[len] && (is_word_byte(s[len]) || (whole && s[len] != ' ')))
		len++;
	if (len < word->len || (len > word->len && !word->prefix) ||
	    !str_ieq_n(s, word->text, word->len))
		return 0;
	return len;
}

static int match_here(const char *s, const api_node *node, int whole)
{
	for (size_t i = 0; i < node->word_count; i++) {
		size_t len;

		while (*s && !is_word_byte(*s))
			s++;
		len = *s ? match_word(s, &node->words[i], whole) : 0;
		if (!len)
			return 0;
		s += len;
	}
	return 1;
}

static int match_text(const char *text, const api_node *node, api_field field)
{
	int whole = field == API_CATEGORY || field == API_ID || field == API_DOI;

	for (const char *s = text; s && *s; s++)
		if (is_word_byte(*s) &&
		    (s == text || (whole ? s[-1] == ' ' : !is_word_byte(s[-1]))) &&
		    match_here(s, node, whole))
			return 1;
	return 0;
}

static int match_term(const api_node *node, const api_text *text, int *score)
{
	int hits = 0;

	if (!node->word_count)
		return 0;
	for (api_field f = API_TITLE; f < API_DATE; f++) {
		if (node->field != API_ALL && node->field != f)
			continue;
		if (match_text(text->fields[f], node, f))
			hits += f == API_TITLE ? 2 : 1;
	}
	*score += hits;
	return hits > 0;
}

int api_search_match(const api_node *node, const api_text *text, int *score)
{
	int left, right, unused = 0;

	switch (node->op) {
	case API_TERM: return match_term(node, text, score);
	case API_RANGE:
		return text->submitted >= node->range.first && text->submitted <= node->range.last;
	case API_ANDNOT:
		left = api_search_match(node->left, text, score);
		return left && !api_search_match(node->right, text, &unused);
	case API_AND:
	case API_OR: break;
	}
	left = api_search_match(node->left, text, score);
	right = api_search_match(node->right, text, score);
	return node->op == API_AND ? left && right : left || right;
}

#include "query_lexer.h"

#include <string.h>

#include "arxiv_id.h"
#include "escape.h"
#include "flatten.h"
#include "query_parser_private.h"
#include "query_private.h"
#include "query_scan.h"
#include "str.h"

enum {
	BRACKET_MAX = 64,  /* bytes of [… TO …] */
	SHORT_NAME_MAX = 3 /* of a field that a blank may follow: titles say "Report: …" */
};

/* Words that join others. */
static const struct {
	const char *name;
	token_type  type;
	int         any_case;     /* with SHEAF_FLAG_BOOLEAN_ANY_CASE */
	int         takes_window; /* 1: /5 may follow; 2: it must */
} operators[] = {
	{"AND", TOKEN_AND, 1, 0},         {"OR", TOKEN_OR, 1, 0},
	{"NOT", TOKEN_NOT, 1, 0},         {"ANDNOT", TOKEN_NOT, 1, 0},
	{"XOR", TOKEN_XOR, 1, 0},         {"NEAR", TOKEN_NEAR, 1, 1},
	{"ADJ", TOKEN_ADJ, 1, 1},         {"SYNONYM", TOKEN_SYNONYM, 0, 0},
	{"AND_MAYBE", TOKEN_MAYBE, 0, 0}, {"ELITE", TOKEN_ELITE, 0, 2},
};

/* What says how a phrase is to be met. */
static const struct {
	const char *text;
	unsigned    flags;
} suffixes[] = {
	{":stem", SHEAF_TERM_STEMMED},
	{":phrase", 0},
	{":name", SHEAF_TERM_NAME},
	{":whole", SHEAF_TERM_WHOLE},
};

const char *query_phrase_suffix(unsigned flags)
{
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
		if (suffixes[i].flags == flags)
			return suffixes[i].text;
	return NULL;
}

void query_clean(buf *out, const char *text)
{
	buf line = BUF_INIT(0);

	escape_line(&line, text);
	flatten_words(out, buf_str(&line));
	if (line.status != SHEAF_OK && out->status == SHEAF_OK)
		out->status = line.status;
	buf_free(&line);
}

void query_lexer_init(query_lexer *lx, const char *text, unsigned flags, const query_names *names)
{
	*lx = (query_lexer){.start = text, .at = text, .flags = flags, .names = names};
}

int query_is_name_char(char c)
{
	return str_is_alpha((unsigned char)c) || str_is_digit((unsigned char)c) || c == '_' ||
	       c == '-';
}

/* How the value behind a field or name is read. */
static field_kind value_kind(const query_token *t)
{
	if (t->field)
		return t->field->kind;
	if (!t->name)
		return FIELD_PROSE;
	return t->name->kind == QUERY_NAME_FIELDS ? field_get(t->name->fields[0])->kind
	                                          : FIELD_BOOLEAN;
}

/* May an operand begin with it? What may not keeps a sign before it from being an operator. */
static int begins_operand(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 0x80 || str_is_alpha(u) || str_is_digit(u) || (u && strchr("\"(=$\\{~", c));
}

/* The quote that ends a phrase, from `p` on; NULL: none. A TeX umlaut (\") is none. */
static const char *closing_quote(query_lexer *lx, const char *p)
{
	if (lx->no_quote || !(lx->flags & SHEAF_FLAG_PHRASE))
		return NULL;
	for (; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (query_quote_len(p))
			return p;
	}
	lx->no_quote = 1;
	return NULL;
}

/* Passes blanks and what stands for one: quotes without an end, parentheses that group nothing. */
static void skip_blanks(query_lexer *lx)
{
	for (;;) {
		const char *p = lx->at;
		size_t      quote = query_quote_len(p);

		if (*p == ' ' || ((*p == '(' || *p == ')') && !(lx->flags & SHEAF_FLAG_BOOLEAN)))
			lx->at++;
		else if (quote && !closing_quote(lx, p + quote))
			lx->at += quote;
		else
			return;
	}
}

/* 1 where a word or a suffix may end. */
static int is_end(char c)
{
	return !c || strchr(" (),;", c) != NULL;
}

/* Reads `^2` at lx->at, behind a quote or a parenthesis. */
static void read_factor(query_lexer *lx, query_token *t)
{
	const char *end = lx->at + 1;

	if (*lx->at != '^')
		return;
	while (str_is_digit((unsigned char)*end) || *end == '.')
		end++;
	if (is_end(*end) && query_read_factor(lx->at + 1, (size_t)(end - lx->at - 1), &t->factor))
		lx->at = end;
}

static void read_word(query_lexer *lx, query_token *t)
{
	const char *end = value_kind(t) == FIELD_BOOLEAN ? query_value_end(lx->at)
	                                                 : query_word_end(lx->at);

	t->type = TOKEN_WORD;
	t->text = lx->at;
	t->len = (size_t)(end - lx->at);
	lx->at = end;
	t->len = query_cut_factor(t->text, t->len, &t->factor);
}

/* submittedDate:[… TO …], brackets included. 1 where there is one. */
static int read_bracket(query_lexer *lx, query_token *t)
{
	if (value_kind(t) != FIELD_VALUE || *lx->at != '[')
		return 0;
	for (size_t i = 1; i < BRACKET_MAX && lx->at[i] && !query_quote_len(lx->at + i); i++) {
		if (lx->at[i] != ']')
			continue;
		t->type = TOKEN_WORD;
		t->text = lx->at;
		t->len = i + 1;
		lx->at += i + 1;
		return 1;
	}
	return 0;
}

/* 1 where what stands behind a phrase, up to `p`, ends there. */
static int ends_phrase(const char *p)
{
	return is_end(*p) || *p == '^';
}

/* `*`, `:stem` and their like, at lx->at. */
static void read_suffix(query_lexer *lx, query_token *t)
{
	if (*lx->at == '*' && (lx->flags & SHEAF_FLAG_WILDCARD) && ends_phrase(lx->at + 1)) {
		t->prefix = 1;
		lx->at++;
		return;
	}
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		size_t n = strlen(suffixes[i].text);

		if (!str_starts(lx->at, suffixes[i].text) || !ends_phrase(lx->at + n))
			continue;
		t->suffixed = 1;
		t->suffix = suffixes[i].flags;
		lx->at += n;
		return;
	}
}

/* A quoted phrase with its suffixes. 1 where there is one. */
static int read_phrase(query_lexer *lx, query_token *t)
{
	size_t      quote = query_quote_len(lx->at);
	const char *end = quote ? closing_quote(lx, lx->at + quote) : NULL;

	if (!end)
		return 0;
	t->type = TOKEN_PHRASE;
	t->text = lx->at + quote;
	t->len = (size_t)(end - t->text);
	lx->at = end + query_quote_len(end);
	read_suffix(lx, t);
	read_factor(lx, t);
	return 1;
}

/* Reads `/5`, at most four digits. 1 on success. */
static int read_window(const char *p, const char *end, unsigned *window)
{
	unsigned n = 0;

	if (end - p < 2 || end - p > 5 || *p != '/')
		return 0;
	for (p++; p < end; p++) {
		if (!str_is_digit((unsigned char)*p))
			return 0;
		n = n * 10 + (unsigned)(*p - '0');
	}
	*window = n < 1 ? 1 : n > QUERY_WINDOW_MAX ? QUERY_WINDOW_MAX : n;
	return 1;
}

/* 1 where the operator with number `i` begins at lx->at. */
static int names_operator(const query_lexer *lx, size_t i, size_t n)
{
	if (operators[i].any_case && (lx->flags & SHEAF_FLAG_BOOLEAN_ANY_CASE))
		return str_ieq_n(lx->at, operators[i].name, n);
	return memcmp(lx->at, operators[i].name, n) == 0;
}

/* 1 where the word that ends at `end` is an operator. */
static int read_operator(query_lexer *lx, query_token *t, const char *end)
{
	size_t len = (size_t)(end - lx->at);

	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		size_t n = strlen(operators[i].name);

		if (len < n || !names_operator(lx, i, n) ||
		    (len == n && operators[i].takes_window == 2))
			continue;
		t->window = QUERY_WINDOW_DEFAULT;
		if (len > n &&
		    !(operators[i].takes_window && read_window(lx->at + n, end, &t->window)))
			continue;
		t->type = operators[i].type;
		t->begin = t->text = lx->at;
		t->len = len;
		lx->at = end;
		return 1;
	}
	return 0;
}

/* arXiv:2601.22876 names a paper. */
static int names_paper(const char *name, size_t len)
{
	arxiv_id    id;
	const char *value = name + len + 1;

	return len == 5 && str_ieq_n(name, "arxiv", 5) &&
	       arxiv_id_parse(value, (size_t)(query_value_end(value) - value), &id) && id.year;
}

/* Can what stands behind `name:` be its value? A blank is passed where the name allows one. */
static const char *field_value(query_lexer *lx, const char *p, size_t name_len)
{
	query_lexer ahead = *lx;
	query_token t = {0};

	if (*p == ' ' && name_len <= SHORT_NAME_MAX) {
		ahead.at = ++p;
		if (read_operator(&ahead, &t, query_word_end(p)) || !begins_operand(*p))
			return NULL;
	}
	return *p && *p != ' ' && *p != ')' ? p : NULL;
}

/* A name of the caller's for one field is that field. */
static const field_info *own_field(const query_name *own)
{
	return own->kind == QUERY_NAME_FIELDS && own->field_count == 1 ? field_get(own->fields[0])
	                                                               : NULL;
}

/* Reads `ti:` before an operand; notes a name that is no field's. */
static void read_field(query_lexer *lx, query_token *t)
{
	const char       *name = lx->at, *value;
	size_t            len = 0;
	const field_info *info;
	const query_name *own;

	if (!str_is_alpha((unsigned char)*name))
		return;
	while (query_is_name_char(name[len]))
		len++;
	if (name[len] != ':')
		return;
	own = query_names_find(lx->names, name, len);
	info = own ? own_field(own) : field_find(name, len);
	if (!own && !info && names_paper(name, len))
		info = field_get(SHEAF_FIELD_ID);
	value = field_value(lx, name + len + 1, info || own ? len : SHORT_NAME_MAX + 1);
	if ((info || own) && value) {
		t->field = info;
		t->name = info ? NULL : own;
		lx->at = value;
	} else if (!info && !own && value && *value != ':' && *value != '/') {
		t->unknown = len;
	}
}

/* A sign counts only where nothing stands before it: non-invasive, (2+1)-dimensional, C++. */
static void read_sign(query_lexer *lx, query_token *t)
{
	const char *p = lx->at;
	int         free = p == lx->start || p[-1] == ' ' || p[-1] == '(';

	if (!(lx->flags & SHEAF_FLAG_LOVEHATE) || (*p != '+' && *p != '-') || !free ||
	    !begins_operand(p[1]))
		return;
	t->sign = *p;
	lx->at++;
}

static void read_exact(query_lexer *lx, query_token *t)
{
	if (*lx->at == '=' && lx->at[1] && !strchr(" ()=", lx->at[1])) {
		t->exact = 1;
		lx->at++;
	}
}

/* ~word; ~100 is a number that is not exact. */
static void read_synonyms(query_lexer *lx, query_token *t)
{
	const char   *p = lx->at;
	int           free = p == lx->start || strchr(" (+-=:", p[-1]) != NULL;
	unsigned char next = *p ? (unsigned char)p[1] : 0;

	if (*p != '~' || !(lx->flags & SHEAF_FLAG_SYNONYM) || !free ||
	    !(str_is_alpha(next) || next >= 0x80 || next == '"'))
		return;
	t->synonyms = 1;
	lx->at++;
}

/* Reads ( or ). 1 where there is one. */
static int read_parenthesis(query_lexer *lx, query_token *t)
{
	if (!(lx->flags & SHEAF_FLAG_BOOLEAN) || (*lx->at != '(' && *lx->at != ')'))
		return 0;
	t->type = *lx->at++ == '(' ? TOKEN_OPEN : TOKEN_CLOSE;
	if (t->type == TOKEN_CLOSE)
		read_factor(lx, t);
	return 1;
}

static void read_operand(query_lexer *lx, query_token *t)
{
	read_sign(lx, t);
	t->begin = lx->at;
	read_exact(lx, t);
	read_synonyms(lx, t);
	read_field(lx, t);
	if (t->field || t->name) {
		read_exact(lx, t);
		read_synonyms(lx, t);
	}
	if (read_bracket(lx, t) || read_phrase(lx, t))
		return;
	if (*lx->at == '(' && read_parenthesis(lx, t))
		return;
	/* Behind a sign or a field may stand a quote that nothing closes. */
	while (query_quote_len(lx->at) && !closing_quote(lx, lx->at + query_quote_len(lx->at)))
		lx->at += query_quote_len(lx->at);
	read_word(lx, t);
}

void query_lexer_next(query_lexer *lx, query_token *token)
{
	*token = (query_token){.factor = -1};
	skip_blanks(lx);
	token->begin = lx->at;
	if (!*lx->at || read_parenthesis(lx, token))
		return;
	if ((lx->flags & SHEAF_FLAG_BOOLEAN) && read_operator(lx, token, query_word_end(lx->at)))
		return;
	read_operand(lx, token);
}

#include "query_lexer.h"

#include <string.h>

#include "arxiv_id.h"
#include "escape.h"
#include "flatten.h"
#include "query_private.h"
#include "query_scan.h"
#include "str.h"

enum {
	BRACKET_MAX = 64,  /* bytes of [… TO …] */
	SHORT_NAME_MAX = 3 /* of a field that a blank may follow: titles say "Report: …" */
};

/* Words that join others; upper case only. */
static const struct {
	const char *name;
	token_type  type;
	int         takes_window; /* /5 may follow */
} operators[] = {
	{"AND", TOKEN_AND, 0},    {"OR", TOKEN_OR, 0},     {"NOT", TOKEN_NOT, 0},
	{"ANDNOT", TOKEN_NOT, 0}, {"NEAR", TOKEN_NEAR, 1},
};

void query_clean(buf *out, const char *text)
{
	buf line = BUF_INIT(0);

	escape_line(&line, text);
	flatten_words(out, buf_str(&line));
	if (line.status != SHEAF_OK && out->status == SHEAF_OK)
		out->status = line.status;
	buf_free(&line);
}

void query_lexer_init(query_lexer *lx, const char *text, unsigned flags)
{
	*lx = (query_lexer){.start = text, .at = text, .flags = flags};
}

static int is_name_char(char c)
{
	return str_is_alpha((unsigned char)c) || str_is_digit((unsigned char)c) || c == '_' ||
	       c == '-';
}

/* May an operand begin with it? What may not keeps a sign before it from being an operator. */
static int begins_operand(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 0x80 || str_is_alpha(u) || str_is_digit(u) || (u && strchr("\"(=$\\{", c));
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
	const char *end = t->field && t->field->kind == FIELD_BOOLEAN ? query_value_end(lx->at)
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
	if (!t->field || t->field->kind != FIELD_VALUE || *lx->at != '[')
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
	if (*lx->at == '*' && (lx->flags & SHEAF_FLAG_WILDCARD) &&
	    (is_end(lx->at[1]) || lx->at[1] == '^')) {
		t->prefix = 1;
		lx->at++;
	} else if (str_starts(lx->at, ":stem") && (is_end(lx->at[5]) || lx->at[5] == '^')) {
		t->stemmed = 1;
		lx->at += 5;
	}
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

/* 1 where the word that ends at `end` is an operator. */
static int read_operator(query_lexer *lx, query_token *t, const char *end)
{
	size_t len = (size_t)(end - lx->at);

	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		size_t n = strlen(operators[i].name);

		if (len < n || memcmp(lx->at, operators[i].name, n) != 0)
			continue;
		t->window = QUERY_WINDOW_DEFAULT;
		if (len > n &&
		    !(operators[i].takes_window && read_window(lx->at + n, end, &t->window)))
			continue;
		t->type = operators[i].type;
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

/* Reads `ti:` before an operand; notes a name that is no field's. */
static void read_field(query_lexer *lx, query_token *t)
{
	const char       *name = lx->at, *value;
	size_t            len = 0;
	const field_info *info;

	if (!str_is_alpha((unsigned char)*name))
		return;
	while (is_name_char(name[len]))
		len++;
	if (name[len] != ':')
		return;
	info = field_find(name, len);
	if (!info && names_paper(name, len))
		info = field_get(SHEAF_FIELD_ID);
	value = field_value(lx, name + len + 1, info ? len : SHORT_NAME_MAX + 1);
	if (info && value) {
		t->field = info;
		lx->at = value;
	} else if (!info && value && *value != ':' && *value != '/') {
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
	read_field(lx, t);
	if (t->field)
		read_exact(lx, t);
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

int query_is_plain_word(const char *text)
{
	query_lexer lx;
	query_token t;
	size_t      len = strlen(text);

	query_lexer_init(&lx, text, SHEAF_FLAG_DEFAULT);
	query_lexer_next(&lx, &t);
	query_trim_word(&t.text, &t.len);
	return len && t.type == TOKEN_WORD && t.text == text && t.len == len && !t.field &&
	       *text != '*' && text[len - 1] != '*' && !query_is_open_tex(text);
}

int query_is_plain_value(const char *text)
{
	size_t len = strlen(text);
	double factor;

	return len && !strchr("\"([=", *text) && text[len - 1] != '*' && query_is_balanced(text) &&
	       query_value_end(text) == text + len && query_cut_factor(text, len, &factor) == len;
}

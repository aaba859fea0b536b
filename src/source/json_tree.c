/*
 * json_tree.c: a parser that works inside a copy of the text. A decoded string is never longer than
 * it was written, so it is decoded where it stands, and the NUL that ends it takes the place of its
 * quote.
 *
 * Nodes are a list in the order of the text; a node's `span` leads past all that is inside it.
 */
#include "json_tree.h"

#include <string.h>

#include "alloc.h"
#include "bytes.h"
#include "error.h"
#include "str.h"
#include "utf8.h"

enum {
	FIRST_NODES = 64,
	KEEP_NODES = 1 << 14, /* a tree that had more gives its memory back, */
	KEEP_BYTES = 1 << 20  /* and so does a longer text */
};

typedef struct parse {
	json_tree   *tree;
	char        *at, *end; /* *end is NUL */
	int          depth;
	const char  *wrong; /* what, at `at`; NULL: nothing so far */
	sheaf_status status;
} parse;

/* ---- what is wrong ---- */

static int wrong(parse *p, const char *what)
{
	p->wrong = what;
	return 0;
}

static int unexpected(parse *p, const char *what)
{
	return wrong(p, p->at == p->end ? "it ends too early" : what);
}

/* ---- nodes ---- */

/* The index of a new node; 0 with an error where there are too many, or no memory. */
static int add_node(parse *p, size_t *index)
{
	json_tree *t = p->tree;

	if (t->count == JSON_TREE_NODES)
		return wrong(p, "too many values");
	if (t->count == t->size) {
		size_t     size = t->size ? 2 * t->size : FIRST_NODES;
		json_node *nodes = mem_realloc_array(t->nodes, size, sizeof *nodes);

		if (!nodes) {
			p->status = SHEAF_ERROR_NOMEM;
			return 0;
		}
		t->nodes = nodes;
		t->size = size;
	}
	*index = t->count++;
	t->nodes[*index] = (json_node){.type = NODE_NULL, .span = 1};
	return 1;
}

/* ---- strings ---- */

/*
 * The bytes at the beginning that stand for themselves: up to a quote, a backslash, a control
 * character or what is not ASCII.
 */
static size_t plain_run(const char *s, const char *end)
{
	const char *at = s;

	for (; end - at >= 8; at += 8) {
		uint64_t bytes = bytes_load_8(at);
		uint64_t quote = bytes ^ BYTES_ALL('"'), slash = bytes ^ BYTES_ALL('\\');
		/* High bits of such bytes, and perhaps of what follows one. */
		uint64_t other = ((quote - BYTES_ALL(1)) | (slash - BYTES_ALL(1)) |
		                  (bytes - BYTES_ALL(0x20)) | bytes) &
		                 BYTES_HIGH;

		if (other)
			return (size_t)(at - s) + bytes_first(other);
	}
	/* The NUL at the end stops it. */
	while ((unsigned char)*at >= 0x20 && (unsigned char)*at < 0x80 && *at != '"' && *at != '\\')
		at++;
	return (size_t)(at - s);
}

/* Four hexadecimal digits; -1 where there are others. */
static int32_t code_unit(const char *s)
{
	int32_t unit = 0;

	for (int i = 0; i < 4; i++) {
		char c = str_lower(s[i]);

		if (str_is_digit((unsigned char)c))
			unit = unit * 16 + (c - '0');
		else if (c >= 'a' && c <= 'f')
			unit = unit * 16 + (c - 'a' + 10);
		else
			return -1;
	}
	return unit;
}

/*
 * \uXXXX, of which a pair of surrogates makes one character. No digit is NUL, so none is read past
 * the end.
 */
static int unicode_escape(parse *p, char **out)
{
	int32_t unit = code_unit(p->at + 2), low;

	if (unit < 0)
		return unexpected(p, "\\u without four hexadecimal digits");
	if (unit >= 0xD800 && unit < 0xE000) {
		low = unit < 0xDC00 && p->at[6] == '\\' && p->at[7] == 'u' ? code_unit(p->at + 8)
		                                                           : -1;
		if (low < 0xDC00 || low > 0xDFFF)
			return wrong(p, "half of a surrogate pair");
		unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
		p->at += 6;
	}
	p->at += 6;
	*out += utf8_put((uint32_t)unit, *out);
	return 1;
}

static int escape(parse *p, char **out)
{
	static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	const char       *letter;

	if (p->at[1] == 'u')
		return unicode_escape(p, out);
	letter = p->at[1] ? strchr(letters, p->at[1]) : NULL;
	if (!letter)
		return wrong(p, "a backslash before what needs none");
	*(*out)++ = meant[letter - letters];
	p->at += 2;
	return 1;
}

/* A character that is not ASCII, or what may not stand in a string. */
static int other_character(parse *p, char **out)
{
	uint32_t cp;
	size_t   n;

	if (p->at == p->end)
		return wrong(p, "a string is not closed");
	if ((unsigned char)*p->at < 0x20)
		return wrong(p, "a control character in a string");
	n = utf8_decode(p->at, (size_t)(p->end - p->at), &cp);
	if (n == 1)
		return wrong(p, "no UTF-8");
	memmove(*out, p->at, n);
	*out += n;
	p->at += n;
	return 1;
}

/* Decodes the string at the quote `p->at`, and steps behind it. */
static int string(parse *p, const char **text, uint32_t *len)
{
	char *start = ++p->at, *out = start;

	for (;;) {
		size_t n = plain_run(p->at, p->end);

		if (out != p->at)
			memmove(out, p->at, n);
		out += n;
		p->at += n;
		if (*p->at == '"')
			break;
		if (*p->at == '\\' ? !escape(p, &out) : !other_character(p, &out))
			return 0;
	}
	p->at++;
	*out = 0;
	*text = start;
	*len = (uint32_t)(out - start);
	return 1;
}

/* ---- numbers and words ---- */

static size_t digits(const char *s)
{
	size_t n = 0;

	while (str_is_digit((unsigned char)s[n]))
		n++;
	return n;
}

/* Digits as a negative number, of which there is one more; 0: 64 bits cannot hold it. */
static int whole_number(const char *s, size_t n, int negative, int64_t *number)
{
	int64_t value = 0;

	for (; n; s++, n--) {
		int digit = *s - '0';

		if (value < (INT64_MIN + digit) / 10)
			return 0;
		value = 10 * value - digit;
	}
	if (!negative && value == INT64_MIN)
		return 0;
	*number = negative ? value : -value;
	return 1;
}

static int number(parse *p, json_node *node)
{
	const char *start = p->at, *s = start + (*start == '-');
	size_t      n = digits(s), more;

	if (!n || (n > 1 && *s == '0'))
		return unexpected(p, n ? "a number that begins with 0" : "a value is missing");
	node->type = whole_number(s, n, *start == '-', &node->number) ? NODE_INTEGER : NODE_REAL;
	s += n;
	if (*s == '.') {
		node->type = NODE_REAL;
		more = digits(++s);
		if (!more)
			return wrong(p, "a number without digits behind its point");
		s += more;
	}
	if (*s == 'e' || *s == 'E') {
		node->type = NODE_REAL;
		s++;
		s += *s == '+' || *s == '-';
		more = digits(s);
		if (!more)
			return wrong(p, "a number without an exponent behind its e");
		s += more;
	}
	p->at += s - start;
	return 1;
}

static int literal(parse *p, json_node *node)
{
	static const struct {
		const char    *name;
		size_t         len;
		json_node_type type;
	} words[] = {{"null", 4, NODE_NULL}, {"true", 4, NODE_TRUE}, {"false", 5, NODE_FALSE}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strncmp(p->at, words[i].name, words[i].len) == 0) {
			node->type = words[i].type;
			p->at += words[i].len;
			return 1;
		}
	return number(p, node);
}

/* ---- values ---- */

static int value(parse *p, size_t *index);

static void skip_blanks(parse *p)
{
	while (*p->at == ' ' || *p->at == '\t' || *p->at == '\n' || *p->at == '\r')
		p->at++;
}

/*
 * Behind a value of an array or object: steps over a comma, or over what closes it, which ends it.
 */
static int more_follow(parse *p, char close, int *more)
{
	skip_blanks(p);
	*more = *p->at == ',';
	if (!*more && *p->at != close)
		return unexpected(p, "a comma or a closing bracket is missing");
	p->at++;
	return 1;
}

static int member(parse *p, size_t *index)
{
	const char *key;
	uint32_t    len;

	skip_blanks(p);
	if (*p->at != '"')
		return unexpected(p, "a key is missing");
	if (!string(p, &key, &len))
		return 0;
	skip_blanks(p);
	if (*p->at != ':')
		return unexpected(p, "a colon is missing behind a key");
	p->at++;
	if (!value(p, index))
		return 0;
	p->tree->nodes[*index].key = key;
	p->tree->nodes[*index].key_len = len;
	return 1;
}

/* What stands between brackets of either kind. */
static int container(parse *p, size_t self, json_node_type type)
{
	const char close = type == NODE_ARRAY ? ']' : '}';
	size_t     child;
	uint32_t   count = 0;
	int        more = 1;

	if (++p->depth > JSON_TREE_DEPTH)
		return wrong(p, "arrays and objects are too deep inside each other");
	p->at++;
	skip_blanks(p);
	if (*p->at == close) {
		p->at++;
		more = 0;
	}
	for (; more; count++) {
		if (type == NODE_ARRAY ? !value(p, &child) : !member(p, &child))
			return 0;
		if (!more_follow(p, close, &more))
			return 0;
	}
	p->depth--;
	p->tree->nodes[self].type = type;
	p->tree->nodes[self].len = count;
	p->tree->nodes[self].span = (uint32_t)(p->tree->count - self);
	return 1;
}

static int value(parse *p, size_t *index)
{
	json_node *node;

	skip_blanks(p);
	if (!add_node(p, index))
		return 0;
	node = &p->tree->nodes[*index];
	switch (*p->at) {
	case '"': node->type = NODE_STRING; return string(p, &node->text, &node->len);
	case '{': return container(p, *index, NODE_OBJECT);
	case '[': return container(p, *index, NODE_ARRAY);
	default: return literal(p, node);
	}
}

/* ---- the whole ---- */

static void forget(json_tree *t)
{
	if (t->size > KEEP_NODES) {
		mem_free(t->nodes);
		t->nodes = NULL;
		t->size = 0;
	}
	if (t->text.size > KEEP_BYTES)
		buf_free(&t->text);
	buf_clear(&t->text);
	t->text.cap = JSON_TREE_BYTES;
	t->count = 0;
}

sheaf_status json_tree_parse(json_tree *t, const char *text, size_t len, const json_node **root,
                             sheaf_error *reason, sheaf_error *err)
{
	parse  p = {.tree = t};
	size_t first;

	*root = NULL;
	forget(t);
	buf_append(&t->text, text, len);
	if (t->text.status == SHEAF_ERROR_NOMEM)
		return sheaf_nomem(err);
	if (t->text.status != SHEAF_OK) {
		sheaf_fail(reason, SHEAF_ERROR_INVALID_ARGUMENT, "broken JSON: it is too long");
		return SHEAF_OK;
	}
	p.at = t->text.data;
	p.end = p.at + len;
	if (value(&p, &first)) {
		skip_blanks(&p);
		if (p.at == p.end)
			*root = &t->nodes[first];
		else
			wrong(&p, "something stands behind its end");
	}
	if (p.status != SHEAF_OK)
		return sheaf_nomem(err);
	if (p.wrong)
		sheaf_fail(reason, SHEAF_ERROR_INVALID_ARGUMENT, "broken JSON: %s (near byte %zu)",
		           p.wrong, (size_t)(p.at - t->text.data) + 1);
	return SHEAF_OK;
}

void json_tree_free(json_tree *t)
{
	mem_free(t->nodes);
	buf_free(&t->text);
	*t = (json_tree){0};
}

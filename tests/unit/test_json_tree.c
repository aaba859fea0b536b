/*
 * The tree says what RFC 8259 says; jansson, which the writers use, is asked for a second opinion.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "json_tree.h"

/* Parses a copy of just these bytes, so that reading past them shows under a sanitizer. */
static const json_node *parse_bytes(json_tree *t, const char *text, size_t len, sheaf_error *reason)
{
	const json_node *root;
	char            *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	memcpy(copy, text, len);
	assert_int_equal(json_tree_parse(t, copy, len, &root, reason, NULL), SHEAF_OK);
	free(copy);
	return root;
}

static const json_node *parse(json_tree *t, const char *text)
{
	return parse_bytes(t, text, strlen(text), NULL);
}

static void test_values(void **state)
{
	static const struct {
		const char    *text;
		json_node_type type;
		int64_t        number;
	} cases[] = {
		{"null", NODE_NULL, 0},
		{" true\n", NODE_TRUE, 0},
		{"\r\tfalse", NODE_FALSE, 0},
		{"0", NODE_INTEGER, 0},
		{"-0", NODE_INTEGER, 0},
		{"-17", NODE_INTEGER, -17},
		{"9223372036854775807", NODE_INTEGER, INT64_MAX},
		{"-9223372036854775808", NODE_INTEGER, INT64_MIN},
		{"9223372036854775808", NODE_REAL, 0},
		{"-9223372036854775809", NODE_REAL, 0},
		{"99999999999999999999999999", NODE_REAL, 0},
		{"0.5", NODE_REAL, 0},
		{"1e5", NODE_REAL, 0},
		{"-1.25E-400", NODE_REAL, 0},
		{"2E+07", NODE_REAL, 0},
		{"[]", NODE_ARRAY, 0},
		{" { } ", NODE_OBJECT, 0},
	};
	json_tree t = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const json_node *root = parse(&t, cases[i].text);

		assert_non_null(root);
		assert_int_equal(root->type, cases[i].type);
		assert_true(json_node_integer(root) == cases[i].number);
		assert_int_equal(root->span, 1);
		assert_int_equal(root->len, 0);
	}
	json_tree_free(&t);
}

static void test_strings(void **state)
{
	static const struct {
		const char *text, *meant;
		size_t      len;
	} cases[] = {
		{"\"\"", "", 0},
		{"\"plain text of more than one word\"", "plain text of more than one word", 32},
		{"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t", 8},
		{"\"a\\u0000b\\u0001\"", "a\0b\1", 4},
		{"\"\\u00e9\\u00E9\\u20ac\\uFFFD\"", "\xC3\xA9\xC3\xA9\xE2\x82\xAC\xEF\xBF\xBD",
	         10},
		{"\"\\ud83e\\udde0\\uDBFF\\uDFFF\"", "\xF0\x9F\xA7\xA0\xF4\x8F\xBF\xBF", 8},
		{"\"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\xA7\xA0 \x7F\"",
	         "\xC3\xA9 \xE2\x82\xAC \xF0\x9F\xA7\xA0 \x7F", 13},
		{"\"1234567\\n12345678\\n123456789\"", "1234567\n12345678\n123456789", 26},
	};
	json_tree t = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const json_node *root = parse(&t, cases[i].text);

		assert_true(json_node_is(root, NODE_STRING));
		assert_int_equal(root->len, cases[i].len);
		assert_memory_equal(root->text, cases[i].meant, cases[i].len + 1);
	}
	json_tree_free(&t);
}

/* Wherever in a word of eight bytes it stands. */
static void test_places(void **state)
{
	static const struct {
		const char *bytes;
		int         good;
	} cases[] = {{"\\n", 1}, {"\x1F", 0}, {"\t", 0}, {"\xFF", 0}, {"\xC3\xA9", 1}, {"\\x", 0}};
	json_tree t = {0};

	(void)state;
	for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
		for (size_t before = 0; before < 20; before++)
			for (size_t after = 0; after < 20; after++) {
				char             text[64] = "\"";
				size_t           n = strlen(cases[c].bytes);
				const json_node *root;

				memset(text + 1, 'a', before);
				memcpy(text + 1 + before, cases[c].bytes, n);
				memset(text + 1 + before + n, 'z', after);
				text[1 + before + n + after] = '"';
				root = parse(&t, text);
				assert_int_equal(root != NULL, cases[c].good);
				if (root)
					assert_int_equal(root->text[root->len - after - 1] != 'a',
					                 1);
			}
	json_tree_free(&t);
}

static void test_wrong(void **state)
{
	static const char *const cases[] = {
		"",
		" ",
		"nul",
		"truth",
		"True",
		"nulll",
		"+1",
		"-",
		"01",
		"-01",
		"1.",
		".5",
		"1.e5",
		"1e",
		"1e+",
		"0x10",
		"NaN",
		"Infinity",
		"[",
		"]",
		"[1",
		"[1,",
		"[1,]",
		"[,1]",
		"[1 2]",
		"[1}",
		"{",
		"{1:2}",
		"{\"a\"}",
		"{\"a\":}",
		"{\"a\":1,",
		"{\"a\" 1}",
		"{\"a\":1,}",
		"{,}",
		"{\"a\":1]",
		"\"",
		"\"a",
		"\"\\",
		"\"\\\"",
		"\"\\x\"",
		"\"\\u\"",
		"\"\\u12\"",
		"'a'",
		"[1]]",
		"{} {}",
		"1 2",
		"// a\n1",
		"[1] junk",
		"\"a\tb\"",
		"\xEF\xBB\xBF[]",
		"\"\xFF\"",
		"\"\xC3\"",
		"\"\xC0\xAF\"",
		"\"\xED\xA0\x80\"",
		"\"\xF4\x90\x80\x80\"",
		"\"\\ud800\"",
		"\"\\udc00\"",
		"\"\\ud800\\u0041\"",
		"\"\\ud800\\ud800\"",
		"\"\\ud800",
		"\"\\ud800\\u",
		"\"\\u12g4\"",
		"\"\\uD83E\\uDDE",
		"\v[]",
		"[]\f",
	};
	json_tree t = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_error reason = {0};

		if (parse_bytes(&t, cases[i], strlen(cases[i]), &reason))
			fail_msg("accepted: %s", cases[i]);
		assert_int_equal(strncmp(reason.message, "broken JSON: ", 13), 0);
		assert_null(strpbrk(reason.message, "\n\x1B"));
	}
	assert_null(parse_bytes(&t, "[1,\0 2]", 7, NULL));
	assert_null(parse_bytes(&t, "\"\0\"", 3, NULL));
	json_tree_free(&t);
}

static void test_where_it_is_wrong(void **state)
{
	sheaf_error reason = {0};
	json_tree   t = {0};

	(void)state;
	assert_null(parse_bytes(&t, "{\"a\":x}", 7, &reason));
	assert_string_equal(reason.message, "broken JSON: a value is missing (near byte 6)");
	assert_null(parse_bytes(&t, "[1, 2", 5, &reason));
	assert_string_equal(reason.message, "broken JSON: it ends too early (near byte 6)");
	json_tree_free(&t);
}

static void test_walk(void **state)
{
	json_tree        t = {0};
	const json_node *root = parse(&t, "[1,[2,[3,{\"a\":[4]}],5],{},\"six\",7]"), *node = NULL;
	int64_t          sum = 0;
	size_t           count = 0;

	(void)state;
	assert_true(json_node_is(root, NODE_ARRAY));
	assert_int_equal(root->len, 5);
	for (; (node = json_node_next(root, node)); count++)
		sum += json_node_integer(node);
	assert_int_equal(count, 5);
	assert_int_equal(sum, 8);
	assert_int_equal(json_node_integer(json_node_at(root, 4)), 7);
	assert_string_equal(json_node_at(root, 3)->text, "six");
	assert_null(json_node_at(root, 5));
	assert_int_equal(json_node_integer(json_node_at(json_node_at(root, 1), 2)), 5);
	assert_null(json_node_next(json_node_at(root, 2), NULL));
	assert_null(json_node_next(NULL, NULL));
	assert_null(json_node_get(root, "a"));
	assert_null(json_node_get(NULL, "a"));
	assert_false(json_node_is(NULL, NODE_NULL));
	assert_int_equal(json_node_integer(NULL), 0);
	json_tree_free(&t);
}

static void test_members(void **state)
{
	static const json_key keys[] = {JSON_KEY("a"), JSON_KEY("b"), JSON_KEY("ab"), JSON_KEY("")};
	json_tree             t = {0};
	const json_node      *found[4], *root;

	(void)state;
	root = parse(&t,
	             "{\"ab\":1,\"x\":[{\"a\":0}],\"a\":2,\"\":3,\"a\":{\"b\":9},\"a\\u0000\":4}");
	json_node_members(root, keys, 4, found);
	assert_true(json_node_is(found[0], NODE_OBJECT)); /* the last one */
	assert_null(found[1]);
	assert_int_equal(json_node_integer(found[2]), 1);
	assert_int_equal(json_node_integer(found[3]), 3);
	assert_int_equal(json_node_integer(json_node_get(found[0], "b")), 9);
	assert_null(json_node_get(root, "abc"));
	json_node_members(NULL, keys, 4, found);
	for (size_t i = 0; i < 4; i++)
		assert_null(found[i]);
	json_tree_free(&t);
}

static void test_depth(void **state)
{
	char      text[2 * JSON_TREE_DEPTH + 8] = "";
	json_tree t = {0};

	(void)state;
	memset(text, '[', JSON_TREE_DEPTH);
	memset(text + JSON_TREE_DEPTH, ']', JSON_TREE_DEPTH);
	assert_non_null(parse(&t, text));
	memset(text, '[', JSON_TREE_DEPTH + 1);
	memset(text + JSON_TREE_DEPTH + 1, ']', JSON_TREE_DEPTH + 1);
	assert_null(parse(&t, text));
	/* What is beside each other is not inside each other. */
	assert_non_null(parse(&t, "[[],[],{\"a\":[[]]}]"));
	json_tree_free(&t);
}

/* A text of `count` zeros in a list. */
static const json_node *parse_many(json_tree *t, size_t count)
{
	buf              text = BUF_INIT(0);
	const json_node *root;

	buf_puts(&text, "[0");
	for (size_t i = 1; i < count; i++)
		buf_puts(&text, ",0");
	buf_puts(&text, "]");
	root = parse_bytes(t, text.data, text.len, NULL);
	buf_free(&text);
	return root;
}

static void test_many(void **state)
{
	json_tree        t = {0};
	const json_node *root = parse_many(&t, JSON_TREE_NODES - 1);

	(void)state;
	assert_int_equal(root->len, JSON_TREE_NODES - 1);
	assert_int_equal(root->span, JSON_TREE_NODES);
	assert_null(parse_many(&t, JSON_TREE_NODES));
	/* A large one is not held for ever. */
	assert_non_null(parse(&t, "[]"));
	assert_true(t.size < 1000);
	json_tree_free(&t);
}

/* ---- the second opinion ---- */

static int same(const json_node *a, const json_t *b);

static int same_members(const json_node *a, json_t *b)
{
	const char *key;
	json_t     *one;

	json_object_foreach(b, key, one) if (!same(json_node_get(a, key), one)) return 0;
	return 1;
}

static int same_list(const json_node *a, const json_t *b)
{
	if (a->len != json_array_size(b))
		return 0;
	for (size_t i = 0; i < a->len; i++)
		if (!same(json_node_at(a, i), json_array_get(b, i)))
			return 0;
	return 1;
}

static int same(const json_node *a, const json_t *b)
{
	if (!a)
		return 0;
	switch (json_typeof(b)) {
	case JSON_OBJECT: return a->type == NODE_OBJECT && same_members(a, (json_t *)(uintptr_t)b);
	case JSON_ARRAY: return a->type == NODE_ARRAY && same_list(a, b);
	case JSON_STRING:
		return a->type == NODE_STRING && a->len == json_string_length(b) &&
		       memcmp(a->text, json_string_value(b), a->len) == 0;
	case JSON_INTEGER: return a->type == NODE_INTEGER && a->number == json_integer_value(b);
	case JSON_REAL: return a->type == NODE_REAL;
	case JSON_TRUE: return a->type == NODE_TRUE;
	case JSON_FALSE: return a->type == NODE_FALSE;
	default: return a->type == NODE_NULL;
	}
}

/* What jansson refuses, and is JSON all the same. */
static int is_beyond_jansson(const json_error_t *e)
{
	static const char *const reasons[] = {"too big", "overflow", "NUL byte in object key"};

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (strstr(e->text, reasons[i]))
			return 1;
	return 0;
}

static void compare(json_tree *t, const char *text, size_t len)
{
	json_error_t     e;
	json_t          *other = json_loadb(text, len, JSON_ALLOW_NUL | JSON_DECODE_ANY, &e);
	const json_node *root = parse_bytes(t, text, len, NULL);

	if (other ? !same(root, other) : root && !is_beyond_jansson(&e))
		fail_msg("%.*s: %s, but jansson: %s", (int)len, text, root ? "taken" : "refused",
		         other ? "taken" : e.text);
	json_decref(other);
}

static uint64_t next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* Overwrites, removes or doubles a few bytes. No NUL: jansson passes it over between values. */
static size_t change(char *text, size_t len, size_t room, uint64_t *seed)
{
	static const char alphabet[] = "{}[]\",:\\ud8dc0179-+.eEtrufalsn \t\n\x01\x7F\xC3\xA9\xFF";

	for (uint64_t n = next(seed) % 4; n && len > 1; n--) {
		size_t at = next(seed) % len;

		switch (next(seed) % 3) {
		case 0: text[at] = alphabet[next(seed) % (sizeof alphabet - 1)]; break;
		case 1: memmove(text + at, text + at + 1, --len - at); break;
		default:
			if (len < room) {
				memmove(text + at + 1, text + at, len - at);
				len++;
			}
		}
	}
	return len;
}

static void test_against_jansson(void **state)
{
	static const char *const texts[] = {
		"{\"id\":\"1\",\"a\":[1,-2.5e3,true,false,null],\"a\":{\"b\":{}},\"\":\"\"}",
		"[\"\\u00e9\\ud83e\\udde0\\\\\\\"\\/\\b\\f\\n\\r\\t\",\"\xC3\xA9\xE2\x82\xAC\",[[[]]]]",
		" [ 0 , -0 , 10 , 1.5 , 1e9 , 9223372036854775807 , -9223372036854775808 ] ",
		"{\"title\":\"A longer text, with words and a \\\"quotation\\\" in it\",\"n\":[{\"k\":[]}]}",
		"[\"\\ud800\\udc00\",\"\\u0000\",\"\\udbff\\udfff\",\"\\uffff\"]",
	};
	uint64_t  seed = 88172645463325252u;
	json_tree t = {0};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		for (int round = 0; round < 12000; round++) {
			char   text[160];
			size_t len = strlen(texts[i]);

			memcpy(text, texts[i], len);
			len = round ? change(text, len, sizeof text, &seed) : len;
			compare(&t, text, len);
		}
	json_tree_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_where_it_is_wrong),
		cmocka_unit_test(test_walk),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_against_jansson),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "yaml_tree.h"

static yaml_tree *parse(const char *text)
{
	yaml_tree  *tree;
	sheaf_error err;

	assert_int_equal(yaml_tree_parse(text, strlen(text), "f.yaml", &tree, &err), SHEAF_OK);
	return tree;
}

static void refuse(const char *text, size_t len, const char *message)
{
	yaml_tree  *tree = (yaml_tree *)&tree;
	sheaf_error err;

	assert_int_equal(yaml_tree_parse(text, len, "f.yaml", &tree, &err), SHEAF_ERROR_CONFIG);
	assert_null(tree);
	if (!strstr(err.message, message))
		fail_msg("'%s' does not say '%s'", err.message, message);
}

static void reads_maps_lists_and_texts(void **state)
{
	yaml_tree *tree = parse("# first\na: one\nb:\n  - 1\n  - 'x y'\n  - [2, 3]\nc: {d: x}\n");
	const yaml_node *root = yaml_tree_root(tree), *b = yaml_get(root, "b");

	(void)state;
	assert_int_equal(root->type, YAML_MAP);
	assert_int_equal(root->count, 3);
	assert_string_equal(yaml_get(root, "a")->text, "one");
	assert_int_equal(yaml_get(root, "a")->line, 2);
	assert_true(yaml_get(root, "a")->plain);
	assert_int_equal(b->type, YAML_LIST);
	assert_int_equal(b->count, 3);
	assert_string_equal(b->first->text, "1");
	assert_int_equal(b->first->line, 4);
	assert_string_equal(b->first->next->text, "x y");
	assert_false(b->first->next->plain);
	assert_int_equal(b->first->next->next->count, 2);
	assert_null(yaml_get(b, "a"));
	assert_null(yaml_get(root, "z"));
	yaml_tree_free(tree);
}

static void block_text_keeps_its_lines(void **state)
{
	yaml_tree *tree = parse("q: |\n  a OR\n  b\nr: >\n  a\n  b\n");

	(void)state;
	assert_string_equal(yaml_get(yaml_tree_root(tree), "q")->text, "a OR\nb\n");
	assert_string_equal(yaml_get(yaml_tree_root(tree), "r")->text, "a b\n");
	yaml_tree_free(tree);
}

static void knows_what_says_nothing(void **state)
{
	yaml_tree       *tree = parse("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: 0\n");
	const yaml_node *root = yaml_tree_root(tree);

	(void)state;
	assert_true(yaml_is_null(yaml_get(root, "a")));
	assert_int_equal(yaml_get(root, "a")->line, 1);
	assert_true(yaml_is_null(yaml_get(root, "b")));
	assert_true(yaml_is_null(yaml_get(root, "c")));
	assert_false(yaml_is_null(yaml_get(root, "d")));
	assert_false(yaml_is_null(yaml_get(root, "e")));
	assert_false(yaml_is_null(yaml_get(root, "f")));
	yaml_tree_free(tree);
}

static void empty_files_are_empty_maps(void **state)
{
	static const char *const texts[] = {"", "# nothing\n", "---\n", "\xEF\xBB\xBF\n"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		yaml_tree *tree = parse(texts[i]);

		assert_int_equal(yaml_tree_root(tree)->type, YAML_MAP);
		assert_int_equal(yaml_tree_root(tree)->count, 0);
		yaml_tree_free(tree);
	}
}

static void a_byte_order_mark_is_skipped(void **state)
{
	yaml_tree *tree = parse("\xEF\xBB\xBF"
	                        "a: 1\nb: {c: 1}\r\nd: 2");

	(void)state;
	assert_non_null(yaml_get(yaml_tree_root(tree), "a"));
	assert_int_equal(yaml_get(yaml_tree_root(tree), "d")->line, 3);
	yaml_tree_free(tree);
}

static void refuses_with_the_line(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"a: 1\nb: 2\na: 3\n", "f.yaml:3: key 'a' is given twice"},
		{"a: &x 1\nb: *x\n", "f.yaml:2: aliases"},
		{"a: !!python/object:x 1\n", "f.yaml:1: tags"},
		{"a: 1\n---\nb: 2\n", "f.yaml:2: a second document"},
		{"[a]: 1\n", "f.yaml:1: a key must be a text"},
		{"a: 1\n\tb: 2\n", "f.yaml:2: "},
		{"a: [1, 2\n", "f.yaml:2: "},
		{"a: \"x\\0y\"\n", "f.yaml:1: a NUL"},
		{"a: \"\x01\"\n", "f.yaml:1: byte 4"},
		{"a: b\nc: \xFF\n", "f.yaml:2: byte 8"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		refuse(cases[i].text, strlen(cases[i].text), cases[i].message);
}

/* The same key in several maps is no repetition; each of very many is found again. */
static void many_keys_are_told_apart(void **state)
{
	enum { MAPS = 3000 };
	buf        text = BUF_INIT(0);
	yaml_tree *tree;

	(void)state;
	for (int i = 0; i < MAPS; i++)
		buf_printf(&text, "k%d: {a: 1, b: {a: 2, k%d: 3}}\n", i, i);
	tree = parse(text.data);
	assert_int_equal(yaml_tree_root(tree)->count, MAPS);
	assert_string_equal(
		yaml_get(yaml_get(yaml_get(yaml_tree_root(tree), "k2999"), "b"), "a")->text, "2");
	yaml_tree_free(tree);
	buf_puts(&text, "k17: 1\n");
	refuse(text.data, text.len, "f.yaml:3001: key 'k17' is given twice");
	buf_free(&text);
}

static void twins_stay_where_they_are_asked_for(void **state)
{
	static const char text[] = "a: 1\nb:\n  c: 2\n  c: |\n    x\n    y\na: 3\n";
	yaml_tree        *tree;
	const yaml_node  *root, *b;
	sheaf_error       err;

	(void)state;
	assert_int_equal(yaml_tree_parse_twins(text, sizeof text - 1, "f", &tree, &err), SHEAF_OK);
	root = yaml_tree_root(tree);
	b = root->first->next;
	assert_int_equal(root->count, 3);
	assert_int_equal(root->first->twin, 0);
	assert_int_equal(b->next->twin, 1);
	assert_int_equal(b->first->twin, 0);
	assert_int_equal(b->first->next->twin, 3);
	assert_int_equal(b->first->next->line, 4);
	assert_true(b->first->next->last >= 6);
	yaml_tree_free(tree);
}

static void every_cap_holds(void **state)
{
	buf text = BUF_INIT(0);

	(void)state;
	for (int i = 0; i < 200000; i++)
		buf_putc(&text, '[');
	refuse(text.data, text.len, "inside each other");
	buf_clear(&text);
	for (int i = 0; i < 200000; i++)
		buf_puts(&text, "- - ");
	refuse(text.data, text.len, "inside each other");
	buf_clear(&text);
	for (int i = 0; i <= YAML_CHILDREN_MAX; i++)
		buf_printf(&text, "k%d: 1\n", i);
	refuse(text.data, text.len, "f.yaml:65537: more than 65536 entries");
	buf_clear(&text);
	for (int i = 0; i < 20; i++) {
		buf_printf(&text, "k%d:\n", i);
		for (int j = 0; j < 60000; j++)
			buf_puts(&text, "- 1\n");
	}
	refuse(text.data, text.len, "more than 1048576 values");
	buf_clear(&text);
	buf_puts(&text, "#");
	while (text.len <= YAML_SIZE_MAX)
		buf_puts(
			&text,
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
	refuse(text.data, text.len, "larger than 16777216 bytes");
	buf_free(&text);
}

/* No byte changed or lost makes more than an error of it. */
static void broken_files_never_crash(void **state)
{
	const char good[] =
		"digest:\n  name: x\n  intro: \"a \\u00e9\"\nprofiles:\n  a: {query: [x, 'y'], max: 3}\n";
	char text[sizeof good];

	(void)state;
	for (size_t i = 0; i < sizeof good - 1; i++) {
		static const char bytes[] = {0,   '\n', '\t', '[', '{',        '*',
		                             '&', '"',  ':',  '-', (char)0xC3, (char)0xFF};

		for (size_t j = 0; j < sizeof bytes; j++) {
			yaml_tree *tree;

			memcpy(text, good, sizeof good);
			text[i] = bytes[j];
			if (yaml_tree_parse(text, sizeof good - 1, "f", &tree, NULL) == SHEAF_OK)
				yaml_tree_free(tree);
			if (yaml_tree_parse(text, i + 1, "f", &tree, NULL) == SHEAF_OK)
				yaml_tree_free(tree);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_maps_lists_and_texts),
		cmocka_unit_test(block_text_keeps_its_lines),
		cmocka_unit_test(knows_what_says_nothing),
		cmocka_unit_test(empty_files_are_empty_maps),
		cmocka_unit_test(a_byte_order_mark_is_skipped),
		cmocka_unit_test(refuses_with_the_line),
		cmocka_unit_test(many_keys_are_told_apart),
		cmocka_unit_test(twins_stay_where_they_are_asked_for),
		cmocka_unit_test(every_cap_holds),
		cmocka_unit_test(broken_files_never_crash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

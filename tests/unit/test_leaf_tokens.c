/* What a leaf looks for, read back from its expression. */
#include "scratch_db.h"

#include <string.h>

#include "field.h"
#include "leaf_tokens.h"

static arena memory;

static int clean(void **state)
{
	(void)state;
	arena_free(&memory);
	return 0;
}

static const leaf_tokens *read_leaf(const char *fts)
{
	int                failed = 1;
	const leaf_tokens *t = leaf_read_tokens(fts, 0, &memory, &failed);

	assert_false(failed);
	return t;
}

static void tokens_at_one_position(void **state)
{
	const leaf_tokens *t = read_leaf("\"\007\037network\036\004network\036\010networks\"");

	(void)state;
	assert_non_null(t);
	assert_int_equal(t->count, 3);
	assert_int_equal(t->column, -1);
	assert_int_equal(t->prefix, 0);
	assert_int_equal(t->list[0].marker, 0);
	assert_int_equal(t->list[1].marker, TOKEN_STEM);
	assert_int_equal(t->list[2].marker, TOKEN_NAME);
	assert_string_equal(t->list[2].text, "networks");
	assert_int_equal(t->list[2].len, 8);
}

static void columns_brackets_and_prefixes(void **state)
{
	const leaf_tokens *t = read_leaf("comments : \"\007\037fig\" *");

	(void)state;
	assert_non_null(t);
	assert_int_equal(t->column, COLUMN_COMMENTS);
	assert_int_equal(t->prefix, 1);
	assert_string_equal(t->list[0].text, "fig");
	t = read_leaf("authors : (\"\007\037quist\036\001quist\")");
	assert_non_null(t);
	assert_int_equal(t->column, COLUMN_AUTHORS);
	assert_int_equal(t->prefix, 0);
	assert_int_equal(t->count, 2);
	assert_int_equal(t->list[1].marker, TOKEN_KEY);
	t = read_leaf("(\"\007\037fig\" *)");
	assert_non_null(t);
	assert_int_equal(t->prefix, 1);
	t = read_leaf("\"\007\037a\"\"b\"");
	assert_non_null(t);
	assert_string_equal(t->list[0].text, "a\"b");
}

static void anything_else(void **state)
{
	static const char *const others[] = {
		"\"\007\037two\037words\" *",
		"\"\007\037two\037words",
		"\"\007\037two\037\"",
		"(\"\007\037this\" OR \"\007\037that\"",
		"(\"\007\037this\" OR \"\007\037that\") ",
		"(\"\007\037this\" OR \"\007\037that\" *)",
		"(\"\007\037this\" OR title : \"\007\037that\")",
		"(\"\007\037this\" AND \"\007\037that\")",
		"NEAR( \"\007\037a\" \"\007\037b\")",
		"NEAR( \"\007\037a\" \"\007\037b\", )",
		"NEAR( \"\007\037a\" \"\007\037b\", 99999999999999999999)",
		"NEAR( \"\007\037a\" \"\007\037b\", 3",
		"NEAR( \"\007\037a\" \"\007\037b\" *, 3)",
		"(\"\007\037open\"",
		"\"\007\037open",
		"\"\007\037word\")",
		"\"\007\037word\" * *",
		"\"\007\037one\036other\" *",
		"\"\007\037\"",
		"\"\007\"",
		"title : ",
		"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_null(read_leaf(others[i]));
}

static void phrases(void **state)
{
	const leaf_tokens *t = read_leaf("title : \"\007\037a\036\004a\037b\"\"c\"");
	const leaf_phrase *p;

	(void)state;
	assert_non_null(t);
	assert_non_null(t->sequence);
	assert_int_equal(t->count, 0);
	assert_int_equal(t->column, -1);
	assert_int_equal(t->prefix, 0);
	assert_int_equal(t->sequence->column, COLUMN_TITLE);
	assert_int_equal(t->sequence->count, 1);
	assert_int_equal(t->sequence->near, 0);
	p = t->sequence->phrases;
	assert_int_equal(p->count, 2);
	assert_int_equal(p->words[0].count, 2);
	assert_int_equal(p->words[0].list[1].marker, TOKEN_STEM);
	assert_int_equal(p->words[1].count, 1);
	assert_string_equal(p->words[1].list[0].text, "b\"c");
}

static void several_phrases(void **state)
{
	const leaf_sequence *s;

	(void)state;
	s = read_leaf("(\"\007\037a\037b\" OR \"\007\037ab\")")->sequence;
	assert_non_null(s);
	assert_int_equal(s->near, 0);
	assert_int_equal(s->column, -1);
	assert_int_equal(s->count, 2);
	assert_int_equal(s->phrases[0].count, 2);
	assert_int_equal(s->phrases[1].count, 1);
	assert_non_null(read_leaf("\"\007\037a\" OR \"\007\037b\"")->sequence);
}

static void near_each_other(void **state)
{
	const char          *fts = "abstract : NEAR( \"\007\037a\" \"\007\037b\037c\", 13)";
	const leaf_sequence *s = read_leaf(fts)->sequence;
	int                  failed;

	(void)state;
	assert_non_null(s);
	assert_int_equal(s->column, COLUMN_ABSTRACT);
	assert_int_equal(s->near, 1);
	assert_int_equal(s->distance, 13);
	assert_int_equal(s->window, 0);
	assert_int_equal(s->count, 2);
	assert_int_equal(s->phrases[1].count, 2);
	assert_int_equal(leaf_read_tokens(fts, 5, &memory, &failed)->sequence->window, 5);
}

static void too_long(void **state)
{
	buf words = BUF_INIT(0), parts = BUF_INIT(0);

	(void)state;
	buf_puts(&words, "\"\007");
	for (size_t i = 0; i < SEQUENCE_TOKENS_MAX; i++)
		buf_puts(&words, "\037a");
	buf_puts(&words, "\"");
	assert_non_null(read_leaf(buf_str(&words)));
	buf_truncate(&words, words.len - 1);
	buf_puts(&words, "\036b\"");
	assert_null(read_leaf(buf_str(&words)));
	buf_truncate(&words, words.len - 3);
	buf_puts(&words, "\037b\"");
	assert_null(read_leaf(buf_str(&words)));
	buf_puts(&parts, "\"\007\037a\"");
	for (size_t i = 1; i < SEQUENCE_PHRASES_MAX; i++)
		buf_puts(&parts, " OR \"\007\037a\"");
	assert_non_null(read_leaf(buf_str(&parts)));
	buf_puts(&parts, " OR \"\007\037a\"");
	assert_null(read_leaf(buf_str(&parts)));
	buf_free(&words);
	buf_free(&parts);
}

static void too_many(void **state)
{
	buf text = BUF_INIT(0);

	(void)state;
	buf_puts(&text, "\"\007\037a");
	for (size_t i = 1; i < LEAF_TOKENS_MAX; i++)
		buf_puts(&text, "\036b");
	buf_puts(&text, "\"");
	assert_int_equal(read_leaf(buf_str(&text))->count, LEAF_TOKENS_MAX);
	buf_truncate(&text, text.len - 1);
	buf_puts(&text, "\036c\"");
	assert_null(read_leaf(buf_str(&text)));
	buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_at_one_position),
		cmocka_unit_test(columns_brackets_and_prefixes),
		cmocka_unit_test(anything_else),
		cmocka_unit_test(too_many),
		cmocka_unit_test(phrases),
		cmocka_unit_test(several_phrases),
		cmocka_unit_test(near_each_other),
		cmocka_unit_test(too_long),
	};

	return cmocka_run_group_tests(tests, NULL, clean);
}

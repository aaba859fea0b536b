/* test_options.c: the command line, and the tables that describe it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "commands.h"
#include "options.h"
#include "str.h"

/* 2026-11-22T12:00:00Z */
enum { NOON = 1795348800 };

typedef struct values {
	int         flag;
	const char *text, *word;
	option_list list, colours;
	int64_t     number, pause_ms;
	option_span span;
} values;

static const char *const colours[] = {"red", "green", NULL};

#define AT(member) offsetof(values, member)

static const option rows[] = {
	OPT_FLAG("flag", 'f', AT(flag), "a flag"),
	OPT_VALUE("text", 't', "TEXT", OPTION_TEXT, AT(text), "a text"),
	OPT_WORD("word", 0, "COLOUR", AT(word), colours, "a word"),
	OPT_SET("red", AT(word), "red", "--word red"),
	OPT_VALUE("list", 'l', "ITEM", OPTION_LIST, AT(list), "a list"),
	OPT_WORDS("colours", 0, "COLOUR", AT(colours), colours, "a list of words"),
	OPT_INT("number", 'n', "N", AT(number), -5, 100, "a number"),
	OPT_VALUE("pause", 0, "SECONDS", OPTION_SECONDS, AT(pause_ms), "a pause"),
	OPT_VALUE("span", 0, "DATE", OPTION_SPAN, AT(span), "a date"),
	{0},
};

typedef struct fixture {
	arena        arena;
	values       values, more;
	option_parse parse;
	sheaf_error  error;
	sheaf_status status;
	int          minus_ids;
} fixture;

static const option more_rows[] = {
	OPT_FLAG("quiet", 'q', AT(flag), "a flag of the second table"),
	OPT_FLAG("flag", 0, AT(flag), "hidden by the first table"),
	{0},
};

static int setup(void **state)
{
	static fixture f;

	memset(&f, 0, sizeof f);
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	arena_free(&((fixture *)*state)->arena);
	return 0;
}

/* Parses what is written with blanks between the arguments. */
static fixture *parse(void **state, const char *line)
{
	fixture *f = *state;
	char    *copy, *argv[32];
	int      argc = 0;

	memset(&f->values, 0, sizeof f->values);
	memset(&f->more, 0, sizeof f->more);
	memset(&f->error, 0, sizeof f->error);
	f->parse = (option_parse){.tables = {{rows, &f->values}, {more_rows, &f->more}},
	                          .now = NOON,
	                          .arena = &f->arena,
	                          .minus_ids = f->minus_ids};
	copy = arena_strdup(&f->arena, line);
	while (*copy) {
		argv[argc++] = copy;
		copy += strcspn(copy, " ");
		if (*copy)
			*copy++ = 0;
	}
	f->status = options_parse(&f->parse, argc, argv, &f->error);
	return f;
}

static void assert_refused(void **state, const char *line, const char *message)
{
	fixture *f = parse(state, line);

	assert_int_equal(f->status, SHEAF_ERROR_INVALID_ARGUMENT);
	if (!strstr(f->error.message, message))
		assert_string_equal(f->error.message, message);
}

static void words_and_options_mix(void **state)
{
	fixture *f = parse(state, "one -f two --text=x three --number 7");

	assert_int_equal(f->status, SHEAF_OK);
	assert_int_equal(f->parse.count, 3);
	assert_string_equal(f->parse.words[0], "one");
	assert_string_equal(f->parse.words[1], "two");
	assert_string_equal(f->parse.words[2], "three");
	assert_int_equal(f->values.flag, 1);
	assert_string_equal(f->values.text, "x");
	assert_int_equal(f->values.number, 7);
}

static void dashes_end_options(void **state)
{
	fixture *f = parse(state, "-f -- --text -n --");

	assert_int_equal(f->status, SHEAF_OK);
	assert_int_equal(f->parse.count, 3);
	assert_string_equal(f->parse.words[0], "--text");
	assert_string_equal(f->parse.words[2], "--");
	assert_null(f->values.text);
}

static void a_single_dash_is_a_word(void **state)
{
	fixture *f = parse(state, "-");

	assert_int_equal(f->parse.count, 1);
	assert_string_equal(f->parse.words[0], "-");
}

static void values_may_look_like_options(void **state)
{
	fixture *f = parse(state, "--text --flag -n -3");

	assert_int_equal(f->status, SHEAF_OK);
	assert_string_equal(f->values.text, "--flag");
	assert_int_equal(f->values.flag, 0);
	assert_int_equal(f->values.number, -3);
}

static void letters_join(void **state)
{
	fixture *f = parse(state, "-qfn5 -tabc");

	assert_int_equal(f->status, SHEAF_OK);
	assert_int_equal(f->values.flag, 1);
	assert_int_equal(f->more.flag, 1);
	assert_int_equal(f->values.number, 5);
	assert_string_equal(f->values.text, "abc");
}

static void the_first_table_hides_the_second(void **state)
{
	fixture *f = parse(state, "--flag");

	assert_int_equal(f->values.flag, 1);
	assert_int_equal(f->more.flag, 0);
}

static void the_last_of_a_repeated_option_holds(void **state)
{
	fixture *f = parse(state, "--text a --text=b --word green --red");

	assert_string_equal(f->values.text, "b");
	assert_string_equal(f->values.word, "red");
}

static void lists_keep_their_order(void **state)
{
	fixture *f = parse(state, "-l a --list=b --list c");

	assert_int_equal(f->values.list.count, 3);
	assert_string_equal(f->values.list.items[0], "a");
	assert_string_equal(f->values.list.items[1], "b");
	assert_string_equal(f->values.list.items[2], "c");
}

static void lists_of_words_take_what_they_know(void **state)
{
	fixture *f = parse(state, "--colours green --colours=red --colours green");

	assert_int_equal(f->status, SHEAF_OK);
	assert_int_equal(f->values.colours.count, 3);
	assert_ptr_equal(f->values.colours.items[0], colours[1]);
	assert_ptr_equal(f->values.colours.items[1], colours[0]);
	f = parse(state, "--colours red --colours gren");
	assert_int_equal(f->status, SHEAF_ERROR_INVALID_ARGUMENT);
	assert_string_equal(f->error.message, "--colours: unknown 'gren' (did you mean green?)");
}

static void an_equals_sign_may_be_in_the_value(void **state)
{
	assert_string_equal(parse(state, "--text=a=b")->values.text, "a=b");
	assert_string_equal(parse(state, "--text=")->values.text, "");
}

static void seconds_have_decimals(void **state)
{
	assert_int_equal(parse(state, "--pause 0.25")->values.pause_ms, 250);
	assert_int_equal(parse(state, "--pause 3")->values.pause_ms, 3000);
	assert_refused(state, "--pause -1", "a number of seconds");
	assert_refused(state, "--pause 1e9", "a number of seconds");
	assert_refused(state, "--pause 86401", "a number of seconds");
}

static void dates_are_whole_days(void **state)
{
	const time_span *span = &parse(state, "--span 2026-11-20")->values.span.span;

	assert_int_equal(span->last - span->first, 86399);
	span = &parse(state, "--span 2026-11")->values.span.span;
	assert_int_equal(span->last - span->first, 30 * 86400 - 1);
	span = &parse(state, "--span yesterday")->values.span.span;
	assert_int_equal(span->first, NOON - NOON % 86400 - 86400);
	span = &parse(state, "--span 2w")->values.span.span;
	assert_int_equal(span->first, NOON - NOON % 86400 - 14 * 86400);
	assert_int_equal(parse(state, "--span 2w")->values.span.given, 1);
	assert_refused(state, "--span 2026-02-30", "is not a date");
	assert_refused(state, "--span soon", "is not a date");
}

static void bad_values_are_refused(void **state)
{
	assert_refused(state, "--number 101", "not between -5 and 100");
	assert_refused(state, "--number -6", "not between -5 and 100");
	assert_refused(state, "--number 7x", "not a whole number");
	assert_refused(state, "--number=", "not a whole number");
	assert_refused(state, "--number 99999999999999999999", "not a whole number");
	assert_refused(state, "-neural", "-- goes before words");
	assert_refused(state, "--word gren", "did you mean green?");
	assert_refused(state, "--word zzzzzz", "known: red, green");
	assert_refused(state, "--flag=1", "takes no value");
	assert_refused(state, "--red=1", "takes no value");
	assert_refused(state, "--text", "--text needs a value (TEXT)");
	assert_refused(state, "-t", "--text needs a value (TEXT)");
}

static void unknown_options_suggest_the_nearest(void **state)
{
	assert_refused(state, "--nubmer 5", "unknown option --nubmer (did you mean --number?)");
	assert_refused(state, "--quite", "did you mean --quiet?");
	assert_refused(state, "--zzzzzzzzzz", "unknown option --zzzzzzzzzz");
	assert_refused(state, "-x", "unknown option -x");
	assert_refused(state, "-fx", "unknown option -x");
}

static void a_dash_before_a_digit_may_begin_a_word(void **state)
{
	fixture *f = *state;

	assert_refused(state, "-f -2401.00001", "unknown option -2401.00001");
	f->minus_ids = 1;
	f = parse(state, "-f -2401.00001 -quant-ph/0301001 -t x -q --number 7");
	assert_int_equal(f->status, SHEAF_OK);
	assert_int_equal(f->parse.count, 2);
	assert_string_equal(f->parse.words[0], "-2401.00001");
	assert_string_equal(f->parse.words[1], "-quant-ph/0301001");
	assert_string_equal(f->values.text, "x");
	assert_int_equal(f->values.number, 7);
	assert_int_equal(f->more.flag, 1);
	assert_refused(state, "-x", "unknown option -x");
	assert_refused(state, "--2401", "unknown option --2401");
}

static void what_was_given_is_known(void **state)
{
	static const char *const lines[] = {"-f",    "-t x",      "--word red",
	                                    "--red", "-l x",      "--colours red",
	                                    "-n 3",  "--pause 2", "--span 2w"};
	static const char *const names[] = {"flag",    "text",   "word",  "word", "list",
	                                    "colours", "number", "pause", "span"};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		fixture *f = parse(state, lines[i]);

		assert_int_equal(f->status, SHEAF_OK);
		for (const option *o = rows; o->name; o++)
			assert_int_equal(option_is_given(o, &f->values), str_eq(o->name, names[i]));
	}
}

static void control_characters_leave_no_trace(void **state)
{
	fixture *f = parse(state, "--\x1b[31mred");

	assert_int_equal(f->status, SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(strchr(f->error.message, 0x1b));
}

/* ---- the real tables ---- */

/* The option of this name of any command, other than `from`. */
static void assert_same_arity(const command *from, const option *o)
{
	for (const command *const *c = commands_all(); *c; c++) {
		const option *other = options_by_name((*c)->options, o->name, strlen(o->name));

		/*
		 * `count --batch` and `search --explain` are exceptions, which commands_locate()
		 * knows how to meet.
		 */
		if (!other || str_eq(o->name, "batch") || str_eq(o->name, "explain"))
			continue;
		if (option_takes_value(other) != option_takes_value(o))
			fail_msg("--%s of %s and %s differ", o->name, from->name, (*c)->name);
	}
}

static void tables_are_sound(void **state)
{
	(void)state;
	for (const command *const *c = commands_all(); *c; c++) {
		assert_ptr_equal(commands_find((*c)->name), *c);
		assert_non_null((*c)->summary);
		assert_non_null((*c)->run);
		for (const option *o = (*c)->options; o && o->name; o++) {
			assert_true(o->offset < (*c)->options_size);
			assert_non_null(o->help);
			assert_true(!!o->argument == option_takes_value(o));
			assert_null(options_by_name(commands_global_options(), o->name,
			                            strlen(o->name)));
			assert_true(o->kind != OPTION_WORD || o->choices);
			assert_true(o->kind != OPTION_SET || o->preset);
			assert_true(o->kind != OPTION_INT || o->min < o->max);
			assert_same_arity(*c, o);
		}
	}
}

/* The command's name on a line whose first word is the program. */
static const char *located(const char *line)
{
	static char  copy[256];
	static char *argv[32];
	char        *p = copy;
	int          argc = 0, at;

	strncpy(copy, line, sizeof copy - 1);
	while (*p) {
		argv[argc++] = p;
		p += strcspn(p, " ");
		if (*p)
			*p++ = 0;
	}
	at = commands_locate(argc, argv);
	return at < argc ? argv[at] : "";
}

static void commands_are_found_behind_options(void **state)
{
	static const char *const cases[][2] = {
		{"sheaf search x", "search"},
		{"sheaf -q search x", "search"},
		{"sheaf --db a search x", "search"},
		{"sheaf --db=a search x", "search"},
		{"sheaf -n 5 search x", "search"},
		{"sheaf -n5 search x", "search"},
		{"sheaf -qn 5 search x", "search"},
		{"sheaf --limit 5 --format json search x", "search"},
		{"sheaf --batch - search", "search"},
		{"sheaf --batch count x", "count"},
		{"sheaf -- search", "search"},
		{"sheaf --all classify", "classify"},
		{"sheaf --explain search x", "search"},
		{"sheaf --explain 2401.00001 classify", "classify"},
		{"sheaf -q", ""},
		{"sheaf --db", ""},
		{"sheaf --db search", ""},
		{"sheaf --", ""},
		{"sheaf", ""},
		{"sheaf --unknown search", "search"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (!str_eq(located(cases[i][0]), cases[i][1]))
			fail_msg("'%s': found '%s', not '%s'", cases[i][0], located(cases[i][0]),
			         cases[i][1]);
}

static void commands_have_near_names(void **state)
{
	(void)state;
	assert_string_equal(commands_nearest("serach"), "search");
	assert_string_equal(commands_nearest("imprt"), "import");
	assert_null(commands_nearest("zzzzzz"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(words_and_options_mix, setup, teardown),
		cmocka_unit_test_setup_teardown(dashes_end_options, setup, teardown),
		cmocka_unit_test_setup_teardown(a_single_dash_is_a_word, setup, teardown),
		cmocka_unit_test_setup_teardown(values_may_look_like_options, setup, teardown),
		cmocka_unit_test_setup_teardown(letters_join, setup, teardown),
		cmocka_unit_test_setup_teardown(the_first_table_hides_the_second, setup, teardown),
		cmocka_unit_test_setup_teardown(the_last_of_a_repeated_option_holds, setup,
	                                        teardown),
		cmocka_unit_test_setup_teardown(lists_keep_their_order, setup, teardown),
		cmocka_unit_test_setup_teardown(lists_of_words_take_what_they_know, setup,
	                                        teardown),
		cmocka_unit_test_setup_teardown(an_equals_sign_may_be_in_the_value, setup,
	                                        teardown),
		cmocka_unit_test_setup_teardown(seconds_have_decimals, setup, teardown),
		cmocka_unit_test_setup_teardown(dates_are_whole_days, setup, teardown),
		cmocka_unit_test_setup_teardown(bad_values_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(unknown_options_suggest_the_nearest, setup,
	                                        teardown),
		cmocka_unit_test_setup_teardown(a_dash_before_a_digit_may_begin_a_word, setup,
	                                        teardown),
		cmocka_unit_test_setup_teardown(what_was_given_is_known, setup, teardown),
		cmocka_unit_test_setup_teardown(control_characters_leave_no_trace, setup, teardown),
		cmocka_unit_test(tables_are_sound),
		cmocka_unit_test(commands_are_found_behind_options),
		cmocka_unit_test(commands_have_near_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

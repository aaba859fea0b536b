/* options.h: one table an option group drives parsing, help text and usage errors. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "arena.h"
#include "buf.h"
#include "datetime.h"

typedef enum option_kind {
	OPTION_FLAG = 0, /* int: 1 where given */
	OPTION_SET,      /* const char *: `preset`; stands for another option with that value */
	OPTION_TEXT,     /* const char * */
	OPTION_WORD,     /* const char *: one of `choices` */
	OPTION_LIST, /* option_list: may be given several times; of `choices`, if there are any */
	OPTION_INT,  /* int64_t from `min` to `max` */
	OPTION_SECONDS, /* int64_t: milliseconds; written as seconds, with decimals */
	OPTION_SPAN     /* option_span: a date or time as the command line has them */
} option_kind;

typedef struct option_list {
	const char **items;
	size_t       count;
} option_list;

typedef struct option_span {
	int       given;
	time_span span;
} option_span;

/* One option. Its value is stored `offset` bytes into the struct of its table. */
typedef struct option {
	const char        *name;   /* without the dashes; NULL ends a table */
	char               letter; /* 0: none */
	option_kind        kind;
	const char        *argument; /* how help names the value; NULL for FLAG and SET */
	const char        *help;     /* one line */
	size_t             offset;
	const char *const *choices;  /* WORD, LIST: ended by NULL */
	const char        *preset;   /* SET */
	int64_t            min, max; /* INT */
	int                many;     /* LIST: words that follow the value belong to it as well */
} option;

/* Rows of a table. AT() is the file's own: offsetof() in the struct of its options. */
/* clang-format off */
#define OPT_FLAG(name_, letter_, at_, help_)                                                       \
	{.name = (name_), .letter = (letter_), .kind = OPTION_FLAG, .offset = (at_), .help = (help_)}
#define OPT_SET(name_, at_, preset_, help_)                                                        \
	{.name = (name_), .kind = OPTION_SET, .offset = (at_), .preset = (preset_), .help = (help_)}
#define OPT_VALUE(name_, letter_, argument_, kind_, at_, help_)                                    \
	{.name = (name_), .letter = (letter_), .kind = (kind_), .argument = (argument_),           \
	 .offset = (at_), .help = (help_)}
#define OPT_WORD(name_, letter_, argument_, at_, choices_, help_)                                  \
	{.name = (name_), .letter = (letter_), .kind = OPTION_WORD, .argument = (argument_),       \
	 .offset = (at_), .choices = (choices_), .help = (help_)}
#define OPT_WORDS(name_, letter_, argument_, at_, choices_, help_)                                 \
	{.name = (name_), .letter = (letter_), .kind = OPTION_LIST, .argument = (argument_),       \
	 .offset = (at_), .choices = (choices_), .help = (help_)}
#define OPT_MANY(name_, argument_, at_, help_)                                                     \
	{.name = (name_), .kind = OPTION_LIST, .argument = (argument_), .offset = (at_),           \
	 .help = (help_), .many = 1}
#define OPT_INT(name_, letter_, argument_, at_, min_, max_, help_)                                 \
	{.name = (name_), .letter = (letter_), .kind = OPTION_INT, .argument = (argument_),        \
	 .offset = (at_), .min = (min_), .max = (max_), .help = (help_)}
/* clang-format on */

/* A table and the struct that its values go to, which holds the defaults already. */
typedef struct option_table {
	const option *rows;
	void         *values;
} option_table;

enum { OPTION_TABLES = 2 };

/* What to parse, and what came of it. Everything lives as long as the arena and argv. */
typedef struct option_parse {
	option_table tables[OPTION_TABLES]; /* a row of the first hides one of the second */
	sheaf_time   now;                   /* relative dates count from here */
	arena       *arena;
	int minus_ids;      /* 1: one dash before what holds a digit begins a word: -2601.22300 */
	const char **words; /* out: what is no option, in order */
	size_t       count; /* out */
} option_parse;

/*
 * Parses `argc` arguments (without the program's and the command's names). `--`
 * ends options; `--name=value`, `--name value`, `-nvalue`, `-n value`; letters without
 * value may be joined. The last of a repeated option holds.
 * Errors: INVALID_ARGUMENT, with the nearest known name; NOMEM.
 */
sheaf_status options_parse(option_parse *p, int argc, char *const *argv, sheaf_error *err);

/* The row of this long name (len bytes, without dashes) or letter; NULL. */
const option *options_by_name(const option *rows, const char *name, size_t len);
const option *options_by_letter(const option *rows, char letter);
/* 1 where the option is followed by a value. */
int option_takes_value(const option *o);
/*
 * 1 where the struct of a table, all-zero before it was parsed, has a value for the option; one of
 * kind SET stands for another, which is asked instead.
 */
int option_is_given(const option *o, const void *values);
/* Appends one line for help: `  -n, --limit N   papers to show`. */
void option_describe(const option *o, buf *out);

#endif

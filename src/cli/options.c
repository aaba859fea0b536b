#include "options.h"

#include <string.h>

#include "error.h"
#include "str.h"

/* The command line as it is walked. */
typedef struct cursor {
	option_parse *p;
	char *const  *argv;
	int           argc, i; /* argv[i] is looked at */
} cursor;

const option *options_by_name(const option *rows, const char *name, size_t len)
{
	for (; rows && rows->name; rows++)
		if (strlen(rows->name) == len && memcmp(rows->name, name, len) == 0)
			return rows;
	return NULL;
}

const option *options_by_letter(const option *rows, char letter)
{
	for (; rows && rows->name; rows++)
		if (rows->letter && rows->letter == letter)
			return rows;
	return NULL;
}

int option_takes_value(const option *o)
{
	return o->kind != OPTION_FLAG && o->kind != OPTION_SET;
}

int option_is_given(const option *o, const void *values)
{
	const void *at = (const char *)values + o->offset;

	switch (o->kind) {
	case OPTION_FLAG: return *(const int *)at != 0;
	case OPTION_SET: return 0;
	case OPTION_TEXT:
	case OPTION_WORD: return *(const char *const *)at != NULL;
	case OPTION_LIST: return ((const option_list *)at)->count != 0;
	case OPTION_INT:
	case OPTION_SECONDS: return *(const int64_t *)at != 0;
	case OPTION_SPAN: return ((const option_span *)at)->given;
	}
	return 0;
}

void option_describe(const option *o, buf *out)
{
	enum { COLUMN = 30 };
	size_t begin = out->len;

	if (o->letter)
		buf_printf(out, "  -%c, --%s", o->letter, o->name);
	else
		buf_printf(out, "      --%s", o->name);
	if (o->argument)
		buf_printf(out, " %s", o->argument);
	while (out->len < begin + COLUMN && buf_status(out, NULL) == SHEAF_OK)
		buf_putc(out, ' ');
	buf_printf(out, "  %s\n", o->help);
}

static sheaf_status unknown(cursor *c, const char *name, size_t len, sheaf_error *err)
{
	const char **names, *nearest, *word;
	size_t       count = 0;

	for (size_t t = 0; t < OPTION_TABLES; t++)
		for (const option *o = c->p->tables[t].rows; o && o->name; o++)
			count++;
	names = arena_calloc(c->p->arena, count + 1, sizeof *names);
	word = arena_strndup(c->p->arena, name, len);
	if (!names || !word)
		return sheaf_nomem(err);
	count = 0;
	for (size_t t = 0; t < OPTION_TABLES; t++)
		for (const option *o = c->p->tables[t].rows; o && o->name; o++)
			names[count++] = o->name;
	nearest = str_nearest(word, names);
	if (nearest)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "unknown option --%s (did you mean --%s?)", word, nearest);
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "unknown option --%s", word);
}

static sheaf_status bad_value(const option *o, const char *value, const char *wanted,
                              sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "--%s: '%.80s' is not %s", o->name,
	                  value, wanted);
}

/* ---- one function a kind: reads `value` into `to` ---- */

typedef sheaf_status (*store_fn)(const option_parse *p, const option *o, const char *value,
                                 void *to, sheaf_error *err);

static sheaf_status store_flag(const option_parse *p, const option *o, const char *value, void *to,
                               sheaf_error *err)
{
	(void)p, (void)o, (void)value, (void)err;
	*(int *)to = 1;
	return SHEAF_OK;
}

static sheaf_status store_set(const option_parse *p, const option *o, const char *value, void *to,
                              sheaf_error *err)
{
	(void)p, (void)value, (void)err;
	*(const char **)to = o->preset;
	return SHEAF_OK;
}

static sheaf_status store_text(const option_parse *p, const option *o, const char *value, void *to,
                               sheaf_error *err)
{
	(void)p, (void)o, (void)err;
	*(const char **)to = value;
	return SHEAF_OK;
}

static sheaf_status unknown_choice(const option *o, const char *value, sheaf_error *err)
{
	const char  *nearest = str_nearest(value, o->choices);
	buf          all = BUF_INIT(1024);
	sheaf_status status;

	for (const char *const *choice = o->choices; *choice; choice++)
		buf_printf(&all, "%s%s", choice == o->choices ? "" : ", ", *choice);
	if (nearest)
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "--%s: unknown '%.80s' (did you mean %s?)", o->name, value,
		                    nearest);
	else
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "--%s: unknown '%.80s' (known: %s)", o->name, value,
		                    buf_str(&all));
	buf_free(&all);
	return status;
}

/* Makes `*value` the choice that it names, which is static. */
static sheaf_status choose(const option *o, const char **value, sheaf_error *err)
{
	for (const char *const *choice = o->choices; *choice; choice++) {
		if (str_eq(*choice, *value)) {
			*value = *choice;
			return SHEAF_OK;
		}
	}
	return unknown_choice(o, *value, err);
}

static sheaf_status store_word(const option_parse *p, const option *o, const char *value, void *to,
                               sheaf_error *err)
{
	sheaf_status status = choose(o, &value, err);

	(void)p;
	if (status == SHEAF_OK)
		*(const char **)to = value;
	return status;
}

static sheaf_status store_list(const option_parse *p, const option *o, const char *value, void *to,
                               sheaf_error *err)
{
	option_list *list = to;
	sheaf_status status = o->choices ? choose(o, &value, err) : SHEAF_OK;
	const char **items;

	if (status != SHEAF_OK)
		return status;
	items = arena_calloc(p->arena, list->count + 1, sizeof *items);
	if (!items)
		return sheaf_nomem(err);
	if (list->count)
		memcpy(items, list->items, list->count * sizeof *items);
	items[list->count] = value;
	list->items = items;
	list->count++;
	return SHEAF_OK;
}

static sheaf_status store_int(const option_parse *p, const option *o, const char *value, void *to,
                              sheaf_error *err)
{
	int64_t n;

	(void)p;
	if (!str_to_int64(value, &n))
		return bad_value(o, value,
		                 "a whole number (-- goes before words that begin with -)", err);
	if (n < o->min || n > o->max)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--%s: %.40s is not between %lld and %lld", o->name, value,
		                  (long long)o->min, (long long)o->max);
	*(int64_t *)to = n;
	return SHEAF_OK;
}

static sheaf_status store_seconds(const option_parse *p, const option *o, const char *value,
                                  void *to, sheaf_error *err)
{
	const double day = 86400;
	double       seconds;

	(void)p;
	if (!str_to_double(value, &seconds) || seconds < 0 || seconds > day)
		return bad_value(o, value, "a number of seconds up to a day", err);
	*(int64_t *)to = (int64_t)(seconds * 1000 + 0.5);
	return SHEAF_OK;
}

static sheaf_status store_span(const option_parse *p, const option *o, const char *value, void *to,
                               sheaf_error *err)
{
	option_span *span = to;

	if (!time_parse_span(value, strlen(value), p->now, &span->span))
		return bad_value(o, value,
		                 "a date (YYYY-MM-DD, YYYY-MM, 'YYYY-MM-DD HH:MM', 2w, yesterday)",
		                 err);
	span->given = 1;
	return SHEAF_OK;
}

static sheaf_status store(cursor *c, const option_table *table, const option *o, const char *value,
                          sheaf_error *err)
{
	static const store_fn stores[] = {
		[OPTION_FLAG] = store_flag,       [OPTION_SET] = store_set,
		[OPTION_TEXT] = store_text,       [OPTION_WORD] = store_word,
		[OPTION_LIST] = store_list,       [OPTION_INT] = store_int,
		[OPTION_SECONDS] = store_seconds, [OPTION_SPAN] = store_span,
	};

	return stores[o->kind](c->p, o, value, (char *)table->values + o->offset, err);
}

/* The value, and the words behind it up to the next option where they belong to it. */
static sheaf_status store_all(cursor *c, const option_table *table, const option *o,
                              const char *value, sheaf_error *err)
{
	sheaf_status status = store(c, table, o, value, err);

	while (status == SHEAF_OK && o->many && c->i + 1 < c->argc && *c->argv[c->i + 1] != '-')
		status = store(c, table, o, c->argv[++c->i], err);
	return status;
}

/* The value of an option: `attached`, or the next argument. */
static sheaf_status take_value(cursor *c, const option_table *table, const option *o,
                               const char *attached, sheaf_error *err)
{
	if (!option_takes_value(o)) {
		if (attached)
			return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "--%s takes no value",
			                  o->name);
	} else if (!attached) {
		if (c->i + 1 >= c->argc)
			return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
			                  "--%s needs a value (%s)", o->name, o->argument);
		attached = c->argv[++c->i];
	}
	return store_all(c, table, o, attached, err);
}

static sheaf_status take_name(cursor *c, const char *name, sheaf_error *err)
{
	const char *equals = strchr(name, '=');
	size_t      len = equals ? (size_t)(equals - name) : strlen(name);

	for (size_t t = 0; t < OPTION_TABLES; t++) {
		const option *o = options_by_name(c->p->tables[t].rows, name, len);

		if (o)
			return take_value(c, &c->p->tables[t], o, equals ? equals + 1 : NULL, err);
	}
	return unknown(c, name, len, err);
}

/* One letter; `*rest` is moved behind what was used of the argument. */
static sheaf_status take_letter(cursor *c, const char **rest, sheaf_error *err)
{
	char letter = *(*rest)++;

	for (size_t t = 0; t < OPTION_TABLES; t++) {
		const option *o = options_by_letter(c->p->tables[t].rows, letter);
		const char   *value = NULL;

		if (!o)
			continue;
		if (option_takes_value(o) && **rest) {
			value = *rest;
			*rest += strlen(value);
		}
		return take_value(c, &c->p->tables[t], o, value, err);
	}
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
	                  "unknown option -%.40s (-- goes before words that begin with -)",
	                  *rest - 1);
}

static sheaf_status take_letters(cursor *c, const char *letters, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && *letters)
		status = take_letter(c, &letters, err);
	return status;
}

/* 1 for `-2601.22300` and `-math/0309136`, where those are words. */
static int is_minus_id(const option_parse *p, const char *arg)
{
	return p->minus_ids && arg[0] == '-' && arg[1] != '-' && strpbrk(arg, "0123456789");
}

sheaf_status options_parse(option_parse *p, int argc, char *const *argv, sheaf_error *err)
{
	cursor       c = {p, argv, argc, 0};
	sheaf_status status = SHEAF_OK;
	int          ended = 0;

	p->count = 0;
	p->words = arena_calloc(p->arena, (size_t)argc + 1, sizeof *p->words);
	if (!p->words)
		return sheaf_nomem(err);
	for (; status == SHEAF_OK && c.i < argc; c.i++) {
		const char *arg = argv[c.i];

		if (ended || arg[0] != '-' || !arg[1] || is_minus_id(p, arg))
			p->words[p->count++] = arg;
		else if (arg[1] != '-')
			status = take_letters(&c, arg + 1, err);
		else if (arg[2])
			status = take_name(&c, arg + 2, err);
		else
			ended = 1;
	}
	return status;
}

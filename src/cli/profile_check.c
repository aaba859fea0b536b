/* profile_check.c: all mistakes of profile files, or of the stored sets. */
#include <sheaf/profile.h>
#include <sheaf/sheaf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "file.h"
#include "profile_verbs.h"
#include "str.h"
#include "yaml_tree.h"

/* A name that stands in a file without errors. */
typedef struct place {
	const char *name, *file;
	long        line;  /* 0: of a digest */
	size_t      order; /* as the files were given */
} place;

typedef struct checking {
	session     *s;
	const char  *file; /* that is being checked */
	size_t       errors, warnings, profiles;
	size_t       file_errors; /* of that file */
	place       *places;
	size_t       place_count, place_size;
	sheaf_status status; /* of the walk over the stored sets */
	sheaf_error *err;
} checking;

static int say(void *ctx, const sheaf_profile_problem *problem)
{
	checking   *c = ctx;
	const char *near = problem->suggestion;
	int         is_error = problem->severity == SHEAF_SEVERITY_ERROR;

	c->errors += (size_t)is_error;
	c->file_errors += (size_t)is_error;
	c->warnings += (size_t)!is_error;
	if (is_error)
		console_complaint(c->s->console, "%s:%ld: %s%s%s%s", c->file, problem->line,
		                  problem->message, near ? " (did you mean '" : "",
		                  near ? near : "", near ? "'?)" : "");
	else
		console_remark(c->s->console, "%s:%ld: warning: %s%s%s%s", c->file, problem->line,
		               problem->message, near ? " (did you mean '" : "", near ? near : "",
		               near ? "'?)" : "");
	return 0;
}

static sheaf_status keep_place(checking *c, const char *name, long line, sheaf_error *err)
{
	place *grown;

	if (c->place_count == c->place_size) {
		c->place_size = c->place_size ? 2 * c->place_size : 64;
		grown = arena_calloc(c->s->arena, c->place_size, sizeof *grown);
		if (!grown)
			return sheaf_nomem(err);
		if (c->place_count)
			memcpy(grown, c->places, c->place_count * sizeof *grown);
		c->places = grown;
	}
	name = arena_strdup(c->s->arena, name);
	if (!name)
		return sheaf_nomem(err);
	c->places[c->place_count] = (place){name, c->file, line, c->place_count};
	c->place_count++;
	return SHEAF_OK;
}

static sheaf_status keep_names(checking *c, const char *yaml, size_t len, sheaf_error *err)
{
	sheaf_profile_set *set = NULL;
	sheaf_status       status = sheaf_profile_set_parse(yaml, len, c->file, &set, err);

	if (status == SHEAF_OK)
		status = keep_place(c, sheaf_profile_set_get_digest(set)->name, 0, err);
	for (size_t i = 0; status == SHEAF_OK && i < sheaf_profile_set_size(set); i++)
		status = keep_place(c, sheaf_profile_set_get(set, i)->name,
		                    sheaf_profile_set_get(set, i)->line, err);
	c->profiles += sheaf_profile_set_size(set);
	sheaf_profile_set_free(set);
	return status;
}

static sheaf_status check_text(checking *c, const char *yaml, size_t len, sheaf_error *err)
{
	sheaf_status status;

	c->file_errors = 0;
	status = sheaf_profile_check(yaml, len, c->file, say, c, err);
	/* Errors of meaning do not hinder reading; those that do have been told. */
	if (status == SHEAF_OK)
		status = keep_names(c, yaml, len, err);
	return status == SHEAF_ERROR_CONFIG && c->file_errors ? SHEAF_OK : status;
}

static sheaf_status check_file(checking *c, const char *file, sheaf_error *err)
{
	buf          text = BUF_INIT(YAML_SIZE_MAX);
	sheaf_status status = file_read(file, &text, err);

	c->file = file;
	if (status == SHEAF_OK)
		status = check_text(c, buf_str(&text), text.len, err);
	buf_free(&text);
	return status;
}

static int check_stored(void *ctx, const char *name)
{
	checking *c = ctx;
	char     *yaml = NULL;

	c->status = sheaf_profile_set_get_text(c->s->db, name, &yaml, c->err);
	c->file = arena_strdup(c->s->arena, name);
	if (c->status == SHEAF_OK && !c->file)
		c->status = sheaf_nomem(c->err);
	if (c->status == SHEAF_OK)
		c->status = check_text(c, yaml, strlen(yaml), c->err);
	sheaf_free(yaml);
	return c->status != SHEAF_OK;
}

static sheaf_status check_all_stored(checking *c, sheaf_error *err)
{
	sheaf_error  why = {0};
	sheaf_status status;

	c->err = err;
	status = sheaf_profile_set_each(c->s->db, check_stored, c, &why);
	if (c->status != SHEAF_OK)
		return c->status;
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

static int compare_places(const void *a, const void *b)
{
	const place *x = a, *y = b;
	int          order = strcmp(x->name, y->name);

	if (!order && !x->line != !y->line)
		order = x->line ? 1 : -1;
	return order ? order : x->order < y->order ? -1 : 1;
}

/* Names that several files have: in a query, `query:NAME` is then any of them. */
static void say_shared_names(checking *c)
{
	if (c->place_count)
		qsort(c->places, c->place_count, sizeof *c->places, compare_places);
	for (size_t i = 1; i < c->place_count; i++) {
		const place *one = &c->places[i - 1], *p = &c->places[i];
		char         text[400];

		if (!str_eq(one->name, p->name) || !one->line != !p->line || one->file == p->file)
			continue;
		c->file = p->file;
		if (p->line)
			snprintf(text, sizeof text,
			         "the profile %.100s is also in %.160s, line %ld", p->name,
			         one->file, one->line);
		else
			snprintf(text, sizeof text,
			         "%.160s is for the digest %.100s as well: one replaces the other",
			         one->file, p->name);
		(void)say(c, &(sheaf_profile_problem){p->line ? SHEAF_SEVERITY_WARNING
		                                              : SHEAF_SEVERITY_ERROR,
		                                      p->line ? p->line : 1, text, NULL});
	}
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

sheaf_status profile_check(session *s, sheaf_error *err)
{
	checking     c = {.s = s};
	sheaf_status status = SHEAF_OK;

	if (s->word_count == 1)
		status = check_all_stored(&c, err);
	for (size_t i = 1; status == SHEAF_OK && i < s->word_count; i++)
		status = check_file(&c, s->words[i], err);
	if (status != SHEAF_OK)
		return status;
	say_shared_names(&c);
	if (c.errors)
		return sheaf_fail(err, SHEAF_ERROR_CONFIG, "%zu error%s, %zu warning%s", c.errors,
		                  plural(c.errors), c.warnings, plural(c.warnings));
	if (c.warnings)
		output_printf(s->out, "%zu profiles, %zu warning%s\n", c.profiles, c.warnings,
		              plural(c.warnings));
	else
		output_printf(s->out, "%zu profiles, no fault found\n", c.profiles);
	return SHEAF_OK;
}

/*
 * profile_edit.c: profiles added to stored sets, and removed. The set's text is what people wrote, so
 * only the lines of the profile are touched; what comes of it is read again, and where it does not
 * say what it should (profiles in braces on one line, say) the set is written anew.
 */
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "profile_private.h"
#include "profile_write.h"
#include "store.h"
#include "str.h"

/* A set that is changed. */
typedef struct edit {
	sheaf_database    *db;
	const char        *name; /* of the set */
	const char        *profile;
	const char        *query; /* of the profile that is added; NULL: it is removed */
	sheaf_profile_set *set;   /* as it was; NULL: there is none */
	buf                text;  /* as it will be */
} edit;

/* Where line `line`, from 1, begins; the text's end where there are fewer. */
static const char *line_at(const char *text, long line)
{
	while (--line > 0 && *text) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return text;
}

static const char *next_line(const char *line)
{
	line += strcspn(line, "\n");
	return line + (*line == '\n');
}

static size_t indent_of(const char *line)
{
	return strspn(line, " ");
}

/* 1 for a line that is empty or a comment. */
static int is_aside(const char *line)
{
	line += strspn(line, " \t\r");
	return !*line || *line == '\n' || *line == '#';
}

/* The line before; `line` is not the first. */
static const char *line_before(const char *text, const char *line)
{
	for (line--; line > text && line[-1] != '\n';)
		line--;
	return line;
}

/*
 * Where the lines of the profile that begins at `first` end: before the next line that says something
 * and is not indented deeper, and before the comments above that one.
 */
static const char *end_of(const char *text, const char *first)
{
	const char *line = next_line(first);

	while (*line && (is_aside(line) || indent_of(line) > indent_of(first)))
		line = next_line(line);
	while (line > next_line(first) && is_aside(line_before(text, line)) &&
	       indent_of(line_before(text, line)) <= indent_of(first))
		line = line_before(text, line);
	return line;
}

/* Where the comments that stand right above a profile, indented as it is, begin. */
static const char *with_comments(const char *text, const char *first)
{
	while (first > text) {
		const char *before = line_before(text, first);

		if (indent_of(before) != indent_of(first) || before[indent_of(before)] != '#')
			break;
		first = before;
	}
	return first;
}

static void append_profile(edit *e, size_t indent)
{
	char deep[64];

	indent = indent < 1 ? 1 : indent > 16 ? 16 : indent;
	memset(deep, ' ', sizeof deep);
	deep[3 * indent] = 0;
	buf_append(&e->text, deep, indent);
	profile_write_text(&e->text, e->profile);
	buf_puts(&e->text, ":\n");
	buf_append(&e->text, deep, 2 * indent);
	buf_puts(&e->text, "query: ");
	profile_write_query(&e->text, deep, e->query);
}

/* The text with the profile behind the last one. */
static void insert(edit *e)
{
	const char *text = e->set->yaml;
	const char *last = line_at(text, e->set->profiles[e->set->count - 1].line);
	const char *end = end_of(text, last);

	buf_append(&e->text, text, (size_t)(end - text));
	if (end > text && end[-1] != '\n')
		buf_putc(&e->text, '\n');
	append_profile(e, indent_of(last));
	buf_puts(&e->text, end);
}

/* The text without the lines of the profile. */
static void cut(edit *e, const sheaf_profile *p)
{
	const char *text = e->set->yaml;
	const char *first = line_at(text, p->line);

	buf_append(&e->text, text, (size_t)(with_comments(text, first) - text));
	buf_puts(&e->text, end_of(text, first));
}

static void begin_set(edit *e)
{
	buf_puts(&e->text, "digest:\n  name: ");
	profile_write_text(&e->text, e->name);
	buf_puts(&e->text, "\nprofiles:\n");
	append_profile(e, 2);
}

static const sheaf_profile *find(const sheaf_profile_set *set, const char *name)
{
	for (size_t i = 0; set && i < set->count; i++)
		if (str_eq(set->profiles[i].name, name))
			return &set->profiles[i];
	return NULL;
}

/* What the set should say: as it was, with the profile or without it. */
static sheaf_status wanted(const edit *e, char **text, sheaf_error *err)
{
	sheaf_profile_set set = *e->set;
	sheaf_status      status;

	*text = NULL;
	set.profiles = mem_calloc(set.count + 1, sizeof *set.profiles);
	if (!set.profiles)
		return sheaf_nomem(err);
	set.count = 0;
	for (size_t i = 0; i < e->set->count; i++)
		if (e->query || !str_eq(e->set->profiles[i].name, e->profile))
			set.profiles[set.count++] = e->set->profiles[i];
	if (e->query)
		set.profiles[set.count++] = (sheaf_profile){
			.name = e->profile, .heading = e->profile, .query = e->query};
	status = sheaf_profile_set_to_yaml(&set, text, err);
	mem_free(set.profiles);
	return status;
}

/* Whether the edited text reads to a set that says what `expected` says. */
static sheaf_status compare(const edit *e, const char *expected, int *same, sheaf_error *err)
{
	sheaf_profile_set *set = NULL;
	char              *text = NULL;
	sheaf_status status = profile_set_parse(buf_str(&e->text), e->text.len, e->name, e->name,
	                                        &set, err);

	*same = 0;
	if (status == SHEAF_ERROR_CONFIG)
		return SHEAF_OK;
	if (status == SHEAF_OK)
		status = sheaf_profile_set_to_yaml(set, &text, err);
	*same = status == SHEAF_OK && str_eq(text, expected);
	mem_free(text);
	sheaf_profile_set_free(set);
	return status;
}

/* Makes the text anew where editing its lines did not make it say what it should. */
static sheaf_status settle(edit *e, sheaf_error *err)
{
	char        *text;
	int          same = 0;
	sheaf_status status = buf_status(&e->text, err);

	if (status == SHEAF_OK)
		status = wanted(e, &text, err);
	if (status != SHEAF_OK)
		return status;
	status = compare(e, text, &same, err);
	if (status == SHEAF_OK && !same) {
		buf_clear(&e->text);
		buf_puts(&e->text, text);
		status = buf_status(&e->text, err);
	}
	mem_free(text);
	return status;
}

/* Reads the edited text, which must be one that can be used, and stores it. */
static sheaf_status store(edit *e, sheaf_error *err)
{
	sheaf_profile_set *set = NULL;
	sheaf_status       status = buf_status(&e->text, err);

	if (status == SHEAF_OK)
		status = profile_set_parse(buf_str(&e->text), e->text.len, e->name, e->name, &set,
		                           err);
	if (status == SHEAF_OK)
		status = store_profile_set_put(e->db, e->name, buf_str(&e->text), err);
	sheaf_profile_set_free(set);
	return status;
}

static sheaf_status load(edit *e, int must_exist, sheaf_error *err)
{
	char        *yaml = NULL;
	sheaf_status status = store_profile_set_get(e->db, e->name, &yaml, err);

	if (status == SHEAF_OK && yaml)
		status = profile_set_parse(yaml, strlen(yaml), e->name, e->name, &e->set, err);
	else if (status == SHEAF_OK && must_exist)
		status = sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
		                    "no profiles are stored under '%.200s'", e->name);
	mem_free(yaml);
	return status;
}

/* Text between blanks, as a file has it. */
static sheaf_status trim(const char *text, char **out, sheaf_error *err)
{
	size_t len = strlen(text);

	str_trim(&text, &len);
	*out = mem_strndup(text, len);
	return *out ? SHEAF_OK : sheaf_nomem(err);
}

/* Errors of a file, and what the last one was. */
typedef struct finding {
	size_t errors;
	buf    last;
} finding;

static int note_error(void *ctx, const sheaf_profile_problem *problem)
{
	finding *f = ctx;

	if (problem->severity != SHEAF_SEVERITY_ERROR)
		return 0;
	f->errors++;
	buf_clear(&f->last);
	buf_puts(&f->last, problem->message);
	if (problem->suggestion)
		buf_printf(&f->last, " (did you mean '%s'?)", problem->suggestion);
	return 0;
}

/* What would be an error in a file is none to be stored; those that were there before may stay. */
static sheaf_status check_added(const edit *e, sheaf_error *err)
{
	finding      before = {0, BUF_INIT(0)}, after = {0, BUF_INIT(0)};
	const char  *old = e->set ? e->set->yaml : "";
	sheaf_status status = SHEAF_OK;

	if (e->set)
		status = sheaf_profile_check(old, strlen(old), e->name, note_error, &before, err);
	if (status == SHEAF_OK)
		status = sheaf_profile_check(buf_str(&e->text), e->text.len, e->name, note_error,
		                             &after, err);
	if (status == SHEAF_OK)
		status = buf_status(&after.last, err);
	if (status == SHEAF_OK && after.errors > before.errors)
		status = sheaf_fail(err, SHEAF_ERROR_CONFIG, "%s", after.last.data);
	buf_free(&before.last);
	buf_free(&after.last);
	return status;
}

static sheaf_status add(edit *e, sheaf_error *err)
{
	sheaf_status status = load(e, 0, err);

	if (status != SHEAF_OK)
		return status;
	if (find(e->set, e->profile))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the set '%.80s' has a profile '%.80s' already: remove it first",
		                  e->name, e->profile);
	if (e->set)
		insert(e);
	else
		begin_set(e);
	if (e->set)
		status = settle(e, err);
	if (status == SHEAF_OK)
		status = check_added(e, err);
	return status == SHEAF_OK ? store(e, err) : status;
}

/* Calls `change` within one transaction, the caller's where one is open. */
static sheaf_status run(edit        *e, sheaf_status (*change)(edit *e, sheaf_error *err),
                        sheaf_error *err)
{
	int          own = !store_in_transaction(e->db);
	sheaf_status status = own ? sheaf_database_begin_transaction(e->db, err) : SHEAF_OK;

	if (status != SHEAF_OK)
		return status;
	status = change(e, err);
	sheaf_profile_set_free(e->set);
	buf_free(&e->text);
	if (own && status == SHEAF_OK)
		return sheaf_database_commit_transaction(e->db, err);
	if (own)
		sheaf_database_cancel_transaction(e->db);
	return status;
}

sheaf_status sheaf_profile_set_add(sheaf_database *db, const char *set, const char *name,
                                   const char *query, sheaf_error *err)
{
	edit         e = {db, set, name, NULL, NULL, BUF_INIT(YAML_SIZE_MAX)};
	char        *text = NULL;
	sheaf_status status;

	if (!db || !set || !*set || !name || !*name || !query)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no database, no name of a set or profile, or no query");
	status = trim(query, &text, err);
	e.query = text;
	if (status == SHEAF_OK)
		status = run(&e, add, err);
	mem_free(text);
	return status;
}

/* Whether another stored set has a profile of that name. */
typedef struct sharing {
	const edit  *e;
	int          found;
	sheaf_status status;
	sheaf_error *err;
} sharing;

static int look_for_name(void *ctx, const char *name)
{
	sharing           *s = ctx;
	sheaf_profile_set *set = NULL;

	if (str_eq(name, s->e->name))
		return 0;
	s->status = sheaf_profile_set_load(s->e->db, name, &set, s->err);
	s->found = find(set, s->e->profile) != NULL;
	sheaf_profile_set_free(set);
	return s->found || s->status != SHEAF_OK;
}

static sheaf_status forget_marks(edit *e, sheaf_error *err)
{
	sharing      s = {e, 0, SHEAF_OK, err};
	sheaf_error  why = {0};
	int64_t      removed;
	sheaf_status status = store_profile_set_each(e->db, look_for_name, &s, &why);

	if (s.status != SHEAF_OK || s.found)
		return s.status;
	if (status != SHEAF_OK && err)
		*err = why;
	return status == SHEAF_OK ? store_mark_remove(e->db, e->profile, NULL, &removed, err)
	                          : status;
}

static sheaf_status drop(edit *e, sheaf_error *err)
{
	const sheaf_profile *p;
	sheaf_status         status = load(e, 1, err);

	if (status != SHEAF_OK)
		return status;
	p = find(e->set, e->profile);
	if (!p)
		return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
		                  "the set '%.80s' has no profile '%.80s'", e->name, e->profile);
	if (e->set->count == 1) {
		status = sheaf_profile_set_remove(e->db, e->name, err);
	} else {
		cut(e, p);
		status = settle(e, err);
		if (status == SHEAF_OK)
			status = store(e, err);
		if (status == SHEAF_OK)
			status = store_profile_state_remove(e->db, e->name, e->profile, err);
	}
	return status == SHEAF_OK ? forget_marks(e, err) : status;
}

sheaf_status sheaf_profile_set_drop(sheaf_database *db, const char *set, const char *name,
                                    sheaf_error *err)
{
	edit e = {db, set, name, NULL, NULL, BUF_INIT(YAML_SIZE_MAX)};

	if (!db || !set || !name)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no database, or no name of a set or profile");
	return run(&e, drop, err);
}

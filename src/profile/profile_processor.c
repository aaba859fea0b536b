/* profile_processor.c: texts of profiles to queries, and `query:NAME`, a profile inside a query. */
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "profile_private.h"
#include "query_parser_private.h"
#include "str.h"

enum {
	REFERENCES_DEPTH_MAX = 8,   /* profiles that refer to profiles */
	REFERENCES_MAX = 256,       /* in one query, those of profiles included */
	REFERENCES_BYTES = 1 << 20, /* of the texts that they stand for */
	SETS_MAX = 256
};

/* Where profiles are looked up, and how far that has gone for one query. */
typedef struct lookup {
	sheaf_query_parser      *qp;               /* whose query it is */
	sheaf_database          *db;               /* NULL: `set` is all there is */
	const sheaf_profile_set *set;              /* borrowed */
	sheaf_profile_set       *stored[SETS_MAX]; /* of `db`; owned */
	size_t                   stored_count;
	uint64_t                 serial; /* of the query for which they were read */
	const sheaf_profile     *open[REFERENCES_DEPTH_MAX]; /* those around this one */
	size_t                   depth, references, bytes;
} lookup;

static int answer(void *ctx, const char *value, sheaf_query **query);

static void forget(lookup *l)
{
	while (l->stored_count)
		sheaf_profile_set_free(l->stored[--l->stored_count]);
	l->references = l->bytes = 0;
}

static void lookup_free(void *thing)
{
	forget(thing);
	mem_free(thing);
}

/* The names of stored sets, each ended by NUL. */
static int keep_name(void *ctx, const char *name)
{
	buf_append(ctx, name, strlen(name) + 1);
	return 0;
}

static sheaf_status read_stored(lookup *l, sheaf_error *err)
{
	buf          names = BUF_INIT(0);
	sheaf_status status = sheaf_profile_set_each(l->db, keep_name, &names, err);

	if (status == SHEAF_OK)
		status = buf_status(&names, err);
	for (const char *name = buf_str(&names);
	     status == SHEAF_OK && name < buf_str(&names) + names.len && l->stored_count < SETS_MAX;
	     name += strlen(name) + 1) {
		status = sheaf_profile_set_load(l->db, name, &l->stored[l->stored_count], err);
		l->stored_count += status == SHEAF_OK;
	}
	buf_free(&names);
	return status;
}

/* A parser for the text of a profile, in which `query:` is looked up by `l`; NULL: nowhere. */
static sheaf_status make_parser(lookup *l, sheaf_query_parser **parser, sheaf_error *err)
{
	sheaf_status status = sheaf_query_parser_new(parser, err);

	if (status != SHEAF_OK)
		return status;
	sheaf_query_parser_set_max_length(*parser, PROFILE_QUERY_MAX);
	if (l)
		status = sheaf_query_parser_add_field_processor(*parser, "query", answer, l, err);
	if (status != SHEAF_OK) {
		sheaf_query_parser_free(*parser);
		*parser = NULL;
	}
	return status;
}

/* What the parser of a profile's text had to remark. */
static void pass_notes_on(lookup *l, const sheaf_query_parser *from, const char *name)
{
	const char *note = sheaf_query_parser_get_notes(from);

	while (*note) {
		size_t len = strcspn(note, "\n");

		query_note(l->qp, "in profile '%.40s': %.*s", name, (int)len, note);
		note += len + (note[len] == '\n');
	}
}

static sheaf_status parse_text(lookup *l, const char *name, const char *text, sheaf_query **query,
                               sheaf_error *err)
{
	sheaf_query_parser *parser = NULL;
	sheaf_status        status;

	*query = NULL;
	l->bytes += strlen(text);
	status = make_parser(l, &parser, err);
	if (status != SHEAF_OK)
		return status;
	status = sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, query, err);
	pass_notes_on(l, parser, name);
	sheaf_query_parser_free(parser);
	return status;
}

/* Takes `*query` and gives it back joined with `text`; NULL: as it is. */
static sheaf_status narrow(lookup *l, const char *name, const char *text, sheaf_op op,
                           sheaf_query **query, sheaf_error *err)
{
	sheaf_query *pair[2] = {*query, NULL};
	sheaf_status status;

	if (!text)
		return SHEAF_OK;
	*query = NULL;
	status = parse_text(l, name, text, &pair[1], err);
	if (status == SHEAF_OK)
		return sheaf_query_new_op(op, pair, 2, 0, query, err);
	sheaf_query_free(pair[0]);
	return status;
}

/* 1 where a profile may be put in: it is none of those around it, and there is room. */
static int may_open(const lookup *l, const sheaf_profile *profile)
{
	for (size_t i = 0; i < l->depth; i++)
		if (l->open[i] == profile)
			return 0;
	return profile->query && l->depth < REFERENCES_DEPTH_MAX &&
	       l->references < REFERENCES_MAX && l->bytes < REFERENCES_BYTES;
}

/* What a profile takes: its query, within `require` and without `exclude`. */
static sheaf_status open_profile(lookup *l, const sheaf_profile *profile, sheaf_query **query,
                                 sheaf_error *err)
{
	sheaf_status status;

	l->open[l->depth++] = profile;
	l->references++;
	status = parse_text(l, profile->name, profile->query, query, err);
	if (status == SHEAF_OK)
		status = narrow(l, profile->name, profile->require, SHEAF_OP_FILTER, query, err);
	if (status == SHEAF_OK)
		status = narrow(l, profile->name, profile->exclude, SHEAF_OP_AND_NOT, query, err);
	l->depth--;
	if (status != SHEAF_OK) {
		sheaf_query_free(*query);
		*query = NULL;
	}
	return status;
}

/* NAME, or SET/NAME. */
static int is_named(const char *value, const sheaf_profile_set *set, const sheaf_profile *profile)
{
	size_t len = strlen(set->digest.name);

	return str_eq(value, profile->name) ||
	       (str_starts(value, set->digest.name) && value[len] == '/' &&
	        str_eq(value + len + 1, profile->name));
}

/* Puts every profile of that name beside `*query`. */
static sheaf_status search_set(lookup *l, const sheaf_profile_set *set, const char *value,
                               sheaf_query **query, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < set->count; i++) {
		const sheaf_profile *profile = &set->profiles[i];
		sheaf_query         *pair[2] = {*query, NULL};

		if (!is_named(value, set, profile) || !may_open(l, profile))
			continue;
		status = open_profile(l, profile, &pair[1], err);
		if (status != SHEAF_OK)
			return status;
		if (pair[0])
			status = sheaf_query_new_op(SHEAF_OP_OR, pair, 2, 0, query, err);
		else
			*query = pair[1];
	}
	return status;
}

static sheaf_status search_all(lookup *l, const char *value, sheaf_query **query, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (!l->db)
		return search_set(l, l->set, value, query, err);
	for (size_t i = 0; status == SHEAF_OK && i < l->stored_count; i++)
		status = search_set(l, l->stored[i], value, query, err);
	return status;
}

/* Begins anew for each query of the outermost parser. */
static sheaf_status prepare(lookup *l, sheaf_error *err)
{
	if (l->serial == l->qp->serial)
		return SHEAF_OK;
	forget(l);
	l->serial = l->qp->serial;
	return l->db ? read_stored(l, err) : SHEAF_OK;
}

/* The field processor of `query:`. What goes wrong in the database is the parser's answer. */
static int answer(void *ctx, const char *value, sheaf_query **query)
{
	lookup      *l = ctx;
	sheaf_status status = l->qp->status;

	*query = NULL;
	if (status == SHEAF_OK)
		status = prepare(l, l->qp->err);
	if (status == SHEAF_OK)
		status = search_all(l, value, query, l->qp->err);
	if (status != SHEAF_OK) {
		l->qp->status = status;
		sheaf_query_free(*query);
		*query = NULL;
	}
	return *query != NULL;
}

static lookup *lookup_new(sheaf_query_parser *qp, sheaf_database *db, const sheaf_profile_set *set)
{
	lookup *l = mem_calloc(1, sizeof *l);

	if (!l)
		return NULL;
	l->qp = qp;
	l->db = db;
	l->set = set;
	return l;
}

sheaf_status sheaf_query_parser_add_profiles(sheaf_query_parser *qp, sheaf_database *db,
                                             sheaf_error *err)
{
	lookup      *l;
	sheaf_status status;

	if (!qp || !db)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no query parser or database");
	l = lookup_new(qp, db, NULL);
	if (!l)
		return sheaf_nomem(err);
	status = query_parser_keep(qp, l, lookup_free, err);
	if (status == SHEAF_OK)
		status = sheaf_query_parser_add_field_processor(qp, "query", answer, l, err);
	return status;
}

sheaf_status profile_parse_query(const sheaf_profile_set *set, const sheaf_profile *own,
                                 const char *text, sheaf_query **query, sheaf_error *err)
{
	sheaf_query_parser *parser = NULL;
	lookup             *l = NULL;
	sheaf_status        status;

	*query = NULL;
	status = make_parser(NULL, &parser, err);
	if (status == SHEAF_OK && set) {
		l = lookup_new(parser, NULL, set);
		status = l ? sheaf_query_parser_add_field_processor(parser, "query", answer, l, err)
		           : sheaf_nomem(err);
	}
	if (status == SHEAF_OK && l && own)
		l->open[l->depth++] = own;
	if (status == SHEAF_OK)
		status = sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, query,
		                                        err);
	sheaf_query_parser_free(parser);
	if (l)
		lookup_free(l);
	return status;
}

sheaf_status sheaf_profile_set_parse_query(const sheaf_profile_set *set, size_t i,
                                           sheaf_query **query, sheaf_error *err)
{
	if (!query)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no place for the query");
	*query = NULL;
	if (!set || i >= set->count || !set->profiles[i].query)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no such profile, or it has no query");
	return profile_parse_query(set, &set->profiles[i], set->profiles[i].query, query, err);
}

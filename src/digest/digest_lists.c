/* digest_lists.c: which of arXiv's lists a section reads, so that its cross-lists can be told. */
#include <string.h>

#include "category.h"
#include "digest_private.h"
#include "error.h"
#include "profile_private.h"
#include "str.h"
#include "taxonomy.h"

sheaf_status digest_add_list(sheaf_digest *d, const char *category, int prefix, digest_list **lists,
                             sheaf_error *err)
{
	digest_list *list = arena_calloc(&d->arena, 1, sizeof *list);

	if (!list)
		return sheaf_nomem(err);
	list->category = arena_strdup(&d->arena, category);
	if (!list->category)
		return sheaf_nomem(err);
	list->prefix = prefix;
	list->next = *lists;
	*lists = list;
	return SHEAF_OK;
}

/* Looks for what every match of a query must have. */
typedef struct looking {
	sheaf_digest *d;
	digest_list  *found;
	int           other; /* 1: a leaf that is no category */
	sheaf_status  status;
	sheaf_error  *err;
} looking;

static int take_leaf(void *ctx, const sheaf_query_term *leaf)
{
	looking *l = ctx;

	if (leaf->field != SHEAF_FIELD_CATEGORY) {
		l->other = 1;
		return 0;
	}
	l->status = digest_add_list(l->d, leaf->text, (leaf->flags & SHEAF_TERM_PREFIX) != 0,
	                            &l->found, l->err);
	return l->status != SHEAF_OK;
}

/* 1 for a node of which every branch must be looked at, since any of them can match alone. */
static int is_choice(sheaf_op op)
{
	return op == SHEAF_OP_OR || op == SHEAF_OP_SYNONYM || op == SHEAF_OP_XOR ||
	       op == SHEAF_OP_ELITE_SET;
}

static int is_nested_choice(const sheaf_query *query)
{
	if (sheaf_query_get_type(query) == SHEAF_OP_TERM)
		return 1;
	if (!is_choice(sheaf_query_get_type(query)))
		return 0;
	for (size_t i = 0; i < sheaf_query_get_num_subqueries(query); i++)
		if (!is_nested_choice(sheaf_query_get_subquery(query, i)))
			return 0;
	return 1;
}

/* A category, or several of which any will do; anything else leaves `found` NULL. */
static void look_at_choice(looking *l, const sheaf_query *query)
{
	sheaf_status status;

	l->found = NULL;
	l->other = 0;
	if (!is_nested_choice(query))
		return;
	status = sheaf_query_each_term(query, 1, take_leaf, l, l->err);
	if (l->status == SHEAF_OK && status != SHEAF_OK && status != SHEAF_ERROR_INTERRUPTED)
		l->status = status;
	if (status != SHEAF_OK || l->other)
		l->found = NULL;
}

static void look(looking *l, const sheaf_query *query)
{
	sheaf_op op = sheaf_query_get_type(query);
	size_t   count = sheaf_query_get_num_subqueries(query);

	if (op == SHEAF_OP_AND || op == SHEAF_OP_FILTER) {
		for (size_t i = 0; i < count && !l->found && l->status == SHEAF_OK; i++)
			look(l, sheaf_query_get_subquery(query, i));
	} else if (op == SHEAF_OP_AND_NOT || op == SHEAF_OP_AND_MAYBE ||
	           op == SHEAF_OP_SCALE_WEIGHT) {
		look(l, sheaf_query_get_subquery(query, 0));
	} else {
		look_at_choice(l, query);
	}
}

static sheaf_status look_into(looking *l, const char *text)
{
	sheaf_query *query = NULL;

	if (!text || l->found || l->status != SHEAF_OK)
		return l->status;
	l->status = profile_parse_query(l->d->options.profiles, NULL, text, &query, l->err);
	if (l->status == SHEAF_OK)
		look(l, query);
	sheaf_query_free(query);
	return l->status;
}

sheaf_status digest_find_lists(sheaf_digest *d, const sheaf_profile *profile, digest_list **lists,
                               sheaf_error *err)
{
	const sheaf_digest_settings *settings = sheaf_profile_set_get_digest(d->options.profiles);
	looking                      l = {.d = d, .status = SHEAF_OK, .err = err};

	*lists = NULL;
	if (profile) {
		(void)look_into(&l, profile->require);
		(void)look_into(&l, profile->query);
	}
	if (look_into(&l, settings->select) == SHEAF_OK)
		*lists = l.found;
	return l.status;
}

/* A category, and an archive or group that it may be in. */
static int is_below(const char *category, const char *archive)
{
	size_t n = strlen(archive);

	return str_ieq(category, archive) ||
	       (strlen(category) > n && category[n] == '.' && str_ieq_n(category, archive, n));
}

static int is_other_name(void *ctx, const char *name)
{
	return is_below(ctx, name);
}

static int is_of(const digest_list *list, const char *category)
{
	char *asked = (char *)category;

	if (list->prefix)
		return str_istarts(category, list->category);
	return is_below(category, list->category) ||
	       taxonomy_each_other(list->category, strlen(list->category), is_other_name, asked);
}

int digest_is_listed(const digest_list *lists, const char *category)
{
	for (; lists; lists = lists->next)
		if (is_of(lists, category))
			return 1;
	return 0;
}

/* digest_category.c: a digest without profiles, a section for each category. */
#include <sheaf/enquire.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "category_name.h"
#include "digest_private.h"
#include "error.h"
#include "str.h"
#include "taxonomy.h"

/* `cs.NE`; `cs.*`, whatever begins with `cs.`; `cs`, itself and all its subject classes. */
static sheaf_status category_query(const digest_list *list, sheaf_query **query, sheaf_error *err)
{
	sheaf_query *subs[2] = {NULL, NULL};
	buf          below = BUF_INIT(0);
	sheaf_status status;

	*query = NULL;
	status = sheaf_query_new_term(SHEAF_FIELD_CATEGORY, list->category,
	                              list->prefix ? SHEAF_TERM_PREFIX : 0, &subs[0], err);
	if (status == SHEAF_OK && !list->prefix && !strchr(list->category, '.')) {
		buf_puts(&below, list->category);
		buf_putc(&below, '.');
		status = buf_status(&below, err);
		if (status == SHEAF_OK)
			status = sheaf_query_new_term(SHEAF_FIELD_CATEGORY, buf_str(&below),
			                              SHEAF_TERM_PREFIX, &subs[1], err);
	}
	buf_free(&below);
	if (status == SHEAF_OK)
		return sheaf_query_new_op(SHEAF_OP_OR, subs, subs[1] ? 2 : 1, 0, query, err);
	sheaf_query_free(subs[0]);
	return status;
}

static sheaf_status find_papers(sheaf_digest *d, size_t section, sheaf_error *err)
{
	sheaf_enquire *enquire = NULL;
	sheaf_query   *query = NULL;
	sheaf_mset    *mset = NULL;
	int64_t        all;
	sheaf_status   status;

	status = category_query(d->sections[section].lists, &query, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_new(d->db, &enquire, err);
	if (status == SHEAF_OK) {
		sheaf_enquire_set_query(enquire, query);
		query = NULL;
		status = sheaf_database_get_doccount(d->db, &all, err);
	}
	if (status == SHEAF_OK)
		status = sheaf_enquire_get_mset(enquire, 0, (size_t)all, &mset, err);
	for (size_t i = 0; status == SHEAF_OK && i < sheaf_mset_size(mset); i++) {
		digest_member member = {.docid = sheaf_mset_get_docid(mset, i),
		                        .section = section,
		                        .weight = sheaf_mset_get_weight(mset, i),
		                        .percent = sheaf_mset_get_percent(mset, i)};

		status = digest_add_member(d, &member, err);
	}
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	sheaf_query_free(query);
	return status;
}

/* Bytes of `cs` in `cs.*`; of anything else, all. */
static size_t stem_of(const char *category)
{
	size_t len = strlen(category);

	return len > 2 && str_eq(category + len - 2, ".*") ? len - 2 : len;
}

/* The category as arXiv spells it, with what follows; as it is where arXiv has none of the name. */
static const char *spell(sheaf_digest *d, const char *category)
{
	size_t      stem = stem_of(category);
	const char *known = category_spelling(category, stem);
	char       *copy = arena_strdup(&d->arena, category);

	if (copy && known)
		memcpy(copy, known, stem);
	return copy;
}

/* "Neural and Evolutionary Computing (cs.NE)". */
static const char *heading_of(sheaf_digest *d, const char *category)
{
	buf         heading = BUF_INIT(0);
	const char *known = category_spelling(category, stem_of(category));
	const char *title = known ? category_title(known) : NULL;
	const char *made;

	if (title)
		buf_printf(&heading, "%s (%s)", title, category);
	else
		buf_puts(&heading, category);
	made = heading.status == SHEAF_OK ? arena_strdup(&d->arena, buf_str(&heading)) : NULL;
	buf_free(&heading);
	return made;
}

static sheaf_status fail_unknown(const char *category, sheaf_error *err)
{
	const char *nearest = category_nearest(category);

	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
	                  "unknown category '%.80s'%s%s%s, and no paper has it", category,
	                  nearest ? " (did you mean " : "", nearest ? nearest : "",
	                  nearest ? "?)" : "");
}

static sheaf_status fill_section(sheaf_digest *d, size_t section, const char *category,
                                 sheaf_error *err)
{
	digest_section *s = &d->sections[section];
	size_t          before = d->member_count, len = strlen(category);
	int             prefix = len && category[len - 1] == '*';
	char           *list = arena_strndup(&d->arena, category, prefix ? len - 1 : len);
	sheaf_status    status;

	s->name = category;
	s->heading = heading_of(d, category);
	if (!s->heading || !list)
		return sheaf_nomem(err);
	status = digest_add_list(d, list, prefix, &s->lists, err);
	if (status == SHEAF_OK)
		status = find_papers(d, section, err);
	if (status == SHEAF_OK && d->member_count == before &&
	    !category_spelling(category, stem_of(category)))
		status = fail_unknown(category, err);
	return status;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "cs.AI, cs.NE" */
static sheaf_status join(sheaf_digest *d, const char *const *names, size_t count,
                         const char **joined, sheaf_error *err)
{
	buf          text = BUF_INIT(0);
	sheaf_status status;

	for (size_t i = 0; i < count; i++) {
		buf_puts(&text, i ? ", " : "");
		buf_puts(&text, names[i]);
	}
	status = buf_status(&text, err);
	*joined = status == SHEAF_OK ? arena_strdup(&d->arena, buf_str(&text)) : NULL;
	buf_free(&text);
	return status == SHEAF_OK && !*joined ? sheaf_nomem(err) : status;
}

/* One of the names of the same category: that which all of them lead to. */
typedef struct naming {
	const char *name;  /* found so far */
	const char *whose; /* it is one of its other names */
	int         mutual;
} naming;

static int is_name(void *ctx, const char *other)
{
	naming *n = ctx;

	n->mutual = n->mutual || str_ieq(other, n->whose);
	return n->mutual;
}

/* A category rather than the archive that it once was; else the first of the alphabet. */
static int is_better(const char *name, const char *than)
{
	int dot = strchr(name, '.') != NULL, other = strchr(than, '.') != NULL;

	return dot != other ? dot : strcmp(name, than) < 0;
}

static int take_name(void *ctx, const char *other)
{
	naming *n = ctx;
	naming  back = {NULL, n->whose, 0};

	taxonomy_each_other(other, strlen(other), is_name, &back);
	if (back.mutual && is_better(other, n->name))
		n->name = other;
	return 0;
}

/* `cs` and `cs.*` are the same, as are cs.NA and math.NA. */
static const char *common_name(sheaf_digest *d, const char *category)
{
	size_t stem = stem_of(category);
	naming n = {category, category, 0};

	if (category[stem] && !memchr(category, '.', stem))
		return arena_strndup(&d->arena, category, stem);
	if (!category[stem])
		taxonomy_each_other(category, stem, take_name, &n);
	return n.name;
}

/* Spelled, each once, in the order in which they were given; `common` has what they share. */
static sheaf_status spell_all(sheaf_digest *d, const char **names, const char **common,
                              size_t *count, sheaf_error *err)
{
	*count = 0;
	for (size_t i = 0; i < d->options.category_count; i++) {
		const char *name = spell(d, d->options.categories[i]);
		const char *shared = name ? common_name(d, name) : NULL;
		size_t      at = 0;

		if (!shared)
			return sheaf_nomem(err);
		while (at < *count && !str_ieq(common[at], shared))
			at++;
		if (at < *count)
			continue;
		names[*count] = name;
		common[(*count)++] = shared;
	}
	return SHEAF_OK;
}

sheaf_status digest_collect_categories(sheaf_digest *d, sheaf_error *err)
{
	size_t       count = d->options.category_count;
	const char **names = arena_calloc(&d->arena, count, sizeof *names);
	const char **common = arena_calloc(&d->arena, count, sizeof *common);
	sheaf_status status = names && common ? spell_all(d, names, common, &count, err)
	                                      : sheaf_nomem(err);

	d->limit = d->options.limit;
	if (status == SHEAF_OK)
		status = join(d, names, count, &d->title, err);
	if (status == SHEAF_OK)
		status = digest_make_sections(d, count, err);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		status = fill_section(d, i, names[i], err);
	/* The same categories are the same digest, however they were given. */
	if (status == SHEAF_OK)
		qsort(common, count, sizeof *common, by_name);
	return status == SHEAF_OK ? join(d, common, count, &d->name, err) : status;
}

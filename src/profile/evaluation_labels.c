/* evaluation_labels.c: which profiles stand for which categories, and so where a paper belongs. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "category_name.h"
#include "error.h"
#include "evaluation_private.h"
#include "str.h"
#include "taxonomy.h"

/* ---- the table ---- */

/* As strcmp(), for the first `len` bytes of `b` and without regard to ASCII case. */
static int compare_names(const char *a, const char *b, size_t len)
{
	size_t i = 0;

	while (i < len && a[i] && str_lower(a[i]) == str_lower(b[i]))
		i++;
	return (unsigned char)str_lower(a[i]) - (i < len ? (unsigned char)str_lower(b[i]) : 0);
}

static int by_category(const void *a, const void *b)
{
	const category_label *x = a, *y = b;
	int                   order = compare_names(x->category, y->category, strlen(y->category));

	if (order)
		return order;
	if (x->rank != y->rank)
		return x->rank - y->rank;
	return (x->profile > y->profile) - (x->profile < y->profile);
}

static sheaf_status add_label(category_labels *labels, const category_label *added,
                              sheaf_error *err)
{
	if (labels->count == labels->size) {
		size_t          size = 2 * labels->size + 64;
		category_label *grown = mem_realloc_array(labels->items, size, sizeof *grown);

		if (!grown)
			return sheaf_nomem(err);
		labels->items = grown;
		labels->size = size;
	}
	labels->items[labels->count++] = *added;
	return SHEAF_OK;
}

/* One profile, while the other names of its category are told. */
typedef struct naming {
	category_labels *labels;
	size_t           profile;
	sheaf_status     status;
	sheaf_error     *err;
} naming;

static int add_other(void *ctx, const char *category)
{
	naming        *n = ctx;
	category_label added = {category, n->profile, 1};

	n->status = add_label(n->labels, &added, n->err);
	return n->status != SHEAF_OK;
}

static const char *category_of(const sheaf_profile *p)
{
	const char *name = category_spelling(p->name, strlen(p->name));

	return name ? name : category_spelling(p->heading, strlen(p->heading));
}

static sheaf_status add_profile(category_labels *labels, size_t profile, const char *category,
                                sheaf_error *err)
{
	naming         n = {labels, profile, SHEAF_OK, err};
	category_label own = {category, profile, 0};
	sheaf_status   status = add_label(labels, &own, err);

	if (status != SHEAF_OK)
		return status;
	taxonomy_each_other(category, strlen(category), add_other, &n);
	return n.status;
}

sheaf_status category_labels_make(category_labels *labels, const sheaf_profile_set *set,
                                  sheaf_evaluation *e, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	*labels = (category_labels){NULL, 0, 0};
	for (size_t i = 0; status == SHEAF_OK && i < set->count; i++) {
		const char *category = category_of(&set->profiles[i]);

		if (!category)
			continue;
		e->counts[i].category = category;
		e->counts[i].measured = 1;
		status = add_profile(labels, i, category, err);
	}
	if (status == SHEAF_OK && labels->count)
		qsort(labels->items, labels->count, sizeof *labels->items, by_category);
	return status;
}

/* ---- looking up ---- */

/* Those of the best rank for exactly this name. */
static const category_label *find_name(const category_labels *labels, const char *name, size_t len,
                                       size_t *count)
{
	const category_label *first;
	size_t                low = 0, high = labels->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_names(labels->items[middle].category, name, len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	first = labels->items + low;
	*count = 0;
	while (low + *count < labels->count &&
	       compare_names(first[*count].category, name, len) == 0 &&
	       first[*count].rank == first->rank)
		++*count;
	return first;
}

const category_label *category_labels_find(const category_labels *labels, const char *category,
                                           size_t *count)
{
	size_t                archive = strcspn(category, ".");
	const category_label *found = find_name(labels, category, strlen(category), count);

	if (!*count && category[archive])
		found = find_name(labels, category, archive, count);
	return found;
}

/* ---- papers ---- */

/* Each profile of the category where the paper is, or else the first of them. */
static void apply(const category_labels *labels, const char *category, sheaf_evaluation *e)
{
	size_t                count, met = 0;
	const category_label *found = category_labels_find(labels, category, &count);

	for (size_t i = 0; i < count; i++) {
		if (!e->placed.state[found[i].profile])
			continue;
		profile_marks_put(&e->labels, found[i].profile, LABEL_BELONGS);
		met++;
	}
	if (count && !met)
		profile_marks_put(&e->labels, found->profile, LABEL_BELONGS);
}

static size_t categories_of(const sheaf_document *doc, int best)
{
	size_t count = sheaf_document_category_count(doc);

	return best && count ? 1 : count;
}

int category_labels_apply(const category_labels *labels, const sheaf_document *doc,
                          sheaf_evaluation *e)
{
	for (size_t i = 0; i < categories_of(doc, e->best); i++)
		apply(labels, sheaf_document_get_category(doc, i), e);
	return e->labels.count > 0;
}

int category_labels_has(const category_labels *labels, const sheaf_document *doc, int best)
{
	for (size_t i = 0; i < categories_of(doc, best); i++) {
		size_t count;

		category_labels_find(labels, sheaf_document_get_category(doc, i), &count);
		if (count)
			return 1;
	}
	return 0;
}

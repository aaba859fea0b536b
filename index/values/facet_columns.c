#include "facet_columns.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "author_hash.h"
#include "database_private.h"
#include "error.h"

enum { FEW = 16 }; /* authors of most papers */

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void sort(uint64_t *numbers, size_t count)
{
	if (count > FEW) {
		qsort(numbers, count, sizeof *numbers, compare);
		return;
	}
	for (size_t i = 1; i < count; i++) {
		uint64_t n = numbers[i];
		size_t   at = i;

		for (; at && numbers[at - 1] > n; at--)
			numbers[at] = numbers[at - 1];
		numbers[at] = n;
	}
}

/* The hashes of all authors, sorted, each once; answers how many. */
static size_t hash_authors(const sheaf_document *doc, uint64_t *hashes)
{
	size_t count = 0, kept = 0;

	for (size_t i = 0; i < doc->author_count; i++) {
		const char *name = doc->authors[i].name;

		hashes[count] = author_hash(name, strlen(name));
		count += hashes[count] != 0;
	}
	sort(hashes, count);
	for (size_t i = 0; i < count; i++)
		if (!i || hashes[i] != hashes[i - 1])
			hashes[kept++] = hashes[i];
	return kept;
}

typedef sheaf_status (*number_fn)(sheaf_database *db, const char *name, unsigned *number,
                                  sheaf_error *err);
typedef sheaf_status (*list_fn)(sheaf_database *db, list_column_id column, sheaf_revision revision,
                                const uint64_t *numbers, size_t count, sheaf_error *err);

/* Hands the categories' numbers to `use`; those without one are left out. */
static sheaf_status with_categories(sheaf_database *db, sheaf_revision revision,
                                    const sheaf_document *doc, number_fn number_of, list_fn use,
                                    sheaf_error *err)
{
	uint64_t     numbers[DOCUMENT_CATEGORIES_MAX];
	size_t       count = 0;
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < doc->category_count; i++) {
		unsigned number;

		status = number_of(db, doc->categories[i], &number, err);
		if (number)
			numbers[count++] = number;
	}
	return status == SHEAF_OK ? use(db, LIST_CATEGORIES, revision, numbers, count, err)
	                          : status;
}

static sheaf_status with_authors(sheaf_database *db, sheaf_revision revision,
                                 const sheaf_document *doc, list_fn use, sheaf_error *err)
{
	uint64_t     few[FEW], *hashes = few;
	sheaf_status status;

	if (doc->author_count > FEW)
		hashes = mem_realloc_array(NULL, doc->author_count, sizeof *hashes);
	if (!hashes)
		return sheaf_nomem(err);
	status = use(db, LIST_AUTHORS, revision, hashes, hash_authors(doc, hashes), err);
	if (hashes != few)
		mem_free(hashes);
	return status;
}

sheaf_status facet_columns_put(sheaf_database *db, sheaf_revision revision,
                               const sheaf_document *doc, sheaf_error *err)
{
	sheaf_status status = with_categories(db, revision, doc, category_number_give,
	                                      value_lists_put, err);

	return status == SHEAF_OK ? with_authors(db, revision, doc, value_lists_put, err) : status;
}

static sheaf_status compare_list(sheaf_database *db, list_column_id column, sheaf_revision revision,
                                 const uint64_t *numbers, size_t count, sheaf_error *err)
{
	value_list   list;
	int          same;
	sheaf_status status = value_lists_get(db, column, revision, &list, err);

	if (status != SHEAF_OK)
		return status;
	same = list.count == count;
	for (size_t i = 0; same && i < count; i++)
		same = numbers[i] == (column == LIST_AUTHORS ? value_list_author(&list, i)
		                                             : value_list_category(&list, i));
	if (!same)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                  "%s: the %s counted for revision %lld are not those of its "
		                  "document; run 'sheaf reindex'",
		                  db->path, column == LIST_AUTHORS ? "authors" : "categories",
		                  (long long)revision);
	return SHEAF_OK;
}

sheaf_status facet_columns_check(sheaf_database *db, const sheaf_document *doc, sheaf_error *err)
{
	sheaf_status status = with_categories(db, doc->revision, doc, category_number_find,
	                                      compare_list, err);

	return status == SHEAF_OK ? with_authors(db, doc->revision, doc, compare_list, err)
	                          : status;
}

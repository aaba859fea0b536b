/*
 * paper_field.h: what can be told of a paper, by name; for the formats whose columns or keys are
 * chosen.
 */
#ifndef PAPER_FIELD_H
#define PAPER_FIELD_H

#include <jansson.h>

#include "writer_private.h"

typedef struct paper_field paper_field;

/* NULL only without memory. */
typedef json_t *(*paper_field_json)(sheaf_writer *w, const sheaf_item *item, const paper_field *f);
/* Appends the value as it is: not escaped. Nothing for what is not known. */
typedef void (*paper_field_text)(sheaf_writer *w, const sheaf_item *item, const paper_field *f,
                                 buf *out);

struct paper_field {
	const char      *name; /* its key in the JSON of a paper */
	paper_field_json json;
	paper_field_text text;
	sheaf_field      field; /* of a document, where it is just that */
};

/*
 * The names of a comma-separated list as w->fields. Errors: INVALID_ARGUMENT (an unknown or
 * repeated name), which leaves the writer as it was.
 */
sheaf_status paper_field_choose(sheaf_writer *w, const char *names, sheaf_error *err);

/* What a format shows unless it is told: names ended by NULL. */
typedef struct paper_columns {
	const char *const *always;
	const char *const *search; /* also in the answer to a query */
	const char *const *digest; /* also in a digest */
} paper_columns;

typedef void (*paper_field_fn)(sheaf_writer *w, const sheaf_item *item, const paper_field *f,
                               size_t column);
/*
 * Calls `fn` for the fields chosen, else for those of `columns`, with the query's id where the list
 * has one. `item` may be NULL, for a header.
 */
void paper_field_each(sheaf_writer *w, const sheaf_item *item, const paper_columns *columns,
                      paper_field_fn fn);

#endif

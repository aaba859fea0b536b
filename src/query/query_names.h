/* query_names.h: the names before a colon that the caller gave a meaning. */
#ifndef QUERY_NAMES_H
#define QUERY_NAMES_H

#include <sheaf/query_parser.h>

enum {
	QUERY_NAME_MAX = 32,       /* bytes */
	QUERY_NAME_FIELDS_MAX = 8, /* fields that one name may stand for */
	QUERY_NAMES_MAX = 256
};

typedef enum query_name_kind {
	QUERY_NAME_FIELDS = 1, /* any of `fields` */
	QUERY_NAME_TERM,       /* a term of the caller's: `prefix`, then the value */
	QUERY_NAME_PROCESSOR   /* what `fn` says */
} query_name_kind;

typedef struct query_name {
	char                     name[QUERY_NAME_MAX + 1];
	query_name_kind          kind;
	sheaf_field              fields[QUERY_NAME_FIELDS_MAX];
	size_t                   field_count;
	char                    *prefix; /* owned */
	int                      exclusive;
	sheaf_field_processor_fn fn;
	void                    *ctx;
} query_name;

/* All-zero is empty. */
typedef struct query_names {
	query_name *list;
	size_t      count, size;
} query_names;

/* In any case; NULL: none. `names` may be NULL. */
const query_name *query_names_find(const query_names *names, const char *name, size_t len);
void              query_names_free(query_names *names);

#endif

#include "query_names.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "field.h"
#include "query_parser_private.h"
#include "str.h"

const query_name *query_names_find(const query_names *names, const char *name, size_t len)
{
	for (size_t i = 0; names && i < names->count; i++)
		if (strlen(names->list[i].name) == len && str_ieq_n(names->list[i].name, name, len))
			return &names->list[i];
	return NULL;
}

void query_names_free(query_names *names)
{
	for (size_t i = 0; i < names->count; i++)
		mem_free(names->list[i].prefix);
	mem_free(names->list);
	*names = (query_names){0};
}

static int is_name(const char *name)
{
	size_t len = name ? strlen(name) : 0;

	if (!len || len > QUERY_NAME_MAX || !str_is_alpha((unsigned char)*name))
		return 0;
	for (size_t i = 0; i < len; i++)
		if (!query_is_name_char(name[i]))
			return 0;
	return 1;
}

static sheaf_status grow(query_names *names, sheaf_error *err)
{
	size_t      size = names->size ? names->size * 2 : 8;
	query_name *grown;

	if (names->count == QUERY_NAMES_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a query parser has at most %d names of fields", QUERY_NAMES_MAX);
	if (names->count < names->size)
		return SHEAF_OK;
	grown = mem_realloc_array(names->list, size, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	names->list = grown;
	names->size = size;
	return SHEAF_OK;
}

/* The entry for `name`: that of before where it is of the same kind, else a new one. */
static sheaf_status entry(sheaf_query_parser *qp, const char *name, query_name_kind kind,
                          query_name **found, sheaf_error *err)
{
	query_names *names = &qp->names;
	query_name  *known;
	sheaf_status status;

	*found = NULL;
	if (qp->parsing)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
		                  "a parser cannot change while its processors are asked");
	if (!is_name(name))
		return sheaf_fail(
			err, SHEAF_ERROR_INVALID_ARGUMENT,
			"'%.40s' is no name for a field: a letter, then letters, digits, _ "
			"and -, at most %d",
			name ? name : "", QUERY_NAME_MAX);
	known = (query_name *)query_names_find(names, name, strlen(name));
	if (known && known->kind == kind) {
		*found = known;
		return SHEAF_OK;
	}
	if (known)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the name '%s' stands for something else already", name);
	status = grow(names, err);
	if (status != SHEAF_OK)
		return status;
	known = &names->list[names->count++];
	*known = (query_name){.kind = kind};
	memcpy(known->name, name, strlen(name) + 1);
	*found = known;
	return SHEAF_OK;
}

static int is_searchable(sheaf_field field)
{
	const field_info *info = field_get(field);

	return info && (info->kind == FIELD_PROSE || info->kind == FIELD_NAME ||
	                info->kind == FIELD_BOOLEAN || field_is_date(field));
}

sheaf_status sheaf_query_parser_add_prefix(sheaf_query_parser *qp, const char *name,
                                           sheaf_field field, sheaf_error *err)
{
	query_name  *found;
	sheaf_status status;

	if (!is_searchable(field))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a prefix is for a text, boolean or date field");
	status = entry(qp, name, QUERY_NAME_FIELDS, &found, err);
	if (status != SHEAF_OK)
		return status;
	for (size_t i = 0; i < found->field_count; i++)
		if (found->fields[i] == field)
			return SHEAF_OK;
	if (found->field_count == QUERY_NAME_FIELDS_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the prefix '%s' stands for %d fields already", name,
		                  QUERY_NAME_FIELDS_MAX);
	found->fields[found->field_count++] = field;
	return SHEAF_OK;
}

sheaf_status sheaf_query_parser_add_boolean_prefix(sheaf_query_parser *qp, const char *name,
                                                   const char *prefix, int exclusive,
                                                   sheaf_error *err)
{
	query_name  *found;
	char        *copy;
	sheaf_status status;

	if (!prefix || strlen(prefix) >= SHEAF_TERM_BYTES_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the prefix of a term is shorter than %d bytes",
		                  SHEAF_TERM_BYTES_MAX);
	copy = mem_strdup(prefix);
	status = copy ? entry(qp, name, QUERY_NAME_TERM, &found, err) : sheaf_nomem(err);
	if (status != SHEAF_OK) {
		mem_free(copy);
		return status;
	}
	mem_free(found->prefix);
	found->prefix = copy;
	found->exclusive = exclusive != 0;
	return SHEAF_OK;
}

sheaf_status sheaf_query_parser_add_field_processor(sheaf_query_parser *qp, const char *name,
                                                    sheaf_field_processor_fn fn, void *ctx,
                                                    sheaf_error *err)
{
	query_name  *found;
	sheaf_status status;

	if (!fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a field processor needs a function");
	status = entry(qp, name, QUERY_NAME_PROCESSOR, &found, err);
	if (status != SHEAF_OK)
		return status;
	found->fn = fn;
	found->ctx = ctx;
	return SHEAF_OK;
}

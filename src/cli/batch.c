#include "batch.h"

#include <stdio.h>
#include <string.h>

#include "lines.h"

/* Parts a line into id and query. */
static void part(char *line, long number, char *ordinal, size_t size, const char **id,
                 const char **query)
{
	char *tab = strchr(line, '\t');

	snprintf(ordinal, size, "%ld", number);
	*id = ordinal;
	*query = line;
	if (tab) {
		*tab = 0;
		*id = *line ? line : ordinal;
		*query = tab + 1;
	}
}

static int refused(sheaf_status status)
{
	return status == SHEAF_ERROR_INVALID_ARGUMENT || status == SHEAF_ERROR_QUERY_PARSER;
}

static sheaf_status run_line(session *s, const lines *l, char *line, batch_fn fn, void *ctx,
                             sheaf_error *err)
{
	char         ordinal[24];
	const char  *id, *query;
	sheaf_error  why = {0};
	sheaf_status status;

	if (!line[strspn(line, " \t\r\v\f")])
		return SHEAF_OK;
	part(line, l->number, ordinal, sizeof ordinal, &id, &query);
	status = fn(ctx, id, query, &why);
	if (refused(status)) {
		console_remark(s->console, "%s:%ld: %s", l->path, l->number, why.message);
		s->code = exit_worst(s->code, CODE_INCOMPLETE);
		return SHEAF_OK;
	}
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

sheaf_status batch_run(session *s, const char *path, batch_fn fn, void *ctx, sheaf_error *err)
{
	lines        l = LINES_INIT;
	char        *line = NULL;
	sheaf_status status = lines_open(&l, path, err);

	while (status == SHEAF_OK) {
		status = lines_next(&l, &line, err);
		if (status != SHEAF_OK || !line)
			break;
		status = run_line(s, &l, line, fn, ctx, err);
	}
	lines_close(&l);
	return status;
}

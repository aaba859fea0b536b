#include "oai_old.h"

#include <string.h>

#include "str.h"

enum { FIRST_LIST = 1100000 };

size_t oai_old_begin(oai_memory *m, const char *query)
{
	size_t number = m->count++, len = strlen(query);
	char  *kept = m->queries[number % OAI_LISTS_MAX];

	if (len >= OAI_QUERY_SIZE)
		len = 0;
	memcpy(kept, query, len);
	kept[len] = 0;
	return number;
}

int oai_old_read(const oai_memory *m, const char *token, const char **query, size_t *number,
                 size_t *shown)
{
	const char *bar = strchr(token, '|');
	char        list[24];
	int64_t     n, next;
	size_t      len = bar ? (size_t)(bar - token) : sizeof list;

	if (len >= sizeof list)
		return 0;
	memcpy(list, token, len);
	list[len] = 0;
	if (!str_to_int64(list, &n) || !str_to_int64(bar + 1, &next) || n < FIRST_LIST || next < 2)
		return 0;
	*number = (size_t)(n - FIRST_LIST);
	*shown = (size_t)(next - 1);
	if (*number >= m->count || m->count - *number > OAI_LISTS_MAX)
		return 0;
	*query = m->queries[*number % OAI_LISTS_MAX];
	return 1;
}

void oai_old_write(buf *out, size_t number, size_t cursor, size_t shown, size_t total)
{
	buf_printf(out, "<resumptionToken cursor=\"%zu\" completeListSize=\"%zu\">", cursor, total);
	if (shown < total)
		buf_printf(out, "%zu|%zu", FIRST_LIST + number, shown + 1);
	buf_puts(out, "</resumptionToken>\n");
}

void oai_old_set(buf *out, const char *spec)
{
	size_t      group = strcspn(spec, ":");
	const char *archive = spec[group] ? spec + group + 1 : "";
	size_t      len = strcspn(archive, ":");

	if (len == group && strncmp(spec, archive, len) == 0)
		buf_append(out, spec, group);
	else
		buf_append(out, spec, group + (*archive ? 1 + len : 0));
}

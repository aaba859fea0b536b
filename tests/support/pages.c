#include "pages.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "file.h"
#include "oai_view.h"
#include "str.h"

enum { MAX_PAGES = 100000 };

/*
 * Where the last resumptionToken of a page is: the element [start, end), its text [text, text +
 * len).
 */
typedef struct token_place {
	size_t start, end, text, len;
} token_place;

static int find_token(const char *xml, token_place *place)
{
	static const char open[] = "<resumptionToken", close[] = "</resumptionToken>";
	const char       *start = NULL, *end, *stop;

	for (const char *p = strstr(xml, open); p; p = strstr(p + 1, open))
		start = p;
	end = start ? strchr(start, '>') : NULL;
	if (!end)
		return 0;
	*place = (token_place){(size_t)(start - xml), (size_t)(end + 1 - xml),
	                       (size_t)(end + 1 - xml), 0};
	if (end[-1] == '/')
		return 1;
	stop = strstr(end, close);
	if (!stop)
		return 0;
	place->len = (size_t)(stop - end - 1);
	place->end = (size_t)(stop - xml) + sizeof close - 1;
	return 1;
}

/* Resolves XML's five named entities in place. */
static void unescape(char *s)
{
	static const char *const names[][2] = {
		{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"},
	};
	char *out = s;

	while (*s) {
		size_t i = 0;

		while (i < 5 && !str_starts(s, names[i][0]))
			i++;
		*out++ = i < 5 ? names[i][1][0] : *s;
		s += i < 5 ? strlen(names[i][0]) : 1;
	}
	*out = 0;
}

static sheaf_status read_token(page *p, sheaf_error *err)
{
	buf          xml = BUF_INIT(0);
	token_place  place = {0, 0, 0, 0};
	sheaf_status status = file_read(p->path, &xml, err);
	const char  *text;

	if (!status) {
		find_token(buf_str(&xml), &place);
		text = buf_str(&xml) + place.text;
		str_trim(&text, &place.len);
		p->token = mem_strndup(text, place.len);
		if (p->token)
			unescape(p->token);
		else
			status = sheaf_nomem(err);
	}
	buf_free(&xml);
	return status;
}

/* The N of N.xml, or -1. */
static long page_number(const char *name)
{
	size_t digits = strspn(name, "0123456789");

	if (!digits || digits > 9 || !str_eq(name + digits, ".xml"))
		return -1;
	return strtol(name, NULL, 10);
}

static sheaf_status add_page(page_set *set, const char *folder, const char *name, sheaf_error *err)
{
	buf   path = BUF_INIT(4096);
	page *items;

	if (page_number(name) < 0 || set->count == MAX_PAGES)
		return SHEAF_OK;
	buf_printf(&path, "%s/%s", folder, name);
	items = mem_realloc_array(set->items, set->count + 1, sizeof *items);
	if (!items) {
		buf_free(&path);
		return sheaf_nomem(err);
	}
	set->items = items;
	items[set->count] = (page){page_number(name), buf_take(&path), NULL};
	return items[set->count++].path ? SHEAF_OK : sheaf_nomem(err);
}

static int by_number(const void *a, const void *b)
{
	const page *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

sheaf_status pages_load(page_set *set, const char *folder, sheaf_error *err)
{
	DIR           *dir = opendir(folder);
	struct dirent *entry;
	sheaf_status   status = SHEAF_OK;

	*set = (page_set){NULL, 0};
	if (!dir)
		return sheaf_fail(err, SHEAF_ERROR_IO, "%s: the folder of pages cannot be opened",
		                  folder);
	while (!status && (entry = readdir(dir)) != NULL)
		status = add_page(set, folder, entry->d_name, err);
	closedir(dir);
	if (!status && !set->count)
		return sheaf_fail(err, SHEAF_ERROR_IO,
		                  "%s: no page there; they are named 1.xml, 2.xml …", folder);
	if (set->count)
		qsort(set->items, set->count, sizeof *set->items, by_number);
	for (size_t i = 0; !status && i < set->count; i++)
		status = read_token(&set->items[i], err);
	return status;
}

void pages_free(page_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		mem_free(set->items[i].path);
		mem_free(set->items[i].token);
	}
	mem_free(set->items);
	*set = (page_set){NULL, 0};
}

static sheaf_status send_page(const page_set *set, size_t index, reply *out, sheaf_error *err)
{
	buf          xml = BUF_INIT(0);
	token_place  place;
	sheaf_status status = file_read(set->items[index].path, &xml, err);

	if (!status && index + 1 == set->count && find_token(buf_str(&xml), &place)) {
		buf_append(&out->body, xml.data, place.start);
		buf_puts(&out->body, "<resumptionToken/>");
		buf_append(&out->body, xml.data + place.end, xml.len - place.end);
	} else if (!status) {
		buf_append(&out->body, buf_str(&xml), xml.len);
	}
	buf_free(&xml);
	return status ? status : buf_status(&out->body, err);
}

sheaf_status pages_answer(const page_set *set, const form_args *args, sheaf_time now,
                          int token_expired, reply *out, sheaf_error *err)
{
	const char *token = form_get(args, "resumptionToken");
	size_t      i = 0;

	if (!str_eq(form_get(args, "verb"), "ListRecords")) {
		oai_view_error(out, now, "badVerb", "Recorded pages answer ListRecords alone.");
		return SHEAF_OK;
	}
	if (!token)
		return send_page(set, 0, out, err);
	while (i + 1 < set->count && !str_eq(set->items[i].token, token))
		i++;
	if (!*token || i + 1 >= set->count || token_expired) {
		oai_view_error(out, now, "badResumptionToken",
		               "No recorded page gave this token out.");
		return SHEAF_OK;
	}
	return send_page(set, i + 1, out, err);
}

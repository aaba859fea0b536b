#include "paper_output.h"

#include <string.h>

#include "error.h"
#include "str.h"

const char *const paper_formats[] = {"text",     "ids",  "tsv",  "json",   "jsonl", "csv",
                                     "markdown", "html", "atom", "bibtex", "ris",   NULL};
const char *const search_formats[] = {"text", "ids",  "tsv",    "json", "jsonl", "csv", "markdown",
                                      "html", "atom", "bibtex", "ris",  "trec",  NULL};

sheaf_format paper_output_format(const paper_output *p)
{
	return (sheaf_format)sheaf_format_from_name(p->format);
}

sheaf_status paper_output_writer(session *s, const paper_output *p, sheaf_writer **writer,
                                 sheaf_error *err)
{
	sheaf_status status = sheaf_writer_new(paper_output_format(p), output_write, s->out, writer,
	                                       err);

	if (status == SHEAF_OK && p->fields)
		status = sheaf_writer_set_fields(*writer, p->fields, err);
	if (status != SHEAF_OK) {
		sheaf_writer_free(*writer);
		*writer = NULL;
	}
	return status;
}

int paper_output_colours(const session *s)
{
	return settings_is(s, SETTING_COLOR, "always") ||
	       (settings_is(s, SETTING_COLOR, "auto") && console_colours());
}

int paper_output_asks_for(const paper_output *p, const char *field)
{
	const char *at = p->fields;

	while (at && *at) {
		const char *begin = at;
		size_t      len = strcspn(at, ",");

		at += len + (at[len] == ',');
		str_trim(&begin, &len);
		if (len == strlen(field) && memcmp(begin, field, len) == 0)
			return 1;
	}
	return 0;
}

sheaf_status paper_output_needs(const paper_output *p, const char *wanting,
                                const char *const *formats, sheaf_error *err)
{
	buf          all = BUF_INIT(1024);
	sheaf_status status;

	for (const char *const *f = formats; *f; f++) {
		if (str_eq(*f, p->format)) {
			buf_free(&all);
			return SHEAF_OK;
		}
		buf_printf(&all, "%s%s", f == formats ? "" : f[1] ? ", " : " or ", *f);
	}
	status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "%s needs --format %s, not %s",
	                    wanting, buf_str(&all), p->format);
	buf_free(&all);
	return status;
}

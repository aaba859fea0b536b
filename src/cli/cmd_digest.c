/* cmd_digest.c: publishes what was sorted into topics. */
#include <sheaf/digest.h>
#include <string.h>

#include "command.h"
#include "error.h"
#include "file.h"
#include "profile_source.h"
#include "str.h"

typedef struct digest_options {
	const char *profiles, *format, *since, *file;
	option_list categories;
	option_span until, now;
	int64_t     limit;
	int         mark;
} digest_options;

static const char *const    format_choices[] = {"markdown", "html", "json", "jsonfeed",
                                                "atom",     "text", "mime", NULL};
static const digest_options defaults = {.format = "markdown"};

#define AT(member) offsetof(digest_options, member)

static const option options[] = {
	OPT_VALUE("profiles", 0, "FILE", OPTION_TEXT, AT(profiles),
                  "the profiles, copied into the database (default: the stored ones)"),
	OPT_VALUE("cat", 0, "CATEGORY", OPTION_LIST, AT(categories),
                  "without profiles: a section for this category; may be repeated"),
	OPT_WORD("format", 0, "F", AT(format), format_choices,
                 "markdown (default), html, json, jsonfeed, atom, text or mime"),
	OPT_SET("json", AT(format), "json", "the same as --format json"),
	OPT_VALUE("since", 0, "DATE|last", OPTION_TEXT, AT(since),
                  "submitted on or after DATE; last: what was not delivered yet"),
	OPT_VALUE("until", 0, "DATE", OPTION_SPAN, AT(until), "submitted up to and on DATE"),
	OPT_INT("limit", 'n', "N", AT(limit), 0, INT64_MAX,
                "papers at most (0, the default: the profile file's limit)"),
	OPT_VALUE("now", 0, "TIME", OPTION_SPAN, AT(now),
                  "the time the digest is made at (default: the present)"),
	OPT_FLAG("mark-delivered", 0, AT(mark),
                 "remember these papers as delivered, once they are safely written"),
	OPT_VALUE("output", 'o', "FILE", OPTION_TEXT, AT(file),
                  "write to FILE, whole or not at all (default: -, standard output)"),
	{0},
};

/* Where the digest goes. */
typedef struct target {
	output     *out;
	const char *file;  /* NULL: standard output */
	buf         bytes; /* of the file */
	sheaf_error error; /* why it was lost */
} target;

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	const digest_options *o = s->options;

	if (o->profiles && o->categories.count)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "digest takes --profiles or --cat, not both");
	if (o->profiles || o->mark)
		request->need = DB_WRITE;
	return SHEAF_OK;
}

static int to_buffer(void *ctx, const char *bytes, size_t len)
{
	target *t = ctx;

	buf_append(&t->bytes, bytes, len);
	return t->bytes.status != SHEAF_OK;
}

/* Called when all is written, before anything counts as delivered. */
static int make_safe(void *ctx)
{
	target      *t = ctx;
	sheaf_status status;

	if (!t->file)
		return output_flush(t->out, &t->error) != SHEAF_OK;
	status = buf_status(&t->bytes, &t->error);
	if (status == SHEAF_OK)
		status = file_write_atomic(t->file, buf_str(&t->bytes), t->bytes.len, &t->error);
	return status != SHEAF_OK;
}

static sheaf_status set_since(const session *s, const char *since, sheaf_digest_options *with,
                              sheaf_error *err)
{
	time_span span;

	if (!since)
		return SHEAF_OK;
	if (str_eq(since, "last")) {
		with->since_last = 1;
		return SHEAF_OK;
	}
	if (!time_parse_span(since, strlen(since), s->now, &span))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--since: '%.80s' is neither a date nor last", since);
	with->has_since = 1;
	with->since = span.first;
	return SHEAF_OK;
}

static sheaf_status translate(const session *s, sheaf_digest_options *with, sheaf_error *err)
{
	const digest_options *o = s->options;

	*with = (sheaf_digest_options){
		.categories = o->categories.items,
		.category_count = o->categories.count,
		.has_until = o->until.given,
		.until = o->until.given ? o->until.span.last : 0,
		.limit = o->limit,
		.now = o->now.given ? o->now.span.first : s->now,
		.mark_delivered = o->mark,
	};
	return set_since(s, o->since, with, err);
}

static sheaf_status write_digest(session *s, const sheaf_digest_options *with, target *t,
                                 sheaf_error *err)
{
	const digest_options *o = s->options;
	sheaf_format          format = (sheaf_format)sheaf_format_from_name(o->format);
	sheaf_writer         *writer;
	sheaf_digest_stats    stats = {0};
	sheaf_status          status = sheaf_writer_new(format, t->file ? to_buffer : output_write,
                                               t->file ? (void *)t : t->out, &writer, err);

	if (status != SHEAF_OK)
		return status;
	status = sheaf_digest_write(s->db, with, writer, make_safe, t, &stats, err);
	sheaf_writer_free(writer);
	if (t->error.status != SHEAF_OK) {
		/* The library only knows that the output was lost; why is known here. */
		if (err)
			*err = t->error;
		return t->error.status;
	}
	if (status == SHEAF_OK && !stats.papers)
		s->code = CODE_NOTHING;
	return status;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	const digest_options *o = s->options;
	target                t = {.out = s->out, .file = str_eq(o->file, "-") ? NULL : o->file};
	sheaf_profile_set    *set = NULL;
	sheaf_digest_options  with;
	sheaf_status          status = translate(s, &with, err);

	if (status == SHEAF_OK && !o->categories.count)
		status = profile_source(s, o->profiles, &set, err);
	if (status == SHEAF_OK) {
		with.profiles = set;
		status = write_digest(s, &with, &t, err);
	}
	sheaf_profile_set_free(set);
	buf_free(&t.bytes);
	return status;
}

const command command_digest = {
	.name = "digest",
	.summary = "Write a digest of the sorted papers",
	.arguments = "",
	.details =
		"Without --since: the newest papers, whatever was delivered. An empty digest is written and\n"
		"ends with code 1.",
	.options = options,
	.defaults = &defaults,
	.options_size = sizeof(digest_options),
	.need = DB_READ,
	.prepare = prepare,
	.run = run,
};

/* cmd_digest.c: publishes what was sorted into topics. */
#include <sheaf/digest.h>
#include <string.h>

#include "alloc.h"
#include "digest_coverage.h"
#include "digest_job.h"
#include "digest_receipt.h"
#include "error.h"
#include "file.h"
#include "output_guard.h"
#include "page_name.h"
#include "profile_source.h"
#include "str.h"

typedef struct digest_options {
	option_list profiles, categories;
	const char *name, *format, *since, *until, *file, *base_url, *mail_to, *mail_from;
	option_span now;
	int64_t     limit, window;
	int         mark;
} digest_options;

static const char *const    format_choices[] = {"markdown", "html", "json", "jsonfeed",
                                                "atom",     "text", "mime", NULL};
static const digest_options defaults = {.window = 50};

#define AT(member) offsetof(digest_options, member)

static const option options[] = {
	OPT_VALUE("profiles", 0, "FILE", OPTION_LIST, AT(profiles),
                  "the profiles, copied into the database (default: the stored ones)"),
	OPT_VALUE("cat", 0, "CATEGORY", OPTION_LIST, AT(categories),
                  "without profiles: a section for this category; may be repeated"),
	OPT_VALUE("name", 0, "NAME", OPTION_TEXT, AT(name),
                  "of the stored digests, this one; with --cat: what to deliver under"),
	OPT_WORD("format", 0, "F", AT(format), format_choices,
                 "markdown (default), html, json, jsonfeed, atom, text or mime"),
	OPT_SET("json", AT(format), "json", "the same as --format json"),
	OPT_VALUE("since", 0, "DATE|last", OPTION_TEXT, AT(since),
                  "submitted on or after DATE; last: what was not delivered yet"),
	OPT_VALUE("until", 0, "DATE", OPTION_TEXT, AT(until), "submitted up to and on DATE"),
	OPT_INT("limit", 'n', "N", AT(limit), 0, INT64_MAX,
                "papers at most (0, the default: the profile file's limit)"),
	OPT_VALUE("now", 0, "TIME", OPTION_SPAN, AT(now),
                  "the time the digest is made at (default: the present)"),
	OPT_FLAG("mark-delivered", 0, AT(mark),
                 "remember these papers as delivered, once they are safely written"),
	OPT_VALUE("output", 'o', "FILE|DIR", OPTION_TEXT, AT(file),
                  "a file, whole or not at all; a folder (DIR/): pages and feeds"),
	OPT_INT("window", 0, "N", AT(window), 1, 10000,
                "in a folder: papers of a section's page and feeds (default: 50)"),
	OPT_VALUE("base-url", 0, "URL", OPTION_TEXT, AT(base_url),
                  "address that the output's folder will have, for links in feeds"),
	OPT_VALUE("mail-to", 0, "ADDRESS", OPTION_TEXT, AT(mail_to), "mime: to whom"),
	OPT_VALUE("mail-from", 0, "ADDRESS", OPTION_TEXT, AT(mail_from), "mime: from whom"),
	{0},
};

/* Where all the digests go. */
static int is_to_folder(const digest_options *o)
{
	size_t len = o->file ? strlen(o->file) : 0;

	return len && (o->file[len - 1] == '/' || file_is_folder(o->file));
}

static sheaf_status refuse(sheaf_error *err, const char *why)
{
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "%s", why);
}

static sheaf_status check_source(const digest_options *o, sheaf_error *err)
{
	if (o->profiles.count && o->categories.count)
		return refuse(err, "digest takes --profiles or --cat, not both");
	if (o->profiles.count && o->name)
		return refuse(err, "with --profiles, the file names the digest; leave --name out");
	if (o->profiles.count > 1 && !is_to_folder(o))
		return refuse(err, "several digests need a folder each: give -o DIR/ with several "
		                   "--profiles");
	if (o->name && !*o->name)
		return refuse(err, "--name: a digest's name cannot be empty");
	return SHEAF_OK;
}

static sheaf_status check_target(const digest_options *o, sheaf_error *err)
{
	int is_mail = str_eq(o->format, "mime");

	if (o->file && !*o->file)
		return refuse(err, "-o: give the name of a file, of a folder, or -");
	if (is_to_folder(o) && o->format && !str_eq(o->format, "html"))
		return refuse(err,
		              "a folder has pages and feeds, and no --format; give -o FILE for "
		              "one format");
	if ((o->mail_to || o->mail_from) && !is_mail)
		return refuse(err, "--mail-to and --mail-from are for --format mime");
	if (o->base_url && !str_starts(o->base_url, "http://") &&
	    !str_starts(o->base_url, "https://"))
		return refuse(err, "--base-url: give an address that begins with https:// or "
		                   "http://");
	return SHEAF_OK;
}

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	const digest_options *o = s->options;
	sheaf_status          status = check_source(o, err);

	if (o->profiles.count || o->mark)
		request->need = DB_WRITE;
	return status == SHEAF_OK ? check_target(o, err) : status;
}

static sheaf_status parse_date(const char *option_name, const char *also, const char *text,
                               sheaf_time now, time_span *span, sheaf_error *err)
{
	if (time_parse_span(text, strlen(text), now, span))
		return SHEAF_OK;
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "%s: '%.80s' is no date%s",
	                  option_name, text, also);
}

/* Relative dates count from the time that the digest is made at. */
static sheaf_status set_dates(const digest_options *o, sheaf_digest_options *with, sheaf_error *err)
{
	time_span    span;
	sheaf_status status = SHEAF_OK;

	with->since_last = str_eq(o->since, "last");
	if (o->since && !with->since_last) {
		status = parse_date("--since", ", and not last", o->since, with->now, &span, err);
		with->has_since = 1;
		with->since = status == SHEAF_OK ? span.first : 0;
	}
	if (status == SHEAF_OK && o->until) {
		status = parse_date("--until", "", o->until, with->now, &span, err);
		with->has_until = 1;
		with->until = status == SHEAF_OK ? span.last : 0;
	}
	return status;
}

static sheaf_status translate(const session *s, sheaf_digest_options *with, sheaf_error *err)
{
	const digest_options *o = s->options;

	*with = (sheaf_digest_options){
		.categories = o->categories.items,
		.category_count = o->categories.count,
		.limit = o->limit,
		.now = o->now.given ? o->now.span.first : s->now,
		.mark_delivered = o->mark,
		.name = o->categories.count ? o->name : NULL,
		.arrived = receipt_arrived,
	};
	return set_dates(o, with, err);
}

/* ---- one digest ---- */

/* What comes before the names of its files: the address with a slash, and its folder if it has one. */
static sheaf_status set_base(digest_job *job, const char *below, sheaf_error *err)
{
	const digest_options *o = job->s->options;
	buf                   base = BUF_INIT(0);
	sheaf_status          status;

	if (!o->base_url)
		return SHEAF_OK;
	buf_puts(&base, o->base_url);
	if (base.len && base.data[base.len - 1] != '/')
		buf_putc(&base, '/');
	if (below)
		buf_printf(&base, "%s/", below);
	status = buf_status(&base, err);
	job->base = status == SHEAF_OK ? arena_strdup(job->s->arena, base.data) : NULL;
	buf_free(&base);
	return status == SHEAF_OK && !job->base ? sheaf_nomem(err) : status;
}

static sheaf_status set_path(digest_job *job, const char *below, sheaf_error *err)
{
	const digest_options *o = job->s->options;
	buf                   path = BUF_INIT(0);
	sheaf_status          status;

	job->path = str_eq(o->file, "-") ? NULL : o->file;
	if (!below)
		return SHEAF_OK;
	buf_printf(&path, "%s/%s", o->file, below);
	status = buf_status(&path, err);
	job->path = status == SHEAF_OK ? arena_strdup(job->s->arena, path.data) : NULL;
	buf_free(&path);
	return status == SHEAF_OK && !job->path ? sheaf_nomem(err) : status;
}

/* An empty digest of papers that nobody sorted would look like a quiet day. */
static sheaf_status note_pending(session *s, const sheaf_profile_set *set, sheaf_error *err)
{
	int64_t      pending;
	sheaf_status status;

	if (!set)
		return SHEAF_OK;
	status = sheaf_classify_pending(s->db, set, &pending, err);
	if (status == SHEAF_OK && pending)
		console_note(
			s->console,
			"%.80s: not all papers are sorted into these sections yet; run 'sheaf classify' "
			"first",
			sheaf_profile_set_get_digest(set)->name);
	return status;
}

/* `below` NULL: the folder, or file, is that of the command line. */
static sheaf_status write_digest(session *s, const sheaf_digest_options *with, const char *below,
                                 int64_t *papers, sheaf_error *err)
{
	const digest_options *o = s->options;
	digest_job            job = {.s = s, .window = o->window};
	sheaf_status          status;

	job.format = (sheaf_format)sheaf_format_from_name(o->format ? o->format : "markdown");
	job.head.to = o->mail_to;
	job.head.from = o->mail_from;
	status = note_pending(s, with->profiles, err);
	if (status == SHEAF_OK)
		status = set_base(&job, below, err);
	if (status == SHEAF_OK)
		status = set_path(&job, below, err);
	if (status == SHEAF_OK)
		status = digest_coverage(s->db, s->arena, &job.head.coverage, err);
	if (status == SHEAF_OK)
		status = sheaf_digest_new(s->db, with, &job.digest, err);
	if (status == SHEAF_OK)
		status = is_to_folder(o) ? digest_to_folder(&job, err) : digest_to_file(&job, err);
	sheaf_digest_free(job.digest);
	*papers += job.papers;
	return status;
}

/* ---- all of them ---- */

static sheaf_status write_stored(session *s, sheaf_digest_options *with, int64_t *papers,
                                 sheaf_error *err)
{
	const digest_options *o = s->options;
	sheaf_profile_set    *set = NULL;
	sheaf_status          status = sheaf_profile_set_load(s->db, o->name, &set, err);

	with->profiles = set;
	if (status == SHEAF_OK)
		status = write_digest(s, with, NULL, papers, err);
	sheaf_profile_set_free(set);
	return status;
}

static sheaf_status check_names(sheaf_profile_set *const *sets, size_t count, sheaf_error *err)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = 0; j < i; j++) {
			const char *name = sheaf_profile_set_get_digest(sets[i])->name;

			if (str_eq(name, sheaf_profile_set_get_digest(sets[j])->name))
				return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
				                  "two of the files are the digest '%.80s'; give "
				                  "each a name",
				                  name);
		}
	return SHEAF_OK;
}

/* All files are read before anything is written. */
static sheaf_status read_sets(session *s, sheaf_profile_set **sets, sheaf_error *err)
{
	const digest_options *o = s->options;
	sheaf_status          status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < o->profiles.count; i++)
		status = profile_source(s, o->profiles.items[i], &sets[i], err);
	return status == SHEAF_OK ? check_names(sets, o->profiles.count, err) : status;
}

static sheaf_status write_files(session *s, sheaf_digest_options *with, int64_t *papers,
                                sheaf_error *err)
{
	const digest_options *o = s->options;
	size_t                count = o->profiles.count;
	sheaf_profile_set   **sets = mem_calloc(count, sizeof *sets);
	page_names            folders = {NULL, 0, 0};
	sheaf_status          status = sets ? read_sets(s, sets, err) : sheaf_nomem(err);

	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		const char *below = NULL;

		with->profiles = sets[i];
		if (count > 1)
			below = page_name(&folders, sheaf_profile_set_get_digest(sets[i])->name,
			                  s->arena);
		status = count > 1 && !below ? sheaf_nomem(err)
		                             : write_digest(s, with, below, papers, err);
	}
	for (size_t i = 0; sets && i < count; i++)
		sheaf_profile_set_free(sets[i]);
	mem_free(sets);
	return status;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	const digest_options *o = s->options;
	sheaf_digest_options  with;
	int64_t               papers = 0;
	sheaf_status          status = output_guard(s, o->file, &o->profiles, err);

	if (status == SHEAF_OK)
		status = translate(s, &with, err);
	if (status != SHEAF_OK)
		return status;
	if (o->categories.count)
		status = write_digest(s, &with, NULL, &papers, err);
	else if (o->profiles.count)
		status = write_files(s, &with, &papers, err);
	else
		status = write_stored(s, &with, &papers, err);
	if (status == SHEAF_OK && !papers)
		s->code = CODE_NOTHING;
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

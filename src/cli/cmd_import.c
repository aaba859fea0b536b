/* cmd_import.c: files of records into the database. */
#include <sheaf/import.h>

#include "change_counts.h"
#include "command.h"
#include "error.h"
#include "progress.h"
#include "signals.h"
#include "str.h"

enum { REJECTS_SHOWN = 100 };

typedef struct import_options {
	const char *from;
	int64_t     jobs;
	int         strict, force;
} import_options;

static const char *const from_choices[] = {"auto", "jsonl", "oai", "atom", "rss", NULL};

#define AT(member) offsetof(import_options, member)

static const option options[] = {
	OPT_WORD("from", 0, "FORMAT", AT(from), from_choices,
                 "auto (default: told from the content), jsonl, oai, atom or rss"),
	OPT_INT("jobs", 0, "N", AT(jobs), 0, 256,
                "threads beside the writer (0, the default: as many as help)"),
	OPT_FLAG("strict", 0, AT(strict), "end a file at its first bad record"),
	OPT_FLAG("force", 0, AT(force), "take papers again that were removed"),
	{0},
};

/* An import under way. */
typedef struct importing {
	session *s;
	progress progress;
	int64_t  rejects;      /* named or counted so far */
	int64_t  resumed;      /* records of which it was told that they are not read again */
	int      files_failed; /* 1: a file could not be read */
} importing;

static sheaf_source_format format_of(const char *name)
{
	static const sheaf_source_format formats[] = {SHEAF_SOURCE_AUTO, SHEAF_SOURCE_JSONL,
	                                              SHEAF_SOURCE_OAI, SHEAF_SOURCE_ATOM,
	                                              SHEAF_SOURCE_RSS};

	for (size_t i = 0; from_choices[i]; i++)
		if (str_eq(from_choices[i], name))
			return formats[i];
	return SHEAF_SOURCE_AUTO;
}

/* Of what an interrupted import has stored before. */
static void tell_resumed(importing *im, const sheaf_import_stats *stats)
{
	if (stats->resumed == im->resumed)
		return;
	console_note(im->s->console,
	             "going on after %lld records that an interrupted import has stored",
	             (long long)(stats->resumed - im->resumed));
	im->resumed = stats->resumed;
	progress_part_skipped(&im->progress);
}

static int on_progress(void *ctx, const sheaf_import_stats *stats)
{
	importing     *im = ctx;
	progress_state state = {"records", stats->records, stats->bytes, -1};

	progress_part(&im->progress, stats->file_bytes, stats->file_size);
	tell_resumed(im, stats);
	progress_update(&im->progress, &state);
	return signals_pending();
}

/* file:line for lines, file:record N for records. */
static void on_reject(void *ctx, const sheaf_import_reject *r)
{
	importing  *im = ctx;
	console    *c = im->s->console;
	const char *reason = r->reason ? r->reason : "not readable";

	if (im->rejects++ >= REJECTS_SHOWN && !c->verbose)
		return;
	if (r->number <= 0)
		console_remark(c, "%s: %s", r->file, reason);
	else if (r->is_line)
		console_remark(c, "%s:%lld: %s", r->file, (long long)r->number, reason);
	else
		console_remark(c, "%s:record %lld: %s", r->file, (long long)r->number, reason);
}

/* A file that cannot be read does not keep the others from being read. */
static int goes_on(sheaf_status status)
{
	return status == SHEAF_ERROR_IO || status == SHEAF_ERROR_PROTOCOL;
}

static sheaf_status read_files(importing *im, sheaf_import *import, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < im->s->word_count && status == SHEAF_OK; i++) {
		sheaf_error why = {0};

		console_detail(im->s->console, "reading %s", im->s->words[i]);
		status = sheaf_import_file(import, im->s->words[i], &why);
		if (goes_on(status)) {
			console_error(im->s->console, "%s", why.message);
			im->files_failed = 1;
			status = SHEAF_OK;
		} else if (status != SHEAF_OK) {
			*err = why;
		}
	}
	return status;
}

static void print_summary(const importing *im, const sheaf_import_stats *stats)
{
	console *c = im->s->console;

	if (im->rejects > REJECTS_SHOWN && !c->verbose)
		console_note(c, "%lld more records were rejected",
		             (long long)(im->rejects - REJECTS_SHOWN));
	if (stats->truncated)
		console_note(c, "%lld of the files are cut off", (long long)stats->truncated);
	output_printf(
		im->s->out,
		"added %lld, updated %lld, unchanged %lld, rejected %lld, seconds %.2f, records/s %.0f\n",
		(long long)stats->added, (long long)stats->updated, (long long)stats->unchanged,
		(long long)stats->rejected, progress_seconds(&im->progress),
		progress_rate(&im->progress, stats->records));
	change_counts_tell(c, stats->changes, stats->kept_out);
}

static exit_code outcome(const importing *im, const sheaf_import_stats *stats)
{
	exit_code code = stats->records ? CODE_DONE : CODE_NOTHING;

	if (stats->rejected || stats->truncated)
		code = exit_worst(code, CODE_INCOMPLETE);
	if (im->files_failed)
		code = exit_worst(code, CODE_FILE);
	return code;
}

/* Also after an interruption what was got is committed, and told. */
static sheaf_status finish(importing *im, sheaf_import *import, int interrupted, sheaf_error *err)
{
	sheaf_import_stats stats = {0};
	sheaf_status       status = sheaf_import_finish(import, &stats, err);

	progress_end(&im->progress);
	if (status == SHEAF_OK) {
		print_summary(im, &stats);
		im->s->code = outcome(im, &stats);
		if (interrupted && stats.resumable)
			console_note(
				im->s->console,
				"what was read is stored; the same command goes on from there");
	}
	return status;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	const import_options *o = s->options;
	importing             im = {.s = s};
	sheaf_import_options  with = {.format = format_of(o->from),
	                              .jobs = (int)o->jobs,
	                              .strict = o->strict,
	                              .force = o->force,
	                              .now = s->now,
	                              .ctx = &im,
	                              .progress = on_progress,
	                              .reject = on_reject};
	sheaf_import         *import;
	sheaf_error           lost = {0};
	sheaf_status          status = sheaf_import_new(s->db, &with, &import, err), finished;

	if (status != SHEAF_OK)
		return status;
	progress_begin(&im.progress, s->console);
	status = read_files(&im, import, err);
	finished = finish(&im, import, status == SHEAF_ERROR_INTERRUPTED, &lost);
	sheaf_import_free(import);
	if (status == SHEAF_OK && finished != SHEAF_OK) {
		*err = lost;
		return finished;
	}
	return status;
}

const command command_import = {
	.name = "import",
	.summary = "Read files of records into the database",
	.arguments = "FILE|DIR|-…",
	.details =
		"Reads files, folders and standard input (-), plain or compressed (gz, zst, xz, bz2, zip).\n"
		"Records that cannot be read are named on standard error and skipped.\n"
		"An import of JSON Lines that was interrupted goes on where it stopped, by the same command.",
	.options = options,
	.options_size = sizeof(import_options),
	.need = DB_CREATE,
	.min_words = 1,
	.max_words = WORDS_ANY,
	.defers = 1,
	.run = run,
};

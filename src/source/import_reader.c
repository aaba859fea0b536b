#include "import_reader.h"

#include <string.h>

#include "error.h"
#include "folder.h"
#include "import_push.h"
#include "import_stream.h"
#include "str.h"

/* ---- files and folders ---- */

/* How far the reading of several streams has come. */
typedef struct tally {
	int64_t good, bad;
} tally;

/* Goes on past a stream that fails where it is one of several. */
static sheaf_status settle(import_reader *r, tally *t, const char *name, int one_of_several,
                           sheaf_status status, sheaf_error *why, sheaf_error *err)
{
	size_t prefix = strlen(name);

	if (status == SHEAF_OK) {
		t->good++;
		return SHEAF_OK;
	}
	if (!one_of_several || (status != SHEAF_ERROR_IO && status != SHEAF_ERROR_PROTOCOL)) {
		if (err)
			*err = *why;
		return status;
	}
	t->bad++;
	/* The name is told beside the reason. */
	prefix = strncmp(why->message, name, prefix) == 0 && why->message[prefix] == ':'
	                 ? prefix + 2
	                 : 0;
	if (import_push_reject(r, name, 0, 0, NULL, why->message + prefix))
		return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "stopped");
	return SHEAF_OK;
}

static sheaf_status read_members(import_reader *r, import_stream *s, tally *t, sheaf_error *err)
{
	reader      *input = s->input;
	sheaf_status status;

	while ((status = reader_next(input, &s->name, err)) == SHEAF_OK && s->name) {
		sheaf_error  why = {0};
		sheaf_status read = import_stream_read(r, s, &why);

		s->is_first = 0;
		status = settle(r, t, s->name, reader_is_archive(input), read, &why, err);
		if (status != SHEAF_OK)
			return status;
	}
	/* So little of it is there that nothing could be unpacked: cut off all the same. */
	if (status == SHEAF_ERROR_IO && reader_is_cut_off(input)) {
		t->good++;
		status = import_push_end(r, r->path, NULL, "truncated") ? SHEAF_ERROR_INTERRUPTED
		                                                        : SHEAF_OK;
	}
	return status;
}

/* The file may be another one than that of which something was remembered. */
static void meet_file(import_reader *r, import_stream *s)
{
	reader_tell(s->input, &s->file);
	if (s->file.size != r->from.size || s->file.modified != r->from.modified)
		r->from = (import_row){.newest = SHEAF_TIME_NONE};
	s->disk_before = r->disk_bytes;
	if (s->file.size < 0)
		r->disk_size = -1;
	else if (r->disk_size >= 0)
		r->disk_size += s->file.size;
}

static sheaf_status read_file(import_reader *r, const char *path, sheaf_error *err)
{
	const reader_watch watch = {r, import_push_tick};
	import_stream      s = {.is_first = 1};
	tally              t = {0};
	sheaf_status       status = reader_open(path, &watch, &s.input, err);

	if (status != SHEAF_OK)
		return status;
	meet_file(r, &s);
	status = read_members(r, &s, &t, err);
	/* An archive is read by its directory: what is between its members is not. */
	if (s.file.size >= 0)
		r->disk_bytes = s.disk_before + s.file.size;
	reader_close(s.input);
	/* No lines are lines, too, where lines were announced. */
	if (status == SHEAF_OK && !t.good && !t.bad && r->format == SHEAF_SOURCE_JSONL)
		return import_push_end(r, path, NULL, NULL)
		               ? sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "stopped")
		               : SHEAF_OK;
	if (status == SHEAF_OK && !t.good)
		status = sheaf_fail(err, SHEAF_ERROR_IO,
		                    t.bad ? "%s: no file in it could be read" : "%s: is empty",
		                    path);
	return status;
}

static sheaf_status read_folder(import_reader *r, const char *path, sheaf_error *err)
{
	folder_files files = {0};
	tally        t = {0};
	sheaf_status status = folder_list(path, &files, err);

	for (size_t i = 0; i < files.count && status == SHEAF_OK; i++) {
		sheaf_error  why = {0};
		sheaf_status read = read_file(r, files.paths[i], &why);

		status = settle(r, &t, files.paths[i], 1, read, &why, err);
	}
	if (status == SHEAF_OK && !t.good)
		status = sheaf_fail(
			err, SHEAF_ERROR_IO,
			t.bad ? "%s: no file in it could be read" : "%s: holds no files", path);
	folder_free(&files);
	return status;
}

void import_reader_run(import_reader *r)
{
	int is_folder = !str_eq(r->path, "-") && folder_is(r->path);

	r->error = (sheaf_error){0};
	r->status = is_folder ? read_folder(r, r->path, &r->error)
	                      : read_file(r, r->path, &r->error);
	if (r->status == SHEAF_ERROR_INTERRUPTED && import_queue_is_starved(r->queue))
		r->status = sheaf_nomem(&r->error);
	import_queue_end(r->queue);
}

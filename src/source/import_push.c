#include "import_push.h"

import_item *import_push_blank(import_reader *r, import_kind kind)
{
	import_item *item = import_queue_blank(r->queue);

	if (item) {
		item->kind = kind;
		item->total_bytes = r->bytes;
		item->file_bytes = r->disk_bytes;
		item->file_size = r->disk_size;
		item->at = (import_row){.newest = SHEAF_TIME_NONE};
		item->number = item->is_line = item->truncated = item->snapshot = 0;
		buf_clear(&item->file);
		buf_clear(&item->reason);
	}
	return item;
}

int import_push_on(import_reader *r, import_item *item)
{
	int stop = r->analyser && import_analyser_run(r->analyser, item);

	import_queue_push(r->queue, item);
	return stop;
}

int import_push_tick(void *ctx)
{
	import_item *item = import_push_blank(ctx, IMPORT_TICK);

	if (!item)
		return 1;
	return import_push_on(ctx, item);
}

int import_push_resumed(import_reader *r, int64_t lines)
{
	import_item *item = import_push_blank(r, IMPORT_RESUMED);

	if (!item)
		return 1;
	item->number = lines;
	return import_push_on(r, item);
}

int import_push_reject(import_reader *r, const char *file, int64_t number, int is_line,
                       const import_row *at, const char *reason)
{
	import_item *item = import_push_blank(r, IMPORT_REJECT);

	if (!item)
		return 1;
	item->number = number;
	item->is_line = is_line;
	if (at)
		item->at = *at;
	buf_puts(&item->file, file);
	buf_puts(&item->reason, reason);
	return import_push_on(r, item);
}

int import_push_end(import_reader *r, const char *file, const import_row *at, const char *cut)
{
	import_item *item = import_push_blank(r, IMPORT_STREAM);

	if (!item)
		return 1;
	item->truncated = cut != NULL;
	item->snapshot = at != NULL;
	if (at)
		item->at = *at;
	buf_puts(&item->file, file);
	buf_puts(&item->reason, cut ? cut : "");
	return import_push_on(r, item);
}

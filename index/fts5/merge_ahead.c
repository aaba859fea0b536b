#include "merge_ahead.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "ranking_write.h"
#include "segment_image.h"
#include "segment_merge.h"
#include "shadow.h"

enum {
	PORTION_PAGES = 256, /* handed over at once */
	PORTIONS = 12        /* under way at most */
};

typedef enum portion_kind { SEGMENTS = 0, LISTS } portion_kind;

typedef struct portion portion;
struct portion {
	portion       *next;
	portion_kind   kind;
	segment_image *image; /* of lists: their rows where a segment has its index */
};

struct merge_ahead {
	sheaf_database  *db, *reader; /* the caller's; that of the thread */
	segment_range   *list;
	segment_reader **readers;
	size_t           count; /* of both */
	size_t           page_size;
	int              has_lists; /* 1: they are merged, too, after the segments */
	pthread_t        thread;
	int              running; /* 1: the thread is to be joined */
	/* the thread's until it has ended */
	portion_kind kind;
	portion     *filling;
	size_t       pages; /* in it */
	ranking_run  run;   /* that the lists become */
	int64_t      last_page;
	sheaf_status status;
	sheaf_error  error;
	/* between both */
	pthread_mutex_t mutex;
	pthread_cond_t  changed;
	portion        *full, **full_end, *empty;
	int             segments_ended, ended, stopped;
};

/* ---- portions ---- */

static void free_portions(portion *p)
{
	while (p) {
		portion *next = p->next;

		segment_image_free(p->image);
		mem_free(p);
		p = next;
	}
}

static sheaf_status make_portions(merge_ahead *m, sheaf_error *err)
{
	for (int i = 0; i < PORTIONS; i++) {
		portion *p = mem_calloc(1, sizeof *p);

		if (!p)
			return sheaf_nomem(err);
		p->next = m->empty;
		m->empty = p;
		if (segment_image_new(&p->image, err) != SHEAF_OK)
			return SHEAF_ERROR_NOMEM;
	}
	return SHEAF_OK;
}

/* The thread's: waits for an empty portion. */
static sheaf_status begin_portion(merge_ahead *m, sheaf_error *err)
{
	pthread_mutex_lock(&m->mutex);
	while (!m->empty && !m->stopped)
		pthread_cond_wait(&m->changed, &m->mutex);
	m->filling = m->stopped ? NULL : m->empty;
	if (m->filling)
		m->empty = m->filling->next;
	pthread_mutex_unlock(&m->mutex);
	m->pages = 0;
	if (!m->filling)
		return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "stopped");
	segment_image_clear(m->filling->image);
	return SHEAF_OK;
}

static void end_portion(merge_ahead *m)
{
	portion *p = m->filling;

	if (!p)
		return;
	m->filling = NULL;
	p->next = NULL;
	p->kind = m->kind;
	pthread_mutex_lock(&m->mutex);
	*m->full_end = p;
	m->full_end = &p->next;
	pthread_cond_signal(&m->changed);
	pthread_mutex_unlock(&m->mutex);
}

/* The caller's. NULL: there is no more of this kind. */
static portion *take_portion(merge_ahead *m, portion_kind kind)
{
	portion *p;

	pthread_mutex_lock(&m->mutex);
	while (!m->full && !m->ended && !(kind == SEGMENTS && m->segments_ended))
		pthread_cond_wait(&m->changed, &m->mutex);
	p = m->full && m->full->kind == kind ? m->full : NULL;
	if (p) {
		m->full = p->next;
		if (!m->full)
			m->full_end = &m->full;
	}
	pthread_mutex_unlock(&m->mutex);
	return p;
}

static void give_portion(merge_ahead *m, portion *p)
{
	pthread_mutex_lock(&m->mutex);
	p->next = m->empty;
	m->empty = p;
	pthread_cond_signal(&m->changed);
	pthread_mutex_unlock(&m->mutex);
}

/* ---- the thread ---- */

/* Where something goes that takes a page, or less. */
static sheaf_status next_place(merge_ahead *m, segment_sink *sink, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (m->pages == PORTION_PAGES)
		end_portion(m);
	if (!m->filling)
		status = begin_portion(m, err);
	if (status != SHEAF_OK)
		return status;
	m->pages++;
	*sink = segment_image_sink(m->filling->image);
	return SHEAF_OK;
}

static sheaf_status take_page(void *ctx, int64_t id, const void *data, size_t len, sheaf_error *err)
{
	segment_sink sink;
	sheaf_status status = next_place(ctx, &sink, err);

	return status == SHEAF_OK ? sink.page(sink.ctx, id, data, len, err) : status;
}

static sheaf_status take_index(void *ctx, const void *term, size_t len, int64_t page,
                               sheaf_error *err)
{
	merge_ahead *m = ctx;
	segment_sink sink;
	sheaf_status status = m->filling ? SHEAF_OK : begin_portion(m, err);

	if (status != SHEAF_OK)
		return status;
	sink = segment_image_sink(m->filling->image);
	return sink.index(sink.ctx, term, len, page, err);
}

static sheaf_status take_row(void *ctx, int64_t number, const void *data, size_t len,
                             sheaf_error *err)
{
	segment_sink sink;
	sheaf_status status = next_place(ctx, &sink, err);

	return status == SHEAF_OK ? sink.index(sink.ctx, data, len, number, err) : status;
}

static sheaf_status merge_segments(merge_ahead *m, sheaf_error *err)
{
	const segment_sink sink = {m, take_page, take_index};
	segment_writer    *w;
	sheaf_status       status = segment_writer_new(m->page_size, &sink, &w, err);

	if (status == SHEAF_OK)
		status = segment_merge(m->readers, m->count, w, err);
	if (status == SHEAF_OK)
		status = segment_writer_finish(w, &m->last_page, err);
	segment_writer_free(w);
	end_portion(m);
	return status;
}

static sheaf_status merge_lists(merge_ahead *m, sheaf_error *err)
{
	const list_sink sink = {m, take_row, take_page};
	sheaf_status    status;

	m->kind = LISTS;
	status = ranking_read_merged(m->reader, &sink, &m->run, err);
	end_portion(m);
	return status;
}

/* `which` becomes 1, and whoever waits for it is told. */
static void set(merge_ahead *m, int *which)
{
	pthread_mutex_lock(&m->mutex);
	*which = 1;
	pthread_cond_signal(&m->changed);
	pthread_mutex_unlock(&m->mutex);
}

static void *merging_thread(void *ctx)
{
	merge_ahead *m = ctx;

	m->status = merge_segments(m, &m->error);
	if (m->status == SHEAF_OK && m->has_lists) {
		set(m, &m->segments_ended);
		m->status = merge_lists(m, &m->error);
	}
	set(m, &m->ended);
	return NULL;
}

/* ---- beginning ---- */

static sheaf_status list_segments(sheaf_database *db, segment_range **list, size_t *count,
                                  sheaf_error *err)
{
	segment_structure s;
	sheaf_status      status = shadow_read_structure(db, &s, err);

	*list = NULL;
	*count = 0;
	if (status == SHEAF_OK)
		status = segment_structure_list(&s, list, count, err);
	segment_structure_free(&s);
	return status;
}

static int same_segments(const segment_range *a, size_t a_count, const segment_range *b,
                         size_t b_count)
{
	if (a_count != b_count)
		return 0;
	for (size_t i = 0; i < a_count; i++)
		if (a[i].segment != b[i].segment || a[i].first_page != b[i].first_page ||
		    a[i].last_page != b[i].last_page)
			return 0;
	return 1;
}

/* Only beside a log does a reader not stand in the way of who writes. */
static int has_log(sheaf_database *db)
{
	sqlite3_stmt *stmt;
	int           row = 0, is_wal = 0;
	sheaf_status  status = statement_get(db, STMT_JOURNAL_MODE, &stmt, NULL);

	if (status != SHEAF_OK)
		return 0;
	if (statement_step(db, stmt, &row, NULL) == SHEAF_OK && row) {
		const char *mode = (const char *)sqlite3_column_text(stmt, 0);

		is_wal = mode && strcmp(mode, "wal") == 0;
	}
	statement_reset(stmt);
	return is_wal;
}

static sheaf_status small_cache(sheaf_database *db, sheaf_error *err)
{
	return statement_exec(db, STMT_SMALL_CACHE, err);
}

/* A handle that reads what was committed last, for as long as the thread lives. */
static sheaf_status open_reader(merge_ahead *m, sheaf_error *err)
{
	const sheaf_database_options options = {.custom_stem = m->db->custom_stem};
	segment_range               *list = NULL;
	size_t                       count = 0;
	sheaf_status status = sheaf_database_open(sqlite3_db_filename(m->db->sql, "main"),
	                                          SHEAF_DB_READ_ONLY, &options, &m->reader, err);

	if (status == SHEAF_OK)
		status = small_cache(m->reader, err);
	if (status == SHEAF_OK)
		status = database_begin_read(m->reader, err);
	if (status == SHEAF_OK)
		status = list_segments(m->reader, &list, &count, err);
	if (status == SHEAF_OK && !same_segments(list, count, m->list, m->count))
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT, "other segments");
	mem_free(list);
	return status;
}

static sheaf_status prepare(merge_ahead *m, sheaf_error *err)
{
	segment_source source;
	sheaf_status   status = open_reader(m, err);

	if (status != SHEAF_OK)
		return status;
	source = shadow_source(m->reader);
	m->readers = mem_calloc(m->count, sizeof(segment_reader *));
	if (!m->readers)
		return sheaf_nomem(err);
	for (size_t i = 0; status == SHEAF_OK && i < m->count; i++)
		status = segment_reader_new(&source, &m->list[i], &m->readers[i], err);
	if (status == SHEAF_OK)
		status = ranking_can_split_merge(m->db, m->reader, &m->has_lists, err);
	return status == SHEAF_OK ? make_portions(m, err) : status;
}

/* Signals are the caller's business. */
static int start(merge_ahead *m)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	m->running = pthread_create(&m->thread, NULL, merging_thread, m) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return m->running;
}

static merge_ahead *make(sheaf_database *db)
{
	merge_ahead *m = mem_calloc(1, sizeof *m);

	if (!m)
		return NULL;
	m->db = db;
	m->full_end = &m->full;
	pthread_mutex_init(&m->mutex, NULL);
	pthread_cond_init(&m->changed, NULL);
	return m;
}

sheaf_status merge_ahead_new(sheaf_database *db, merge_ahead **out, sheaf_error *err)
{
	merge_ahead *m;
	int          known = 0;
	sheaf_status status = SHEAF_OK;

	*out = NULL;
	if (!has_log(db))
		return SHEAF_OK;
	m = make(db);
	if (!m)
		return sheaf_nomem(err);
	status = shadow_is_known(db, &known, &m->page_size, err);
	if (status == SHEAF_OK && known)
		status = list_segments(db, &m->list, &m->count, err);
	if (status == SHEAF_OK && m->count > 1 && prepare(m, NULL) == SHEAF_OK && start(m))
		*out = m;
	else
		merge_ahead_free(m);
	return status;
}

void merge_ahead_free(merge_ahead *m)
{
	if (!m)
		return;
	if (m->running) {
		pthread_mutex_lock(&m->mutex);
		m->stopped = 1;
		pthread_cond_signal(&m->changed);
		pthread_mutex_unlock(&m->mutex);
		pthread_join(m->thread, NULL);
	}
	for (size_t i = 0; m->readers && i < m->count; i++)
		segment_reader_free(m->readers[i]);
	if (m->reader) {
		statement_reset(m->reader->statements[STMT_INDEX_PAGE]);
		database_end_read(m->reader);
	}
	sheaf_database_close(m->reader);
	free_portions(m->full);
	free_portions(m->empty);
	pthread_cond_destroy(&m->changed);
	pthread_mutex_destroy(&m->mutex);
	mem_free(m->readers);
	mem_free(m->list);
	mem_free(m);
}

/* ---- the caller's thread ---- */

int merge_ahead_is_of(const merge_ahead *m, const segment_range *list, size_t count,
                      size_t page_size)
{
	return m && m->page_size == page_size && same_segments(list, count, m->list, m->count);
}

int merge_ahead_has_lists(const merge_ahead *m)
{
	return m && m->has_lists;
}

/* How the thread has ended. */
static sheaf_status tell(const merge_ahead *m, sheaf_error *err)
{
	if (m->status != SHEAF_OK && err)
		*err = m->error;
	return m->status;
}

sheaf_status merge_ahead_write(merge_ahead *m, const segment_sink *sink, int64_t *last_page,
                               sheaf_error *err)
{
	/* The thread's handle goes on seeing what is cleared here. */
	sheaf_status status = shadow_clear(m->db, err);
	portion     *p;

	*last_page = 0;
	while (status == SHEAF_OK && (p = take_portion(m, SEGMENTS))) {
		status = segment_image_replay(p->image, sink, err);
		give_portion(m, p);
	}
	if (status == SHEAF_OK && !m->segments_ended)
		status = tell(m, err);
	if (status == SHEAF_OK)
		*last_page = m->last_page;
	return status;
}

static sheaf_status put_list_page(void *ctx, int64_t number, const void *data, size_t len,
                                  sheaf_error *err)
{
	const list_sink *sink = ctx;

	return sink->page(sink->ctx, number, data, len, err);
}

static sheaf_status put_list_row(void *ctx, const void *data, size_t len, int64_t number,
                                 sheaf_error *err)
{
	const list_sink *sink = ctx;

	return sink->row(sink->ctx, number, data, len, err);
}

sheaf_status merge_ahead_lists(void *ctx, const list_sink *sink, ranking_run *run, sheaf_error *err)
{
	merge_ahead       *m = ctx;
	list_sink          rows = *sink;
	const segment_sink both = {&rows, put_list_page, put_list_row};
	sheaf_status       status = SHEAF_OK;
	portion           *p;

	/* Segments that nobody has asked for. */
	while ((p = take_portion(m, SEGMENTS)))
		give_portion(m, p);
	while (status == SHEAF_OK && (p = take_portion(m, LISTS))) {
		status = segment_image_replay(p->image, &both, err);
		give_portion(m, p);
	}
	if (status == SHEAF_OK)
		status = tell(m, err);
	*run = m->run;
	return status;
}

#include "import_encoder.h"

#include <pthread.h>

#include "alloc.h"
#include "error.h"
#include "import_queue.h"

enum { PASSED_MAX = 64 }; /* batches that are not tried after failures in a row */

typedef enum entry_state { WAITING = 0, AT_WORK, DONE } entry_state;

typedef struct entry {
	store_batch *batch;
	entry_state  state;
	int          tried;
	size_t       documents;
} entry;

struct import_encoder {
	pthread_mutex_t mutex;
	pthread_cond_t  changed;
	analyser       *analyser;
	entry           entries[IMPORT_QUEUE_BATCHES]; /* not yet settled, in order */
	size_t          count;
	sheaf_revision  next;   /* that the first document of the first entry gets */
	unsigned        passed; /* batches to be passed over yet */
	unsigned        pause;  /* and after the next failure */
	int             stopped;
};

sheaf_status import_encoder_new(sheaf_database *db, import_encoder **out, sheaf_error *err)
{
	import_encoder *e = mem_calloc(1, sizeof *e);
	sheaf_status    status;

	*out = NULL;
	if (!e)
		return sheaf_nomem(err);
	pthread_mutex_init(&e->mutex, NULL);
	pthread_cond_init(&e->changed, NULL);
	status = analyser_new(db, &e->analyser, err);
	if (status == SHEAF_OK)
		*out = e;
	else
		import_encoder_free(e);
	return status;
}

void import_encoder_free(import_encoder *e)
{
	if (!e)
		return;
	analyser_free(e->analyser);
	pthread_cond_destroy(&e->changed);
	pthread_mutex_destroy(&e->mutex);
	mem_free(e);
}

void import_encoder_restart(import_encoder *e, sheaf_revision next, const store_batch *batch)
{
	e->count = 0;
	e->stopped = 0;
	e->next = next - (batch ? (sheaf_revision)store_batch_documents(batch) : 0);
}

/* Batches are encoded one at a time, each once the one before is written: then its revisions are certain. */
static entry *wait_for_work(import_encoder *e)
{
	while (!e->stopped && (!e->count || e->entries[0].state != WAITING))
		pthread_cond_wait(&e->changed, &e->mutex);
	return e->stopped ? NULL : &e->entries[0];
}

void import_encoder_run(import_encoder *e)
{
	entry *at;

	pthread_mutex_lock(&e->mutex);
	while ((at = wait_for_work(e))) {
		store_batch   *batch = at->batch;
		sheaf_revision next = e->next;

		at->state = AT_WORK;
		pthread_mutex_unlock(&e->mutex);
		/* A failure is the writing thread's to meet again and to tell. */
		store_batch_encode(batch, e->analyser, next, NULL);
		pthread_mutex_lock(&e->mutex);
		e->entries[0].state = DONE;
		pthread_cond_broadcast(&e->changed);
	}
	pthread_mutex_unlock(&e->mutex);
}

void import_encoder_stop(import_encoder *e)
{
	pthread_mutex_lock(&e->mutex);
	e->stopped = 1;
	pthread_cond_broadcast(&e->changed);
	pthread_mutex_unlock(&e->mutex);
}

void import_encoder_push(import_encoder *e, store_batch *batch)
{
	entry new = {.batch = batch, .documents = store_batch_documents(batch), .tried = 1};

	pthread_mutex_lock(&e->mutex);
	if (e->passed) {
		e->passed--;
		new.tried = 0;
		new.state = DONE;
	}
	e->entries[e->count++] = new;
	pthread_cond_broadcast(&e->changed);
	pthread_mutex_unlock(&e->mutex);
}

void import_encoder_wait(import_encoder *e, const store_batch *batch)
{
	pthread_mutex_lock(&e->mutex);
	while (e->count && e->entries[0].batch == batch && e->entries[0].state != DONE)
		pthread_cond_wait(&e->changed, &e->mutex);
	pthread_mutex_unlock(&e->mutex);
}

/* What was foretold wrongly once is likely to be so again. */
static void learn(import_encoder *e, const entry *done, sheaf_revision next)
{
	if (!done->tried)
		return;
	if (next == e->next + (sheaf_revision)done->documents) {
		e->pause = 0;
		return;
	}
	e->pause = e->pause ? e->pause * 2 : 1;
	if (e->pause > PASSED_MAX)
		e->pause = PASSED_MAX;
	e->passed = e->pause;
}

void import_encoder_settle(import_encoder *e, const store_batch *batch, sheaf_revision next)
{
	pthread_mutex_lock(&e->mutex);
	if (e->count && e->entries[0].batch == batch) {
		learn(e, &e->entries[0], next);
		e->count--;
		for (size_t i = 0; i < e->count; i++)
			e->entries[i] = e->entries[i + 1];
		e->next = next;
		pthread_cond_broadcast(&e->changed);
	}
	pthread_mutex_unlock(&e->mutex);
}

#include "import_analyser.h"

#include "error.h"

static sheaf_status add_to_batch(import_analyser *a, import_item *item)
{
	sheaf_status status;

	if (!a->batch)
		a->batch = import_queue_take_batch(a->queue);
	if (!a->batch)
		return sheaf_fail(&a->error, SHEAF_ERROR_INTERRUPTED, "stopped");
	status = store_batch_add(a->batch, a->analyser, item->doc, item->terms, &item->batch_number,
	                         &a->error);
	if (status != SHEAF_OK)
		return status;
	item->batch = a->batch;
	item->ends_batch = store_batch_is_full(a->batch, a->batch_documents);
	if (!item->ends_batch)
		return SHEAF_OK;
	if (a->encoder)
		import_encoder_push(a->encoder, a->batch);
	a->batch = NULL;
	return SHEAF_OK;
}

int import_analyser_run(import_analyser *a, import_item *item)
{
	if (item->kind != IMPORT_DOCUMENT)
		return 0;
	if (a->batching)
		a->status = add_to_batch(a, item);
	else
		a->status = analyser_run(a->analyser, item->doc, item->terms, &a->error);
	if (a->status == SHEAF_OK)
		return 0;
	item->kind = IMPORT_TICK;
	return 1;
}

/* Hands on up to and with the item that ends a batch: only then an empty one can come. */
static int analyse_items(import_analyser *a, import_item *items)
{
	int stop = 0;

	while (items && !stop) {
		import_item *first = items, *last = items;

		for (;; last = last->next) {
			stop = import_analyser_run(a, last);
			if (stop || last->ends_batch || !last->next)
				break;
		}
		items = last->next;
		last->next = NULL;
		import_queue_pass(a->queue, first);
	}
	import_queue_give_back(a->queue, items);
	return stop;
}

void import_analyser_run_all(import_analyser *a)
{
	import_item *items;
	int          stop = 0;

	while (!stop && (items = import_queue_take(a->queue, IMPORT_READ)))
		stop = analyse_items(a, items);
	if (stop)
		import_queue_abort(a->queue);
	import_queue_end_stage(a->queue, IMPORT_ANALYSED);
}

/*
 * import_analyser.h: the analysing stage of an import: read documents to terms, in batches where the
 * database takes them.
 */
#ifndef IMPORT_ANALYSER_H
#define IMPORT_ANALYSER_H

#include "import_encoder.h"
#include "import_queue.h"

typedef struct import_analyser {
	/* set by the caller, borrowed */
	import_queue   *queue;
	analyser       *analyser;
	import_encoder *encoder; /* gets full batches; NULL: nobody does */
	int             batching;
	int64_t         batch_documents; /* that a batch may have; 0: no matter */
	/* the batch that is being filled; NULL: none is at hand */
	store_batch *batch;
	/* the outcome, valid after the end of the stage behind */
	sheaf_status status;
	sheaf_error  error;
} import_analyser;

/*
 * Analyses an item that is on its way, waiting for a batch where none is at hand: nothing that ends
 * one may be held back. Non-zero: stop; the item is one that tells nothing then.
 */
int import_analyser_run(import_analyser *a, import_item *item);
/* Takes what was read, to its end, and hands it on. Meant for its own thread. */
void import_analyser_run_all(import_analyser *a);

#endif

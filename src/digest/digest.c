/* digest.c: a digest from its options to what is remembered of it. */
#include <sheaf/digest.h>
#include <string.h>

#include "alloc.h"
#include "digest_private.h"
#include "error.h"
#include "store.h"

static sheaf_status check_arguments(sheaf_database *db, const sheaf_digest_options *options,
                                    sheaf_error *err)
{
	if (!db || !options)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no options");
	if (!options->profiles && !options->category_count)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a digest needs profiles or categories");
	if (options->limit < 0)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "a limit of %lld papers",
		                  (long long)options->limit);
	return SHEAF_OK;
}

/* What a process promised that died before it could say whether it was kept. */
static sheaf_status settle_promise(sheaf_digest *d, sheaf_error *err)
{
	char        *receipt = NULL;
	int          arrived;
	sheaf_status status = store_attempt_get(d->db, d->name, &receipt, err);

	if (!receipt)
		return status;
	arrived = d->options.arrived && d->options.arrived(d->options.ctx, receipt);
	mem_free(receipt);
	if (d->options.mark_delivered)
		return store_attempt_end(d->db, d->name, arrived, err);
	d->attempted = arrived;
	return SHEAF_OK;
}

static int keep_settled(void *ctx, sheaf_docid docid)
{
	sheaf_digest *d = ctx;

	if (d->settled_count == d->settled_size) {
		size_t       size = d->settled_size ? d->settled_size * 2 : 256;
		sheaf_docid *grown = mem_realloc_array(d->settled, size, sizeof *grown);

		if (!grown)
			return 1;
		d->settled = grown;
		d->settled_size = size;
	}
	d->settled[d->settled_count++] = docid;
	return 0;
}

/* What was delivered long ago needs no look at each paper. */
static sheaf_status find_settled(sheaf_digest *d, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (d->options.since_last)
		status = store_delivery_each_settled(d->db, d->name, keep_settled, d, err);
	return status == SHEAF_ERROR_INTERRUPTED ? sheaf_nomem(err) : status;
}

static sheaf_status choose(sheaf_digest *d, sheaf_error *err)
{
	sheaf_status status = digest_collect(d, err);

	if (status == SHEAF_OK)
		status = settle_promise(d, err);
	if (status == SHEAF_OK)
		status = store_delivery_last(d->db, d->name, &d->last, err);
	if (status == SHEAF_OK)
		status = find_settled(d, err);
	return status == SHEAF_OK ? digest_choose(d, err) : status;
}

/* Of one moment: a handle that may write keeps the others from writing, one for reading does not. */
static sheaf_status choose_at_once(sheaf_digest *d, sheaf_error *err)
{
	sheaf_status status;

	if (d->options.mark_delivered)
		return choose(d, err);
	status = store_begin_read(d->db, err);
	if (status != SHEAF_OK)
		return status;
	status = choose(d, err);
	store_end_read(d->db);
	return status;
}

sheaf_status sheaf_digest_new(sheaf_database *db, const sheaf_digest_options *options,
                              sheaf_digest **digest, sheaf_error *err)
{
	sheaf_digest *d;
	sheaf_status  status;

	*digest = NULL;
	status = check_arguments(db, options, err);
	if (status != SHEAF_OK)
		return status;
	d = mem_calloc(1, sizeof *d);
	if (!d)
		return sheaf_nomem(err);
	d->db = db;
	d->options = *options;
	status = choose_at_once(d, err);
	if (status == SHEAF_OK)
		*digest = d;
	else
		sheaf_digest_free(d);
	return status;
}

const char *sheaf_digest_get_name(const sheaf_digest *digest)
{
	return digest ? digest->name : NULL;
}

const char *sheaf_digest_get_title(const sheaf_digest *digest)
{
	return digest ? digest->title : NULL;
}

size_t sheaf_digest_size(const sheaf_digest *digest)
{
	return digest ? digest->section_count : 0;
}

const char *sheaf_digest_get_section(const sheaf_digest *digest, size_t i, const char **heading)
{
	int is = digest && i < digest->section_count;

	if (heading)
		*heading = is ? digest->sections[i].heading : NULL;
	return is ? digest->sections[i].name : NULL;
}

typedef sheaf_status (*paper_fn)(sheaf_digest *d, const digest_pick *pick, sheaf_error *err);

static sheaf_status each_written(sheaf_digest *d, paper_fn fn, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < d->chosen.count; i++)
		if (d->chosen.items[i].written)
			status = fn(d, &d->chosen.items[i], err);
	return status;
}

/* Begins a transaction unless the caller has one; *own says which. */
static sheaf_status begin(sheaf_digest *d, int *own, sheaf_error *err)
{
	*own = !store_in_transaction(d->db);
	return *own ? sheaf_database_begin_transaction(d->db, err) : SHEAF_OK;
}

static sheaf_status end(sheaf_digest *d, int own, sheaf_status status, sheaf_error *err)
{
	if (own && status == SHEAF_OK)
		return sheaf_database_commit_transaction(d->db, err);
	if (own)
		sheaf_database_cancel_transaction(d->db);
	return status;
}

static sheaf_status promise(sheaf_digest *d, const digest_pick *pick, sheaf_error *err)
{
	return store_attempt_put(d->db, d->name, pick->id, pick->version, err);
}

sheaf_status sheaf_digest_promise(sheaf_digest *digest, const char *receipt, sheaf_error *err)
{
	int          own;
	sheaf_status status;

	if (!digest || !receipt)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no digest or no receipt");
	/* What is not committed at once would be forgotten with the process. */
	if (!digest->options.mark_delivered || store_in_transaction(digest->db))
		return SHEAF_OK;
	status = begin(digest, &own, err);
	if (status != SHEAF_OK)
		return status;
	status = store_attempt_begin(digest->db, digest->name, receipt, digest->options.now, err);
	if (status == SHEAF_OK)
		status = each_written(digest, promise, err);
	status = end(digest, own, status, err);
	digest->promised = status == SHEAF_OK;
	return status;
}

static sheaf_status put_delivery(sheaf_digest *d, const digest_pick *pick, sheaf_error *err)
{
	return store_delivery_put(d->db, d->name, pick->id, pick->version, d->options.now, err);
}

/* All or none: a digest that is half remembered would never show the other half. */
sheaf_status sheaf_digest_deliver(sheaf_digest *digest, sheaf_error *err)
{
	int          own;
	sheaf_status status;

	if (!digest)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no digest");
	if (!digest->options.mark_delivered)
		return SHEAF_OK;
	status = begin(digest, &own, err);
	if (status != SHEAF_OK)
		return status;
	if (digest->promised)
		status = store_attempt_end(digest->db, digest->name, 1, err);
	else
		status = each_written(digest, put_delivery, err);
	return end(digest, own, status, err);
}

void sheaf_digest_free(sheaf_digest *digest)
{
	if (!digest)
		return;
	mem_free(digest->sections);
	mem_free(digest->members);
	mem_free(digest->settled);
	mem_free(digest->chosen.items);
	mem_free(digest->newest.items);
	arena_free(&digest->arena);
	mem_free(digest);
}

sheaf_status sheaf_digest_write(sheaf_database *db, const sheaf_digest_options *options,
                                sheaf_writer *writer, int (*safe)(void *ctx), void *ctx,
                                sheaf_digest_stats *stats, sheaf_error *err)
{
	sheaf_digest      *digest = NULL;
	sheaf_digest_stats counted = {0, 0};
	sheaf_status       status;

	if (stats)
		*stats = counted;
	if (!writer)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no writer");
	status = sheaf_digest_new(db, options, &digest, err);
	if (status == SHEAF_OK)
		status = sheaf_digest_write_chosen(digest, NULL, writer, &counted, err);
	if (status == SHEAF_OK && safe && safe(ctx) != 0)
		status = sheaf_fail(err, SHEAF_ERROR_IO,
		                    "the digest was written, but not safely: nothing is marked");
	if (status == SHEAF_OK)
		status = sheaf_digest_deliver(digest, err);
	if (stats && status == SHEAF_OK)
		*stats = counted;
	sheaf_digest_free(digest);
	return status;
}

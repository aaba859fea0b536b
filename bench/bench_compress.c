/*
 * bench_compress: what compressing the stored papers with zstd would save, and what it would cost.
 * It reads the table `document` of a database and prints a line for each form: the papers one by one,
 * with and without a trained dictionary, or in blocks. README.md beside it has the columns.
 *
 *   bench_compress --db DB
 *
 * Everything that is compressed is decompressed again and compared.
 */
#include "bench_util.h"
#include "stored_texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zdict.h>
#include <zstd.h>

enum {
	SAMPLES = 8192, /* papers a dictionary is trained on, evenly spread */
	RUNS = 2        /* the quicker of so many counts, batch by batch */
};

typedef struct dictionary {
	void  *bytes; /* NULL: none could be trained */
	size_t size;
	double train_s;
} dictionary;

typedef struct form {
	size_t            per; /* papers that are compressed together */
	int               level;
	const dictionary *dictionary; /* NULL: without */
} form;

typedef struct codec {
	ZSTD_CCtx  *compress;
	ZSTD_DCtx  *decompress;
	ZSTD_CDict *write_dictionary;
	ZSTD_DDict *read_dictionary;
	double      load_s; /* for the dictionary to become ready for reading */
	char       *packed, *again;
	size_t      packed_size, again_size;
	size_t      at[TEXTS_BATCH + 1]; /* where each packed unit begins */
} codec;

typedef struct result {
	int64_t   bytes;
	uint32_t *sizes; /* of the units, one after the other */
	size_t    units;
	double    compress_s, decompress_s;
} result;

static double cpu_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t check(size_t code)
{
	if (ZSTD_isError(code))
		bench_fail("zstd", ZSTD_getErrorName(code));
	return code;
}

/* The texts of every nth paper, one after the other, and the length of each. */
static void *read_samples(stored_texts *stored, size_t lengths[SAMPLES], unsigned *count)
{
	text_batch batch = {0};
	size_t     every = ((size_t)stored->papers + SAMPLES - 1) / SAMPLES, paper = 0, len = 0;
	char      *bytes = NULL;

	*count = 0;
	stored_texts_rewind(stored);
	while (stored_texts_next(stored, &batch))
		for (size_t i = 0; i < batch.count; i++, paper++) {
			size_t size = batch.at[i + 1] - batch.at[i];

			if (paper % every || *count == SAMPLES)
				continue;
			bytes = stored_texts_memory(bytes, len + size);
			memcpy(bytes + len, batch.bytes + batch.at[i], size);
			len += size;
			lengths[(*count)++] = size;
		}
	text_batch_free(&batch);
	return bytes;
}

static void train(const void *samples, const size_t *lengths, unsigned count, size_t kb,
                  dictionary *d)
{
	double begin = cpu_now();
	size_t size = kb * 1024;

	*d = (dictionary){.bytes = stored_texts_memory(NULL, size)};
	d->size = ZDICT_trainFromBuffer(d->bytes, size, samples, lengths, count);
	d->train_s = cpu_now() - begin;
	if (!ZDICT_isError(d->size))
		return;
	fprintf(stderr, "skipped: a dictionary of %zu KB: %s\n", kb, ZDICT_getErrorName(d->size));
	free(d->bytes);
	*d = (dictionary){0};
}

/* A frame has its length and nothing else that is not needed: no checksum, no dictionary's number. */
static void codec_open(codec *c, const form *f)
{
	double begin;

	*c = (codec){.compress = ZSTD_createCCtx(), .decompress = ZSTD_createDCtx()};
	if (!c->compress || !c->decompress)
		bench_fail("zstd", "there is not enough memory");
	check(ZSTD_CCtx_setParameter(c->compress, ZSTD_c_compressionLevel, f->level));
	check(ZSTD_CCtx_setParameter(c->compress, ZSTD_c_dictIDFlag, 0));
	if (!f->dictionary)
		return;
	c->write_dictionary = ZSTD_createCDict(f->dictionary->bytes, f->dictionary->size, f->level);
	begin = cpu_now();
	c->read_dictionary = ZSTD_createDDict(f->dictionary->bytes, f->dictionary->size);
	c->load_s = cpu_now() - begin;
	if (!c->write_dictionary || !c->read_dictionary)
		bench_fail("zstd", "there is not enough memory");
	check(ZSTD_CCtx_refCDict(c->compress, c->write_dictionary));
	check(ZSTD_DCtx_refDDict(c->decompress, c->read_dictionary));
}

static void codec_close(codec *c)
{
	ZSTD_freeCCtx(c->compress);
	ZSTD_freeDCtx(c->decompress);
	ZSTD_freeCDict(c->write_dictionary);
	ZSTD_freeDDict(c->read_dictionary);
	free(c->packed);
	free(c->again);
}

/* Where the ith unit of a batch begins; behind the last: where the batch ends. */
static size_t unit_at(const text_batch *batch, size_t per, size_t i)
{
	return batch->at[i * per < batch->count ? i * per : batch->count];
}

static void make_room(codec *c, const text_batch *batch, size_t per, size_t units)
{
	size_t packed = 0;

	for (size_t i = 0; i < units; i++)
		packed += ZSTD_compressBound(unit_at(batch, per, i + 1) - unit_at(batch, per, i));
	if (packed > c->packed_size)
		c->packed = stored_texts_memory(c->packed, c->packed_size = packed);
	if (batch->at[batch->count] > c->again_size)
		c->again = stored_texts_memory(c->again, c->again_size = batch->at[batch->count]);
}

static double compress(codec *c, const text_batch *batch, size_t per, size_t units)
{
	double begin = cpu_now();

	c->at[0] = 0;
	for (size_t i = 0; i < units; i++) {
		size_t from = unit_at(batch, per, i);

		c->at[i + 1] = c->at[i] +
		               check(ZSTD_compress2(c->compress, c->packed + c->at[i],
		                                    c->packed_size - c->at[i], batch->bytes + from,
		                                    unit_at(batch, per, i + 1) - from));
	}
	return cpu_now() - begin;
}

static double decompress(codec *c, const text_batch *batch, size_t per, size_t units)
{
	double begin = cpu_now();

	for (size_t i = 0; i < units; i++) {
		size_t from = unit_at(batch, per, i), size = unit_at(batch, per, i + 1) - from;

		if (check(ZSTD_decompressDCtx(c->decompress, c->again + from, size,
		                              c->packed + c->at[i], c->at[i + 1] - c->at[i])) !=
		    size)
			bench_fail("zstd", "a text comes back with another length");
	}
	return cpu_now() - begin;
}

static void measure_batch(codec *c, const text_batch *batch, size_t per, result *r)
{
	size_t units = (batch->count + per - 1) / per;
	double best[2] = {0};

	make_room(c, batch, per, units);
	memset(c->again, 0, batch->at[batch->count]);
	for (int run = 0; run < RUNS; run++) {
		double packing = compress(c, batch, per, units);
		double reading = decompress(c, batch, per, units);

		best[0] = run && best[0] < packing ? best[0] : packing;
		best[1] = run && best[1] < reading ? best[1] : reading;
	}
	if (memcmp(c->again, batch->bytes, batch->at[batch->count]))
		bench_fail("zstd", "a text comes back as another");
	r->compress_s += best[0];
	r->decompress_s += best[1];
	r->bytes += (int64_t)c->at[units];
	for (size_t i = 0; i < units; i++)
		r->sizes[r->units++] = (uint32_t)(c->at[i + 1] - c->at[i]);
}

/* Columns that the form has nothing to say in are "-". */
static void print_result(const stored_texts *stored, const form *f, const result *r, double load_s,
                         int64_t table_bytes)
{
	double papers = (double)stored->papers, micro = 1e6 / papers;

	if (f->per == 1)
		printf("one by one");
	else
		printf("blocks of %zu", f->per);
	printf("\t%d\t%zu\t%lld\t%.4f\t%lld\t%.2f\t%.2f\t%.2f", f->level,
	       f->dictionary ? f->dictionary->size : 0, (long long)r->bytes,
	       (double)r->bytes / (double)stored->text_bytes, (long long)table_bytes,
	       r->compress_s * micro, r->decompress_s * micro,
	       r->decompress_s / (double)r->units * 1e6);
	if (f->dictionary)
		printf("\t%.1f\t%.2f\n", load_s * 1e6, f->dictionary->train_s);
	else
		printf("\t-\t-\n");
	fflush(stdout);
}

static void measure(stored_texts *stored, const form *f)
{
	text_batch batch = {0};
	codec      c;
	result r = {.sizes = stored_texts_memory(NULL, (size_t)stored->papers * sizeof *r.sizes)};

	codec_open(&c, f);
	stored_texts_rewind(stored);
	while (stored_texts_next(stored, &batch))
		measure_batch(&c, &batch, f->per, &r);
	print_result(stored, f, &r, c.load_s, stored_texts_table_bytes(stored, r.sizes, f->per));
	codec_close(&c);
	text_batch_free(&batch);
	free(r.sizes);
}

static void print_stored(stored_texts *stored)
{
	text_batch batch = {0};

	stored_texts_rewind(stored);
	while (stored_texts_next(stored, &batch))
		;
	text_batch_free(&batch);
	puts("form\tlevel\tdictionary_bytes\tbytes\tof_stored\ttable_bytes"
	     "\tcompress_us\tdecompress_us\tshow_us\tload_us\ttrain_s");
	printf("as stored\t-\t-\t%lld\t1.0000\t%lld\t-\t-\t-\t-\t-\n",
	       (long long)stored->text_bytes, (long long)stored_texts_table_bytes(stored, NULL, 1));
}

int main(int argc, char **argv)
{
	static const size_t blocks[] = {1, 16, 64}, kilobytes[] = {16, 64, 112};
	static const int    levels[] = {1, 3, 9};

	const char  *path = NULL;
	bench_option options[] = {{"--db", &path, NULL, 1, "DB"}, {0}};
	size_t       lengths[SAMPLES];
	unsigned     count;
	stored_texts stored;
	void        *samples;

	bench_options(argc, argv, options);
	stored_texts_open(&stored, path);
	print_stored(&stored);
	for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++)
		for (size_t l = 0; l < sizeof levels / sizeof *levels; l++)
			measure(&stored, &(form){blocks[b], levels[l], NULL});
	samples = read_samples(&stored, lengths, &count);
	for (size_t k = 0; k < sizeof kilobytes / sizeof *kilobytes; k++) {
		dictionary d;

		train(samples, lengths, count, kilobytes[k], &d);
		for (size_t l = 0; d.bytes && l < sizeof levels / sizeof *levels; l++)
			measure(&stored, &(form){1, levels[l], &d});
		free(d.bytes);
	}
	free(samples);
	stored_texts_close(&stored);
	return 0;
}

/*
 * make_corpus: synthetic papers as JSON Lines in the schema of the Kaggle snapshot, for benchmarks.
 *
 *   make_corpus PAPERS [SEED] >FILE
 *
 * The same count and seed always give the same bytes. bench/README.md says what the papers have in
 * common with real ones, and corpus_fit shows it.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "bench_util.h"
#include "corpus_paper_write.h"
#include "str.h"

enum { CHUNK = 500, /* papers that a thread writes at a time */ THREADS = 2 };

/* Threads take chunks in turn and print them in turn. */
typedef struct factory {
	const corpus_plan *plan;
	pthread_mutex_t    mutex;
	pthread_cond_t     printed;
	uint64_t           taken, done; /* papers */
	int                error;       /* errno of the first failure */
} factory;

static void print_in_turn(factory *f, uint64_t first, uint64_t end, const buf *text)
{
	pthread_mutex_lock(&f->mutex);
	while (f->done != first)
		pthread_cond_wait(&f->printed, &f->mutex);
	if (!f->error && buf_status(text, NULL) != SHEAF_OK)
		f->error = ENOMEM;
	if (!f->error && fwrite(text->data, 1, text->len, stdout) != text->len)
		f->error = errno;
	f->done = end;
	pthread_cond_broadcast(&f->printed);
	pthread_mutex_unlock(&f->mutex);
}

static void *work(void *ctx)
{
	factory *f = ctx;
	buf      text = BUF_INIT(0);

	for (;;) {
		uint64_t first, end;

		pthread_mutex_lock(&f->mutex);
		first = f->error ? f->plan->papers : f->taken;
		end = first + CHUNK < f->plan->papers ? first + CHUNK : f->plan->papers;
		if (first < end)
			f->taken = end;
		pthread_mutex_unlock(&f->mutex);
		if (first >= end)
			break;
		buf_clear(&text);
		for (uint64_t i = first; i < end; i++)
			corpus_paper_write(f->plan, i, &text);
		print_in_turn(f, first, end, &text);
	}
	buf_free(&text);
	return NULL;
}

static void run(const corpus_plan *plan)
{
	factory   f = {.plan = plan,
	               .mutex = PTHREAD_MUTEX_INITIALIZER,
	               .printed = PTHREAD_COND_INITIALIZER};
	pthread_t threads[THREADS];
	int       started = 0;

	while (started < THREADS - 1 && !pthread_create(&threads[started], NULL, work, &f))
		started++;
	work(&f);
	while (started)
		pthread_join(threads[--started], NULL);
	if (!f.error && fflush(stdout) != 0)
		f.error = errno;
	if (f.error)
		bench_fail("make_corpus", strerror(f.error));
}

int main(int argc, char **argv)
{
	int64_t     papers = 0, seed = 1;
	corpus_plan plan;

	if (argc < 2 || argc > 3 || !str_to_int64(argv[1], &papers) || papers < 1 ||
	    papers > CORPUS_PAPERS_MAX || (argc > 2 && !str_to_int64(argv[2], &seed))) {
		fprintf(stderr, "usage: %s PAPERS [SEED]\nat most %d papers\n", argv[0],
		        CORPUS_PAPERS_MAX);
		return 2;
	}
	corpus_plan_init(&plan, (uint64_t)papers, (uint64_t)seed);
	run(&plan);
	corpus_plan_free(&plan);
	return 0;
}

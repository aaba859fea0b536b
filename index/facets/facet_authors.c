/*
 * Counting hashes without a table of them all, which would not fit the processor's cache: buckets
 * by the low bits of the hash tell which few can hold somebody frequent enough, and only what is in
 * those is sorted and counted.
 */
#include "facet_authors.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "author_hash.h"
#include "database_private.h"
#include "error.h"
#include "facet_values.h"

enum {
	BUCKET_BITS_MIN = 16,
	BUCKET_BITS_MAX = 20,
	ROUNDS = 16 /* papers that are tried for a name that is gone from the newest */
};

#define PLACE_SHIFT 40

static author_hit make_hit(sheaf_revision revision, size_t place)
{
	return (uint64_t)revision | (uint64_t)place << PLACE_SHIFT;
}

static sheaf_revision hit_revision(author_hit hit)
{
	return (sheaf_revision)(hit & (((uint64_t)1 << PLACE_SHIFT) - 1));
}

static size_t hit_place(author_hit hit)
{
	return (size_t)(hit >> PLACE_SHIFT);
}

/* Somebody has written a match. */
typedef struct sighting {
	uint64_t   hash;
	author_hit paper;
} sighting;

typedef struct person {
	sighting *papers; /* the newest first */
	size_t    count;
	size_t    tried; /* of them, for the name */
	int       named;
} person;

/* What is gathered on the way to the most frequent. */
typedef struct census {
	uint32_t *buckets;   /* papers by the low bits of their authors' hashes */
	size_t    size;      /* of it, a power of two */
	uint32_t  least;     /* papers in a bucket that is worth looking into */
	sighting *sightings; /* in such buckets */
	size_t    sighting_count;
	person   *people; /* by hash */
	size_t    person_count;
} census;

void facet_authors_clear(facet_authors *a)
{
	a->hit_count = a->database_count = 0;
}

void facet_authors_free(facet_authors *a)
{
	mem_free(a->hits);
	mem_free(a->databases);
	memset(a, 0, sizeof *a);
}

static sheaf_status know_database(facet_authors *a, sheaf_database *db, size_t place,
                                  sheaf_error *err)
{
	sheaf_database **grown;

	if (place >= a->database_count) {
		grown = mem_realloc_array(a->databases, place + 1, sizeof *grown);
		if (!grown)
			return sheaf_nomem(err);
		memset(grown + a->database_count, 0,
		       (place + 1 - a->database_count) * sizeof *grown);
		a->databases = grown;
		a->database_count = place + 1;
	}
	a->databases[place] = db;
	return SHEAF_OK;
}

/* Room for `more`. */
static sheaf_status grow_hits(facet_authors *a, size_t more, sheaf_error *err)
{
	size_t      size = a->hit_size ? a->hit_size : 1024;
	author_hit *grown;

	while (size < a->hit_count + more)
		size *= 2;
	grown = size > a->hit_size ? mem_realloc_array(a->hits, size, sizeof *grown) : a->hits;
	if (!grown)
		return sheaf_nomem(err);
	a->hits = grown;
	a->hit_size = size;
	return SHEAF_OK;
}

sheaf_status facet_authors_see(facet_authors *a, sheaf_database *db, size_t place,
                               const sheaf_revision *revisions, size_t count, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (place >= a->database_count || a->databases[place] != db)
		status = know_database(a, db, place, err);
	if (status == SHEAF_OK && a->hit_count + count > a->hit_size)
		status = grow_hits(a, count, err);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		a->hits[a->hit_count++] = make_hit(revisions[i], place);
	return status;
}

/* Called for the hashes of one match after the other. */
typedef void (*hashes_fn)(void *ctx, author_hit hit, const value_list *list);

static int same_block(author_hit a, author_hit b)
{
	return a >> VALUE_BLOCK_SHIFT == b >> VALUE_BLOCK_SHIFT;
}

static sheaf_status each_hit(const facet_authors *a, hashes_fn fn, void *ctx, sheaf_error *err)
{
	const list_block *block = NULL;

	for (size_t i = 0; i < a->hit_count; i++) {
		const author_hit hit = a->hits[i];
		value_list       list;

		if (!i || !same_block(hit, a->hits[i - 1])) {
			sheaf_status status = value_lists_block(a->databases[hit_place(hit)],
			                                        LIST_AUTHORS, hit_revision(hit),
			                                        &block, err);

			if (status != SHEAF_OK)
				return status;
		}
		list = value_lists_at(block, hit_revision(hit));
		fn(ctx, hit, &list);
	}
	return SHEAF_OK;
}

/* ---- who they are ---- */

static size_t bucket_of(const census *c, uint64_t hash)
{
	return (size_t)hash & (c->size - 1);
}

static void count_bucket(void *ctx, author_hit hit, const value_list *list)
{
	census *c = ctx;

	(void)hit;
	for (size_t i = 0; i < list->count; i++)
		c->buckets[bucket_of(c, value_list_author(list, i))]++;
}

static void gather(void *ctx, author_hit hit, const value_list *list)
{
	census *c = ctx;

	for (size_t i = 0; i < list->count; i++) {
		uint64_t hash = value_list_author(list, i);

		if (c->buckets[bucket_of(c, hash)] >= c->least)
			c->sightings[c->sighting_count++] = (sighting){hash, hit};
	}
}

/* By hash, the newest of each first. */
static int compare_sightings(const void *a, const void *b)
{
	const sighting *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (hit_revision(x->paper) != hit_revision(y->paper))
		return hit_revision(x->paper) > hit_revision(y->paper) ? -1 : 1;
	return (x->paper > y->paper) - (x->paper < y->paper);
}

static sheaf_status count_people(census *c, sheaf_error *err)
{
	const sighting *s = c->sightings;
	size_t          different = 0;

	for (size_t i = 0; i < c->sighting_count; i++)
		different += !i || s[i].hash != s[i - 1].hash;
	mem_free(c->people);
	c->person_count = 0;
	c->people = mem_calloc(different + 1, sizeof *c->people);
	if (!c->people)
		return sheaf_nomem(err);
	for (size_t i = 0; i < c->sighting_count; i++) {
		if (!i || s[i].hash != s[i - 1].hash)
			c->people[c->person_count++].papers = &c->sightings[i];
		c->people[c->person_count - 1].count++;
	}
	return SHEAF_OK;
}

/* Counts those in buckets of `least` papers or more. */
static sheaf_status look_into(const facet_authors *a, uint32_t least, census *c, sheaf_error *err)
{
	size_t       count = 0;
	sheaf_status status;

	for (size_t i = 0; i < c->size; i++)
		if (c->buckets[i] >= least)
			count += c->buckets[i];
	mem_free(c->sightings);
	c->sightings = mem_realloc_array(NULL, count + 1, sizeof *c->sightings);
	if (!c->sightings)
		return sheaf_nomem(err);
	c->sighting_count = 0;
	c->least = least;
	status = each_hit(a, gather, c, err);
	if (status != SHEAF_OK)
		return status;
	qsort(c->sightings, c->sighting_count, sizeof *c->sightings, compare_sightings);
	return count_people(c, err);
}

/* The largest number that `n` buckets or more reach; 1 where so many are not filled. */
static uint32_t reached_by(const census *c, size_t n)
{
	uint32_t low = 1, high = 1;

	for (size_t i = 0; i < c->size; i++)
		high = c->buckets[i] > high ? c->buckets[i] : high;
	while (low < high) {
		uint32_t mid = low + (high - low + 1) / 2;
		size_t   reaching = 0;

		for (size_t i = 0; i < c->size; i++)
			reaching += c->buckets[i] >= mid;
		if (reaching >= n)
			low = mid;
		else
			high = mid - 1;
	}
	return low;
}

static int descending(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x < y) - (x > y);
}

/* The count of the `n`-th most frequent; 1 where there are not so many. */
static sheaf_status nth_count(const census *c, size_t n, size_t *nth, sheaf_error *err)
{
	size_t *counts;

	*nth = 1;
	if (c->person_count < n)
		return SHEAF_OK;
	counts = mem_realloc_array(NULL, c->person_count, sizeof *counts);
	if (!counts)
		return sheaf_nomem(err);
	for (size_t i = 0; i < c->person_count; i++)
		counts[i] = c->people[i].count;
	qsort(counts, c->person_count, sizeof *counts, descending);
	*nth = counts[n - 1];
	mem_free(counts);
	return SHEAF_OK;
}

/* Keeps those with `least` papers or more. */
static void keep_frequent(census *c, size_t least)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->person_count; i++)
		if (c->people[i].count >= least)
			c->people[kept++] = c->people[i];
	c->person_count = kept;
}

/*
 * Chooses the `max` most frequent and whoever equals the last of them. Of a bucket's papers some
 * are of others; so it looks somewhat below the buckets that are the fullest. Where that was not
 * far enough, the second time is: the count of the `max`-th among some is no larger than that of
 * the `max`-th of all.
 */
static sheaf_status choose_some(const facet_authors *a, size_t max, census *c, sheaf_error *err)
{
	uint32_t     full = reached_by(c, max), below = full / 4 + 8;
	uint32_t     least = full > below ? full - below : 1;
	size_t       nth = 1;
	sheaf_status status = look_into(a, least, c, err);

	if (status == SHEAF_OK)
		status = nth_count(c, max, &nth, err);
	if (status == SHEAF_OK && nth < least) {
		status = look_into(a, (uint32_t)nth, c, err);
		if (status == SHEAF_OK)
			status = nth_count(c, max, &nth, err);
	}
	if (status == SHEAF_OK)
		keep_frequent(c, nth);
	return status;
}

static sheaf_status choose(const facet_authors *a, size_t max, census *c, sheaf_error *err)
{
	unsigned     bits = BUCKET_BITS_MIN;
	sheaf_status status;

	while (bits < BUCKET_BITS_MAX && ((size_t)1 << bits) < a->hit_count)
		bits++;
	c->size = (size_t)1 << bits;
	c->buckets = mem_calloc(c->size, sizeof *c->buckets);
	if (!c->buckets)
		return sheaf_nomem(err);
	status = each_hit(a, count_bucket, c, err);
	if (status != SHEAF_OK)
		return status;
	return max ? choose_some(a, max, c, err) : look_into(a, 1, c, err);
}

/* ---- what they are called ---- */

static const sighting *next_paper(const person *who)
{
	return who->named || who->tried == who->count ? NULL : &who->papers[who->tried];
}

static person *find_person(const census *c, uint64_t hash)
{
	size_t low = 0, high = c->person_count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (c->people[mid].papers->hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return low < c->person_count && c->people[low].papers->hash == hash ? &c->people[low]
	                                                                    : NULL;
}

static int same_paper(const sighting *a, const sighting *b)
{
	return a && b && a->paper == b->paper;
}

/* Takes the names out of a paper's lines, of all who are to be named by it. */
static sheaf_status take_names(const census *c, const sighting *paper, const char *lines,
                               facet_values *out, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && *lines) {
		size_t  len = strcspn(lines, "\n");
		person *who = find_person(c, author_hash(lines, len));

		if (who && same_paper(next_paper(who), paper)) {
			who->named = 1;
			status = facet_values_add(out, lines, len, (int64_t)who->count, err);
		}
		lines += len + (lines[len] == '\n');
	}
	return status;
}

static sheaf_status name_by(sheaf_database *db, const census *c, const sighting *paper,
                            facet_values *out, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	const char   *lines;
	int           row = 0;
	sheaf_status  status = statement_get(db, STMT_AUTHORS_GET, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, hit_revision(paper->paper));
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row) {
		lines = (const char *)sqlite3_column_text(stmt, 0);
		if (lines)
			status = take_names(c, paper, lines, out, err);
		else if (sqlite3_errcode(db->sql) == SQLITE_NOMEM)
			status = sheaf_nomem(err);
	}
	statement_reset(stmt);
	return status;
}

/* One paper names all of its authors who are to be named by it, so that it is read once. */
static sheaf_status name_round(const facet_authors *a, const census *c, facet_values *out,
                               int *unnamed, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < c->person_count; i++) {
		person         *who = &c->people[i];
		const sighting *paper = next_paper(who);

		if (!paper)
			continue;
		status = name_by(a->databases[hit_place(paper->paper)], c, paper, out, err);
		/* The paper is gone, or has other authors by now. */
		if (!who->named) {
			who->tried++;
			*unnamed = 1;
		}
	}
	return status;
}

static sheaf_status count_and_name(const facet_authors *a, size_t max, facet_values *out,
                                   sheaf_error *err)
{
	census       c = {NULL};
	int          unnamed = 1;
	sheaf_status status = choose(a, max, &c, err);

	for (int round = 0; status == SHEAF_OK && unnamed && round < ROUNDS; round++) {
		unnamed = 0;
		status = name_round(a, &c, out, &unnamed, err);
	}
	mem_free(c.buckets);
	mem_free(c.sightings);
	mem_free(c.people);
	return status;
}

sheaf_status facet_authors_top(const facet_authors *a, size_t max, sheaf_value_count_fn fn,
                               void *ctx, sheaf_error *err)
{
	facet_values out = {0};
	size_t       reading = 0;
	sheaf_status status = SHEAF_OK;

	/* Each database stays as it is while it is read. */
	while (status == SHEAF_OK && reading < a->database_count) {
		if (a->databases[reading])
			status = database_begin_read(a->databases[reading], err);
		reading += status == SHEAF_OK;
	}
	if (status == SHEAF_OK)
		status = count_and_name(a, max, &out, err);
	while (reading--)
		if (a->databases[reading])
			database_end_read(a->databases[reading]);
	if (status == SHEAF_OK)
		status = facet_values_top(&out, max, fn, ctx, err);
	facet_values_free(&out);
	return status;
}

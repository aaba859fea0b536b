/* The best of the matches: a heap of those kept, the worst on top. */
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "match_explain.h"
#include "slot_values.h"

/* Values as they are sorted: the largest first, what has none last. */
static int compare_values(const match_run_state *m, const match_item *a, const match_item *b)
{
	int reverse = m->options->reverse, order;

	if (!m->options->sort_by_slot) {
		if (a->key == b->key)
			return 0;
		if (a->key == SHEAF_TIME_NONE || b->key == SHEAF_TIME_NONE)
			return a->key == SHEAF_TIME_NONE ? 1 : -1;
		return (a->key > b->key) != (reverse != 0) ? -1 : 1;
	}
	if (!a->bytes || !b->bytes)
		return !a->bytes - !b->bytes;
	order = memcmp(a->bytes, b->bytes, a->len < b->len ? a->len : b->len);
	if (!order)
		order = (a->len > b->len) - (a->len < b->len);
	return reverse ? order : -order;
}

static int compare_weights(const match_item *a, const match_item *b)
{
	return (a->weight < b->weight) - (a->weight > b->weight);
}

/* Best first: below 0 where `a` comes before `b`. No two items are equal. */
static int compare(const match_run_state *m, const match_item *a, const match_item *b)
{
	int order = 0, newer;

	if (m->order == MATCH_BY_RELEVANCE || m->order == MATCH_BY_RELEVANCE_THEN_VALUE)
		order = compare_weights(a, b);
	if (!order && m->order != MATCH_BY_RELEVANCE)
		order = compare_values(m, a, b);
	if (!order && m->order == MATCH_BY_VALUE_THEN_RELEVANCE)
		order = compare_weights(a, b);
	if (order)
		return order;
	if (a->revision == b->revision)
		return a->place < b->place ? -1 : 1;
	newer = a->revision > b->revision;
	return newer != (m->options->oldest != 0) ? -1 : 1;
}

int match_before(const match_run_state *m, const match_item *a, const match_item *b)
{
	return compare(m, a, b) < 0;
}

static void sift_up(match_run_state *m, size_t i)
{
	match_item item = m->heap[i];

	while (i) {
		size_t parent = (i - 1) / 2;

		if (!match_before(m, &m->heap[parent], &item))
			break;
		m->heap[i] = m->heap[parent];
		i = parent;
	}
	m->heap[i] = item;
}

static void sift_down(match_run_state *m, size_t i, size_t count)
{
	match_item item = m->heap[i];

	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= count)
			break;
		if (child + 1 < count && match_before(m, &m->heap[child], &m->heap[child + 1]))
			child++;
		if (!match_before(m, &item, &m->heap[child]))
			break;
		m->heap[i] = m->heap[child];
		i = child;
	}
	m->heap[i] = item;
}

/* The value to sort by; that of a slot is borrowed until the next one is read. */
static sheaf_status read_value(match_run_state *m, match_item *item)
{
	document_date date;
	const void   *value;
	sheaf_status  status;

	if (m->options->sort_by_slot) {
		status = slot_value_get(m->db, item->revision, m->options->slot, &value, &item->len,
		                        m->err);
		/* Only read, until a copy takes its place. */
		item->bytes = (unsigned char *)(uintptr_t)value;
		return status;
	}
	status = values_get_date(m->db, m->sort, item->revision, &date, m->err);
	item->key = date.time;
	return status;
}

static sheaf_status own_bytes(match_run_state *m, match_item *item)
{
	if (item->bytes)
		item->bytes = (unsigned char *)mem_strndup((const char *)item->bytes, item->len);
	return item->bytes || !item->len ? SHEAF_OK : sheaf_nomem(m->err);
}

static void put(match_run_state *m, match_item *item)
{
	int full = match_is_full(m);

	if (full && !match_before(m, item, &m->heap[0]))
		return;
	m->status = own_bytes(m, item);
	if (m->status != SHEAF_OK)
		return;
	if (m->pair_count && m->api)
		item->bonus = match_pair_bonus(m);
	else if (m->pair_count)
		item->pairs = match_pairs_there(m, &item->bonus);
	if (full) {
		mem_free(m->heap[0].bytes);
		m->heap[0] = *item;
		sift_down(m, 0, m->heap_count);
	} else {
		m->heap[m->heap_count] = *item;
		sift_up(m, m->heap_count++);
	}
}

static sheaf_status show(match_run_state *m, sheaf_revision revision, double weight)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < m->options->hook_count; i++) {
		const match_hook *hook = &m->options->hooks[i];

		status = hook->see(hook->ctx, m->db, m->place, revision, weight, m->err);
	}
	return status;
}

void match_offer(match_run_state *m, sheaf_revision revision, double weight, double share)
{
	match_item item;

	if (weight > m->max_attained) {
		m->max_attained = weight;
		m->best_share = share;
	}
	if (m->status != SHEAF_OK || !m->heap_size)
		return;
	/* Most are none of the best: that is told at once. */
	if (m->order == MATCH_BY_RELEVANCE && match_is_full(m) && weight < m->heap[0].weight)
		return;
	item = (match_item){
		.revision = revision, .place = m->place, .weight = weight, .share = share};
	if (m->order != MATCH_BY_RELEVANCE)
		m->status = read_value(m, &item);
	if (m->status == SHEAF_OK)
		put(m, &item);
}

void match_keep(match_run_state *m, sheaf_revision revision, double weight, double share)
{
	if (weight < m->options->cutoff)
		return;
	m->hits++;
	if (m->explanation)
		match_explain_candidate(m, revision);
	if (m->options->hook_count && m->status == SHEAF_OK)
		m->status = show(m, revision, weight);
	match_offer(m, revision, weight, share);
}

/* What was kept may weigh the same now where it did not when it was put in. */
void match_sort(match_run_state *m)
{
	for (size_t i = m->heap_count / 2; i-- > 0;)
		sift_down(m, i, m->heap_count);
	for (size_t n = m->heap_count; n > 1;) {
		match_item worst = m->heap[0];

		n--;
		m->heap[0] = m->heap[n];
		m->heap[n] = worst;
		sift_down(m, 0, n);
	}
}

void match_items_free(match_item *items, size_t count)
{
	for (size_t i = 0; items && i < count; i++)
		mem_free(items[i].bytes);
	mem_free(items);
}

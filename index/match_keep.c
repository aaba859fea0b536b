/* The best items so far: a heap with the worst at its top. */
#include "datetime.h"
#include "match_run.h"

int match_before(const match_run_state *m, const match_item *a, const match_item *b)
{
	if (m->sort == SHEAF_FIELD_ANY) {
		if (a->weight != b->weight)
			return a->weight > b->weight;
	} else if (a->key != b->key) {
		/* Without a date: last, whatever the direction. */
		if (a->key == SHEAF_TIME_NONE || b->key == SHEAF_TIME_NONE)
			return b->key == SHEAF_TIME_NONE;
		return m->options->reverse ? a->key < b->key : a->key > b->key;
	}
	return a->revision > b->revision;
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

void match_keep(match_run_state *m, sheaf_revision revision, double weight, double share)
{
	match_item    item = {revision, 0, weight, 0};
	document_date date;

	if (weight < m->options->cutoff)
		return;
	m->hits++;
	if (weight > m->max_attained) {
		m->max_attained = weight;
		m->best_share = share;
	}
	if (!m->heap_size)
		return;
	if (m->sort != SHEAF_FIELD_ANY) {
		sheaf_status status = values_get_date(m->db, m->sort, revision, &date, m->err);

		if (status != SHEAF_OK) {
			m->status = status;
			return;
		}
		item.key = date.time;
	}
	if (m->heap_count < m->heap_size) {
		m->heap[m->heap_count] = item;
		sift_up(m, m->heap_count++);
	} else if (match_before(m, &item, &m->heap[0])) {
		m->heap[0] = item;
		sift_down(m, 0, m->heap_count);
	}
}

void match_sort(match_run_state *m)
{
	for (size_t n = m->heap_count; n > 1;) {
		match_item worst = m->heap[0];

		n--;
		m->heap[0] = m->heap[n];
		m->heap[n] = worst;
		sift_down(m, 0, n);
	}
}

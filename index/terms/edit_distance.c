#include "edit_distance.h"

#include <assert.h>

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/*
 * Row i holds the distances of a[0..i) from each beginning of b; only those within `max` places of
 * the diagonal can be in reach. Three rows: an exchange looks two back.
 */
unsigned edit_distance(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count,
                       unsigned max)
{
	unsigned rows[3][EDIT_LETTERS_MAX + 2];
	size_t   apart = a_count > b_count ? a_count - b_count : b_count - a_count;

	assert(a_count <= EDIT_LETTERS_MAX && b_count <= EDIT_LETTERS_MAX);
	if (apart > max)
		return max + 1;
	for (size_t j = 0; j <= b_count; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a_count; i++) {
		unsigned       *now = rows[i % 3], best;
		const unsigned *before = rows[(i + 2) % 3], *two_before = rows[(i + 1) % 3];
		size_t          first = i > max ? i - max : 1;
		size_t          last = i + max < b_count ? i + max : b_count;

		/* Beside the band lies what is out of reach. */
		now[first - 1] = best = first == 1 ? (unsigned)i : max + 1;
		for (size_t j = first; j <= last; j++) {
			unsigned d = before[j - 1] + (a[i - 1] != b[j - 1]);

			if (j < i + max)
				d = least(d, before[j] + 1);
			d = least(d, now[j - 1] + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d = least(d, two_before[j - 2] + 1);
			now[j] = least(d, max + 1);
			best = least(best, now[j]);
		}
		if (best > max)
			return max + 1;
	}
	return rows[a_count % 3][b_count];
}

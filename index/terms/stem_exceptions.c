#include "stem_exceptions.h"

#include <string.h>

#include "bytes.h"

/* The number of entries whose front is not after `front`. */
static size_t count_upto(const stem_exception *table, size_t count, uint64_t front)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (table[mid].front > front)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

static int begins_with(const char *word, size_t len, const char *from, size_t from_len)
{
	return from_len <= len && memcmp(word, from, from_len) == 0;
}

/* Most words are no exceptions, and are told by a search over numbers. */
const char *stem_exception_find(const char *word, size_t len)
{
	uint64_t front = bytes_front(word, len);
	size_t   n = count_upto(stem_words, stem_word_count, front);

	for (; n && stem_words[n - 1].front == front; n--) {
		const char *from = stem_words[n - 1].from;

		if (strlen(from) == len && memcmp(word, from, len) == 0)
			return stem_words[n - 1].to;
	}
	return NULL;
}

/*
 * No beginning begins another. So what is between a beginning and a word that has it shares the
 * beginning's front, and it is enough to look at the entries with the last front that is not after
 * the word's.
 */
size_t stem_exception_respell(const char *word, size_t len, char *out, size_t size)
{
	size_t n = count_upto(stem_beginnings, stem_beginning_count, bytes_front(word, len));

	for (size_t last = n; n && stem_beginnings[n - 1].front == stem_beginnings[last - 1].front;
	     n--) {
		const stem_exception *e = &stem_beginnings[n - 1];
		size_t                from = strlen(e->from), to = strlen(e->to);

		if (!begins_with(word, len, e->from, from) || to + len - from > size)
			continue;
		memcpy(out, e->to, to);
		memcpy(out + to, word + from, len - from);
		return to + len - from;
	}
	return 0;
}

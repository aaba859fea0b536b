#include "sparkline.h"

enum { LEVELS = 8 };

/* U+2581 … U+2588, lower one eighth block to full block. */
static const char *const blocks[LEVELS] = {"\xE2\x96\x81", "\xE2\x96\x82", "\xE2\x96\x83",
                                           "\xE2\x96\x84", "\xE2\x96\x85", "\xE2\x96\x86",
                                           "\xE2\x96\x87", "\xE2\x96\x88"};
static const char *const signs[LEVELS] = {"_", ".", ":", "-", "=", "+", "*", "#"};

static int64_t sum_from(const int64_t *numbers, size_t count, size_t first, size_t each)
{
	int64_t sum = 0;

	for (size_t i = first; i < count && i < first + each; i++)
		sum += numbers[i];
	return sum;
}

/* Something is always seen to be more than nothing. */
static int level_of(int64_t number, int64_t most)
{
	double share;

	if (number <= 0)
		return 0;
	share = (double)number / (double)most * (LEVELS - 1);
	return share < 1 ? 1 : (int)(share + 0.5);
}

size_t sparkline_print(output *out, const int64_t *numbers, size_t count, size_t width, int utf8)
{
	size_t  each = width ? (count + width - 1) / width : count;
	int64_t most = 0;

	for (size_t i = 0; i < count; i += each) {
		int64_t sum = sum_from(numbers, count, i, each);

		most = sum > most ? sum : most;
	}
	for (size_t i = 0; i < count; i += each) {
		int level = level_of(sum_from(numbers, count, i, each), most);

		output_puts(out, utf8 ? blocks[level] : signs[level]);
	}
	return each;
}

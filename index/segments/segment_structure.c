#include "segment_structure.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "segment_varint.h"

enum { COOKIE = 4, NUMBER_MAX = 65535 };

static int read_number(const unsigned char **at, const unsigned char *end, uint64_t most,
                       uint64_t *n)
{
	return segment_varint_read(at, end, n) && *n <= most;
}

static int read_segment(const unsigned char **at, const unsigned char *end, segment_range *range)
{
	uint64_t number, first, last;

	if (!read_number(at, end, NUMBER_MAX, &number) ||
	    !read_number(at, end, INT32_MAX, &first) || !read_number(at, end, INT32_MAX, &last) ||
	    !number || last < first)
		return 0;
	*range = (segment_range){(int)number, (int64_t)first, (int64_t)last};
	return 1;
}

/* Answers -1 when out of memory, 0 where it is damaged. */
static int read_level(const unsigned char **at, const unsigned char *end, size_t left,
                      segment_level *level)
{
	uint64_t merging, count;

	if (!read_number(at, end, SEGMENT_COUNT_MAX, &merging) ||
	    !read_number(at, end, left, &count) || merging > count)
		return 0;
	level->merging = (int64_t)merging;
	if (count) {
		level->segments = mem_calloc((size_t)count, sizeof *level->segments);
		if (!level->segments)
			return -1;
	}
	for (; level->count < count; level->count++) {
		if (!read_segment(at, end, &level->segments[level->count]))
			return 0;
	}
	return 1;
}

/* Cookie; levels, segments, writes; each level: segments being merged, segments, and these. */
static int read_all(const unsigned char *at, const unsigned char *end, segment_structure *s)
{
	uint64_t levels, left;

	if (end - at < COOKIE)
		return 0;
	s->cookie = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	at += COOKIE;
	if (!read_number(&at, end, SEGMENT_COUNT_MAX, &levels) ||
	    !read_number(&at, end, SEGMENT_COUNT_MAX, &left) ||
	    !segment_varint_read(&at, end, &s->writes))
		return 0;
	if (levels) {
		s->levels = mem_calloc((size_t)levels, sizeof *s->levels);
		if (!s->levels)
			return -1;
	}
	s->level_count = (size_t)levels;
	for (size_t i = 0; i < s->level_count; i++) {
		int ok = read_level(&at, end, (size_t)left, &s->levels[i]);

		if (ok != 1)
			return ok;
		left -= s->levels[i].count;
	}
	return !left && at == end;
}

/* A number that two segments have would let one be read for the other. */
static int numbers_differ(const segment_structure *s)
{
	unsigned char seen[NUMBER_MAX / 8 + 1] = {0};

	for (size_t i = 0; i < s->level_count; i++) {
		for (size_t k = 0; k < s->levels[i].count; k++) {
			int           number = s->levels[i].segments[k].segment;
			unsigned char bit = (unsigned char)(1u << number % 8);

			if (seen[number / 8] & bit)
				return 0;
			seen[number / 8] |= bit;
		}
	}
	return 1;
}

sheaf_status segment_structure_read(const unsigned char *data, size_t len, segment_structure *s,
                                    sheaf_error *err)
{
	int ok;

	*s = (segment_structure){0};
	ok = read_all(data, data + len, s);
	if (ok < 0)
		return sheaf_nomem(err);
	if (!ok || !numbers_differ(s))
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                  "the index's list of segments is damaged; run 'sheaf reindex'");
	return SHEAF_OK;
}

static void put(buf *out, uint64_t n)
{
	unsigned char bytes[SEGMENT_VARINT_MAX];

	buf_append(out, (const char *)bytes, segment_varint_put(bytes, n));
}

static size_t count_segments(const segment_structure *s)
{
	size_t count = 0;

	for (size_t i = 0; i < s->level_count; i++)
		count += s->levels[i].count;
	return count;
}

void segment_structure_write(const segment_structure *s, buf *out)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_putc(out, (char)(s->cookie >> shift & 0xFF));
	put(out, s->level_count);
	put(out, count_segments(s));
	put(out, s->writes);
	for (size_t i = 0; i < s->level_count; i++) {
		const segment_level *level = &s->levels[i];

		put(out, (uint64_t)level->merging);
		put(out, level->count);
		for (size_t k = 0; k < level->count; k++) {
			put(out, (uint64_t)level->segments[k].segment);
			put(out, (uint64_t)level->segments[k].first_page);
			put(out, (uint64_t)level->segments[k].last_page);
		}
	}
}

void segment_structure_free(segment_structure *s)
{
	for (size_t i = 0; i < s->level_count; i++)
		mem_free(s->levels[i].segments);
	mem_free(s->levels);
	*s = (segment_structure){0};
}

int segment_structure_new_number(const segment_structure *s)
{
	unsigned char used[SEGMENT_COUNT_MAX + 1] = {0};

	for (size_t i = 0; i < s->level_count; i++) {
		for (size_t k = 0; k < s->levels[i].count; k++) {
			if (s->levels[i].segments[k].segment <= SEGMENT_COUNT_MAX)
				used[s->levels[i].segments[k].segment] = 1;
		}
	}
	for (int number = 1; number <= SEGMENT_COUNT_MAX; number++) {
		if (!used[number])
			return number;
	}
	return 0;
}

sheaf_status segment_structure_add(segment_structure *s, const segment_range *range,
                                   sheaf_error *err)
{
	segment_level *level;
	segment_range *grown;

	if (count_segments(s) >= SEGMENT_COUNT_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
		                  "the index has %d segments, as many as it can; merge it",
		                  SEGMENT_COUNT_MAX);
	if (!s->level_count) {
		s->levels = mem_calloc(1, sizeof *s->levels);
		if (!s->levels)
			return sheaf_nomem(err);
		s->level_count = 1;
	}
	level = &s->levels[0];
	grown = mem_realloc_array(level->segments, level->count + 1, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	level->segments = grown;
	level->segments[level->count++] = *range;
	return SHEAF_OK;
}

/* The higher a level, the older what stands on it. */
sheaf_status segment_structure_list(const segment_structure *s, segment_range **list, size_t *count,
                                    sheaf_error *err)
{
	size_t n = 0;

	*count = 0;
	*list = mem_calloc(count_segments(s), sizeof **list);
	if (!*list)
		return sheaf_nomem(err);
	for (size_t i = s->level_count; i--;) {
		for (size_t k = 0; k < s->levels[i].count; k++)
			(*list)[n++] = s->levels[i].segments[k];
	}
	*count = n;
	return SHEAF_OK;
}

int segment_averages_read(const unsigned char *data, size_t len, size_t columns,
                          segment_averages *a)
{
	const unsigned char *end = data + len;

	*a = (segment_averages){0};
	if (columns > SEGMENT_COLUMNS_MAX)
		return 0;
	a->columns = columns;
	if (!len)
		return 1;
	if (!segment_varint_read(&data, end, &a->rows) || a->rows > INT64_MAX)
		return 0;
	for (size_t i = 0; i < columns; i++) {
		if (!segment_varint_read(&data, end, &a->tokens[i]))
			return 0;
	}
	return data == end;
}

void segment_averages_write(const segment_averages *a, buf *out)
{
	put(out, a->rows);
	for (size_t i = 0; i < a->columns; i++)
		put(out, a->tokens[i]);
}

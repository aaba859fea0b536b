#include "value_ranges.h"

#include <string.h>

#include "alloc.h"
#include "bytes.h"
#include "database_private.h"
#include "datetime.h"
#include "error.h"

enum {
	COLUMN = BLOCK_COLUMN_RANGES,
	DATES = 3,
	COMPLETE = 0, /* bits of the flags: the first of three */
	TO_THE_DAY = DATES,
	ONE_DIFFERENCE = 1 << 6,
	MANY_DIFFERENCES = 1 << 7,
	DATES_AT = 1,
	DIFFERENCE_AT = DATES_AT + DATES * 8,
	ENTRY_BYTES = DIFFERENCE_AT + 4,
	STEP = 256 /* seconds */
};

static const sheaf_field dates[DATES] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED,
                                         SHEAF_FIELD_DATE};

/* The dates of one field in a block. */
typedef struct gathered {
	int64_t least, most;
	int     complete, to_the_day;
} gathered;

void value_ranges_clear(value_ranges *v)
{
	for (size_t i = 0; i < v->size; i++)
		mem_free(v->parts[i].bytes);
	mem_free(v->parts);
	memset(v, 0, sizeof *v);
}

/* DATES for one whose ranges are not noted. */
static size_t date_number(sheaf_field field)
{
	size_t i = 0;

	while (i < DATES && dates[i] != field)
		i++;
	return i;
}

/* ---- numbers ---- */

static uint32_t get_four(const unsigned char *p)
{
	return (uint32_t)bytes_load_4(p);
}

static void put_four(unsigned char *p, uint32_t n)
{
	for (int i = 0; i < 4; i++, n >>= 8)
		p[i] = (unsigned char)n;
}

/* In steps, plus 2^31; what lies beyond either end becomes that end. */
static uint32_t to_steps(int64_t time)
{
	int64_t steps = time / STEP - (time % STEP < 0);

	if (steps <= INT32_MIN)
		return 0;
	return steps >= INT32_MAX ? UINT32_MAX : (uint32_t)(steps - INT32_MIN);
}

/* The ends stand for all that lies beyond them; the very smallest number is no time. */
static int64_t least_of(uint32_t steps)
{
	return steps ? ((int64_t)steps + INT32_MIN) * STEP : INT64_MIN + 1;
}

static int64_t most_of(uint32_t steps)
{
	return steps == UINT32_MAX ? INT64_MAX : ((int64_t)steps + INT32_MIN) * STEP + STEP - 1;
}

/* ---- rows ---- */

static sheaf_status reserve(value_ranges *v, size_t part, sheaf_error *err)
{
	size_t      size = v->size ? v->size : 8;
	range_part *parts;

	while (size <= part)
		size *= 2;
	parts = mem_realloc_array(v->parts, size, sizeof *parts);
	if (!parts)
		return sheaf_nomem(err);
	memset(parts + v->size, 0, (size - v->size) * sizeof *parts);
	v->parts = parts;
	v->size = size;
	return SHEAF_OK;
}

static sheaf_status read_part(sheaf_database *db, size_t part, sheaf_error *err)
{
	unsigned char *bytes;
	size_t         len;
	sheaf_status   status = value_block_read(db, COLUMN, part, &bytes, &len, err);

	if (status != SHEAF_OK)
		return status;
	if (bytes && len != VALUE_RANGES * ENTRY_BYTES) {
		mem_free(bytes);
		return value_block_damaged(db, COLUMN, part, err);
	}
	if (!bytes)
		bytes = mem_calloc(VALUE_RANGES, ENTRY_BYTES);
	if (!bytes)
		return sheaf_nomem(err);
	db->values.ranges.parts[part].bytes = bytes;
	return SHEAF_OK;
}

/* The entry of a block. */
static sheaf_status get_entry(sheaf_database *db, size_t block, unsigned char **entry,
                              sheaf_error *err)
{
	value_ranges *v = &db->values.ranges;
	size_t        part = block / VALUE_RANGES;
	sheaf_status  status = SHEAF_OK;

	*entry = NULL;
	if (block > (size_t)(REVISION_MAX >> VALUE_BLOCK_SHIFT))
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                  "%s: impossible block of revisions %zu", db->path, block);
	if (part >= v->size)
		status = reserve(v, part, err);
	if (status == SHEAF_OK && !v->parts[part].bytes)
		status = read_part(db, part, err);
	if (status == SHEAF_OK)
		*entry = v->parts[part].bytes + block % VALUE_RANGES * ENTRY_BYTES;
	return status;
}

static sheaf_status change_entry(sheaf_database *db, size_t block, unsigned char **entry,
                                 sheaf_error *err)
{
	sheaf_status status = get_entry(db, block, entry, err);

	if (status == SHEAF_OK)
		db->values.ranges.parts[block / VALUE_RANGES].dirty = 1;
	return status;
}

sheaf_status value_ranges_flush(sheaf_database *db, sheaf_error *err)
{
	value_ranges *v = &db->values.ranges;
	sheaf_status  status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < v->size; i++) {
		if (!v->parts[i].dirty)
			continue;
		status = value_block_write(db, COLUMN, i, v->parts[i].bytes,
		                           VALUE_RANGES * ENTRY_BYTES, err);
		if (status == SHEAF_OK)
			v->parts[i].dirty = 0;
	}
	return status;
}

/* ---- dates ---- */

static int64_t end_of_month(int64_t time)
{
	int year, month, day;

	if (time >= INT64_MAX - STEP)
		return INT64_MAX;
	date_civil(time / 86400, &year, &month, &day);
	return (month == 12 ? date_days(year + 1, 1, 1) : date_days(year, month + 1, 1)) * 86400 -
	       1;
}

static void read_range(const unsigned char *entry, size_t date, date_range *range)
{
	const unsigned char *at = entry + DATES_AT + date * 8;

	range->least = least_of(get_four(at));
	range->most = most_of(UINT32_MAX - get_four(at + 4));
	range->complete = entry[0] >> (COMPLETE + date) & 1;
	range->last = entry[0] >> (TO_THE_DAY + date) & 1 ? range->most : end_of_month(range->most);
}

/* 1 where a block has changed since its dates were noted: they are when it is written. */
static int is_changing(const sheaf_database *db, size_t block)
{
	const value_column *c = &db->values.columns[VALUE_SUBMITTED];

	return block < c->size && c->state[block] == BLOCK_DIRTY;
}

sheaf_status value_ranges_get(sheaf_database *db, sheaf_field field, size_t block,
                              date_range *range, sheaf_error *err)
{
	size_t         date = date_number(field);
	unsigned char *entry;
	sheaf_status   status = get_entry(db, block, &entry, err);

	*range = (date_range){INT64_MIN + 1, INT64_MAX, INT64_MAX, 0};
	if (status == SHEAF_OK && date < DATES && !is_changing(db, block))
		read_range(entry, date, range);
	return status;
}

range_answer value_ranges_test(const date_range *range, int64_t begin, int64_t end)
{
	if (range->least > range->most || range->most < begin || range->least > end)
		return RANGE_NONE;
	return range->complete && range->least >= begin && range->last <= end ? RANGE_ALL
	                                                                      : RANGE_SOME;
}

static void gather(gathered *g, document_date date)
{
	if (date.time == SHEAF_TIME_NONE) {
		g->complete = 0;
		return;
	}
	g->least = date.time < g->least ? date.time : g->least;
	g->most = date.time > g->most ? date.time : g->most;
	if (date.month_only)
		g->to_the_day = 0;
}

/* What the live documents of a block have. */
static sheaf_status gather_block(sheaf_database *db, size_t block, gathered all[DATES],
                                 sheaf_error *err)
{
	sheaf_revision begin = (sheaf_revision)block << VALUE_BLOCK_SHIFT;
	sheaf_status   status = SHEAF_OK;

	for (size_t i = 0; i < DATES; i++)
		all[i] = (gathered){INT64_MAX, INT64_MIN + 1, 1, 1};
	for (sheaf_revision r = begin; status == SHEAF_OK && r < begin + VALUE_BLOCK; r++) {
		if (values_get_length(db, r, &status, err) < 0)
			continue;
		for (size_t i = 0; status == SHEAF_OK && i < DATES; i++) {
			document_date date;

			status = values_get_date(db, dates[i], r, &date, err);
			gather(&all[i], date);
		}
	}
	return status;
}

static void write_range(unsigned char *entry, size_t date, const gathered *g)
{
	unsigned char *at = entry + DATES_AT + date * 8;
	unsigned       complete = 1u << (COMPLETE + date), to_the_day = 1u << (TO_THE_DAY + date);

	entry[0] &= (unsigned char)~(complete | to_the_day);
	entry[0] |= (unsigned char)((g->complete ? complete : 0) |
	                            (g->to_the_day ? to_the_day : 0));
	put_four(at, to_steps(g->least));
	put_four(at + 4, UINT32_MAX - to_steps(g->most));
}

sheaf_status value_ranges_put_dates(sheaf_database *db, size_t block, sheaf_error *err)
{
	gathered       all[DATES];
	unsigned char *entry;
	sheaf_status   status = gather_block(db, block, all, err);

	if (status == SHEAF_OK)
		status = change_entry(db, block, &entry, err);
	for (size_t i = 0; status == SHEAF_OK && i < DATES; i++)
		write_range(entry, i, &all[i]);
	return status;
}

sheaf_status value_ranges_check(sheaf_database *db, size_t block, sheaf_error *err)
{
	gathered       all[DATES];
	unsigned char *entry;
	sheaf_status   status = gather_block(db, block, all, err);

	if (status == SHEAF_OK)
		status = get_entry(db, block, &entry, err);
	for (size_t i = 0; status == SHEAF_OK && i < DATES; i++) {
		int        to_the_day = entry[0] >> (TO_THE_DAY + i) & 1;
		date_range range;

		read_range(entry, i, &range);
		if (range.complete > all[i].complete || to_the_day > all[i].to_the_day ||
		    (all[i].least <= all[i].most &&
		     (range.least > all[i].least || range.most < all[i].most)))
			return value_block_damaged(db, COLUMN, block / VALUE_RANGES, err);
	}
	return status;
}

/* ---- docids ---- */

static int64_t difference_in(const unsigned char *entry)
{
	return (int64_t)get_four(entry + DIFFERENCE_AT) + INT32_MIN;
}

sheaf_status value_ranges_docid(sheaf_database *db, sheaf_revision revision, sheaf_docid *docid,
                                sheaf_error *err)
{
	unsigned char *entry;
	sheaf_status   status = get_entry(db, (size_t)(revision >> VALUE_BLOCK_SHIFT), &entry, err);

	*docid = 0;
	if (status != SHEAF_OK || !(entry[0] & ONE_DIFFERENCE))
		return status;
	*docid = revision + difference_in(entry);
	if (*docid > 0)
		return SHEAF_OK;
	*docid = 0;
	return value_block_damaged(db, COLUMN,
	                           (size_t)(revision >> VALUE_BLOCK_SHIFT) / VALUE_RANGES, err);
}

sheaf_status value_ranges_put_docid(sheaf_database *db, sheaf_revision revision, sheaf_docid docid,
                                    sheaf_error *err)
{
	int64_t        difference = docid - revision;
	unsigned char *entry;
	sheaf_status   status = change_entry(db, (size_t)(revision >> VALUE_BLOCK_SHIFT), &entry,
	                                     err);

	if (status != SHEAF_OK || entry[0] & MANY_DIFFERENCES)
		return status;
	if (difference < INT32_MIN || difference > INT32_MAX ||
	    (entry[0] & ONE_DIFFERENCE && difference_in(entry) != difference)) {
		entry[0] = (unsigned char)((entry[0] & ~ONE_DIFFERENCE) | MANY_DIFFERENCES);
		return SHEAF_OK;
	}
	entry[0] |= ONE_DIFFERENCE;
	put_four(entry + DIFFERENCE_AT, (uint32_t)(difference - INT32_MIN));
	return SHEAF_OK;
}

#include "values.h"

#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "facet_columns.h"

/* Of a block that is written to. */
static const unsigned widths[VALUE_SLOTS] = {[VALUE_LENGTH] = VALUE_NUMBERS_SHORT,
                                             [VALUE_SUBMITTED] = VALUE_NUMBERS_WIDE,
                                             [VALUE_UPDATED] = VALUE_NUMBERS_WIDE,
                                             [VALUE_ANNOUNCED] = VALUE_NUMBERS_WIDE};
static const int      numbers_in_file[VALUE_SLOTS] = {[VALUE_LENGTH] = BLOCK_COLUMN_LENGTH,
                                                      [VALUE_SUBMITTED] = BLOCK_COLUMN_SUBMITTED,
                                                      [VALUE_UPDATED] = BLOCK_COLUMN_UPDATED,
                                                      [VALUE_ANNOUNCED] = BLOCK_COLUMN_ANNOUNCED};

#define DATE_BIAS ((int64_t)1 << 62)
#define MONTHS_WITHIN ((int64_t)1 << 38) /* seconds: the years up to 9999 */

void values_clear(values *v)
{
	for (int slot = 0; slot < VALUE_SLOTS; slot++) {
		value_column *c = &v->columns[slot];

		for (size_t i = 0; i < c->size; i++)
			mem_free(c->blocks[i]);
		mem_free(c->blocks);
		mem_free(c->state);
		memset(c, 0, sizeof *c);
	}
	value_lists_clear(&v->lists);
	value_ranges_clear(&v->ranges);
	category_numbers_clear(&v->categories);
	slot_values_clear(&v->slots);
	length_codes_clear(&v->codes);
}

static sheaf_status reserve(value_column *c, size_t block, sheaf_error *err)
{
	size_t          size = c->size ? c->size : 64;
	value_numbers **blocks;
	unsigned char  *state;

	if (block < c->size)
		return SHEAF_OK;
	while (size <= block)
		size *= 2;
	blocks = mem_realloc_array(c->blocks, size, sizeof *blocks);
	if (!blocks)
		return sheaf_nomem(err);
	c->blocks = blocks;
	state = mem_realloc_array(c->state, size, 1);
	if (!state)
		return sheaf_nomem(err);
	c->state = state;
	memset(c->blocks + c->size, 0, (size - c->size) * sizeof *blocks);
	memset(c->state + c->size, BLOCK_CLEAN, size - c->size);
	c->size = size;
	return SHEAF_OK;
}

static sheaf_status write_block(sheaf_database *db, value_slot slot, size_t block,
                                const value_numbers *numbers, sheaf_error *err)
{
	unsigned char bytes[VALUE_NUMBERS_BYTES];
	size_t        len = value_numbers_encode(numbers, slot != VALUE_LENGTH, bytes);

	return value_block_write(db, numbers_in_file[slot], block, bytes, len, err);
}

static int is_length(const value_numbers *numbers)
{
	return numbers->width <= VALUE_NUMBERS_SHORT && !numbers->base;
}

static sheaf_status read_block(sheaf_database *db, value_slot slot, size_t block,
                               value_numbers **numbers, sheaf_error *err)
{
	unsigned char *bytes;
	size_t         len;
	int            decoded;
	sheaf_status status = value_block_read(db, numbers_in_file[slot], block, &bytes, &len, err);

	if (status != SHEAF_OK || !bytes)
		return status;
	decoded = value_numbers_decode(bytes, len, numbers);
	mem_free(bytes);
	if (decoded < 0)
		return sheaf_nomem(err);
	if (decoded && (slot != VALUE_LENGTH || is_length(*numbers)))
		return SHEAF_OK;
	mem_free(*numbers);
	*numbers = NULL;
	return value_block_damaged(db, numbers_in_file[slot], block, err);
}

/* The block that holds `revision`, NULL where it is not there, and on failure. */
static value_numbers *get_block(sheaf_database *db, value_slot slot, sheaf_revision revision,
                                sheaf_status *status, sheaf_error *err)
{
	value_column *c = &db->values.columns[slot];
	size_t        block = (size_t)(revision >> VALUE_BLOCK_SHIFT);

	*status = SHEAF_OK;
	if (block < c->size && (c->blocks[block] || c->state[block] == BLOCK_ABSENT))
		return c->blocks[block];
	if (revision < 0 || revision > REVISION_MAX) {
		*status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                     "%s: impossible revision %lld", db->path, (long long)revision);
		return NULL;
	}
	*status = reserve(c, block, err);
	if (*status != SHEAF_OK)
		return NULL;
	*status = read_block(db, slot, block, &c->blocks[block], err);
	if (*status == SHEAF_OK && !c->blocks[block])
		c->state[block] = BLOCK_ABSENT;
	return c->blocks[block];
}

static size_t index_of(sheaf_revision revision)
{
	return (size_t)(revision & (VALUE_BLOCK - 1));
}

static sheaf_status get_number(sheaf_database *db, value_slot slot, sheaf_revision revision,
                               uint64_t *number, sheaf_error *err)
{
	sheaf_status         status;
	const value_numbers *numbers = get_block(db, slot, revision, &status, err);

	*number = numbers ? value_numbers_get(numbers, index_of(revision)) : 0;
	return status;
}

/* The block in a form that any number can be put into; made where it is not there. */
static sheaf_status open_block(sheaf_database *db, value_slot slot, sheaf_revision revision,
                               value_numbers **numbers, sheaf_error *err)
{
	size_t         block = (size_t)(revision >> VALUE_BLOCK_SHIFT);
	sheaf_status   status;
	value_numbers *now = get_block(db, slot, revision, &status, err);

	*numbers = now;
	if (status != SHEAF_OK || (now && now->width == widths[slot] && !now->base))
		return status;
	*numbers = now ? value_numbers_widen(now, widths[slot]) : value_numbers_new(widths[slot]);
	if (!*numbers)
		return sheaf_nomem(err);
	mem_free(now);
	db->values.columns[slot].blocks[block] = *numbers;
	return SHEAF_OK;
}

static sheaf_status put_number(sheaf_database *db, value_slot slot, sheaf_revision revision,
                               uint64_t number, sheaf_error *err)
{
	value_numbers *numbers;
	sheaf_status   status = open_block(db, slot, revision, &numbers, err);

	if (status != SHEAF_OK)
		return status;
	value_numbers_set(numbers, index_of(revision), number);
	db->values.columns[slot].state[revision >> VALUE_BLOCK_SHIFT] = BLOCK_DIRTY;
	if (slot == VALUE_LENGTH)
		length_codes_forget(&db->values.codes, revision);
	db->changed = 1;
	return SHEAF_OK;
}

int64_t values_get_length(sheaf_database *db, sheaf_revision revision, sheaf_status *status,
                          sheaf_error *err)
{
	uint64_t n;

	*status = get_number(db, VALUE_LENGTH, revision, &n, err);
	return *status == SHEAF_OK ? (int64_t)n - 1 : -2;
}

sheaf_revision values_newest_alive(sheaf_database *db, sheaf_revision from, sheaf_revision after,
                                   sheaf_status *status, sheaf_error *err)
{
	*status = SHEAF_OK;
	while (from > after && from > 0) {
		const value_numbers *lengths = get_block(db, VALUE_LENGTH, from, status, err);
		sheaf_revision       start = from & ~(sheaf_revision)(VALUE_BLOCK - 1);

		if (*status != SHEAF_OK)
			return 0;
		for (; lengths && from >= start && from > after; from--)
			if (value_numbers_bare(lengths, index_of(from)))
				return from;
		if (!lengths)
			from = start - 1;
	}
	return 0;
}

/*
 * Any number, since a block may be damaged: a wrong date, which a check finds, but one that can be
 * reckoned with. Only what is near enough to be a month of a calendar is one.
 */
static document_date decode_date(uint64_t n)
{
	document_date date = {SHEAF_TIME_NONE, 0};

	if (n) {
		int64_t v = (int64_t)(n - (uint64_t)DATE_BIAS);

		date.time = (v - (v & 1)) / 2;
		date.month_only = (v & 1) && date.time > -MONTHS_WITHIN &&
		                  date.time < MONTHS_WITHIN;
	}
	return date;
}

/* DATE begins with SUBMITTED. */
static value_slot slot_of(sheaf_field field)
{
	switch (field) {
	case SHEAF_FIELD_UPDATED: return VALUE_UPDATED;
	case SHEAF_FIELD_ANNOUNCED: return VALUE_ANNOUNCED;
	default: return VALUE_SUBMITTED;
	}
}

sheaf_status values_get_date(sheaf_database *db, sheaf_field field, sheaf_revision revision,
                             document_date *date, sheaf_error *err)
{
	uint64_t     n;
	sheaf_status status = get_number(db, slot_of(field), revision, &n, err);

	*date = decode_date(n);
	if (status == SHEAF_OK && field == SHEAF_FIELD_DATE &&
	    (date->month_only || date->time == SHEAF_TIME_NONE)) {
		document_date updated;

		status = get_number(db, VALUE_UPDATED, revision, &n, err);
		updated = decode_date(n);
		if (updated.time != SHEAF_TIME_NONE && !updated.month_only)
			*date = updated;
	}
	return status;
}

static uint64_t encode_date(document_date date)
{
	if (date.time == SHEAF_TIME_NONE || date.time < -DOCUMENT_TIME_MAX ||
	    date.time > DOCUMENT_TIME_MAX)
		return 0;
	return (uint64_t)(date.time * 2 + (date.month_only != 0) + DATE_BIAS);
}

sheaf_status values_put_announced(sheaf_database *db, sheaf_revision revision,
                                  const sheaf_document *doc, sheaf_error *err)
{
	return put_number(db, VALUE_ANNOUNCED, revision,
	                  encode_date(document_get_date(doc, SHEAF_FIELD_ANNOUNCED)), err);
}

sheaf_status values_put(sheaf_database *db, sheaf_revision revision, int64_t length,
                        const sheaf_document *doc, sheaf_error *err)
{
	sheaf_status status;

	if (length > UINT32_MAX - 1)
		length = UINT32_MAX - 1;
	status = put_number(db, VALUE_LENGTH, revision, (uint64_t)length + 1, err);
	if (status == SHEAF_OK)
		status = put_number(db, VALUE_SUBMITTED, revision,
		                    encode_date(document_get_date(doc, SHEAF_FIELD_SUBMITTED)),
		                    err);
	if (status == SHEAF_OK)
		status = put_number(db, VALUE_UPDATED, revision,
		                    encode_date(document_get_date(doc, SHEAF_FIELD_UPDATED)), err);
	if (status == SHEAF_OK)
		status = values_put_announced(db, revision, doc, err);
	if (status == SHEAF_OK)
		status = facet_columns_put(db, revision, doc, err);
	return status == SHEAF_OK ? slot_values_put(db, revision, doc, err) : status;
}

sheaf_status values_remove(sheaf_database *db, sheaf_revision revision, sheaf_error *err)
{
	return put_number(db, VALUE_LENGTH, revision, 0, err);
}

sheaf_status values_delete_all(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = statement_exec(db, STMT_VALUE_CLEAR, err);

	if (status == SHEAF_OK)
		status = statement_exec(db, STMT_CATEGORY_CLEAR, err);
	if (status == SHEAF_OK)
		status = statement_exec(db, STMT_SLOT_CLEAR, err);
	values_clear(&db->values);
	return status;
}

/* Dates are put together: where one of them has changed, so has the other. */
static sheaf_status note_ranges(sheaf_database *db, sheaf_error *err)
{
	const value_column *c = &db->values.columns[VALUE_SUBMITTED];
	sheaf_status        status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < c->size; i++)
		if (c->state[i] == BLOCK_DIRTY)
			status = value_ranges_put_dates(db, i, err);
	return status;
}

sheaf_status values_flush(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = note_ranges(db, err);

	for (int slot = 0; slot < VALUE_SLOTS; slot++) {
		value_column *c = &db->values.columns[slot];

		for (size_t i = 0; status == SHEAF_OK && i < c->size; i++) {
			if (c->state[i] != BLOCK_DIRTY)
				continue;
			status = write_block(db, (value_slot)slot, i, c->blocks[i], err);
			if (status == SHEAF_OK)
				c->state[i] = BLOCK_CLEAN;
		}
	}
	if (status == SHEAF_OK)
		status = value_ranges_flush(db, err);
	return status == SHEAF_OK ? value_lists_flush(db, err) : status;
}

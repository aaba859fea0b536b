/*
 * segment_structure.h: the two records by which an FTS5 index knows its segments and its totals: row 10
 * and row 1 of the data table.
 */
#ifndef SEGMENT_STRUCTURE_H
#define SEGMENT_STRUCTURE_H

#include "buf.h"
#include "segment_reader.h"

enum {
	SEGMENT_ROW_AVERAGES = 1,
	SEGMENT_ROW_STRUCTURE = 10,
	SEGMENT_VERSION = 4, /* of the shadow tables, in the config table, that these files know */
	SEGMENT_COUNT_MAX = 2000,
	SEGMENT_COLUMNS_MAX = 16, /* of which totals are kept here; FTS5 can have more */
	SEGMENT_SHIFT = 37
};

typedef struct segment_level {
	int64_t        merging;  /* segments of it that are being merged */
	segment_range *segments; /* oldest first */
	size_t         count;
} segment_level;

typedef struct segment_structure { /* all-zero is an empty index */
	uint32_t       cookie;
	uint64_t       writes;
	segment_level *levels;
	size_t         level_count;
} segment_structure;

/* Errors: DATABASE_CORRUPT; NOMEM. Free it whatever the outcome. */
sheaf_status segment_structure_read(const unsigned char *data, size_t len, segment_structure *s,
                                    sheaf_error *err);
void         segment_structure_write(const segment_structure *s, buf *out);
void         segment_structure_free(segment_structure *s);
/* A segment number that is in use nowhere; 0 where all are. */
int segment_structure_new_number(const segment_structure *s);
/* Adds a segment, newest of level 0. */
sheaf_status segment_structure_add(segment_structure *s, const segment_range *range,
                                   sheaf_error *err);
/* All segments, oldest first. mem_free() it. */
sheaf_status segment_structure_list(const segment_structure *s, segment_range **list, size_t *count,
                                    sheaf_error *err);

/* Rows, and tokens of each column. An index that never had any keeps a record of no bytes. */
typedef struct segment_averages {
	uint64_t rows;
	uint64_t tokens[SEGMENT_COLUMNS_MAX];
	size_t   columns;
} segment_averages;
int  segment_averages_read(const unsigned char *data, size_t len, size_t columns,
                           segment_averages *a); /* 0: damaged */
void segment_averages_write(const segment_averages *a, buf *out);

#endif

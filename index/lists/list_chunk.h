/*
 * list_chunk.h: a stretch of blocks with a table of them in front (list_writer.h has the format).
 */
#ifndef LIST_CHUNK_H
#define LIST_CHUNK_H

#include "buf.h"
#include "list_bounds.h"

enum {
	LIST_CHUNK_BLOCKS_MAX = 512,
	LIST_SMALL_ESCAPE = 3 /* of the two bits that small lists have for a code */
};

/* A block, and where it is. */
typedef struct list_place {
	size_t      at, len; /* bytes */
	uint32_t    last;    /* revision, less the run's first */
	unsigned    count;   /* of postings */
	list_bounds bounds;
} list_place;

/* How many of the blocks make a chunk of at most `room` bytes. */
size_t list_chunk_fit(const list_place *places, size_t count, size_t room);
/*
 * Appends a chunk. `base`: the first revision that it could have; `data`: what places count from.
 */
void list_chunk_put(const list_place *places, size_t count, uint32_t base, const char *data,
                    buf *out);

/* A block in a chunk that is read. */
typedef struct list_block_place {
	uint32_t      last; /* revision, less the run's first */
	uint32_t      at, len;
	uint32_t      bounds_at;
	unsigned char count;
} list_block_place;

/*
 * Reads the table of a chunk into `blocks`, which has room for LIST_CHUNK_BLOCKS_MAX; revisions
 * are `base` to `last`. `data` has LIST_PADDING readable bytes more. Answers the number of
 * blocks; 0: damaged.
 */
size_t list_chunk_read(const unsigned char *data, size_t len, uint32_t base, uint32_t last,
                       list_block_place *blocks);

#endif

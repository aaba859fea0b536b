/*
 * pool.h: memory for things that die together, some of which grow meanwhile: what they grow out of serves
 * others. Counted, and kept for what comes next.
 */
#ifndef POOL_H
#define POOL_H

#include <stddef.h>

enum {
	POOL_SMALLEST = 32, /* bytes of a buffer of class 0; each class has twice as many */
	POOL_CLASSES = 26   /* up to 1 GiB */
};

typedef struct pool_block pool_block;
typedef struct pool_free  pool_free;

/* All-zero is an empty pool. */
typedef struct pool {
	pool_block *head;  /* the block that is being filled */
	size_t      used;  /* bytes of it */
	pool_block *large; /* blocks of one buffer each */
	pool_block *kept;  /* empty ones */
	size_t      bytes; /* of the blocks in use */
	size_t      kept_bytes;
	pool_free  *freed[POOL_CLASSES]; /* buffers that were given back */
} pool;

/* Aligned for pointers and 64-bit numbers; NULL when out of memory. */
void *pool_alloc(pool *p, size_t size);
/* A buffer of POOL_SMALLEST << `cls` bytes. */
void *pool_take(pool *p, unsigned cls);
void  pool_give(pool *p, void *buffer, unsigned cls);
/* Of memory in use, with what is left over in it. */
size_t pool_bytes(const pool *p);
/* Forgets everything, and keeps at most `keep` bytes for what comes next. */
void pool_clear(pool *p, size_t keep);
void pool_free_all(pool *p);

#endif

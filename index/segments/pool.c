#include "pool.h"

#include <stdalign.h>
#include <stdint.h>

#include "alloc.h"

/* Under ASan each allocation is a block of its own, so that overruns show. */
#if defined(__SANITIZE_ADDRESS__)
#define BLOCK 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BLOCK 0
#endif
#endif
#ifndef BLOCK
#define BLOCK (256u << 10)
#endif

enum {
	LARGE = 32 << 10, /* bytes from which a buffer has a block of its own */
	MANY = 2 << 20,   /* bytes of a pool from which it grows by wide blocks */
	WIDE = 4 << 20
};

struct pool_block {
	pool_block *next;
	size_t      size;
	alignas(8) char data[];
};

struct pool_free {
	pool_free *next;
};

static pool_block *new_block(pool *p, pool_block **list, size_t size)
{
	size_t      whole = sizeof(pool_block) + size;
	pool_block *block = size >= WIDE ? mem_alloc_wide(whole) : mem_alloc(whole);

	if (!block)
		return NULL;
	block->size = size;
	block->next = *list;
	*list = block;
	p->bytes += whole;
	return block;
}

static int fill_next_block(pool *p)
{
	pool_block *block = p->kept;

	p->used = 0;
	if (!block)
		return new_block(p, &p->head, BLOCK && p->bytes >= MANY ? WIDE : BLOCK) != NULL;
	p->kept = block->next;
	p->kept_bytes -= sizeof *block + block->size;
	p->bytes += sizeof *block + block->size;
	block->next = p->head;
	p->head = block;
	return 1;
}

void *pool_alloc(pool *p, size_t size)
{
	void *at;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + 7) & ~(size_t)7;
	if (size >= LARGE || !BLOCK) {
		pool_block *block = new_block(p, &p->large, size);

		return block ? block->data : NULL;
	}
	if ((!p->head || p->head->size - p->used < size) && !fill_next_block(p))
		return NULL;
	at = p->head->data + p->used;
	p->used += size;
	return at;
}

void *pool_take(pool *p, unsigned cls)
{
	pool_free *buffer;

	if (cls >= POOL_CLASSES)
		return NULL;
	buffer = p->freed[cls];
	if (!buffer)
		return pool_alloc(p, (size_t)POOL_SMALLEST << cls);
	p->freed[cls] = buffer->next;
	return buffer;
}

void pool_give(pool *p, void *buffer, unsigned cls)
{
	pool_free *freed = buffer;

	freed->next = p->freed[cls];
	p->freed[cls] = freed;
}

size_t pool_bytes(const pool *p)
{
	return p->bytes;
}

static void free_blocks(pool_block *block)
{
	while (block) {
		pool_block *next = block->next;

		mem_free(block);
		block = next;
	}
}

void pool_clear(pool *p, size_t keep)
{
	pool_block *block = p->head;

	free_blocks(p->large);
	while (block) {
		pool_block *next = block->next;
		size_t      bytes = sizeof *block + block->size;

		if (p->kept_bytes + bytes <= keep) {
			block->next = p->kept;
			p->kept = block;
			p->kept_bytes += bytes;
		} else {
			mem_free(block);
		}
		block = next;
	}
	p->head = p->large = NULL;
	p->used = p->bytes = 0;
	for (size_t i = 0; i < POOL_CLASSES; i++)
		p->freed[i] = NULL;
}

void pool_free_all(pool *p)
{
	pool_clear(p, 0);
	free_blocks(p->kept);
	p->kept = NULL;
	p->kept_bytes = 0;
}

/*
 * list_block.h: up to 128 postings in compact form.
 *
 *   byte        bits of a difference of revisions (0 to 32), + 64 where some are longer
 *   byte        bits of a code (0 to 6)
 *   differences of neighbouring revisions, less 1: one fewer than postings
 *   longer      where some are: a byte, how many; then for each a byte, which of the differences,
 *               and a varint, what its bits are below
 *   codes       one of each posting: LIST_CODES common ways to occur have one; the highest number
 *               that the bits can hold stands for "behind the codes". Without bits, all have one
 *               code, a byte.
 *   behind      for each posting whose code is there, a byte: its code, or LIST_CODES, and three
 *               varints
 *
 * Bits fill bytes from the low end. The last revision is told by whoever has the block.
 */
#ifndef LIST_BLOCK_H
#define LIST_BLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "posting.h"

enum {
	LIST_BLOCK = 128,
	LIST_CODES = 48,
	LIST_CODE_BITS_MAX = 6,
	/* The most that a block can take: differences are only shortened where that saves bytes. */
	LIST_BLOCK_BYTES_MAX = 2 + LIST_BLOCK * 4 + 1 + LIST_BLOCK + LIST_BLOCK * 16,
	LIST_PADDING = 8, /* bytes that must be readable, and writable, behind a block */
	LIST_VARINT_MAX = 10
};

/* The ways in which something can occur in a document. */
typedef struct list_occurrences {
	uint32_t title, abstract, other;
} list_occurrences;

extern const list_occurrences list_code_table[LIST_CODES];

/* Finds codes. */
typedef struct list_coder {
	unsigned char codes[256]; /* by 64 * title + 4 * abstract + other, where these are small */
} list_coder;
void list_coder_init(list_coder *coder);
/* LIST_CODES: it has none. */
unsigned list_coder_find(const list_coder *coder, const posting *p);

/*
 * Numbers of 7 bits a byte, the low ones first. Answers the bytes written: LIST_VARINT_MAX at
 * most.
 */
size_t list_varint_put(unsigned char *at, uint64_t n);
/* Reads one before `end` and moves behind it. 0: there is none. */
int list_varint_get(const unsigned char **at, const unsigned char *end, uint64_t *n);

/*
 * A code, and the three numbers where there is none: how blocks and small lists end a posting.
 * The first answers the bytes written, 16 at most; the second 0: damaged.
 */
size_t list_occurrences_put(unsigned char *at, unsigned code, const posting *p);
int    list_occurrences_get(const unsigned char **at, const unsigned char *end, unsigned *code,
                            list_occurrences *rare);

/*
 * Encodes 1 to LIST_BLOCK postings whose revisions ascend, by less than 2^32 from first to last;
 * answers the bytes written to `out`, which has LIST_BLOCK_BYTES_MAX + LIST_PADDING.
 */
size_t list_block_encode(const list_coder *coder, const posting *postings, size_t count,
                         unsigned char *out);
/*
 * Decodes revisions as offsets from the first one, which is thus 0. `at` has `len` bytes, and
 * LIST_PADDING more that can be read. *codes_at is where codes begin. 0: damaged.
 */
int list_block_revisions(const unsigned char *at, size_t len, size_t count,
                         uint32_t offsets[LIST_BLOCK], size_t *codes_at);
/*
 * Decodes how each posting occurs: a code below LIST_CODES, or LIST_CODES + i for rare[i]. 0:
 * damaged.
 */
int list_block_codes(const unsigned char *at, size_t len, size_t count, size_t codes_at,
                     unsigned char codes[LIST_BLOCK], list_occurrences rare[LIST_BLOCK]);
/* Of one posting, that at `i`, its code; LIST_CODES where it is behind the codes, and where the block is damaged. */
unsigned list_block_code(const unsigned char *at, size_t len, size_t count, size_t codes_at,
                         size_t i);

#endif

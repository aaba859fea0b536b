#include "list_block.h"

#include <string.h>

#include "bytes.h"

enum {
	SMALL_TITLE = 4,
	SMALL_ABSTRACT = 16,
	SMALL_OTHER = 4,
	DIFFERENCE_BITS_MAX = 32,
	LONGER = 64
};

/* The commonest first: {title, abstract, other}. It is part of the format. */
const list_occurrences list_code_table[LIST_CODES] = {
	{0, 1, 0},  {0, 2, 0}, {0, 0, 1},  {0, 3, 0}, {1, 1, 0}, {1, 2, 0},  {1, 0, 0},  {0, 4, 0},
	{1, 3, 0},  {0, 5, 0}, {0, 1, 1},  {0, 6, 0}, {1, 4, 0}, {0, 0, 2},  {0, 7, 0},  {0, 2, 1},
	{0, 8, 0},  {1, 5, 0}, {0, 9, 0},  {1, 6, 0}, {1, 1, 1}, {0, 3, 1},  {0, 10, 0}, {1, 2, 1},
	{0, 4, 1},  {0, 1, 2}, {0, 0, 3},  {2, 1, 0}, {2, 2, 0}, {0, 11, 0}, {1, 7, 0},  {2, 3, 0},
	{0, 12, 0}, {0, 5, 1}, {2, 0, 0},  {1, 0, 1}, {0, 2, 2}, {1, 3, 1},  {0, 13, 0}, {1, 8, 0},
	{0, 14, 0}, {2, 4, 0}, {0, 15, 0}, {0, 6, 1}, {1, 4, 1}, {1, 9, 0},  {0, 3, 2},  {2, 5, 0},
};

static unsigned place_of(uint32_t title, uint32_t abstract, uint32_t other)
{
	return (title * SMALL_ABSTRACT + abstract) * SMALL_OTHER + other;
}

void list_coder_init(list_coder *coder)
{
	memset(coder->codes, LIST_CODES, sizeof coder->codes);
	for (unsigned i = 0; i < LIST_CODES; i++) {
		const list_occurrences *o = &list_code_table[i];

		coder->codes[place_of(o->title, o->abstract, o->other)] = (unsigned char)i;
	}
}

unsigned list_coder_find(const list_coder *coder, const posting *p)
{
	if (p->title >= SMALL_TITLE || p->abstract >= SMALL_ABSTRACT || p->other >= SMALL_OTHER)
		return LIST_CODES;
	return coder->codes[place_of(p->title, p->abstract, p->other)];
}

size_t list_varint_put(unsigned char *at, uint64_t n)
{
	size_t len = 0;

	for (; n >= 0x80; n >>= 7)
		at[len++] = (unsigned char)(n | 0x80);
	at[len++] = (unsigned char)n;
	return len;
}

int list_varint_get(const unsigned char **at, const unsigned char *end, uint64_t *n)
{
	uint64_t number = 0;

	for (unsigned shift = 0; shift < 63 && *at < end; shift += 7) {
		unsigned char byte = *(*at)++;

		number |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80) {
			*n = number;
			return 1;
		}
	}
	return 0;
}

size_t list_occurrences_put(unsigned char *at, unsigned code, const posting *p)
{
	size_t len = 1;

	*at = (unsigned char)code;
	if (code < LIST_CODES)
		return len;
	len += list_varint_put(at + len, p->title);
	len += list_varint_put(at + len, p->abstract);
	return len + list_varint_put(at + len, p->other);
}

int list_occurrences_get(const unsigned char **at, const unsigned char *end, unsigned *code,
                         list_occurrences *rare)
{
	uint64_t n[3];

	if (*at >= end || **at > LIST_CODES)
		return 0;
	*code = *(*at)++;
	if (*code < LIST_CODES)
		return 1;
	for (int i = 0; i < 3; i++)
		if (!list_varint_get(at, end, &n[i]) || n[i] > INT32_MAX)
			return 0;
	*rare = (list_occurrences){(uint32_t)n[0], (uint32_t)n[1], (uint32_t)n[2]};
	return 1;
}

/* ---- bits ---- */

static size_t bytes_of(size_t count, unsigned bits)
{
	return (count * bits + 7) / 8;
}

/* Writes up to LIST_PADDING bytes more than it answers, which count as not written. */
static size_t pack(const uint32_t *numbers, size_t count, unsigned bits, unsigned char *out)
{
	uint64_t       waiting = 0;
	unsigned       filled = 0;
	unsigned char *at = out;

	for (size_t i = 0; i < count; i++) {
		waiting |= (uint64_t)numbers[i] << filled;
		filled += bits;
		if (filled >= 32) {
			bytes_store_8(at, waiting & UINT32_MAX);
			at += 4;
			waiting >>= 32;
			filled -= 32;
		}
	}
	bytes_store_8(at, waiting);
	return bytes_of(count, bits);
}

static unsigned bits_of(uint32_t n)
{
	return n ? 32u - (unsigned)__builtin_clz(n) : 0;
}

/* ---- writing ---- */

/*
 * The number of bits for differences that takes the least room; longer ones take two bytes and
 * more.
 */
static unsigned choose_width(const uint32_t *differences, size_t count)
{
	size_t   met[DIFFERENCE_BITS_MAX + 1] = {0}, longer = 0, best_cost, most;
	unsigned best = DIFFERENCE_BITS_MAX;

	for (size_t i = 0; i < count; i++)
		met[bits_of(differences[i])]++;
	while (best && !met[best])
		best--;
	most = best;
	best_cost = bytes_of(count, best);
	for (unsigned bits = best; bits-- > 0;) {
		size_t each = 2 + (most - bits > 7) + (most - bits > 14);
		size_t cost = bytes_of(count, bits) + 1;

		longer += met[bits + 1];
		cost += longer * each;
		if (cost < best_cost) {
			best_cost = cost;
			best = bits;
		}
	}
	return best;
}

/* Differences of `bits`, and what is above them. */
static size_t put_differences(uint32_t *differences, size_t count, unsigned char *out)
{
	unsigned char above[LIST_BLOCK * (1 + LIST_VARINT_MAX)];
	unsigned      bits = choose_width(differences, count), longer = 0;
	size_t        above_len = 0, len = 2;

	for (size_t i = 0; bits < DIFFERENCE_BITS_MAX && i < count; i++)
		if (differences[i] >> bits) {
			above[above_len++] = (unsigned char)i;
			above_len += list_varint_put(above + above_len, differences[i] >> bits);
			differences[i] &= ((uint32_t)1 << bits) - 1;
			longer++;
		}
	out[0] = (unsigned char)(longer ? bits | LONGER : bits);
	len += pack(differences, count, bits, out + len);
	if (!longer)
		return len;
	out[len++] = (unsigned char)longer;
	memcpy(out + len, above, above_len);
	return len + above_len;
}

/* The number of bits for codes that takes the least room; those from 2^bits - 1 on go behind. */
static unsigned choose_bits(const uint32_t *codes, size_t count)
{
	size_t   met[LIST_CODES + 1] = {0}, fitting = 0, best_cost = SIZE_MAX;
	unsigned best = 1, code = 0;

	for (size_t i = 0; i < count; i++)
		met[codes[i]]++;
	if (codes[0] < LIST_CODES && met[codes[0]] == count)
		return 0;
	for (unsigned bits = 1; bits <= LIST_CODE_BITS_MAX; bits++) {
		size_t cost;

		for (; code < (1u << bits) - 1 && code < LIST_CODES; code++)
			fitting += met[code];
		cost = count * bits + (count - fitting) * 8;
		if (cost < best_cost) {
			best_cost = cost;
			best = bits;
		}
	}
	return best;
}

/* Codes of all postings, from out[0] on; `bits` is given. */
static size_t put_codes(const posting *postings, const uint32_t *codes, size_t count, unsigned bits,
                        unsigned char *out)
{
	uint32_t packed[LIST_BLOCK] = {0}, escape = (1u << bits) - 1;
	size_t   len;

	if (!bits)
		return list_occurrences_put(out, codes[0], postings);
	for (size_t i = 0; i < count; i++)
		packed[i] = codes[i] < LIST_CODES && codes[i] < escape ? codes[i] : escape;
	len = pack(packed, count, bits, out);
	for (size_t i = 0; i < count; i++)
		if (packed[i] == escape)
			len += list_occurrences_put(out + len, codes[i], &postings[i]);
	return len;
}

size_t list_block_encode(const list_coder *coder, const posting *postings, size_t count,
                         unsigned char *out)
{
	uint32_t differences[LIST_BLOCK] = {0}, codes[LIST_BLOCK];
	size_t   len;

	codes[0] = list_coder_find(coder, &postings[0]);
	for (size_t i = 1; i < count; i++) {
		differences[i - 1] = (uint32_t)(postings[i].revision - postings[i - 1].revision -
		                                1);
		codes[i] = list_coder_find(coder, &postings[i]);
	}
	len = put_differences(differences, count - 1, out);
	out[1] = (unsigned char)choose_bits(codes, count);
	return len + put_codes(postings, codes, count, out[1], out + len);
}

/* ---- reading ---- */

/* Adds what differences have above their bits, from *in on, which then is behind it. 0: damaged. */
static int add_longer(const unsigned char **in, const unsigned char *end, unsigned bits,
                      uint32_t *differences, size_t count)
{
	unsigned longer;
	uint64_t above;

	if (*in == end)
		return 0;
	for (longer = *(*in)++; longer; longer--) {
		size_t i;

		if (*in == end || (i = *(*in)++) >= count || !list_varint_get(in, end, &above) ||
		    above > UINT32_MAX >> bits)
			return 0;
		differences[i] |= (uint32_t)(above << bits);
	}
	return 1;
}

/*
 * Eight numbers of `bits` each, which fill whole bytes. Called with bits that are known where it is compiled, all
 * shifts are.
 */
static inline void unpack_eight(const unsigned char *in, unsigned bits, uint32_t *out)
{
	uint64_t mask = ((uint64_t)1 << bits) - 1;

	for (unsigned i = 0; i < 8; i++)
		out[i] = (uint32_t)(bytes_load_8(in + (i * bits >> 3)) >> (i * bits & 7) & mask);
}

#define UNPACK(BITS)                                                                     \
	static void unpack_##BITS(const unsigned char *in, size_t eights, uint32_t *out) \
	{                                                                                \
		for (; eights; eights--, in += (BITS), out += 8)                         \
			unpack_eight(in, (BITS), out);                                   \
	}

UNPACK(0)
UNPACK(1)
UNPACK(2)
UNPACK(3)
UNPACK(4)
UNPACK(5)
UNPACK(6)
UNPACK(7)
UNPACK(8)
UNPACK(9)
UNPACK(10)
UNPACK(11)
UNPACK(12)

/* By bits; what has more is rare, and differs much from posting to posting. */
static void (*const unpackers[])(const unsigned char *in, size_t eights, uint32_t *out) = {
	unpack_0, unpack_1, unpack_2, unpack_3,  unpack_4,  unpack_5, unpack_6,
	unpack_7, unpack_8, unpack_9, unpack_10, unpack_11, unpack_12};

/* Numbers of `bits` each; at most LIST_PADDING bytes behind them are read. */
static void unpack(const unsigned char *in, size_t count, unsigned bits, uint32_t *out)
{
	uint64_t mask = ((uint64_t)1 << bits) - 1;
	size_t   done = 0;

	if (bits < sizeof unpackers / sizeof *unpackers) {
		done = count / 8 * 8;
		unpackers[bits](in, count / 8, out);
	}
	for (size_t i = done, bit = done * bits; i < count; i++, bit += bits)
		out[i] = (uint32_t)(bytes_load_8(in + (bit >> 3)) >> (bit & 7) & mask);
}

/* Offsets from differences, less 1; 0: they pass what a number holds. */
static int add_up(uint32_t *offsets, size_t count)
{
	uint64_t sum = 0;

	for (size_t i = 1; i < count; i++) {
		sum += (uint64_t)offsets[i] + 1;
		offsets[i] = (uint32_t)sum;
	}
	return sum <= UINT32_MAX;
}

int list_block_revisions(const unsigned char *at, size_t len, size_t count,
                         uint32_t offsets[LIST_BLOCK], size_t *codes_at)
{
	const unsigned char *in = at + 2, *end = at + len;
	unsigned             bits;

	if (len < 2 || !count || count > LIST_BLOCK)
		return 0;
	bits = at[0] & ~(unsigned)LONGER;
	if (bits > DIFFERENCE_BITS_MAX || (at[0] & LONGER && bits == DIFFERENCE_BITS_MAX) ||
	    bytes_of(count - 1, bits) > len - 2)
		return 0;
	offsets[0] = 0;
	unpack(in, count - 1, bits, offsets + 1);
	in += bytes_of(count - 1, bits);
	if (at[0] & LONGER && !add_longer(&in, end, bits, offsets + 1, count - 1))
		return 0;
	*codes_at = (size_t)(in - at);
	return add_up(offsets, count);
}

/*
 * Unpacks codes, and notes which of them stand for one behind the codes; answers how many. Without
 * branches that depend on a code, which nobody can foretell.
 */
static size_t unpack_codes(const unsigned char *in, size_t count, unsigned bits,
                           unsigned char codes[LIST_BLOCK], unsigned char behind[LIST_BLOCK])
{
	unsigned escape = (1u << bits) - 1;
	size_t   escaped = 0;

	/* Eight codes fill `bits` bytes. */
	for (size_t i = 0; i < count; i += 8, in += bits) {
		uint64_t waiting = bytes_load_8(in);
		size_t   end = i + 8 < count ? i + 8 : count;

		for (size_t k = i; k < end; k++, waiting >>= bits) {
			unsigned code = (unsigned)waiting & escape;

			codes[k] = (unsigned char)code;
			behind[escaped] = (unsigned char)k;
			escaped += code == escape;
		}
	}
	return escaped;
}

static int have_meaning(const unsigned char *codes, size_t count)
{
	unsigned char highest = 0;

	for (size_t i = 0; i < count; i++)
		highest = codes[i] > highest ? codes[i] : highest;
	return highest < LIST_CODES;
}

int list_block_codes(const unsigned char *at, size_t len, size_t count, size_t codes_at,
                     unsigned char codes[LIST_BLOCK], list_occurrences rare[LIST_BLOCK])
{
	const unsigned char *in = at + codes_at, *end = at + len;
	unsigned char        behind[LIST_BLOCK];
	unsigned             bits = at[1], code, rare_count = 0;
	size_t               escaped;

	if (bits > LIST_CODE_BITS_MAX || codes_at > len)
		return 0;
	if (!bits) {
		if (in == end || *in >= LIST_CODES)
			return 0;
		memset(codes, *in, count);
		return 1;
	}
	if (bytes_of(count, bits) > (size_t)(end - in))
		return 0;
	escaped = unpack_codes(in, count, bits, codes, behind);
	for (size_t i = 0; i < escaped; i++)
		codes[behind[i]] = 0;
	if (bits == LIST_CODE_BITS_MAX && !have_meaning(codes, count))
		return 0;
	in += bytes_of(count, bits);
	for (size_t i = 0; i < escaped; i++) {
		if (!list_occurrences_get(&in, end, &code, &rare[rare_count]))
			return 0;
		code += code == LIST_CODES ? rare_count++ : 0;
		codes[behind[i]] = (unsigned char)code;
	}
	return 1;
}

unsigned list_block_code(const unsigned char *at, size_t len, size_t count, size_t codes_at,
                         size_t i)
{
	const unsigned char *in = at + codes_at;
	unsigned             bits = at[1], escape = (1u << (bits & 7)) - 1, code;
	size_t               bit = i * bits;

	if (bits - 1 >= LIST_CODE_BITS_MAX || codes_at > len ||
	    bytes_of(count, bits) > len - codes_at)
		return LIST_CODES;
	code = (in[bit >> 3] | (unsigned)in[(bit >> 3) + 1] << 8) >> (bit & 7) & escape;
	return code == escape || code > LIST_CODES ? LIST_CODES : code;
}

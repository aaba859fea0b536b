/*
 * Numbers as bytes in the numbers' order: an IEEE 754 double with its high byte first, the sign bit
 * turned round, and all other bits, too, where it is negative.
 */
#include <string.h>

#include <sheaf/document.h>

#define SIGN ((uint64_t)1 << 63)

_Static_assert(sizeof(double) == SHEAF_SORTABLE_SIZE, "doubles are those of IEEE 754");

void sheaf_sortable_serialise(double number, unsigned char out[SHEAF_SORTABLE_SIZE])
{
	uint64_t bits = 0;

	/* A minus zero equals zero. */
	if (number == 0)
		number = 0;
	if (number == number) {
		memcpy(&bits, &number, sizeof bits);
		bits = bits & SIGN ? ~bits : bits | SIGN;
	}
	for (int i = SHEAF_SORTABLE_SIZE; i--; bits >>= 8)
		out[i] = (unsigned char)bits;
}

double sheaf_sortable_unserialise(const void *bytes, size_t len)
{
	const unsigned char *p = bytes;
	uint64_t             bits = 0;
	double               number;

	if (!p || len != SHEAF_SORTABLE_SIZE)
		return 0;
	for (size_t i = 0; i < len; i++)
		bits = bits << 8 | p[i];
	bits = bits & SIGN ? bits & ~SIGN : ~bits;
	memcpy(&number, &bits, sizeof number);
	return number;
}

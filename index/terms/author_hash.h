/*
 * author_hash.h: people by the number that stands for their name in the value lists: 48 bits over
 * the folded words of the name as it is printed, so that case, accents, points and hyphens make no
 * difference. Among ten million names the chance that any given one meets another is one in
 * twenty-eight million.
 */
#ifndef AUTHOR_HASH_H
#define AUTHOR_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { AUTHOR_HASH_BITS = 48 };

/* 0 for a name without words, which nobody is counted under. */
uint64_t author_hash(const char *name, size_t len);

#endif

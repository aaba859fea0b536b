/*
 * list_bounds.h: what no posting of some can exceed: pairs of a weighted frequency and a
 * document's length, such that each posting has at most the frequency and at least the length of
 * one of them. So the largest value of a function that grows with the frequency and falls with
 * the length is that of a pair.
 *
 * On disk a pair is two bytes: numbers with four significant bits behind the first, the frequency
 * rounded up and the length rounded down.
 */
#ifndef LIST_BOUNDS_H
#define LIST_BOUNDS_H

#include <stddef.h>
#include <stdint.h>

enum { LIST_PAIRS_MAX = 4, LIST_NUMBERS = 256 /* that have a code */ };

typedef struct list_pair {
	uint32_t frequency, length;
} list_pair;

typedef struct list_bounds {
	unsigned  count;                 /* of pairs; 0: there is no posting */
	list_pair pairs[LIST_PAIRS_MAX]; /* frequencies fall, lengths fall with them */
} list_bounds;

/* The pairs of some postings in the making: for each rounded frequency, the smallest length. */
typedef struct list_front {
	uint32_t lengths[256]; /* by the code of the frequency; UINT32_MAX: none */
	unsigned low, high;    /* the codes that were met; low > high: none */
} list_front;

/* Codes rise with the numbers they stand for. */
unsigned char list_code_up(uint64_t n);   /* of a number not smaller than n; 255 is UINT32_MAX */
unsigned char list_code_down(uint64_t n); /* of a number not larger than n */
uint32_t      list_code_number(unsigned char code);

/* Before the first use. */
void list_front_init(list_front *f);
void list_front_clear(list_front *f);
void list_front_add(list_front *f, int64_t frequency, uint32_t length);
void list_front_add_bounds(list_front *f, const list_bounds *b);
/* Few pairs that hold for all that was added. */
void list_front_bounds(const list_front *f, list_bounds *out);

/* A byte for the number of pairs, and two for each. Answers the bytes written: nine at most. */
enum { LIST_BOUNDS_BYTES = 1 + 2 * LIST_PAIRS_MAX };
size_t list_bounds_put(const list_bounds *b, unsigned char *at);
/* 0: damaged. */
size_t list_bounds_get(list_bounds *b, const unsigned char *at, const unsigned char *end);

#endif

/* journal_scan.h: a journal reference as its name and the numbers that follow. */
#ifndef JOURNAL_SCAN_H
#define JOURNAL_SCAN_H

#include "journal_ref.h"

enum { JOURNAL_NUMBERS_MAX = 8 };

/* What a word before a number says of it. */
typedef enum journal_label {
	JOURNAL_PLAIN = 0,
	JOURNAL_VOLUME,
	JOURNAL_ISSUE,
	JOURNAL_PAGES
} journal_label;

typedef struct journal_number {
	journal_part  first, last; /* `last`: of a range */
	journal_label label;
	int           enclosed; /* 1: in parentheses */
	int           year;     /* what it says if it is a year; 0: it cannot be one */
} journal_number;

typedef struct journal_scan {
	journal_part   name;
	journal_number numbers[JOURNAL_NUMBERS_MAX];
	size_t         count;
	int            month; /* 0: none */
	journal_part   rest;
} journal_scan;

/* 0 where there is anything but a name, numbers and the words that belong to numbers. */
int journal_scan_text(const char *text, journal_scan *scan);

#endif

/* query_plain.h: what can stand in a description without quotes around it. */
#ifndef QUERY_PLAIN_H
#define QUERY_PLAIN_H

#include <sheaf/query.h>

/* 1 where `text`, bare, reads as one word and nothing else. */
int query_is_plain_word(const char *text);
/* 1 where `text` after `cat:` reads as that very value. */
int query_is_plain_value(const char *text);

/*
 * The flags SHEAF_TERM_* that a text has by the way it is written, without signs and suffixes:
 * words are stemmed, quoted ones are not, and authors of more than one part are persons' names.
 */
unsigned query_bare_flags(sheaf_field field, int quoted, const char *text, size_t len);

#endif

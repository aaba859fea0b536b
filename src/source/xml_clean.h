/*
 * xml_clean.h: bytes that are almost XML, made acceptable to a strict parser.
 *
 * arXiv's records hold, now and then, a control character, a reference to one
 * (`&#2;`) or broken UTF-8. XML forbids them, so that one of them would cost a page.
 * Controls become blanks, broken bytes U+FFFD.
 */
#ifndef XML_CLEAN_H
#define XML_CLEAN_H

#include "buf.h"

enum { XML_CLEAN_HELD_MAX = 16 };

/* All-zero is a cleaner at the start of its stream. */
typedef struct xml_clean {
	char   held[XML_CLEAN_HELD_MAX]; /* a character or reference that the last chunk cut */
	size_t held_len;
	buf    out;
} xml_clean;

/*
 * Cleans the next chunk of a stream. `*out` is borrowed until the next call, and is `bytes`
 * itself where nothing had to be mended. `last`: 1 holds nothing back.
 */
sheaf_status xml_clean_feed(xml_clean *clean, const char *bytes, size_t len, int last,
                            const char **out, size_t *out_len, sheaf_error *err);
void         xml_clean_free(xml_clean *clean);

#endif

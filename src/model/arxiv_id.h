/* arxiv_id.h: arXiv identifiers, in the old and the new scheme. */
#ifndef ARXIV_ID_H
#define ARXIV_ID_H

#include <stddef.h>

enum { ARXIV_ID_SIZE = 72 }; /* with the NUL */

typedef struct arxiv_id {
	char id[ARXIV_ID_SIZE]; /* canonical, without version: 2601.22876, math/0309136 */
	int  version;           /* 0: none was given */
	int  year, month;       /* of the identifier; 0 for a local identifier */
} arxiv_id;

/*
 * Reads an identifier in any of its forms: bare, `arXiv:…`, `oai:arXiv.org:…`, an abs or pdf
 * URL, with `vN`, with the old scheme's subject class (math.GT/0309136), which is dropped.
 * What is no arXiv identifier but is made of letters, digits and `._:/+-` alone, at
 * most 64 bytes, is a local identifier and kept as it is. 1 on success.
 */
int arxiv_id_parse(const char *text, size_t len, arxiv_id *id);

#endif

/* author_parts.h: the parts of a name as reference lists need them. */
#ifndef AUTHOR_PARTS_H
#define AUTHOR_PARTS_H

#include <sheaf/document.h>

/* Parts of a name, borrowed from the author; lengths are 0 for what is not there. */
typedef struct author_parts {
	const char *family, *given, *suffix;
	size_t      family_len, given_len, suffix_len;
	int is_person; /* 0: a collaboration, or what cannot be taken apart: all of it is `family` */
} author_parts;

/* As the source gave them, else as the printed name suggests. */
void author_parts_of(const sheaf_author *author, author_parts *parts);

#endif

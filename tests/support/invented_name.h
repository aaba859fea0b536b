/* invented_name.h: people who do not exist, put together from syllables. */
#ifndef INVENTED_NAME_H
#define INVENTED_NAME_H

#include "arena.h"
#include "dice.h"

typedef struct invented_name {
	const char *forenames, *keyname;         /* UTF-8; forenames "" for a collaboration */
	const char *forenames_tex, *keyname_tex; /* the same with accents in TeX */
	const char *suffix;                      /* "Jr." or "" */
	const char *affiliation;                 /* "" where none is given */
} invented_name;

/* Draws a name; its strings live in `a`. 0 when out of memory. */
int invented_name_draw(invented_name *name, dice *d, arena *a);

#endif

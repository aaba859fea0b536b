/* profile_keys.h: maps of a profile file into structures, by tables of keys. */
#ifndef PROFILE_KEYS_H
#define PROFILE_KEYS_H

#include "buf.h"
#include "key_set.h"
#include "profile_private.h"
#include "profile_review.h"
#include "yaml_tree.h"

/* What a key's value may be, and the type of the field it fills. */
typedef enum key_kind {
	KEY_TEXT = 0, /* const char *; NULL where empty */
	KEY_NAME,     /* const char *; without control characters, at most PROFILE_NAME_MAX bytes */
	KEY_QUERY,    /* const char * */
	KEY_LINK,     /* const char *; holds {id} */
	KEY_CHOICE,   /* an enum; `choices` in the order of its numbers */
	KEY_FLAGS,    /* unsigned; a list of `choices`, the first is 1, the next 2, 4 … */
	KEY_COUNT,    /* int64_t, from 0 */
	KEY_PERCENT,  /* int, 0 to 100 */
	KEY_NUMBER,   /* double, at most PROFILE_NUMBER_MAX either way */
	KEY_BOOL,     /* int */
	KEY_KEYWORDS, /* const char *const *, size_t: lower case, each once */
	KEY_IDS       /* const char *const *, size_t: canonical arXiv ids */
} key_kind;

typedef struct key_rule {
	const char        *key;
	size_t             offset; /* of the field in the structure */
	key_kind           kind;
	const char *const *choices;      /* ended by NULL */
	size_t             count_offset; /* of the list's size_t */
} key_rule;

typedef struct key_reader {
	sheaf_profile_set  *set;    /* owns what is read */
	const char         *file;   /* for messages */
	const char         *where;  /* the map that is being read: "digest", "profiles.hardware" */
	sheaf_query_parser *parser; /* of its queries */
	profile_review *review; /* where mistakes are noted; NULL: the first one ends the reading */
} key_reader;

/*
 * A mistake at `line`. CONFIG, as `file:line: message`; with a review OK, and the reader goes on with
 * what comes next.
 */
__attribute__((format(printf, 4, 5))) sheaf_status key_fail(const key_reader *r, long line,
                                                            sheaf_error *err, const char *format,
                                                            ...);
/* The same with what was most likely meant; NULL: nothing is near. */
__attribute__((format(printf, 5, 6))) sheaf_status key_fail_near(const key_reader *r, long line,
                                                                 const char *near, sheaf_error *err,
                                                                 const char *format, ...);
/* A mistake where a key is there twice, which only a tree with twins has. */
sheaf_status key_check_twin(const key_reader *r, const yaml_node *node, sheaf_error *err);
/*
 * Fills `target` from a map. Keys with nothing behind them stay as they are. Errors: CONFIG, for a
 * key that is not among the `count` rules (with the nearest that is), for a value of the wrong
 * kind.
 */
sheaf_status key_read_map(const key_reader *r, const yaml_node *map, const key_rule *rules,
                          size_t count, void *target, sheaf_error *err);
/* Errors: CONFIG where `key` is not among `names` (ended by NULL). */
sheaf_status key_check(const key_reader *r, const char *key, long line, const char *const *names,
                       sheaf_error *err);
/* A name that can be stored and printed. Errors: CONFIG. */
sheaf_status key_check_name(const key_reader *r, const char *name, long line, sheaf_error *err);

#endif

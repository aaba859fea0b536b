/*
 * yaml_tree.h: a YAML file as a tree that knows its lines. The only user of libyaml.
 * Aliases, tags and several documents in one file are refused: nothing here needs
 * them, and aliases make small files large.
 */
#ifndef YAML_TREE_H
#define YAML_TREE_H

#include <sheaf/status.h>

enum {
	YAML_SIZE_MAX = 16 << 20, /* bytes of a file */
	YAML_DEPTH_MAX = 16,      /* lists and maps inside each other */
	YAML_NODES_MAX = 1 << 20, /* in a file */
	YAML_CHILDREN_MAX = 65536 /* of one list or map */
};

typedef enum yaml_type {
	YAML_TEXT = 0, /* any scalar; numbers and booleans are text as well */
	YAML_LIST,
	YAML_MAP
} yaml_type;

typedef struct yaml_node yaml_node;
struct yaml_node {
	yaml_type   type;
	int         plain;    /* TEXT: 1 where it is written without quotes */
	long        line;     /* where it begins, from 1 */
	long        last;     /* TEXT: the last line that may have some of it */
	const char *key;      /* in a map, its key; else NULL */
	long        key_line; /* where the key stands; without a key: line */
	const char *text;     /* TEXT: UTF-8 without NUL; else NULL */
	yaml_node  *first;    /* LIST, MAP: the first child */
	yaml_node  *next;     /* the next child of the same parent */
	size_t      count;    /* LIST, MAP: children */
	long        twin;     /* line of an earlier child with the same key; 0: there is none */
};

typedef struct yaml_tree yaml_tree;

/*
 * Reads `len` bytes. An empty file is a map without children. `file` names it in messages
 * and is borrowed for the call. Errors: CONFIG (`file:line: …`), NOMEM.
 */
sheaf_status yaml_tree_parse(const char *bytes, size_t len, const char *file, yaml_tree **tree,
                             sheaf_error *err);
/* The same for a look at all mistakes: keys that are given twice stay, with `twin` set. */
sheaf_status yaml_tree_parse_twins(const char *bytes, size_t len, const char *file,
                                   yaml_tree **tree, sheaf_error *err);
/* Frees a tree and its nodes. Takes NULL. */
void             yaml_tree_free(yaml_tree *tree);
const yaml_node *yaml_tree_root(const yaml_tree *tree);

/* The child of a map with this key; NULL: there is none, or `map` is no map. */
const yaml_node *yaml_get(const yaml_node *map, const char *key);
/* 1 for a value that says "nothing": left empty, `~` or `null`, without quotes. */
int yaml_is_null(const yaml_node *node);
/* "a text", "a list", "a map": for messages. */
const char *yaml_type_name(yaml_type type);

#endif

/*
 * json_tree.h: one JSON text as a tree, for reading. A tree is used again and again: what was read
 * before is forgotten, its memory is kept.
 */
#ifndef JSON_TREE_H
#define JSON_TREE_H

#include "buf.h"
#include "json_node.h"

enum {
	JSON_TREE_DEPTH = 64,      /* arrays and objects inside each other */
	JSON_TREE_NODES = 1 << 20, /* values in one text */
	JSON_TREE_BYTES = 64 << 20 /* of one text */
};

/* All-zero is an empty tree. */
typedef struct json_tree {
	json_node *nodes; /* in the order of the text */
	size_t     count, size;
	buf        text; /* a copy, in which strings are decoded */
} json_tree;

/*
 * Reads one value by RFC 8259 to the letter, blanks around it allowed; the text is copied. `*root`
 * lives until the next call. Where the text is no JSON, `*root` is NULL and `reason` says why.
 * Errors: NOMEM.
 */
sheaf_status json_tree_parse(json_tree *t, const char *text, size_t len, const json_node **root,
                             sheaf_error *reason, sheaf_error *err);
void         json_tree_free(json_tree *t);

#endif

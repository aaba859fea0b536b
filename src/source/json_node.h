/* json_node.h: the values of a JSON text, for reading; json_tree.h makes them. */
#ifndef JSON_NODE_H
#define JSON_NODE_H

#include <stddef.h>
#include <stdint.h>

typedef enum json_node_type {
	NODE_NULL = 0,
	NODE_FALSE,
	NODE_TRUE,
	NODE_INTEGER,
	NODE_REAL, /* and whole numbers that 64 bits cannot hold; its value is not kept */
	NODE_STRING,
	NODE_ARRAY,
	NODE_OBJECT
} json_node_type;

typedef struct json_node {
	const char    *key;     /* of a member of an object; may hold NULs, and is ended by one */
	const char    *text;    /* STRING: valid UTF-8; may hold NULs, and is ended by one */
	int64_t        number;  /* INTEGER */
	uint32_t       key_len; /* bytes */
	uint32_t       len;     /* STRING: bytes; ARRAY, OBJECT: values right inside */
	uint32_t       span;    /* nodes that it takes in the list: itself and all inside */
	json_node_type type;
} json_node;

/* 1 where there is such a node, and it is of this type. */
int json_node_is(const json_node *node, json_node_type type);
/* A member of an object, the last of this name; NULL: none, or it is no object. */
const json_node *json_node_get(const json_node *object, const char *key);

/* A name to look for, with its length. */
typedef struct json_key {
	const char *name;
	size_t      len;
} json_key;
#define JSON_KEY(name_)                    \
	{                                  \
		(name_), sizeof(name_) - 1 \
	}
/*
 * Several members at once: found[i] becomes the last of the name keys[i], or NULL. It takes least
 * where the members stand in the order of `keys`.
 */
void json_node_members(const json_node *object, const json_key *keys, size_t count,
                       const json_node **found);
/*
 * The values of an array, one after the other: `before` NULL asks for the first. NULL: there is no
 * other, or it is no array.
 */
const json_node *json_node_next(const json_node *array, const json_node *before);
/* The `i`-th value of an array, by walking; NULL: none, or it is no array. */
const json_node *json_node_at(const json_node *array, size_t i);
/* 0 for what is no INTEGER. */
int64_t json_node_integer(const json_node *node);

#endif

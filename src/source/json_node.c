#include "json_node.h"

#include <string.h>

int json_node_is(const json_node *node, json_node_type type)
{
	return node && node->type == type;
}

static int has_key(const json_node *member, const json_key *key)
{
	return member->key_len == key->len && memcmp(member->key, key->name, key->len) == 0;
}

void json_node_members(const json_node *object, const json_key *keys, size_t count,
                       const json_node **found)
{
	const json_node *node;
	size_t           at = 0; /* in `keys`: where the next member is looked for first */

	memset(found, 0, count * sizeof *found);
	if (!json_node_is(object, NODE_OBJECT))
		return;
	node = object + 1;
	for (uint32_t i = 0; i < object->len; i++, node += node->span)
		for (size_t tried = 0; tried < count; tried++) {
			size_t k = at;

			at = at + 1 < count ? at + 1 : 0;
			if (has_key(node, &keys[k])) {
				found[k] = node;
				break;
			}
		}
}

const json_node *json_node_get(const json_node *object, const char *key)
{
	const json_key   one = {key, strlen(key)};
	const json_node *found;

	json_node_members(object, &one, 1, &found);
	return found;
}

const json_node *json_node_next(const json_node *array, const json_node *before)
{
	const json_node *next;

	if (!json_node_is(array, NODE_ARRAY))
		return NULL;
	next = before ? before + before->span : array + 1;
	return next < array + array->span ? next : NULL;
}

const json_node *json_node_at(const json_node *array, size_t i)
{
	const json_node *node = json_node_next(array, NULL);

	for (; node && i; i--)
		node = json_node_next(array, node);
	return node;
}

int64_t json_node_integer(const json_node *node)
{
	return json_node_is(node, NODE_INTEGER) ? node->number : 0;
}

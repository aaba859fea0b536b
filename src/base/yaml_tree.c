#include "yaml_tree.h"

#include <string.h>
#include <yaml.h>

#include "alloc.h"
#include "arena.h"
#include "error.h"
#include "hash.h"
#include "str.h"

struct yaml_tree {
	arena      arena;
	yaml_node *root;
	size_t     nodes;
};

/* An open list or map, and where its next child goes. */
typedef struct level {
	yaml_node  *node;
	yaml_node **tail;
	const char *key; /* a map's key whose value comes next */
	long        key_line;
	long        twin; /* line of the same key before it; 0: it is new */
} level;

/* A key of a map. */
typedef struct seen_key {
	const yaml_node *map; /* NULL: a free place */
	const char      *key;
	long             line;
} seen_key;

typedef struct builder {
	yaml_tree  *tree;
	const char *file, *text;
	size_t      len;
	level       levels[YAML_DEPTH_MAX];
	size_t      depth;
	size_t      documents;
	seen_key   *keys; /* of all maps: a hash table with a place in four free at least */
	size_t      key_count, key_places;
	int         keeps_twins;
} builder;

static sheaf_status fail_at_line(const builder *b, long line, const char *what, sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_CONFIG, "%s:%ld: %s", b->file, line, what);
}

static long event_line(const yaml_event_t *event)
{
	return (long)event->start_mark.line + 1;
}

/* The place of a key, or the free one where it belongs. The map's address is part of the hash. */
static seen_key *find_key(seen_key *keys, size_t places, const yaml_node *map, const char *key)
{
	size_t i = (size_t)hash_key((uint64_t)(uintptr_t)map, key, strlen(key)) & (places - 1);

	while (keys[i].map && (keys[i].map != map || strcmp(keys[i].key, key) != 0))
		i = (i + 1) & (places - 1);
	return &keys[i];
}

static sheaf_status make_room(builder *b, sheaf_error *err)
{
	size_t    places = b->key_places ? 2 * b->key_places : 64;
	seen_key *keys;

	if (b->key_count < b->key_places / 4 * 3)
		return SHEAF_OK;
	keys = mem_calloc(places, sizeof *keys);
	if (!keys)
		return sheaf_nomem(err);
	for (size_t i = 0; i < b->key_places; i++)
		if (b->keys[i].map)
			*find_key(keys, places, b->keys[i].map, b->keys[i].key) = b->keys[i];
	mem_free(b->keys);
	b->keys = keys;
	b->key_places = places;
	return SHEAF_OK;
}

static sheaf_status take_key(builder *b, const char *key, long line, sheaf_error *err)
{
	level       *at = &b->levels[b->depth - 1];
	seen_key    *seen;
	sheaf_status status = make_room(b, err);

	if (status != SHEAF_OK)
		return status;
	seen = find_key(b->keys, b->key_places, at->node, key);
	if (seen->map && !b->keeps_twins)
		return sheaf_fail(err, SHEAF_ERROR_CONFIG, "%s:%ld: key '%s' is given twice",
		                  b->file, line, key);
	at->key = key;
	at->key_line = line;
	at->twin = seen->map ? seen->line : 0;
	if (seen->map)
		return SHEAF_OK;
	*seen = (seen_key){at->node, key, line};
	b->key_count++;
	return SHEAF_OK;
}

/* Hangs `node` where the next one belongs. */
static sheaf_status attach(builder *b, yaml_node *node, sheaf_error *err)
{
	level *at = b->depth ? &b->levels[b->depth - 1] : NULL;

	if (!at) {
		b->tree->root = node;
		return SHEAF_OK;
	}
	if (at->node->count >= YAML_CHILDREN_MAX)
		return sheaf_fail(err, SHEAF_ERROR_CONFIG,
		                  "%s:%ld: more than %d entries in one list or map", b->file,
		                  node->line, YAML_CHILDREN_MAX);
	if (at->node->type == YAML_MAP) {
		node->key = at->key;
		node->key_line = at->key_line;
		node->twin = at->twin;
		at->key = NULL;
	}
	*at->tail = node;
	at->tail = &node->next;
	at->node->count++;
	return SHEAF_OK;
}

static sheaf_status new_node(builder *b, yaml_type type, const yaml_event_t *event,
                             yaml_node **node, sheaf_error *err)
{
	*node = NULL;
	if (b->tree->nodes++ >= YAML_NODES_MAX)
		return sheaf_fail(err, SHEAF_ERROR_CONFIG,
		                  "%s:%ld: more than %d values in one file", b->file,
		                  event_line(event), YAML_NODES_MAX);
	*node = arena_calloc(&b->tree->arena, 1, sizeof **node);
	if (!*node)
		return sheaf_nomem(err);
	(*node)->type = type;
	(*node)->line = (*node)->key_line = event_line(event);
	(*node)->last = (long)event->end_mark.line + 1;
	return SHEAF_OK;
}

static int expects_key(const builder *b)
{
	return b->depth && b->levels[b->depth - 1].node->type == YAML_MAP &&
	       !b->levels[b->depth - 1].key;
}

static sheaf_status open_level(builder *b, yaml_type type, const yaml_event_t *event,
                               sheaf_error *err)
{
	yaml_node   *node;
	sheaf_status status;

	if (expects_key(b))
		return fail_at_line(b, event_line(event), "a key must be a text", err);
	if (b->depth == YAML_DEPTH_MAX)
		return sheaf_fail(err, SHEAF_ERROR_CONFIG,
		                  "%s:%ld: more than %d lists and maps inside each other", b->file,
		                  event_line(event), YAML_DEPTH_MAX);
	status = new_node(b, type, event, &node, err);
	if (status == SHEAF_OK)
		status = attach(b, node, err);
	if (status != SHEAF_OK)
		return status;
	b->levels[b->depth].node = node;
	b->levels[b->depth].tail = &node->first;
	b->levels[b->depth].key = NULL;
	b->depth++;
	return SHEAF_OK;
}

static sheaf_status add_text(builder *b, const yaml_event_t *event, sheaf_error *err)
{
	const char  *bytes = (const char *)event->data.scalar.value;
	size_t       len = event->data.scalar.length;
	yaml_node   *node;
	char        *text;
	sheaf_status status;

	/* Only an escape in a quoted text can make one. */
	if (memchr(bytes, 0, len))
		return fail_at_line(b, event_line(event), "a NUL character in a text", err);
	text = arena_strndup(&b->tree->arena, bytes, len);
	if (!text)
		return sheaf_nomem(err);
	if (expects_key(b))
		return take_key(b, text, event_line(event), err);
	status = new_node(b, YAML_TEXT, event, &node, err);
	if (status != SHEAF_OK)
		return status;
	node->text = text;
	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	/* A value left empty begins where the parser noticed it: its key knows the line better. */
	if (!len && node->plain && b->depth && b->levels[b->depth - 1].key)
		node->line = b->levels[b->depth - 1].key_line;
	return attach(b, node, err);
}

static int has_tag(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT: return event->data.scalar.tag != NULL;
	case YAML_SEQUENCE_START_EVENT: return event->data.sequence_start.tag != NULL;
	case YAML_MAPPING_START_EVENT: return event->data.mapping_start.tag != NULL;
	default: return 0;
	}
}

static sheaf_status take_event(builder *b, const yaml_event_t *event, sheaf_error *err)
{
	if (has_tag(event))
		return fail_at_line(b, event_line(event), "tags (!…) are not supported", err);
	switch (event->type) {
	case YAML_ALIAS_EVENT:
		return fail_at_line(b, event_line(event), "aliases (*…) are not supported", err);
	case YAML_SCALAR_EVENT: return add_text(b, event, err);
	case YAML_SEQUENCE_START_EVENT: return open_level(b, YAML_LIST, event, err);
	case YAML_MAPPING_START_EVENT: return open_level(b, YAML_MAP, event, err);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: b->depth--; return SHEAF_OK;
	case YAML_DOCUMENT_START_EVENT:
		if (b->documents++)
			return fail_at_line(b, event_line(event),
			                    "a second document (---) in one file", err);
		return SHEAF_OK;
	default: return SHEAF_OK;
	}
}

static size_t line_of(const builder *b, size_t offset)
{
	size_t line = 1;

	for (size_t i = 0; i < offset && i < b->len; i++)
		line += b->text[i] == '\n';
	return line;
}

static sheaf_status parser_failure(const builder *b, const yaml_parser_t *parser, sheaf_error *err)
{
	/* A reader's error has a byte offset, and no line. */
	if (parser->error == YAML_MEMORY_ERROR)
		return sheaf_nomem(err);
	if (parser->error == YAML_READER_ERROR)
		return sheaf_fail(err, SHEAF_ERROR_CONFIG, "%s:%zu: byte %zu: %s", b->file,
		                  line_of(b, parser->problem_offset), parser->problem_offset,
		                  parser->problem ? parser->problem : "not UTF-8");
	return sheaf_fail(err, SHEAF_ERROR_CONFIG, "%s:%zu: %s", b->file,
	                  parser->problem_mark.line + 1,
	                  parser->problem ? parser->problem : "not YAML");
}

static sheaf_status read_events(builder *b, yaml_parser_t *parser, sheaf_error *err)
{
	int done = 0;

	while (!done) {
		yaml_event_t event;
		sheaf_status status;

		if (!yaml_parser_parse(parser, &event))
			return parser_failure(b, parser, err);
		done = event.type == YAML_STREAM_END_EVENT;
		status = take_event(b, &event, err);
		yaml_event_delete(&event);
		if (status != SHEAF_OK)
			return status;
	}
	return SHEAF_OK;
}

static sheaf_status build(builder *b, const char *bytes, size_t len, sheaf_error *err)
{
	static const char mark[] = "\xEF\xBB\xBF";
	yaml_parser_t     parser;
	sheaf_status      status;

	if (!yaml_parser_initialize(&parser))
		return sheaf_nomem(err);
	/* libyaml counts a mark as a column where it is told the encoding: keys would not line up. */
	if (len >= sizeof mark - 1 && memcmp(bytes, mark, sizeof mark - 1) == 0) {
		bytes += sizeof mark - 1;
		len -= sizeof mark - 1;
	}
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, len);
	status = read_events(b, &parser, err);
	yaml_parser_delete(&parser);
	if (status == SHEAF_OK && (!b->tree->root || yaml_is_null(b->tree->root))) {
		b->tree->root = arena_calloc(&b->tree->arena, 1, sizeof *b->tree->root);
		if (!b->tree->root)
			return sheaf_nomem(err);
		b->tree->root->type = YAML_MAP;
		b->tree->root->line = 1;
	}
	return status;
}

static sheaf_status tree_parse(const char *bytes, size_t len, const char *file, int keeps_twins,
                               yaml_tree **tree, sheaf_error *err)
{
	builder      b;
	sheaf_status status;

	*tree = NULL;
	memset(&b, 0, sizeof b);
	b.file = file;
	b.text = bytes;
	b.len = len;
	b.keeps_twins = keeps_twins;
	if (len > YAML_SIZE_MAX)
		return sheaf_fail(err, SHEAF_ERROR_CONFIG, "%s: larger than %d bytes", file,
		                  YAML_SIZE_MAX);
	b.tree = mem_calloc(1, sizeof *b.tree);
	if (!b.tree)
		return sheaf_nomem(err);
	status = build(&b, bytes, len, err);
	mem_free(b.keys);
	if (status == SHEAF_OK)
		*tree = b.tree;
	else
		yaml_tree_free(b.tree);
	return status;
}

sheaf_status yaml_tree_parse(const char *bytes, size_t len, const char *file, yaml_tree **tree,
                             sheaf_error *err)
{
	return tree_parse(bytes, len, file, 0, tree, err);
}

sheaf_status yaml_tree_parse_twins(const char *bytes, size_t len, const char *file,
                                   yaml_tree **tree, sheaf_error *err)
{
	return tree_parse(bytes, len, file, 1, tree, err);
}

void yaml_tree_free(yaml_tree *tree)
{
	if (!tree)
		return;
	arena_free(&tree->arena);
	mem_free(tree);
}

const yaml_node *yaml_tree_root(const yaml_tree *tree)
{
	return tree->root;
}

const yaml_node *yaml_get(const yaml_node *map, const char *key)
{
	if (!map || map->type != YAML_MAP)
		return NULL;
	for (const yaml_node *node = map->first; node; node = node->next)
		if (strcmp(node->key, key) == 0)
			return node;
	return NULL;
}

int yaml_is_null(const yaml_node *node)
{
	return node->type == YAML_TEXT && node->plain &&
	       (!*node->text || str_eq(node->text, "~") || str_ieq(node->text, "null"));
}

const char *yaml_type_name(yaml_type type)
{
	static const char *const names[] = {"a text", "a list", "a map"};

	return names[type];
}

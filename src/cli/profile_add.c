/* profile_add.c: one more profile, in the set that it names, or in the only one. */
#include <sheaf/profile.h>
#include <string.h>

#include "error.h"
#include "profile_verbs.h"
#include "str.h"

#define DEFAULT_SET "default"

typedef struct choice {
	session    *s;
	const char *text;   /* NAME or SET/NAME */
	const char *set;    /* that was chosen */
	const char *first;  /* stored */
	size_t      stored; /* how many are */
	int         has_default;
	int         failed;  /* out of memory */
	size_t      longest; /* bytes of the set's name that the text begins with */
} choice;

static int look_at(void *ctx, const char *name)
{
	choice *c = ctx;
	size_t  len = strlen(name);
	char   *copy = arena_strdup(c->s->arena, name);

	c->failed |= !copy;
	c->first = c->first ? c->first : copy;
	c->stored++;
	c->has_default |= str_eq(name, DEFAULT_SET);
	if (copy && str_starts(c->text, name) && c->text[len] == '/' && len > c->longest) {
		c->set = copy;
		c->longest = len;
	}
	return c->failed;
}

/* The name of the set and the name within it. */
static sheaf_status choose(choice *c, const char **name, sheaf_error *err)
{
	const char  *slash = strchr(c->text, '/');
	sheaf_status status = sheaf_profile_set_each(c->s->db, look_at, c, err);

	*name = c->text;
	if (c->failed)
		return sheaf_nomem(err);
	if (status != SHEAF_OK)
		return status;
	if (!c->longest && slash) {
		c->longest = (size_t)(slash - c->text);
		c->set = arena_strndup(c->s->arena, c->text, c->longest);
		if (!c->set)
			return sheaf_nomem(err);
	}
	if (c->longest)
		*name = c->text + c->longest + 1;
	else if (c->stored == 1 && !c->has_default)
		c->set = c->first;
	else if (c->stored > 1 && !c->has_default)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "%zu sets of profiles are stored: say which, as in %.64s/%.64s",
		                  c->stored, c->first, c->text);
	else
		c->set = DEFAULT_SET;
	return SHEAF_OK;
}

/* The words behind the name, joined by blanks. */
static const char *join(session *s)
{
	size_t size = 1;
	char  *text, *end;

	for (size_t i = 2; i < s->word_count; i++)
		size += strlen(s->words[i]) + 1;
	text = end = arena_calloc(s->arena, size, 1);
	for (size_t i = 2; text && i < s->word_count; i++) {
		size_t len = strlen(s->words[i]);

		if (i > 2)
			*end++ = ' ';
		memcpy(end, s->words[i], len);
		end += len;
	}
	return text;
}

sheaf_status profile_add(session *s, sheaf_error *err)
{
	choice       c = {.s = s, .text = s->words[1]};
	const char  *name = NULL, *query = join(s);
	sheaf_status status = query ? choose(&c, &name, err) : sheaf_nomem(err);

	if (status == SHEAF_OK)
		status = sheaf_profile_set_add(s->db, c.set, name, query, err);
	return status;
}

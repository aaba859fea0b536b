#include "verb.h"

#include "error.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

enum { VERBS_MAX = 16 };

static sheaf_status unknown(const session *s, const verb *verbs, sheaf_error *err)
{
	const char *names[VERBS_MAX + 1] = {NULL};
	const char *nearest;

	for (size_t i = 0; i < VERBS_MAX && verbs[i].name; i++)
		names[i] = verbs[i].name;
	nearest = str_nearest(s->words[0], names);
	if (nearest)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "unknown '%s %.40s' (did you mean %s?)", s->command->name,
		                  s->words[0], nearest);
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
	                  "unknown '%s %.40s'; see sheaf help %s", s->command->name, s->words[0],
	                  s->command->name);
}

static sheaf_status miscounted(const session *s, const verb *v, sheaf_error *err)
{
	char range[16] = "";

	if (v->max_words == WORDS_ANY)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "%s %s takes %d or more arguments; see sheaf help %s",
		                  s->command->name, v->name, v->min_words, s->command->name);
	if (v->min_words < v->max_words)
		snprintf(range, sizeof range, "%d to ", v->min_words);
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
	                  "%s %s takes %s%d argument%s; see sheaf help %s", s->command->name,
	                  v->name, range, v->max_words, v->max_words == 1 ? "" : "s",
	                  s->command->name);
}

sheaf_status verb_find(const session *s, const verb *verbs, const verb **found, sheaf_error *err)
{
	const verb *v = verbs;
	int         given = (int)s->word_count - 1;

	*found = NULL;
	while (v->name && !str_eq(v->name, s->words[0]))
		v++;
	if (!v->name)
		return unknown(s, verbs, err);
	if (given < v->min_words || (v->max_words != WORDS_ANY && given > v->max_words))
		return miscounted(s, v, err);
	*found = v;
	return SHEAF_OK;
}

/* 1 where `name` is among `names`, which are divided by blanks. */
static int is_among(const char *names, const char *name)
{
	size_t len = strlen(name);

	for (; names && *names; names += strspn(names, " ")) {
		size_t next = strcspn(names, " ");

		if (next == len && memcmp(names, name, len) == 0)
			return 1;
		names += next;
	}
	return 0;
}

sheaf_status verb_prepare(const session *s, const verb *verbs, const verb **found,
                          db_request *request, sheaf_error *err)
{
	sheaf_status status = verb_find(s, verbs, found, err);

	if (status != SHEAF_OK)
		return status;
	for (const option *o = s->command->options; o && o->name; o++)
		if (option_is_given(o, s->options) && !is_among((*found)->options, o->name))
			return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
			                  "%s %s takes no --%s; see sheaf help %s",
			                  s->command->name, (*found)->name, o->name,
			                  s->command->name);
	request->need = (*found)->need;
	return SHEAF_OK;
}

sheaf_status verb_run(session *s, const verb *verbs, sheaf_error *err)
{
	const verb  *v;
	sheaf_status status = verb_find(s, verbs, &v, err);

	return status == SHEAF_OK ? v->run(s, err) : status;
}

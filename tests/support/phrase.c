#include "phrase.h"

#include <string.h>

#include "str.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/*
 * Slots: {o}bject, {m}ethod, {t}ask, {p}roperty, {a}djective, {x} formula, {n}umber, {c}
 * percentage.
 */
static const char *const titles[] = {
	"{a} {o} for {t}",
	"{m} in {o}",
	"On the {p} of {a} {o}",
	"{t} with {a} {o}: the role of {p}",
	"{m} for {t}",
	"How does {p} limit {o}?",
	"{a} {o} & {t}: {m} revisited",
	"Towards {a} {o}",
	"{p} and {p} in {a} {o}",
	"{o} beyond {x}",
	"A note on {m} and the {p} of {o}",
	"{t} from {n} {o}",
};
static const char *const openings[] = {
	"{o} are a natural candidate for {t}, yet their {p} is poorly understood.",
	"Progress in {t} depends on {a} {o}.",
	"The {p} of {o} sets a limit on {t}.",
	"Recent work on {m} has renewed the interest in {a} {o}.",
	"We study {a} {o}.",
	"It has long been open whether {m} improves the {p} of {o}.",
};
static const char *const questions[] = {
	"Existing approaches treat {p} and {p} apart, which makes {m} unstable when {x} grows.",
	"What is missing is a description of {o} in which {x} appears explicitly.",
	"Most of the \"standard\" recipes assume that {p} is known in advance.",
	"Here we ask whether {m} can replace {m}.",
	"So far, {o} were compared only with {a} baselines (see, e.g., the surveys of {m}).",
};
static const char *const methods[] = {
	"We combine {m} with {m} and derive a bound of order {x} on the {p}.",
	"Our approach couples {m} to {a} {o}, so that {t} needs no additional parameters.",
	"Using {m}, we model {n} {o} and compare them with measurements.",
	"We prove that {m} preserves the {p} whenever {x} holds.",
	"The key step is {m}; it turns {t} into a problem about {o}.",
	"We introduce a {n}-stage scheme of {m}, in the spirit of na\\\"ive {m} but without its cost.",
};
static const char *const results[] = {
	"On {n} test cases the {p} improves by {c}\\% while the {p} stays within {x}.",
	"The method reaches {c}\\% of the best known value & needs {n} times fewer samples.",
	"We find {x}, in agreement with {m}.",
	"In contrast to earlier reports, {p} < {p} does not hold for {a} {o}.",
	"For {t} this amounts to a gain of {c}\\% over {m}.",
	"Simulations of up to {n} units confirm the predicted {p}.",
};
static const char *const closings[] = {
	"These results suggest that {a} {o} are ready for {t}.",
	"We discuss what this means for {t} and for {a} {o} in general.",
	"Code and data are available at https://example.org/{n}.",
	"Open questions on the {p} of {o} are listed at the end.",
	"The approach carries over to other {a} {o}.",
};
static const char *const addenda[] = {
	"This version adds an appendix on the {p} of {a} {o}.",
	"Compared with the first version, the section on {m} was rewritten and {n} experiments were added.",
	"A gap in the argument about {p} is closed in this version.",
};
static const char *const withdrawals[] = {
	"This paper has been withdrawn by the authors: the estimate of the {p} contains a sign error",
	"Withdrawn: the claim about {m} does not follow from Lemma {n}",
};

/* One sentence in the making; no word is drawn twice for it where there is a choice. */
typedef struct sentence {
	buf               *out;
	dice              *d;
	const field_words *words;
	const char        *used[8];
	size_t             used_count;
} sentence;

static int is_used(const sentence *s, const char *word)
{
	for (size_t i = 0; i < s->used_count; i++)
		if (s->used[i] == word)
			return 1;
	return 0;
}

static const char *pick(sentence *s, const char *const *list)
{
	size_t count = 0, drawn;

	while (list[count])
		count++;
	drawn = dice_below(s->d, count);
	for (size_t i = 0; i < count && is_used(s, list[drawn]); i++)
		drawn = (drawn + 1) % count;
	if (s->used_count < sizeof s->used / sizeof *s->used)
		s->used[s->used_count++] = list[drawn];
	return list[drawn];
}

static void fill_slot(sentence *s, char slot)
{
	const struct {
		char               slot;
		const char *const *list;
	} lists[] = {
		{'o', s->words->objects},    {'m', s->words->methods},    {'t', s->words->tasks},
		{'p', s->words->properties}, {'a', s->words->adjectives}, {'x', s->words->formulas},
	};

	for (size_t i = 0; i < COUNT(lists); i++)
		if (lists[i].slot == slot)
			buf_puts(s->out, pick(s, lists[i].list));
	if (slot == 'n')
		buf_printf(s->out, "%zu", dice_between(s->d, 2, 480));
	if (slot == 'c')
		buf_printf(s->out, "%zu.%zu", dice_between(s->d, 2, 97), dice_below(s->d, 10));
}

/* Writes a template with its slots filled, its first letter large. */
static void expand(buf *out, dice *d, const field_words *words, const char *pattern)
{
	sentence s = {out, d, words, {NULL}, 0};
	size_t   start = out->len;

	for (; *pattern; pattern++) {
		if (pattern[0] == '{' && pattern[1] && pattern[2] == '}') {
			fill_slot(&s, pattern[1]);
			pattern += 2;
		} else {
			buf_putc(out, *pattern);
		}
	}
	if (out->len > start && out->data[start] >= 'a' && out->data[start] <= 'z')
		out->data[start] = (char)(out->data[start] - 32);
}

void phrase_title(buf *out, dice *d, const field_words *words)
{
	expand(out, d, words, titles[dice_below(d, COUNT(titles))]);
}

void phrase_abstract(buf *out, dice *d, const field_words *words)
{
	static const struct {
		const char *const *list;
		size_t             count, least, most;
	} parts[] = {
		{openings, COUNT(openings), 1, 1}, {questions, COUNT(questions), 0, 1},
		{methods, COUNT(methods), 1, 2},   {results, COUNT(results), 1, 3},
		{closings, COUNT(closings), 0, 1},
	};
	int paragraphs = dice_one_in(d, 9);

	for (size_t i = 0; i < COUNT(parts); i++) {
		size_t sentences = dice_between(d, parts[i].least, parts[i].most);
		size_t first = dice_below(d, parts[i].count);

		for (size_t j = 0; j < sentences; j++) {
			if (i || j)
				buf_puts(out, paragraphs && i == 3 && !j ? "\n  " : " ");
			expand(out, d, words, parts[i].list[(first + j) % parts[i].count]);
		}
	}
}

void phrase_addendum(buf *out, dice *d, const field_words *words)
{
	expand(out, d, words, addenda[dice_below(d, COUNT(addenda))]);
}

void phrase_withdrawal(buf *out, dice *d, const field_words *words)
{
	expand(out, d, words, withdrawals[dice_below(d, COUNT(withdrawals))]);
}

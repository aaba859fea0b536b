#include "person_words.h"

enum { LONGEST = 14 }; /* bytes of the longest word here */

/* Sorted by strcmp(). */
static const struct {
	const char *word;
	unsigned    roles;
} words[] = {
	{"2nd", PERSON_SUFFIX},
	{"3rd", PERSON_SUFFIX},
	{"af", PERSON_PARTICLE},
	{"al", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"av", PERSON_PARTICLE},
	{"ben", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"bin", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"bint", PERSON_PARTICLE},
	{"chr", PERSON_ABBREVIATION},
	{"collab", PERSON_GROUP},
	{"collaboration", PERSON_GROUP},
	{"collaborations", PERSON_GROUP},
	{"committee", PERSON_GROUP},
	{"community", PERSON_GROUP},
	{"consortium", PERSON_GROUP},
	{"d", PERSON_ELISION},
	{"da", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"dal", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"dall", PERSON_PARTICLE | PERSON_ELISION},
	{"dalla", PERSON_PARTICLE},
	{"das", PERSON_PARTICLE},
	{"de", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"degli", PERSON_PARTICLE},
	{"dei", PERSON_PARTICLE},
	{"del", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"dell", PERSON_PARTICLE | PERSON_ELISION},
	{"della", PERSON_PARTICLE},
	{"delle", PERSON_PARTICLE},
	{"dello", PERSON_PARTICLE},
	{"den", PERSON_PARTICLE},
	{"der", PERSON_PARTICLE},
	{"des", PERSON_PARTICLE},
	{"di", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"do", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"dos", PERSON_PARTICLE},
	{"dr", PERSON_TITLE},
	{"du", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"el", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"esq", PERSON_SUFFIX},
	{"experiment", PERSON_GROUP},
	{"fitz", PERSON_PARTICLE},
	{"group", PERSON_GROUP},
	{"ibn", PERSON_PARTICLE},
	{"ii", PERSON_SUFFIX},
	{"iii", PERSON_SUFFIX},
	{"initiative", PERSON_GROUP},
	{"institute", PERSON_GROUP},
	{"iv", PERSON_SUFFIX},
	{"jnr", PERSON_SUFFIX},
	{"jr", PERSON_SUFFIX},
	{"kh", PERSON_ABBREVIATION},
	{"l", PERSON_ELISION},
	{"la", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"laboratory", PERSON_GROUP},
	{"las", PERSON_PARTICLE},
	{"le", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"los", PERSON_PARTICLE},
	{"mac", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"mc", PERSON_PARTICLE},
	{"md", PERSON_ABBREVIATION},
	{"network", PERSON_GROUP},
	{"op", PERSON_PARTICLE},
	{"phd", PERSON_SUFFIX},
	{"prof", PERSON_TITLE},
	{"professor", PERSON_TITLE},
	{"project", PERSON_GROUP},
	{"sh", PERSON_ABBREVIATION},
	{"sir", PERSON_TITLE},
	{"snr", PERSON_SUFFIX},
	{"society", PERSON_GROUP},
	{"sr", PERSON_SUFFIX},
	{"survey", PERSON_GROUP},
	{"te", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"team", PERSON_GROUP},
	{"ten", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"ter", PERSON_PARTICLE},
	{"th", PERSON_ABBREVIATION},
	{"thoe", PERSON_PARTICLE},
	{"tot", PERSON_PARTICLE},
	{"ud", PERSON_PARTICLE},
	{"ul", PERSON_PARTICLE},
	{"und", PERSON_PARTICLE},
	{"university", PERSON_GROUP},
	{"van", PERSON_PARTICLE | PERSON_GIVEN_TOO},
	{"vander", PERSON_PARTICLE},
	{"vom", PERSON_PARTICLE},
	{"von", PERSON_PARTICLE},
	{"wm", PERSON_ABBREVIATION},
	{"workshop", PERSON_GROUP},
	{"zh", PERSON_ABBREVIATION},
	{"zu", PERSON_PARTICLE},
	{"zum", PERSON_PARTICLE},
	{"zur", PERSON_PARTICLE},
};

/* The entry against the word: below 0, 0, above 0. */
static int order(const char *entry, const char *word, size_t len)
{
	size_t i = 0;

	while (i < len && entry[i] == word[i])
		i++;
	if (i == len)
		return entry[i] != 0;
	return (int)(unsigned char)entry[i] - (int)(unsigned char)word[i];
}

unsigned person_word_roles(const char *word, size_t len)
{
	size_t low = 0, high = sizeof words / sizeof *words;

	if (len > LONGEST)
		return 0;
	while (low < high) {
		size_t mid = (low + high) / 2;
		int    difference = order(words[mid].word, word, len);

		if (!difference)
			return words[mid].roles;
		if (difference < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return 0;
}

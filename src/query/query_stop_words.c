#include "query_stop_words.h"

#include <stddef.h>
#include <string.h>

/* In the order of strcmp(). */
static const char *const words[] = {
	"a",          "about",     "above",   "after",    "again",     "against",    "all",
	"along",      "already",   "also",    "although", "always",    "am",         "among",
	"amongst",    "an",        "and",     "another",  "any",       "anyone",     "anything",
	"are",        "as",        "at",      "be",       "because",   "been",       "before",
	"being",      "below",     "beside",  "besides",  "between",   "both",       "but",
	"by",         "can",       "cannot",  "could",    "did",       "do",         "does",
	"doing",      "done",      "during",  "each",     "either",    "else",       "every",
	"everything", "few",       "for",     "from",     "had",       "has",        "have",
	"having",     "he",        "hence",   "her",      "here",      "hers",       "him",
	"his",        "how",       "however", "i",        "if",        "in",         "into",
	"is",         "it",        "its",     "itself",   "just",      "like",       "many",
	"may",        "me",        "might",   "more",     "most",      "much",       "must",
	"my",         "nor",       "not",     "of",       "off",       "often",      "on",
	"only",       "onto",      "or",      "other",    "others",    "our",        "ours",
	"ourselves",  "own",       "per",     "quite",    "rather",    "shall",      "she",
	"should",     "since",     "so",      "some",     "something", "such",       "than",
	"that",       "the",       "their",   "theirs",   "them",      "themselves", "then",
	"there",      "therefore", "these",   "they",     "this",      "those",      "though",
	"thus",       "to",        "too",     "toward",   "towards",   "until",      "upon",
	"us",         "very",      "via",     "was",      "we",        "were",       "what",
	"whatever",   "when",      "where",   "whereas",  "whether",   "which",      "while",
	"who",        "whom",      "whose",   "why",      "will",      "with",       "within",
	"without",    "would",     "yet",     "you",      "your",      "yours",
};

int query_stop_words_has(const char *word)
{
	size_t low = 0, high = sizeof words / sizeof *words;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int    order = strcmp(word, words[middle]);

		if (!order)
			return 1;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return 0;
}

#include "fold.h"

#include <string.h>
#include <utf8proc.h>

#include "utf8.h"

#define ZERO_WIDTH_SPACE 0x200Bu

typedef struct plain_letter {
	uint32_t    cp; /* after case folding */
	const char *letters;
} plain_letter;

/* Letters that Unicode does not decompose; in the order of their code points. */
static const plain_letter plain_letters[] = {
	{0x00E6, "ae"}, {0x00F0, "d"}, {0x00F8, "o"}, {0x00FE, "th"}, {0x0111, "d"},  {0x0127, "h"},
	{0x0131, "i"},  {0x0138, "k"}, {0x0142, "l"}, {0x014B, "n"},  {0x0153, "oe"}, {0x0167, "t"},
	{0x0180, "b"},  {0x0192, "f"}, {0x01E5, "g"}, {0x0237, "j"},  {0x0268, "i"},
};

static const char *const greek_names[] = {
	"alpha", "beta",   "gamma",   "delta", "epsilon", "zeta",    "eta",   "theta", "iota",
	"kappa", "lambda", "mu",      "nu",    "xi",      "omicron", "pi",    "rho",   "sigma",
	"sigma", "tau",    "upsilon", "phi",   "chi",     "psi",     "omega",
};

const char *fold_greek_name(uint32_t cp)
{
	return cp >= 0x3B1 && cp <= 0x3C9 ? greek_names[cp - 0x3B1] : NULL;
}

typedef struct range {
	uint32_t first, last;
} range;

/* Han and kana, and the scripts of South-East Asia that set no blanks between words. */
static const range unspaced[] = {
	{0x0E00, 0x0EFF}, {0x1000, 0x109F},   {0x1780, 0x17FF},   {0x19E0, 0x19FF},
	{0x3005, 0x3007}, {0x3040, 0x30FF},   {0x31F0, 0x31FF},   {0x3400, 0x4DBF},
	{0x4E00, 0x9FFF}, {0xA9E0, 0xA9FF},   {0xAA60, 0xAA7F},   {0xF900, 0xFAFF},
	{0xFF66, 0xFF9D}, {0x1AFF0, 0x1B16F}, {0x20000, 0x3FFFF},
};

/*
 * Marks that a reader may leave out: diacritics, and the vowel points of Hebrew and Arabic. Those
 * of other scripts are letters to their readers (the vowels of Devanagari) and stay.
 */
static const range diacritics[] = {
	{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05C7},   {0x0610, 0x061A}, {0x064B, 0x065F},
	{0x0670, 0x0670}, {0x06D6, 0x06ED}, {0x0711, 0x0711},   {0x0730, 0x074A}, {0x180B, 0x180F},
	{0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF},   {0x302A, 0x302F}, {0x3099, 0x309A},
	{0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF},
};

/*
 * Letters in Unicode's eyes that no reader takes for one: the tatweel, apostrophes and accents that
 * stand for themselves.
 */
static const range silent[] = {{0x02B9, 0x02DF}, {0x02EC, 0x02FF}, {0x0640, 0x0640}};

static int in_ranges(const range *ranges, size_t count, uint32_t c)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (c > ranges[mid].last)
			low = mid + 1;
		else
			high = mid;
	}
	return low < count && c >= ranges[low].first;
}

#define IS_IN(ranges, c) in_ranges(ranges, sizeof(ranges) / sizeof *(ranges), c)

/* Invisible inside words: soft hyphens, joiners, marks of direction. */
static char_class format_class(uint32_t cp)
{
	return cp == ZERO_WIDTH_SPACE ? CHAR_OTHER : CHAR_MARK;
}

/* Fractions of one character: without their slash, half would be twelve. */
static int is_fraction(uint32_t cp)
{
	return (cp >= 0xBC && cp <= 0xBE) || (cp >= 0x2150 && cp <= 0x215F) || cp == 0x2189;
}

static char_class class_of(uint32_t cp)
{
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		if (IS_IN(diacritics, cp))
			return CHAR_MARK;
		return IS_IN(unspaced, cp) ? CHAR_IDEOGRAPH : CHAR_WORD;
	case UTF8PROC_CATEGORY_LM:
		if (IS_IN(silent, cp))
			return CHAR_MARK;
		return IS_IN(unspaced, cp) ? CHAR_IDEOGRAPH : CHAR_WORD;
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL: return IS_IN(unspaced, cp) ? CHAR_IDEOGRAPH : CHAR_WORD;
	case UTF8PROC_CATEGORY_NO: return is_fraction(cp) ? CHAR_OTHER : CHAR_WORD;
	case UTF8PROC_CATEGORY_CF: return format_class(cp);
	case UTF8PROC_CATEGORY_SK: return cp < 0x80 ? CHAR_OTHER : CHAR_MARK;
	default: return CHAR_OTHER;
	}
}

static size_t put_folded(uint32_t cp, char *out)
{
	size_t low = 0, high = sizeof plain_letters / sizeof *plain_letters;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (plain_letters[mid].cp < cp)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < sizeof plain_letters / sizeof *plain_letters && plain_letters[low].cp == cp) {
		size_t len = strlen(plain_letters[low].letters);

		memcpy(out, plain_letters[low].letters, len);
		return len;
	}
	return utf8_put(cp, out);
}

/*
 * Letters of their own in spite of what they decompose into: kana with voicing marks, Cyrillic
 * short i.
 */
static uint32_t kept_letter(uint32_t cp)
{
	if (cp == 0x419 || cp == 0x439)
		return 0x439;
	return cp >= 0x3040 && cp <= 0x30FE ? cp : 0;
}

static char_class fold_wide(uint32_t cp, char *out, size_t *len)
{
	utf8proc_int32_t parts[18];
	int              last_class = 0;
	utf8proc_ssize_t n;
	char_class       cls = class_of(cp);
	uint32_t         kept = kept_letter(cp);

	if (cls != CHAR_WORD && cls != CHAR_IDEOGRAPH)
		return cls;
	if (kept) {
		*len = utf8_put(kept, out);
		return cls;
	}
	n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 18,
	                            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD,
	                            &last_class);
	for (utf8proc_ssize_t i = 0; i < n && i < 18 && *len + 4 <= FOLD_MAX; i++) {
		char_class part = class_of((uint32_t)parts[i]);

		if (part == CHAR_WORD || part == CHAR_IDEOGRAPH)
			*len += put_folded((uint32_t)parts[i], out + *len);
	}
	return *len ? cls : CHAR_MARK;
}

char_class fold_char(uint32_t cp, char out[FOLD_MAX], size_t *len)
{
	*len = 0;
	if (cp >= 0x80)
		return fold_wide(cp, out, len);
	if (cp >= 'A' && cp <= 'Z')
		cp += 'a' - 'A';
	if ((cp < 'a' || cp > 'z') && (cp < '0' || cp > '9'))
		return CHAR_OTHER;
	out[0] = (char)cp;
	*len = 1;
	return CHAR_WORD;
}

void fold_combine(char *word, size_t len, uint32_t mark)
{
	if (mark == 0x306 && len >= 2 && memcmp(word + len - 2, "\xD0\xB8", 2) == 0)
		word[len - 1] = '\xB9';
}

#include "fold.h"

#include <string.h>
#include <utf8proc.h>

#include "utf8.h"

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

static int is_ideograph(uint32_t c)
{
	return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x4DBF) ||
	       (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
	       (c >= 0x20000 && c <= 0x3FFFF);
}

static char_class class_of(uint32_t cp)
{
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO: return is_ideograph(cp) ? CHAR_IDEOGRAPH : CHAR_WORD;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME: return CHAR_MARK;
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
	return utf8_encode(cp, out);
}

static char_class fold_wide(uint32_t cp, char *out, size_t *len)
{
	utf8proc_int32_t parts[18];
	int              last_class = 0;
	utf8proc_ssize_t n;
	char_class       cls = class_of(cp);

	if (cls != CHAR_WORD && cls != CHAR_IDEOGRAPH)
		return cls;
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

#include "stem_accents.h"

#include <string.h>

#include "fold.h"
#include "str.h"
#include "utf8.h"

/* By language; a row without one ends the table. */
static const stem_accent table[] = {
	{"catalan", "cio", "ci\xC3\xB3"}, /* comunicació, as comunicacions */
	{"french", "ee",
         "\xC3\xA9"
         "e"}, /* mesurée, as mesuré */
	{"french", "ees",
         "\xC3\xA9"
         "es"},                                     /* mesurées */
	{"portuguese", "cao", "\xC3\xA7\xC3\xA3o"}, /* aplicação, as aplicar */
	{"portuguese", "coes",
         "\xC3\xA7\xC3\xB5"
         "es"},                             /* aplicações */
	{"spanish", "cion", "ci\xC3\xB3n"}, /* aplicación, as aplicaciones */
	{NULL, NULL, NULL},
};

const stem_accent *stem_accents_of(const char *language)
{
	for (const stem_accent *a = table; a->language; a++)
		if (str_eq(a->language, language))
			return a;
	return NULL;
}

size_t stem_accents_restore(const stem_accent *accents, const char *word, size_t len, char *out)
{
	for (const stem_accent *a = accents; str_eq(a->language, accents->language); a++) {
		size_t ending = strlen(a->folded), accented = strlen(a->accented);

		if (len < ending + 2 || memcmp(word + len - ending, a->folded, ending) != 0)
			continue;
		memcpy(out, word, len - ending);
		memcpy(out + len - ending, a->accented, accented);
		return len - ending + accented;
	}
	return 0;
}

size_t stem_accents_fold(const char *stem, size_t len, char *out)
{
	size_t n = 0;

	for (size_t at = 0; at < len;) {
		char     folded[FOLD_MAX];
		size_t   bytes;
		uint32_t cp;

		at += utf8_decode(stem + at, len - at, &cp);
		if (cp < 0x80) {
			out[n++] = (char)cp;
			continue;
		}
		fold_char(cp, folded, &bytes);
		if (n + bytes <= at) {
			memcpy(out + n, folded, bytes);
			n += bytes;
		}
	}
	return n;
}

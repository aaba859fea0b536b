#include "invented_name.h"

#include "buf.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Each syllable in UTF-8 and in TeX. */
static const char *const syllables[][2] = {
	{"bra", "bra"}, {"lo", "lo"},     {"tir", "tir"}, {"vek", "vek"}, {"quen", "quen"},
	{"dol", "dol"}, {"mi", "mi"},     {"zar", "zar"}, {"ith", "ith"}, {"or", "or"},
	{"ful", "ful"}, {"gri", "gri"},   {"yst", "yst"}, {"ola", "ola"}, {"nev", "nev"},
	{"sha", "sha"}, {"kor", "kor"},   {"pim", "pim"}, {"wex", "wex"}, {"ua", "ua"},
	{"jel", "jel"}, {"trun", "trun"},
};
static const char *const accented[][2] = {
	{"dö", "d\\\"o"}, {"vé", "v\\'e"},   {"ño", "\\~no"},   {"ča", "\\v{c}a"},
	{"lø", "l\\o{}"}, {"çi", "\\c{c}i"}, {"grà", "gr\\`a"}, {"fû", "f\\^u"},
};
static const char *const affiliations[] = {
	"Institute of Invented Systems",
	"Placeholder University, Nowhere",
	"Example Laboratory",
	"Department of Synthetic Data, Sample College",
};

enum { PLAIN, TEX, SPELLINGS };

static void both(buf out[SPELLINGS], const char *text)
{
	buf_puts(&out[PLAIN], text);
	buf_puts(&out[TEX], text);
}

static void capitalise(buf *b, size_t start)
{
	if (b->len > start && b->data[start] >= 'a' && b->data[start] <= 'z')
		b->data[start] = (char)(b->data[start] - 32);
}

static void word(buf out[SPELLINGS], dice *d, int accents)
{
	size_t start[SPELLINGS] = {out[PLAIN].len, out[TEX].len};
	size_t count = dice_between(d, 2, 3);
	size_t special = accents ? dice_between(d, 1, count - 1) : count;

	for (size_t i = 0; i < count; i++) {
		const char *const *syllable = i == special
		                                      ? accented[dice_below(d, COUNT(accented))]
		                                      : syllables[dice_below(d, COUNT(syllables))];

		buf_puts(&out[PLAIN], syllable[PLAIN]);
		buf_puts(&out[TEX], syllable[TEX]);
	}
	capitalise(&out[PLAIN], start[PLAIN]);
	capitalise(&out[TEX], start[TEX]);
}

static void draw_forenames(buf out[SPELLINGS], dice *d)
{
	char initial[] = {(char)('A' + dice_below(d, 26)), '.', 0};

	if (dice_one_in(d, 3)) {
		both(out, initial);
		if (dice_one_in(d, 3))
			both(out, " Q.");
		return;
	}
	word(out, d, dice_one_in(d, 9));
	if (dice_one_in(d, 4)) {
		both(out, " ");
		both(out, initial);
	}
}

static void draw_keyname(buf out[SPELLINGS], dice *d)
{
	if (dice_one_in(d, 20))
		both(out, dice_one_in(d, 2) ? "van " : "de la ");
	else if (dice_one_in(d, 30))
		both(out, "O'");
	word(out, d, dice_one_in(d, 6));
	if (dice_one_in(d, 15)) {
		both(out, "-");
		word(out, d, 0);
	}
}

int invented_name_draw(invented_name *name, dice *d, arena *a)
{
	buf forenames[SPELLINGS] = {BUF_INIT(256), BUF_INIT(256)};
	buf keyname[SPELLINGS] = {BUF_INIT(256), BUF_INIT(256)};

	if (dice_one_in(d, 90)) {
		word(keyname, d, 0);
		both(keyname, " Collaboration");
	} else {
		draw_forenames(forenames, d);
		draw_keyname(keyname, d);
	}
	name->suffix = forenames[PLAIN].len && dice_one_in(d, 50) ? "Jr." : "";
	name->affiliation = dice_one_in(d, 6) ? affiliations[dice_below(d, COUNT(affiliations))]
	                                      : "";
	name->forenames = arena_strdup(a, buf_str(&forenames[PLAIN]));
	name->forenames_tex = arena_strdup(a, buf_str(&forenames[TEX]));
	name->keyname = arena_strdup(a, buf_str(&keyname[PLAIN]));
	name->keyname_tex = arena_strdup(a, buf_str(&keyname[TEX]));
	for (int i = 0; i < SPELLINGS; i++) {
		buf_free(&forenames[i]);
		buf_free(&keyname[i]);
	}
	return name->forenames && name->forenames_tex && name->keyname && name->keyname_tex;
}

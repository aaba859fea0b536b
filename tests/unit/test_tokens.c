/* tokens.h: column text to tokens, and the fingerprint of how it is done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "tokens.h"

/*
 * Tokens as text: "|" before one at the same position, ~ for a stem, # for a term, / for the end of
 * a name, & for a key, . for a given name's initial, + for a given name.
 */
static int show(void *ctx, const token *t)
{
	buf *out = ctx;

	if (out->len)
		buf_putc(out, t->same ? '|' : ' ');
	for (size_t i = 0; i < t->len; i++) {
		char c = t->text[i];

		buf_putc(out, c == TOKEN_STEM      ? '~'
		              : c == TOKEN_BOOLEAN ? '#'
		              : c == TOKEN_NAME    ? '@'
		              : c == TOKEN_LINE    ? '/'
		              : c == TOKEN_KEY     ? '&'
		              : c == TOKEN_INITIAL ? '.'
		              : c == TOKEN_GIVEN   ? '+'
		                                   : c);
	}
	return 0;
}

static void expect(const char *language, sheaf_stem_strategy strategy, const char *text,
                   const char *tokens)
{
	tokens_config config = {NULL, strategy};
	buf           out = BUF_INIT(0);

	assert_int_equal(sheaf_stem_new(language, &config.stem, NULL), SHEAF_OK);
	assert_int_equal(tokens_split(&config, text, strlen(text), show, &out), 0);
	if (strcmp(buf_str(&out), tokens) != 0)
		fail_msg("'%s': '%s'", text, buf_str(&out));
	buf_free(&out);
	sheaf_stem_free(config.stem);
}

static void modes_and_strategies(void **state)
{
	static const struct {
		const char         *language;
		sheaf_stem_strategy strategy;
		const char         *text, *tokens;
	} cases[] = {
		{"english", SHEAF_STEM_SOME, "\001Spiking networks",
	         "spiking|~spike networks|~network"},
		{"english", SHEAF_STEM_SOME, "\001network", "network"},
		{"english", SHEAF_STEM_ALL, "\001Spiking networks", "spike network"},
		{"english", SHEAF_STEM_NONE, "\001Spiking networks", "spiking networks"},
		{"none", SHEAF_STEM_SOME, "\001Spiking networks", "spiking networks"},
		{"german", SHEAF_STEM_SOME, "\001netze", "netze|~netz"},
		{"english", SHEAF_STEM_SOME, "\002Ada Jones\nBen Networks",
	         "ada jones|@jones / ben networks|@networks"},
		{"english", SHEAF_STEM_ALL, "\002Networks", "networks|@networks"},
		{"english", SHEAF_STEM_SOME, "\004Ada Jones\nB. Quist",
	         "/|&jones_a ada|.a jones|@jones /|&quist_b b quist /"},
		{"english", SHEAF_STEM_SOME, "\004Lara M. del Monte",
	         "/|&delmonte_l|&monte_l|&delmonte lara|.l m del|+ monte|@monte /"},
		{"none", SHEAF_STEM_NONE, "\004Xiao-Hua Smith-Lamp Jr.",
	         "/|&smithlamp_x|&smithlamp xiao|.x|+xiaohua hua|.h smith|+ lamp jr /"},
		{"english", SHEAF_STEM_SOME, "\004Quist, Ada",
	         "/ quist ada /|&quist_a +ada|.a + /"},
		{"english", SHEAF_STEM_SOME, "\004JP Quist", "/ jp quist /|&quist_j +j|+jp +p + /"},
		{"english", SHEAF_STEM_SOME, "\004Yu. Quist", "/|&quist_y yu|+y quist /"},
		{"english", SHEAF_STEM_SOME, "\004O'Dara", "/|&odara o dara /"},
		{"english", SHEAF_STEM_SOME, "\004The Lamp Team\n\nQuist",
	         "/ the lamp team / quist /"},
		{"english", SHEAF_STEM_SOME, "\004", ""},
		{"english", SHEAF_STEM_SOME, "\004\n , \n", "/"},
		{"english", SHEAF_STEM_SOME, "\004\001quist_a \006 \003",
	         "/ quist a /|&quist_a +a + /"},
		{"english", SHEAF_STEM_SOME, "\003cat:cs.NE id:2601.1  x",
	         "#cat:cs.NE #id:2601.1 #x"},
		{"english", SHEAF_STEM_SOME, "\003", ""},
		{"english", SHEAF_STEM_SOME, "\001", ""},
		{"english", SHEAF_STEM_SOME, "", ""},
		{"english", SHEAF_STEM_SOME, "no mode", ""},
		{"english", SHEAF_STEM_SOME,
	         "\007\x1F"
	         "a b\x1F\004c\x1E"
	         "d\x1E",
	         "a b ~c|d"},
		/* No text of a paper can bring a marker in. */
		{"english", SHEAF_STEM_SOME, "\001\004network \005cat:cs.ne \006",
	         "network cat cs ne"},
		{"english", SHEAF_STEM_SOME, "\002\006\004x", "x"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect(cases[i].language, cases[i].strategy, cases[i].text, cases[i].tokens);
}

static void overlong_terms_are_left_out(void **state)
{
	char text[400] = "\003";

	(void)state;
	memset(text + 1, 'x', TOKEN_MAX);
	memcpy(text + 1 + TOKEN_MAX, " y", 3);
	expect(NULL, SHEAF_STEM_SOME, text, "#y");
}

/* A name of more words than a person has is words alone; none is lost. */
static void a_crowd_on_one_line(void **state)
{
	tokens_config config = {NULL, SHEAF_STEM_NONE};
	buf           text = BUF_INIT(0), tokens = BUF_INIT(0), out = BUF_INIT(0);

	(void)state;
	buf_puts(&text, "\004");
	for (int i = 0; i < 200; i++) {
		buf_printf(&text, "w%d ", i);
		buf_printf(&tokens, " w%d", i);
	}
	assert_int_equal(sheaf_stem_new(NULL, &config.stem, NULL), SHEAF_OK);
	assert_int_equal(tokens_split(&config, text.data, text.len, show, &out), 0);
	buf_puts(&tokens, " /");
	assert_int_equal(*out.data, '/');
	assert_string_equal(out.data + 1, tokens.data);
	buf_free(&text);
	buf_free(&tokens);
	buf_free(&out);
	sheaf_stem_free(config.stem);
}

static int stop_at_second(void *ctx, const token *t)
{
	int *seen = ctx;

	(void)t;
	return ++*seen == 2 ? 7 : 0;
}

static void the_callback_can_stop(void **state)
{
	static const char *const texts[] = {"\001a b c",
	                                    "\001networks",
	                                    "\002a\nb",
	                                    "\002a b. c",
	                                    "\004a\nb",
	                                    "\004Quist, Ada",
	                                    "\004Lara del Monte",
	                                    "\003a b c",
	                                    "\007\x1F"
	                                    "a\x1F"
	                                    "b\x1F"
	                                    "c"};
	tokens_config            config = {NULL, SHEAF_STEM_SOME};

	(void)state;
	assert_int_equal(sheaf_stem_new(NULL, &config.stem, NULL), SHEAF_OK);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		int seen = 0;

		assert_int_equal(
			tokens_split(&config, texts[i], strlen(texts[i]), stop_at_second, &seen),
			7);
		assert_int_equal(seen, 2);
	}
	sheaf_stem_free(config.stem);
}

static int64_t fingerprint(const char *language, sheaf_stem_strategy strategy)
{
	tokens_config config = {NULL, strategy};
	int64_t       hash, again;

	assert_int_equal(sheaf_stem_new(language, &config.stem, NULL), SHEAF_OK);
	assert_int_equal(tokens_fingerprint(&config, &hash), 0);
	assert_int_equal(tokens_fingerprint(&config, &again), 0);
	assert_true(hash == again);
	sheaf_stem_free(config.stem);
	return hash;
}

/* None depends on what was stemmed before. */
static void fingerprints_tell_tokenizers_apart(void **state)
{
	static const char *const languages[] = {"english", "porter",  "german", "french",
	                                        "spanish", "russian", "none"};
	enum { LANGUAGES = sizeof languages / sizeof *languages };
	int64_t seen[LANGUAGES * 2];
	size_t  count = 0;

	(void)state;
	for (size_t l = 0; l < LANGUAGES; l++) {
		for (int s = SHEAF_STEM_SOME; s <= SHEAF_STEM_ALL; s++) {
			int64_t hash = fingerprint(languages[l], (sheaf_stem_strategy)s);

			assert_true(hash == fingerprint(languages[l], (sheaf_stem_strategy)s));
			assert_true(hash >= 0);
			for (size_t i = 0; i < count; i++)
				if (seen[i] == hash)
					fail_msg("%s, strategy %d", languages[l], s);
			seen[count++] = hash;
		}
	}
	assert_true(fingerprint("english", SHEAF_STEM_NONE) !=
	            fingerprint("english", SHEAF_STEM_SOME));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modes_and_strategies),
		cmocka_unit_test(overlong_terms_are_left_out),
		cmocka_unit_test(a_crowd_on_one_line),
		cmocka_unit_test(the_callback_can_stop),
		cmocka_unit_test(fingerprints_tell_tokenizers_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

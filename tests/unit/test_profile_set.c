#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "profile_private.h"

static sheaf_profile_set *parse(const char *yaml)
{
	sheaf_profile_set *set;
	sheaf_error        err;

	if (sheaf_profile_set_parse(yaml, strlen(yaml), "dir/topics.yaml", &set, &err) != SHEAF_OK)
		fail_msg("%s", err.message);
	return set;
}

static void refuse(const char *yaml, const char *message)
{
	sheaf_profile_set *set = (sheaf_profile_set *)&set;
	sheaf_error        err;

	assert_int_equal(sheaf_profile_set_parse(yaml, strlen(yaml), "t.yaml", &set, &err),
	                 SHEAF_ERROR_CONFIG);
	assert_null(set);
	if (strcmp(err.message, message) != 0)
		fail_msg("'%s' is not '%s'", err.message, message);
}

static void every_key_is_read(void **state)
{
	sheaf_profile_set           *set = parse("digest:\n"
	                                                   "  name: neuro\n"
	                                                   "  title: ' Neuro '\n"
	                                                   "  intro: >\n    One\n    two.\n"
	                                                   "  select: spiking OR memristor\n"
	                                                   "  assign: all\n"
	                                                   "  match: query\n"
	                                                   "  fallback: Rest\n"
	                                                   "  limit: 30\n"
	                                                   "  order: relevance\n"
	                                                   "  link: https://x.example/{id}\n"
	                                                   "  escape: no\n"
	                                                   "profiles:\n"
	                                                   "  hard:\n"
	                                                   "    heading: Hardware & more\n"
	                                                   "    query: |\n      fpga OR\n      chip\n"
	                                                   "    keywords: [RRAM, Rram, 'synaptic device']\n"
	                                                   "    exclude: photo\n"
	                                                   "    require: cat:cs.*\n"
	                                                   "    min_percent: 20\n"
	                                                   "    max: 15\n"
	                                                   "    include: [new, replace]\n"
	                                                   "    must: ['2601.22300', arXiv:math.GT/0309136v2]\n"
	                                                   "    mustnot: []\n"
	                                                   "  soft:\n    query: code\n");
	const sheaf_digest_settings *d = sheaf_profile_set_get_digest(set);
	const sheaf_profile         *p = sheaf_profile_set_get(set, 0);

	(void)state;
	assert_string_equal(d->name, "neuro");
	assert_string_equal(d->title, "Neuro");
	assert_string_equal(d->intro, "One two.");
	assert_string_equal(d->select, "spiking OR memristor");
	assert_int_equal(d->assign, SHEAF_ASSIGN_ALL);
	assert_int_equal(d->match, SHEAF_MATCH_QUERY);
	assert_string_equal(d->fallback, "Rest");
	assert_int_equal(d->limit, 30);
	assert_int_equal(d->order, SHEAF_ORDER_RELEVANCE);
	assert_string_equal(d->link, "https://x.example/{id}");
	assert_int_equal(d->escape, 0);
	assert_int_equal(sheaf_profile_set_size(set), 2);
	assert_string_equal(p->name, "hard");
	assert_string_equal(p->heading, "Hardware & more");
	assert_string_equal(p->query, "fpga OR\nchip");
	assert_int_equal(p->keyword_count, 2);
	assert_string_equal(p->keywords[0], "rram");
	assert_string_equal(p->keywords[1], "synaptic device");
	assert_string_equal(p->exclude, "photo");
	assert_string_equal(p->require, "cat:cs.*");
	assert_int_equal(p->min_percent, 20);
	assert_int_equal(p->max, 15);
	assert_int_equal(p->line, 16);
	assert_int_equal(set->profiles[0].include, SHEAF_INCLUDE_NEW | SHEAF_INCLUDE_REPLACE);
	assert_int_equal(set->profiles[0].must_count, 2);
	assert_string_equal(set->profiles[0].must[1], "math/0309136");
	assert_int_equal(set->profiles[0].mustnot_count, 0);
	assert_null(sheaf_profile_set_get(set, 2));
	sheaf_profile_set_free(set);
}

static void what_is_not_said_has_a_default(void **state)
{
	sheaf_profile_set *set = parse(
		"digest:\n  select:\n  intro: ''\n  fallback: ~\nprofiles:\n  a: {query: x}\n");
	const sheaf_digest_settings *d = sheaf_profile_set_get_digest(set);
	const sheaf_profile         *p = sheaf_profile_set_get(set, 0);

	(void)state;
	assert_string_equal(d->name, "topics");
	assert_string_equal(d->title, "topics");
	assert_null(d->intro);
	assert_null(d->select);
	assert_null(d->fallback);
	assert_null(d->link);
	assert_int_equal(d->assign, SHEAF_ASSIGN_BEST);
	assert_int_equal(d->order, SHEAF_ORDER_SUBMITTED);
	assert_int_equal(d->limit, 0);
	assert_int_equal(d->escape, 1);
	assert_string_equal(p->heading, "a");
	assert_null(p->exclude);
	assert_int_equal(p->max, 0);
	sheaf_profile_set_free(set);
	set = parse("profiles:\n  a: {query: x}\n");
	assert_int_equal(sheaf_profile_set_get_digest(set)->escape, 1);
	sheaf_profile_set_free(set);
}

#define ONE "profiles:\n  a:\n    query: x\n"

static void mistakes_name_file_and_line(void **state)
{
	static const struct {
		const char *yaml, *message;
	} cases[] = {
		{ONE "    hedding: X\n",
	         "t.yaml:4: unknown key 'hedding' in profiles.a (did you mean 'heading'?)"},
		{ONE "    zzzzzzzz:\n      - x\n",
	         "t.yaml:4: unknown key 'zzzzzzzz' in profiles.a"},
		{"profile:\n  a: {query: x}\n",
	         "t.yaml:1: unknown key 'profile' in the file (did you mean 'profiles'?)"},
		{"digest: {limits: 3}\n" ONE,
	         "t.yaml:1: unknown key 'limits' in digest (did you mean 'limit'?)"},
		{"digest: {limit: many}\n" ONE,
	         "t.yaml:1: 'limit' in digest must be a whole number from 0, not 'many'"},
		{"digest: {limit: -1}\n" ONE,
	         "t.yaml:1: 'limit' in digest must be a whole number from 0, not '-1'"},
		{"digest: {limit: [1]}\n" ONE,
	         "t.yaml:1: 'limit' in digest must be a whole number from 0, not a list"},
		{"digest: {assign: Best}\n" ONE,
	         "t.yaml:1: 'assign' in digest must be one of best, all, not 'Best' (did you mean 'best'?)"},
		{"digest: {escape: 2}\n" ONE,
	         "t.yaml:1: 'escape' in digest must be true or false, not '2'"},
		{"digest: {link: 'javascript:{id}'}\n" ONE,
	         "t.yaml:1: 'link' in digest must be an address that begins with https:// or http://, "
	         "not 'javascript:{id}'"},
		{"digest: {link: 'https://x/'}\n" ONE,
	         "t.yaml:1: 'link' in digest must be an address with {id} in it, not 'https://x/'"},
		{"digest: [1]\n" ONE, "t.yaml:1: digest must be a map of keys, not a list"},
		{ONE "    min_percent: 101\n",
	         "t.yaml:4: 'min_percent' in profiles.a must be a whole number from 0 to 100, not '101'"},
		{ONE "    keywords: x\n",
	         "t.yaml:4: 'keywords' in profiles.a must be a list, not 'x'"},
		{ONE "    keywords:\n      - x\n      - [y]\n",
	         "t.yaml:6: 'keywords' in profiles.a must be a list of texts, not a list"},
		{ONE "    keywords: [x, '']\n",
	         "t.yaml:4: an empty entry in 'keywords' of profiles.a"},
		{ONE "    include: [old]\n",
	         "t.yaml:4: 'include' in profiles.a must be one of new, cross, replace, not 'old'"},
		{ONE "    must: ['no id!']\n",
	         "t.yaml:4: 'must' in profiles.a must be a list of arXiv ids, not 'no id!'"},
		{ONE "  a:\n    query: y\n", "t.yaml:4: key 'a' is given twice"},
		{"profiles:\n  a: {heading: X}\n", "t.yaml:2: profiles.a has no 'query'"},
		{"profiles:\n  a: {keywords: [x]}\n",
	         "t.yaml:2: profiles.a has 'keywords' but no 'query': add 'match: keywords' to digest"},
		{"digest: {match: keywords}\n" ONE,
	         "t.yaml:3: profiles.a has no 'keywords', which 'match: keywords' needs"},
		{"profiles:\n  a:\n", "t.yaml:2: profiles.a has no 'query'"},
		{"profiles:\n  a: x\n", "t.yaml:2: profiles.a must be a map of keys, not a text"},
		{"profiles:\n  '': {query: x}\n", "t.yaml:2: a name in profiles is empty"},
		{"profiles:\n  \"a\\x07\": {query: x}\n",
	         "t.yaml:2: a name in profiles holds a control character"},
		{"profiles: {}\n", "t.yaml:1: no profiles: the map 'profiles' is missing or empty"},
		{"\n\nprofiles:\n",
	         "t.yaml:3: no profiles: the map 'profiles' is missing or empty"},
		{"", "t.yaml:1: no profiles: the map 'profiles' is missing or empty"},
		{"- a\n",
	         "t.yaml:1: a profile file must be a map with 'digest' and 'profiles', not a list"},
		{"profiles:\n  a: {query: '()'}\n",
	         "t.yaml:2: 'query' in profiles.a has nothing to search for: '()'"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		refuse(cases[i].yaml, cases[i].message);
}

static void long_queries_are_refused_at_their_line(void **state)
{
	buf text = BUF_INIT(0);

	(void)state;
	buf_puts(&text, ONE "    exclude:\n      \"");
	for (int i = 0; i < PROFILE_QUERY_MAX / 4; i++)
		buf_puts(&text, "word ");
	buf_puts(&text, "\"\n");
	refuse(text.data, "t.yaml:5: 'exclude' in profiles.a is longer than 65536 bytes");
	buf_free(&text);
}

static void a_missing_file_is_no_configuration_error(void **state)
{
	sheaf_profile_set *set;
	sheaf_error        err;

	(void)state;
	assert_int_equal(sheaf_profile_set_read("no/such/file.yaml", &set, &err), SHEAF_ERROR_IO);
	assert_null(set);
	assert_non_null(strstr(err.message, "no/such/file.yaml"));
}

static void the_example_is_valid(void **state)
{
	buf                path = BUF_INIT(0);
	sheaf_profile_set *set = NULL;
	sheaf_error        err;

	(void)state;
	if (!getenv("SHEAF_SOURCE"))
		skip();
	buf_printf(&path, "%s/examples/open-neuromorphic.yaml", getenv("SHEAF_SOURCE"));
	if (sheaf_profile_set_read(path.data, &set, &err) != SHEAF_OK)
		fail_msg("%s", err.message);
	assert_int_equal(sheaf_profile_set_size(set), 3);
	assert_int_equal(sheaf_profile_set_get(set, 0)->keyword_count, 16);
	assert_int_equal(sheaf_profile_set_get(set, 1)->keyword_count, 16);
	assert_int_equal(sheaf_profile_set_get(set, 2)->keyword_count, 17);
	sheaf_profile_set_free(set);
	buf_free(&path);
}

/* No byte changed makes more than an error of it. */
static void broken_files_never_crash(void **state)
{
	static const char good[] =
		"digest:\n  limit: 3\n  assign: all\nprofiles:\n  a: {query: x, keywords: [y]}\n";
	static const char bytes[] = {' ', '\n', '[', '{', '"', ':', '-', 'x', '0', (char)0xC3};
	char              text[sizeof good];

	(void)state;
	for (size_t i = 0; i < sizeof good - 1; i++) {
		for (size_t j = 0; j < sizeof bytes; j++) {
			sheaf_profile_set *set;

			memcpy(text, good, sizeof good);
			text[i] = bytes[j];
			if (sheaf_profile_set_parse(text, sizeof good - 1, "f", &set, NULL) ==
			    SHEAF_OK)
				sheaf_profile_set_free(set);
			else
				assert_null(set);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_read),
		cmocka_unit_test(what_is_not_said_has_a_default),
		cmocka_unit_test(mistakes_name_file_and_line),
		cmocka_unit_test(long_queries_are_refused_at_their_line),
		cmocka_unit_test(a_missing_file_is_no_configuration_error),
		cmocka_unit_test(the_example_is_valid),
		cmocka_unit_test(broken_files_never_crash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

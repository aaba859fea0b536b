/* write_mime.c; what a mail program makes of it is for tests/cli/digest_formats.bats. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "str.h"
#include "writer_fixture.h"

#define BOUNDARY "--=_sheaf_digest"

static size_t occurrences(const char *text, const char *part)
{
	size_t count = 0;

	for (; (text = strstr(text, part)); text++)
		count++;
	return count;
}

static void a_message(void **state)
{
	sheaf_document *a = usual();
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST,
	                        .title = "Daily lamps",
	                        .name = "lamps",
	                        .now = at(MOON),
	                        .from = "Lamps <lamps@mail.example>",
	                        .to = "a@b.example, c@d.example"};
	char           *text = sections(SHEAF_FORMAT_MIME, &head, a);

	(void)state;
	assert_true(str_starts(text, "From: \"Lamps\" <lamps@mail.example>\n"
	                             "To: a@b.example,\n c@d.example\n"
	                             "Subject: Daily lamps\n"
	                             "Date: Sun, 1 Feb 2026 08:30:00 +0000\n"
	                             "Message-ID: <lamps."));
	has(text, "@mail.example>\nList-Id: <lamps.mail.example>\n"
	          "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n"
	          "Content-Type: multipart/alternative;\n boundary=\"=_sheaf_digest\"\n\n" BOUNDARY
	          "\nContent-Type: text/plain; charset=utf-8\n"
	          "Content-Transfer-Encoding: quoted-printable\n\nDaily lamps\n");
	has(text, "\n" BOUNDARY "\nContent-Type: text/html; charset=utf-8\n"
	          "Content-Transfer-Encoding: quoted-printable\n\n<!DOCTYPE html>\n");
	assert_int_equal(occurrences(text, BOUNDARY), 3);
	assert_string_equal(text + strlen(text) - strlen(BOUNDARY) - 4, "\n" BOUNDARY "--\n");
	sheaf_free(text);
	sheaf_document_free(a);
}

/* The same message again has the same id; another time or another digest has another. */
static void messages_are_told_apart(void **state)
{
	static const struct {
		const char *name, *now;
	} cases[] = {{"lamps", MOON},        {"lamps", "2026-02-02T08:30:00Z"},
	             {"lamps/new", MOON},    {"lamps new", MOON},
	             {"\xE4\xB8\xAD", MOON}, {"\xE6\x96\x87", MOON}};
	char *ids[6];

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		sheaf_list_head head = {
			.kind = SHEAF_LIST_DIGEST, .name = cases[i].name, .now = at(cases[i].now)};
		char *one = written(SHEAF_FORMAT_MIME, &head, NULL, 0);
		char *two = written(SHEAF_FORMAT_MIME, &head, NULL, 0);
		char *id = strstr(one, "Message-ID: <");

		assert_string_equal(one, two);
		sheaf_free(two);
		assert_non_null(id);
		*strchr(id, '\n') = 0;
		assert_true(strlen(id) <= 120);
		for (const char *p = id + 13; *p; p++)
			assert_true(str_is_alpha((unsigned char)*p) ||
			            str_is_digit((unsigned char)*p) || strchr(".-@>", *p));
		ids[i] = one;
		memmove(one, id, strlen(id) + 1);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(ids[i], ids[j]);
	}
	for (size_t i = 0; i < 6; i++)
		sheaf_free(ids[i]);
}

/* No title is a field of the header, a part, or a line too long. */
static void hostile_papers_are_text(void **state)
{
	static const char injection[] = "x\r\nBcc: everybody@example.org\r\n\r\n" BOUNDARY
					"\n\n.\nFrom here\n" HOSTILE;
	sheaf_document *a = hostile();
	sheaf_item      item = {.doc = a};
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST,
	                        .title = injection,
	                        .name = injection,
	                        .intro = injection,
	                        .from = "lamps@mail.example"};
	char           *text;

	(void)state;
	set(a, SHEAF_FIELD_TITLE, injection);
	set(a, SHEAF_FIELD_ABSTRACT, injection);
	text = written(SHEAF_FORMAT_MIME, &head, &item, 1);
	is_clean(text);
	assert_int_equal(occurrences(text, BOUNDARY), 3);
	has_not(text, "\nBcc:");
	has_not(text, "\nFrom ");
	has_not(text, "\n.");
	for (const char *p = text; *p; p += *p != 0) {
		size_t len = strcspn(p, "\n");

		assert_true(len <= 76 || str_starts(p, "Message-ID: "));
		for (size_t i = 0; i < len; i++)
			assert_in_range((unsigned char)p[i], 0x20, 0x7E);
		p += len;
	}
	sheaf_free(text);
	sheaf_document_free(a);
}

static void what_is_no_address_ends_the_run(void **state)
{
	sheaf_list_head head = {.to = "ada quist"};
	buf             out = BUF_INIT(0);
	sheaf_writer   *w;
	sheaf_error     err;

	(void)state;
	assert_int_equal(sheaf_writer_new(SHEAF_FORMAT_MIME, to_buf, &out, &w, NULL), SHEAF_OK);
	sheaf_writer_begin(w, &head);
	assert_int_equal(sheaf_writer_end(w, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	has(err.message, "To: 'ada quist' is no address");
	assert_int_equal(out.len, 0);
	/* It can begin again. */
	sheaf_writer_begin(w, NULL);
	assert_int_equal(sheaf_writer_end(w, NULL), SHEAF_OK);
	has(buf_str(&out), "Subject: arXiv papers\n");
	has_not(buf_str(&out), "\nTo:");
	sheaf_writer_begin(w, NULL);
	sheaf_writer_free(w);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message),
		cmocka_unit_test(messages_are_told_apart),
		cmocka_unit_test(hostile_papers_are_text),
		cmocka_unit_test(what_is_no_address_ends_the_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

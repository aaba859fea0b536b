/* Hostile XML is refused in words, or read as if well-meant; it costs neither memory nor time. */
#include "parsed.h"

#include "xml_stream.h"

#define OPEN "<arXiv><id>2101.00001</id>"
#define CLOSE "</arXiv>"

/* The document cannot be read; the message holds `word`. */
static void refused(const char *text, const char *word)
{
	parsed p = parse(SHEAF_SOURCE_OAI, text);

	assert_int_equal(p.status, SHEAF_ERROR_PROTOCOL);
	assert_int_equal(p.documents, 0);
	if (!strstr(p.err.message, word))
		fail_msg("no '%s' in '%s'", word, p.err.message);
	assert_null(strchr(p.err.message, '\n'));
	parsed_free(&p);
}

static void test_document_types(void **state)
{
	(void)state;
	refused("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a 'lamp'><!ENTITY b '&a;&a;&a;&a;&a;"
	        "&a;&a;&a;'>"
	        "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>]>" OPEN
	        "<title>&d;</title>" CLOSE,
	        "document type");
	refused("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" OPEN
	        "<title>&x;</title>" CLOSE,
	        "document type");
	refused("<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'>" OPEN CLOSE, "document type");
	refused("<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/p'>%p;]>" OPEN CLOSE,
	        "document type");
	refused("<!DOCTYPE html><html></html>", "document type");
}

static void test_entities(void **state)
{
	parsed p = parse(SHEAF_SOURCE_OAI,
	                 OPEN "<title>&lt;&gt;&amp;&quot;&apos;&#65;&#x42;</title>" CLOSE);

	(void)state;
	parsed_has(&p, "1=<>&\"'AB");
	parsed_free(&p);
	refused(OPEN "<title>&nbsp;</title>" CLOSE, "nbsp");
}

static void test_malformed(void **state)
{
	(void)state;
	refused(OPEN "<title></wrong>" CLOSE, "line 1");
	refused(OPEN "\n\n<title a='1' a='2'/>" CLOSE, "line 3");
	refused(" {}", "no XML");
	refused("Rate exceeded.", "no XML");
	refused("<arXiv", "cut off");
	refused("", "cut off");
}

/* What follows the end is another document. The first one's records are kept. */
static void test_two_documents(void **state)
{
	parsed p = parse(SHEAF_SOURCE_OAI, OPEN CLOSE OPEN CLOSE);

	(void)state;
	assert_int_equal(p.status, SHEAF_ERROR_PROTOCOL);
	assert_int_equal(p.documents, 1);
	assert_false(p.truncated);
	parsed_free(&p);
}

static void test_encodings(void **state)
{
	parsed p = parse(SHEAF_SOURCE_OAI, "<?xml version='1.0' encoding='utf-8'?>" OPEN CLOSE);

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	parsed_free(&p);
	refused("<?xml version='1.0' encoding='ISO-8859-1'?>" OPEN CLOSE, "UTF-8");
	refused("<?xml version='1.0' encoding='no-such'?>" OPEN CLOSE, "");
}

static void test_bad_characters(void **state)
{
	parsed p = parse(SHEAF_SOURCE_OAI, OPEN "<title>a\x08"
	                                        "b&#2;c \xFF\xC3( d</title>" CLOSE);

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	parsed_has(&p, "1=a b c \xEF\xBF\xBD\xEF\xBF\xBD( d");
	parsed_free(&p);
}

static void nested(buf *text, int depth)
{
	buf_clear(text);
	for (int i = 0; i < depth; i++)
		buf_puts(text, "<x>");
	buf_puts(text, OPEN CLOSE);
	for (int i = 0; i < depth; i++)
		buf_puts(text, "</x>");
}

static void test_depth(void **state)
{
	buf    text = BUF_INIT(0);
	parsed p;

	(void)state;
	nested(&text, XML_DEPTH_MAX - 2);
	p = parse(SHEAF_SOURCE_OAI, text.data);
	assert_int_equal(p.status, SHEAF_OK);
	assert_int_equal(p.documents, 1);
	parsed_free(&p);
	nested(&text, XML_DEPTH_MAX);
	refused(text.data, "too deep");
	nested(&text, 100000);
	refused(text.data, "too deep");
	buf_free(&text);
}

/* Of an endless title what fits is kept. */
static void test_long_text(void **state)
{
	enum { LONG = 3 << 20 };
	buf    text = BUF_INIT(0);
	parsed p = {0};

	(void)state;
	buf_puts(&text, OPEN "<title>");
	for (size_t i = 0; i < LONG; i++)
		buf_putc(&text, 'a');
	buf_puts(&text, "</title><abstract>short</abstract>" CLOSE);
	parsed_run(&p, SHEAF_SOURCE_OAI, text.data, text.len, 65536);
	assert_int_equal(p.status, SHEAF_OK);
	assert_int_equal(strcspn(strstr(p.text.data, "1=a"), "\n"), XML_TEXT_MAX + 2);
	parsed_has(&p, "2=short");
	parsed_free(&p);
	buf_free(&text);
}

/* A stream that goes on and on without a record is left. */
static void test_silence(void **state)
{
	enum { PIECE_BYTES = 1 << 20 };
	sheaf_error err = {0};
	parsed      p = {0};
	source_sink sink = {.ctx = &p, .document = parsed_on_document, .reject = parsed_on_reject};
	source_parser *parser;
	sheaf_status   status;
	char          *blank = malloc(PIECE_BYTES);
	int            fed = 0;

	(void)state;
	assert_non_null(blank);
	memset(blank, ' ', PIECE_BYTES);
	assert_int_equal(source_parser_new(SHEAF_SOURCE_OAI, &sink, &parser, &err), SHEAF_OK);
	status = source_feed(parser, "<pages>", 7, &err);
	while (status == SHEAF_OK && fed++ < 1000)
		status = source_feed(parser, blank, PIECE_BYTES, &err);
	assert_int_equal(status, SHEAF_ERROR_PROTOCOL);
	assert_int_equal(fed, XML_SILENCE_MAX / PIECE_BYTES);
	/* And it stays so. */
	assert_int_equal(source_feed(parser, "</pages>", 8, &err), SHEAF_ERROR_PROTOCOL);
	assert_int_equal(source_finish(parser, NULL, &err), SHEAF_ERROR_PROTOCOL);
	source_parser_free(parser);
	free(blank);
	parsed_free(&p);
}

static void test_many_attributes(void **state)
{
	buf    text = BUF_INIT(0);
	parsed p;

	(void)state;
	buf_puts(&text, "<OAI-PMH");
	for (int i = 0; i < 20000; i++)
		buf_printf(&text, " a%d='%d' xmlns:n%d='urn:%d'", i, i, i, i);
	buf_puts(&text, "><GetRecord><record><metadata>" OPEN CLOSE
	                "</metadata></record></GetRecord></OAI-PMH>");
	p = parse(SHEAF_SOURCE_OAI, text.data);
	assert_true(p.status == SHEAF_OK || p.status == SHEAF_ERROR_PROTOCOL);
	parsed_free(&p);
	buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_document_types), cmocka_unit_test(test_entities),
		cmocka_unit_test(test_malformed),      cmocka_unit_test(test_two_documents),
		cmocka_unit_test(test_encodings),      cmocka_unit_test(test_bad_characters),
		cmocka_unit_test(test_depth),          cmocka_unit_test(test_long_text),
		cmocka_unit_test(test_silence),        cmocka_unit_test(test_many_attributes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

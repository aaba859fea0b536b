/* Files of records into a database: what is counted, told, kept and given up. */
#include <pthread.h>

#include "buf.h"
#include "database_private.h"
#include "packed.h"
#include "scratch_db.h"

#define OAI_HEAD "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>"
#define RECORD(id)                                                    \
	"<record><metadata><arXivRaw><id>" id "</id><title>Lamps " id \
	"</title></arXivRaw></metadata></record>"

/* A database, an import into it, and what the import told. */
typedef struct fixture {
	char db_path[SCRATCH_PATH_SIZE], folder[PACKED_PATH_SIZE], path[PACKED_PATH_SIZE];
	sheaf_database    *db;
	sheaf_import      *import;
	sheaf_import_stats stats;
	sheaf_error        err;
	buf                rejects; /* "name:number reason", the folder left out */
	pthread_t          thread;  /* the one that calls */
	int64_t            stop_at; /* records; 0: never */
} fixture;

static int on_progress(void *ctx, const sheaf_import_stats *stats)
{
	fixture *f = ctx;

	assert_true(pthread_equal(pthread_self(), f->thread));
	return f->stop_at && stats->records >= f->stop_at;
}

static void on_reject(void *ctx, const sheaf_import_reject *r)
{
	fixture    *f = ctx;
	const char *name = strstr(r->file, f->folder);

	assert_true(pthread_equal(pthread_self(), f->thread));
	name = name ? name + strlen(f->folder) + 1 : r->file;
	buf_printf(&f->rejects, "%s%s%lld %s\n", name, r->is_line ? ":" : "#", (long long)r->number,
	           r->reason);
}

static void begin(fixture *f, sheaf_import_options options)
{
	options.ctx = f;
	options.progress = on_progress;
	options.reject = on_reject;
	must(sheaf_import_new(f->db, &options, &f->import, &f->err), &f->err);
}

static int setup(void **state)
{
	fixture *f = calloc(1, sizeof *f);

	assert_non_null(f);
	f->thread = pthread_self();
	scratch_path(f->db_path, "import");
	packed_folder(f->folder, "import");
	must(sheaf_database_open(f->db_path, SHEAF_DB_CREATE, NULL, &f->db, &f->err), &f->err);
	begin(f, (sheaf_import_options){0});
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	fixture *f = *state;

	sheaf_import_free(f->import);
	sheaf_database_close(f->db);
	scratch_remove(f->db_path);
	assert_int_equal(rmdir(f->folder), 0);
	buf_free(&f->rejects);
	free(f);
	return 0;
}

static void again(fixture *f, sheaf_import_options options)
{
	sheaf_import_free(f->import);
	buf_clear(&f->rejects);
	begin(f, options);
}

static const char *in_folder(fixture *f, const char *name)
{
	packed_path(f->path, f->folder, name);
	return f->path;
}

static void put(fixture *f, const char *name, const char *text)
{
	in_folder(f, name);
	packed_write(f->path, text, strlen(text));
}

static sheaf_status import(fixture *f, const char *path)
{
	f->err = (sheaf_error){0};
	return sheaf_import_file(f->import, path, &f->err);
}

/* Imports a file that is written for it and removed after it. */
static sheaf_status import_text(fixture *f, const char *text)
{
	sheaf_status status;

	put(f, "file", text);
	status = import(f, f->path);
	unlink(f->path);
	return status;
}

static void finish(fixture *f)
{
	sheaf_error err = {0};

	must(sheaf_import_finish(f->import, &f->stats, &err), &err);
}

static int64_t documents(fixture *f)
{
	int64_t     count;
	sheaf_error err = {0};

	must(sheaf_database_get_doccount(f->db, &count, &err), &err);
	return count;
}

/* `count` lines from number `first` on. */
static void lines(buf *out, int first, int count)
{
	for (int i = first; i < first + count; i++)
		buf_printf(out,
		           "{\"id\":\"2101.%05d\",\"title\":\"Lamp number %d\",\"abstract\":\"  "
		           "Bells and lamps.\\n\"}\n",
		           i, i);
}

/* ---- counts ---- */

static void test_counts(void **state)
{
	static const char first[] =
		"{\"id\":\"2101.00001\",\"title\":\"a\"}\nbroken\n{\"id\":\"2101.00002\"}\n"
		"{\"title\":\"b\"}\n";
	static const char second[] =
		"{\"id\":\"2101.00001\",\"title\":\"changed\"}\n{\"id\":\"2101.00002\"}\n";
	fixture *f = *state;

	must(import_text(f, first), &f->err);
	must(import_text(f, second), &f->err);
	finish(f);
	assert_int_equal(f->stats.files, 2);
	assert_int_equal(f->stats.records, 6);
	assert_int_equal(f->stats.added, 2);
	assert_int_equal(f->stats.updated, 1);
	assert_int_equal(f->stats.unchanged, 1);
	assert_int_equal(f->stats.rejected, 2);
	assert_int_equal(f->stats.truncated, 0);
	assert_int_equal(f->stats.bytes, sizeof first + sizeof second - 2);
	assert_memory_equal(buf_str(&f->rejects), "file:2 broken JSON", 18);
	assert_non_null(strstr(buf_str(&f->rejects), "\nfile:4 has no id\n"));
	assert_int_equal(documents(f), 2);
}

static void test_xml(void **state)
{
	fixture *f = *state;

	must(import_text(f, OAI_HEAD "<ListRecords>" RECORD("2101.00001") "<record/>" RECORD(
				    "2101.00002") "</ListRecords></OAI-PMH>"),
	     &f->err);
	must(import_text(f, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n<feed "
	                    "xmlns='http://www.w3.org/2005/Atom'><entry>"
	                    "<id>http://arxiv.org/abs/2101.00003v2</id></entry></feed>"),
	     &f->err);
	finish(f);
	assert_int_equal(f->stats.added, 3);
	assert_string_equal(buf_str(&f->rejects), "file#2 has no metadata\n");
	assert_int_equal(documents(f), 3);
}

/* Many documents go through many transactions, and a pool that is smaller than they are many. */
static void test_many(void **state)
{
	enum { MANY = 3000 };
	fixture *f = *state;
	buf      text = BUF_INIT(0);

	again(f, (sheaf_import_options){.batch = 700});
	lines(&text, 1, MANY);
	must(import_text(f, text.data), &f->err);
	finish(f);
	assert_int_equal(f->stats.added, MANY);
	assert_int_equal(documents(f), MANY);
	must(sheaf_database_check(f->db, &f->err), &f->err);
	buf_free(&text);
}

/* Documents of a megabyte each do not fit into the queue together. */
static void test_large(void **state)
{
	enum { LARGE = 1 << 20, COUNT = 36 };
	fixture *f = *state;
	buf      text = BUF_INIT(0);

	buf_puts(&text, "{\"id\":\"2101.00000\",\"title\":\"");
	for (int i = 0; i < LARGE; i++)
		buf_putc(&text, i % 64 ? 'a' : ' ');
	buf_puts(&text, "\"}\n");
	in_folder(f, "file");
	for (int i = 0; i < COUNT; i++) {
		FILE *out = fopen(f->path, i ? "ab" : "wb");

		assert_non_null(out);
		snprintf(text.data + 12, 6, "%05d", i);
		text.data[17] = '"';
		assert_int_equal(fwrite(text.data, 1, text.len, out), text.len);
		fclose(out);
	}
	must(import(f, f->path), &f->err);
	unlink(f->path);
	finish(f);
	assert_int_equal(f->stats.added, COUNT);
	buf_free(&text);
}

/* ---- what ends early ---- */

static void test_cut_off(void **state)
{
	fixture *f = *state;
	buf      text = BUF_INIT(0);

	must(import_text(f, OAI_HEAD "<ListRecords>" RECORD(
				    "2101.00001") "<record><metadata><arXivRaw><id>2101.0"),
	     &f->err);
	must(import_text(f, OAI_HEAD "<ListRec"), &f->err);
	must(import_text(f, "{\"id\":\"2101.00002\"}\n{\"id\":\"2101.0"), &f->err);
	lines(&text, 100, 50000);
	packed_compress(in_folder(f, "packed"), ARCHIVE_FILTER_GZIP, text.data, text.len);
	packed_cut(f->path, -1000);
	must(import(f, f->path), &f->err);
	unlink(f->path);
	finish(f);
	assert_int_equal(f->stats.truncated, 4);
	assert_int_equal(f->stats.files, 0);
	assert_int_equal(f->stats.rejected, 0);
	assert_true(f->stats.added > 1000);
	assert_true(f->stats.added < 50000);
	assert_non_null(
		strstr(buf_str(&f->rejects), "file#0 line 1: the document is cut off here\n"));
	assert_non_null(strstr(buf_str(&f->rejects), "file#0 line 2: the file is cut off here\n"));
	assert_non_null(strstr(buf_str(&f->rejects), "packed#0 "));
	buf_free(&text);
}

/* Broken XML after good records: what was good is kept, and the file counts as cut off. */
static void test_malformed(void **state)
{
	fixture *f = *state;

	must(import_text(f, OAI_HEAD "<ListRecords>" RECORD("2101.00001") "</wrong>"), &f->err);
	assert_int_equal(import_text(f, OAI_HEAD "</wrong>"), SHEAF_ERROR_PROTOCOL);
	assert_non_null(strstr(f->err.message, "/file: line 1: not well-formed"));
	finish(f);
	assert_int_equal(f->stats.added, 1);
	assert_int_equal(f->stats.truncated, 1);
}

/* ---- what is refused ---- */

static void test_refused(void **state)
{
	static const struct {
		const char  *text;
		sheaf_status status;
		const char  *words;
	} cases[] = {
		{OAI_HEAD "<error code='badArgument'>Set does not exist</error></OAI-PMH>",
	         SHEAF_ERROR_PROTOCOL, "badArgument: Set does not exist"},
		{"<feed><entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>"
	         "incorrect id</summary></entry></feed>",
	         SHEAF_ERROR_PROTOCOL, "incorrect id"},
		{OAI_HEAD "<Identify/></OAI-PMH>", SHEAF_ERROR_PROTOCOL, "Identify"},
		{OAI_HEAD
	         "<ListRecords><record><metadata><marc/></metadata></record></ListRecords></OAI-PMH>",
	         SHEAF_ERROR_PROTOCOL, "marc"},
		{OAI_HEAD "<responseDate>2021-01-01</responseDate></OAI-PMH>", SHEAF_ERROR_IO,
	         "holds no records"},
		{"<rss><channel><title>Feed error for query: x</title></channel></rss>",
	         SHEAF_ERROR_PROTOCOL, "Feed error for query: x"},
		{"Rate exceeded.", SHEAF_ERROR_IO, "unknown format"},
		{"", SHEAF_ERROR_IO, "is empty"},
		{" \n", SHEAF_ERROR_IO, "is empty"},
	};
	fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(import_text(f, cases[i].text), cases[i].status);
		assert_non_null(strstr(f->err.message, "/file: "));
		if (!strstr(f->err.message, cases[i].words))
			fail_msg("no '%s' in '%s'", cases[i].words, f->err.message);
	}
	assert_int_equal(import(f, in_folder(f, "missing")), SHEAF_ERROR_IO);
	finish(f);
	assert_int_equal(f->stats.records, 0);
	assert_string_equal(buf_str(&f->rejects), "");
}

/* Answers without a paper are answers. */
static void test_nothing_new(void **state)
{
	fixture *f = *state;

	must(import_text(f, OAI_HEAD "<error code='noRecordsMatch'>nothing</error></OAI-PMH>"),
	     &f->err);
	must(import_text(f, "<feed xmlns='http://www.w3.org/2005/Atom'/>"), &f->err);
	must(import_text(f, "<rss><channel/></rss>"), &f->err);
	finish(f);
	assert_int_equal(f->stats.files, 3);
	assert_int_equal(f->stats.records, 0);
}

static void test_named_format(void **state)
{
	fixture *f = *state;

	again(f, (sheaf_import_options){.format = SHEAF_SOURCE_JSONL});
	must(import_text(f, ""), &f->err);
	must(import_text(f, "HTTP/1.1 200 OK\r\n\r\n{\"id\":\"2101.00001\"}"), &f->err);
	finish(f);
	assert_int_equal(f->stats.added, 1);
	again(f, (sheaf_import_options){.format = SHEAF_SOURCE_ATOM});
	assert_int_equal(import_text(f, "{\"id\":\"2101.00001\"}"), SHEAF_ERROR_PROTOCOL);
	again(f, (sheaf_import_options){.format = SHEAF_SOURCE_RSS});
	assert_int_equal(import_text(f, "<feed/>"), SHEAF_OK);
	assert_int_equal(import_text(f, "<OAI-PMH/>"), SHEAF_ERROR_PROTOCOL);
}

static void test_strict(void **state)
{
	fixture *f = *state;

	again(f, (sheaf_import_options){.strict = 1});
	must(import_text(f, "{\"id\":\"2101.00001\"}\nbroken\n{\"id\":\"2101.00002\"}\n"), &f->err);
	must(import_text(f, "{\"id\":\"2101.00003\"}\n"), &f->err);
	finish(f);
	assert_int_equal(f->stats.added, 2);
	assert_int_equal(f->stats.rejected, 1);
}

/* ---- folders and archives ---- */

static void test_folder(void **state)
{
	static const char *const names[] = {"a.xml", "b.txt", "c.xml", "d.jsonl", ".hidden"};
	fixture                 *f = *state;

	put(f, "a.xml", OAI_HEAD "<error code='badVerb'>no such verb</error></OAI-PMH>");
	put(f, "b.txt", "just words");
	put(f, "c.xml", OAI_HEAD "<GetRecord>" RECORD("2101.00001") "</GetRecord></OAI-PMH>");
	put(f, "d.jsonl", "{\"id\":\"2101.00002\"}\nbroken\n");
	put(f, ".hidden", "{\"id\":\"2101.00003\"}\n");
	must(import(f, f->folder), &f->err);
	finish(f);
	assert_int_equal(f->stats.added, 2);
	assert_int_equal(f->stats.rejected, 3);
	assert_int_equal(f->stats.records, 3);
	assert_memory_equal(
		buf_str(&f->rejects),
		"a.xml#0 arXiv answered with an error: badVerb: no such verb\nb.txt#0 unknown "
		"format: neither JSON Lines "
		"nor OAI-PMH, Atom or RSS\nd.jsonl:2 broken JSON",
		80);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlink(in_folder(f, names[i]));
}

static void test_bad_folder(void **state)
{
	fixture *f = *state;

	assert_int_equal(import(f, f->folder), SHEAF_ERROR_IO);
	assert_non_null(strstr(f->err.message, "holds no files"));
	put(f, "b.txt", "just words");
	assert_int_equal(import(f, f->folder), SHEAF_ERROR_IO);
	assert_non_null(strstr(f->err.message, "no file in it could be read"));
	unlink(f->path);
	finish(f);
	assert_int_equal(f->stats.rejected, 1);
}

static void test_archive(void **state)
{
	static const char line[] = "{\"id\":\"2101.00001\"}\n", page[] = RECORD("2101.00002");
	static const packed_file files[] = {{"notes/", "", 0},
	                                    {"notes/read.me", "words", 5},
	                                    {"x.jsonl", line, sizeof line - 1},
	                                    {"y.xml", page, sizeof page - 1}};
	fixture                 *f = *state;

	packed_archive(in_folder(f, "all.zip"), ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, files, 4);
	must(import(f, f->path), &f->err);
	finish(f);
	assert_int_equal(f->stats.added, 2);
	assert_int_equal(f->stats.files, 2);
	assert_string_equal(
		buf_str(&f->rejects),
		"all.zip:notes/read.me#0 unknown format: neither JSON Lines nor OAI-PMH, Atom or RSS\n");
	unlink(f->path);
}

/* ---- stopping ---- */

static void test_interrupt(void **state)
{
	fixture *f = *state;
	buf      text = BUF_INIT(0);

	f->stop_at = 100;
	lines(&text, 1, 5000);
	assert_int_equal(import_text(f, text.data), SHEAF_ERROR_INTERRUPTED);
	finish(f);
	assert_true(f->stats.records >= 100);
	assert_true(f->stats.records < 5000);
	assert_int_equal(documents(f), f->stats.added);
	/* It can go on. */
	f->stop_at = 0;
	again(f, (sheaf_import_options){0});
	must(import_text(f, text.data), &f->err);
	finish(f);
	assert_int_equal(documents(f), 5000);
	buf_free(&text);
}

/* A writer that fails ends the import, and the thread that reads. */
static void test_writer_fails(void **state)
{
	fixture        *f = *state;
	sheaf_database *reader;
	sheaf_import   *import_ro;
	buf             text = BUF_INIT(0);
	sheaf_error     err = {0};

	lines(&text, 1, 5000);
	put(f, "file", text.data);
	must(sheaf_database_open(f->db_path, SHEAF_DB_READ_ONLY, NULL, &reader, &err), &err);
	must(sheaf_import_new(reader, NULL, &import_ro, &err), &err);
	assert_int_equal(sheaf_import_file(import_ro, f->path, &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	sheaf_import_free(import_ro);
	sheaf_database_close(reader);
	unlink(f->path);
	buf_free(&text);
}

static void test_not_finished(void **state)
{
	fixture *f = *state;

	must(import_text(f, "{\"id\":\"2101.00001\"}\n"), &f->err);
	again(f, (sheaf_import_options){0});
	assert_int_equal(documents(f), 0);
}

/* Inside the caller's transaction the import neither commits nor cancels. */
static void test_callers_transaction(void **state)
{
	fixture *f = *state;

	must(sheaf_database_begin_transaction(f->db, &f->err), &f->err);
	again(f, (sheaf_import_options){.batch = 1});
	must(import_text(f, "{\"id\":\"2101.00001\"}\n{\"id\":\"2101.00002\"}\n"), &f->err);
	finish(f);
	assert_int_equal(documents(f), 2);
	sheaf_database_cancel_transaction(f->db);
	assert_int_equal(documents(f), 0);
}

static int64_t hits(fixture *f, const char *query)
{
	sheaf_mset *mset;
	sheaf_error err = {0};
	size_t      size;

	must(scratch_search(f->db, query, SHEAF_OP_AND, 100, &mset, &err), &err);
	size = sheaf_mset_size(mset);
	sheaf_mset_free(mset);
	return (int64_t)size;
}

static void check(fixture *f)
{
	sheaf_error err = {0};

	must(sheaf_database_check(f->db, &err), &err);
}

/*
 * What one record brings, the next one of the same paper keeps or changes: also in one transaction, and where
 * the text that is indexed has to be put together from both.
 */
static void papers_that_come_again(fixture *f, int jobs, int64_t batch)
{
	static const char first[] =
		"{\"id\":\"2101.00001\",\"title\":\"alpha\",\"comments\":\"kept\"}\n"
		"{\"id\":\"2101.00002\",\"title\":\"alpha\"}\n"
		"{\"id\":\"2101.00001\",\"title\":\"beta\"}\n"
		"{\"id\":\"2101.00001\",\"title\":\"gamma\"}\n"
		"{\"id\":\"2101.00002\",\"title\":\"delta\"}\n"
		"{\"id\":\"2101.00002\",\"title\":\"delta\"}\n";
	static const char second[] = "{\"id\":\"2101.00001\",\"title\":\"epsilon\"}\n"
				     "{\"id\":\"2101.00003\",\"title\":\"epsilon\"}\n"
				     "{\"id\":\"2101.00001\",\"title\":\"epsilon\"}\n"
				     "{\"id\":\"2101.00001\",\"comments\":\"last\"}\n";

	again(f, (sheaf_import_options){.jobs = jobs, .batch = batch});
	must(import_text(f, first), &f->err);
	must(import_text(f, second), &f->err);
	finish(f);
	assert_int_equal(f->stats.records, 10);
	assert_int_equal(f->stats.added, 3);
	assert_int_equal(f->stats.updated, 5);
	assert_int_equal(f->stats.unchanged, 2);
	assert_int_equal(f->stats.rejected, 0);
	check(f);
	assert_int_equal(hits(f, "alpha OR beta OR gamma OR kept"), 0);
	assert_int_equal(hits(f, "delta"), 1);
	assert_int_equal(hits(f, "epsilon"), 2);
	assert_int_equal(hits(f, "epsilon last"), 1);
}

static void test_again_in_one_batch(void **state)
{
	papers_that_come_again(*state, 0, 0);
}

static void test_again_on_one_thread(void **state)
{
	papers_that_come_again(*state, 1, 3);
}

static void test_again_one_by_one(void **state)
{
	papers_that_come_again(*state, 2, 1);
}

/* Between two files of an import, and within the caller's transaction, all that was read is there. */
static void test_between_files(void **state)
{
	fixture *f = *state;

	for (int own = 0; own < 2; own++) {
		if (!own)
			must(sheaf_database_begin_transaction(f->db, &f->err), &f->err);
		again(f, (sheaf_import_options){0});
		must(import_text(f, "{\"id\":\"2101.00001\",\"title\":\"alpha\"}\n"), &f->err);
		assert_int_equal(hits(f, "alpha"), 1);
		must(sheaf_database_delete_document(f->db, "2101.00001", &f->err), &f->err);
		must(import_text(f, "{\"id\":\"2101.00002\",\"title\":\"alpha\"}\n"), &f->err);
		must(sheaf_database_delete_document(f->db, "2101.00002", &f->err), &f->err);
		must(import_text(f, "{\"id\":\"2101.00003\",\"title\":\"alpha\"}\n"), &f->err);
		finish(f);
		assert_int_equal(hits(f, "alpha"), 1);
		check(f);
		if (!own)
			sheaf_database_cancel_transaction(f->db);
	}
	check(f);
	assert_int_equal(documents(f), 1);
}

/* Many batches, each replacing papers of those before it. */
static void test_batches_over_batches(void **state)
{
	fixture *f = *state;
	buf      text = BUF_INIT(0);

	again(f, (sheaf_import_options){.batch = 64});
	for (int round = 0; round < 4; round++)
		for (int i = 0; i < 300; i++)
			buf_printf(&text, "{\"id\":\"2101.%05d\",\"title\":\"round%d lamp%d\"}\n",
			           i * (round + 1) % 300 + 1, round, i % 9);
	must(import_text(f, text.data), &f->err);
	finish(f);
	assert_int_equal(f->stats.records, 1200);
	assert_int_equal(documents(f), 300);
	check(f);
	buf_free(&text);
}

/* An index whose pages have a form that is not sheaf's to write is left to FTS5. */
static void test_without_batches(void **state)
{
	fixture *f = *state;
	buf      text = BUF_INIT(0);

	must(index_option(f->db, "pgsz", 65536, &f->err), &f->err);
	for (int jobs = 1; jobs < 3; jobs++) {
		again(f, (sheaf_import_options){.jobs = jobs, .batch = 70});
		buf_clear(&text);
		lines(&text, 1 + 100 * jobs, 200);
		must(import_text(f, text.data), &f->err);
		finish(f);
		check(f);
	}
	assert_int_equal(documents(f), 300);
	papers_that_come_again(f, 0, 0);
	buf_free(&text);
}

static void test_arguments(void **state)
{
	fixture                   *f = *state;
	const sheaf_import_options negative = {.jobs = -1};
	sheaf_import              *none;

	assert_int_equal(sheaf_import_new(f->db, &negative, &none, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(none);
	assert_int_equal(sheaf_import_new(NULL, NULL, &none, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_import_file(f->import, NULL, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_import_free(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_counts),
		TEST(test_xml),
		TEST(test_many),
		TEST(test_large),
		TEST(test_cut_off),
		TEST(test_malformed),
		TEST(test_refused),
		TEST(test_nothing_new),
		TEST(test_named_format),
		TEST(test_strict),
		TEST(test_folder),
		TEST(test_bad_folder),
		TEST(test_archive),
		TEST(test_interrupt),
		TEST(test_writer_fails),
		TEST(test_not_finished),
		TEST(test_callers_transaction),
		TEST(test_again_in_one_batch),
		TEST(test_again_on_one_thread),
		TEST(test_again_one_by_one),
		TEST(test_between_files),
		TEST(test_batches_over_batches),
		TEST(test_without_batches),
		TEST(test_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

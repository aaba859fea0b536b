/*
 * Every allocation may fail. Each scenario is run again and again, each time with another
 * allocation refused, once alone and once with all that follow: it must end with an error that says
 * so or with success and the same outcome as ever, leak nothing, and leave a database that passes
 * its check.
 */
#include <string.h>

#include "failing_malloc.h"
#include "hash.h"
#include "oom_writers.h"
#include "scratch_db.h"
#include "source.h"

#if FAILING_MALLOC

enum {
	EACH = 300,   /* the first allocations are refused one by one, */
	SPREAD = 150, /* of the rest so many, evenly spread */
	OTHERS_MAX = 3
};

typedef struct scenario {
	const char *name;
	sheaf_status (*run)(const char *path, sheaf_error *err);
	int          with_database;      /* 1: starts from a database with papers in it */
	int          own_only;           /* 1: libraries behind us are spared, see below */
	sheaf_status others[OTHERS_MAX]; /* by which a library behind us tells the same */
} scenario;

/* A hash of what a scenario has produced. */
static uint64_t outcome;

static void produced(const void *bytes, size_t len)
{
	outcome = hash_bytes(outcome, bytes, len);
}

static void produced_text(const char *text)
{
	produced(text ? text : "", text ? strlen(text) + 1 : 1);
}

static void produced_document(const sheaf_document *doc)
{
	for (int f = SHEAF_FIELD_TITLE; f <= SHEAF_FIELD_PROXY; f++)
		produced_text(sheaf_document_get_text(doc, (sheaf_field)f));
	for (int f = SHEAF_FIELD_SUBMITTED; f < SHEAF_FIELD_LENGTH; f++) {
		int64_t value = sheaf_document_get_value(doc, (sheaf_field)f);

		produced(&value, sizeof value);
	}
	for (size_t i = 0; i < sheaf_document_author_count(doc); i++)
		produced_text(sheaf_document_get_author(doc, i)->affiliation);
}

/* ---- scenarios ---- */

static sheaf_status put_paper(sheaf_database *db, sheaf_document *doc, int i, sheaf_error *err)
{
	const sheaf_author author = {.name = "Ada Elmwood", .affiliation = "Institute of Ferns"};
	char               id[32], title[64];
	sheaf_status       status;

	snprintf(id, sizeof id, "2001.%05d", i);
	snprintf(title, sizeof title, "Fern number %d of the northern slopes", i);
	status = scratch_paper(doc, id, title, "Ferns, mosses and lichens; Schr\\\"odinger's too.",
	                       err);
	if (status == SHEAF_OK)
		status = sheaf_document_add_author(doc, &author, err);
	if (status == SHEAF_OK)
		status = sheaf_document_add_category(doc, "q-bio.PE", err);
	if (status == SHEAF_OK)
		status = sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, 1577900000 + i, err);
	if (status == SHEAF_OK && i % 2)
		status = add_own(doc, err);
	if (status == SHEAF_OK)
		status = sheaf_database_replace_document(db, doc, NULL, NULL, err);
	return status;
}

static sheaf_status put_papers(sheaf_database *db, int first, int count, sheaf_error *err)
{
	sheaf_document *doc = NULL;
	sheaf_status    status = sheaf_document_new(&doc, err);

	if (status == SHEAF_OK)
		status = sheaf_database_begin_transaction(db, err);
	for (int i = first; status == SHEAF_OK && i < first + count; i++)
		status = put_paper(db, doc, i, err);
	if (status == SHEAF_OK)
		status = sheaf_database_commit_transaction(db, err);
	else
		sheaf_database_cancel_transaction(db);
	sheaf_document_free(doc);
	return status;
}

static sheaf_status run_create(const char *path, sheaf_error *err)
{
	sheaf_database *db = NULL;
	sheaf_status    status = sheaf_database_open(path, SHEAF_DB_CREATE_OR_OPEN, NULL, &db, err);

	if (status == SHEAF_OK)
		status = put_papers(db, 1, 3, err);
	sheaf_database_close(db);
	return status;
}

/* Changes papers that are there, adds some, removes one. */
static sheaf_status run_update(const char *path, sheaf_error *err)
{
	sheaf_database *db = NULL;
	sheaf_status    status = sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, err);

	if (status == SHEAF_OK)
		status = put_papers(db, 3, 3, err);
	if (status == SHEAF_OK)
		status = sheaf_database_delete_document(db, "2001.00004", err);
	sheaf_database_close(db);
	return status;
}

static sheaf_status search(sheaf_database *db, const char *text, sheaf_error *err)
{
	const sheaf_document *doc = NULL;
	sheaf_mset           *mset = NULL;
	char                 *snippet = NULL;
	sheaf_status          status = scratch_search(db, text, SHEAF_OP_AND, 10, &mset, err);

	if (status == SHEAF_OK && sheaf_mset_size(mset))
		status = sheaf_mset_snippet(mset, 0, SHEAF_FIELD_ABSTRACT, 8, "[", "]", &snippet,
		                            err);
	if (status == SHEAF_OK && sheaf_mset_size(mset))
		status = sheaf_mset_get_document(mset, 0, &doc, err);
	for (size_t i = 0; status == SHEAF_OK && i < sheaf_mset_size(mset); i++) {
		sheaf_docid docid = sheaf_mset_get_docid(mset, i);
		double      weight = sheaf_mset_get_weight(mset, i);

		produced(&docid, sizeof docid);
		produced(&weight, sizeof weight);
	}
	if (doc)
		produced_document(doc);
	produced_text(snippet);
	sheaf_free(snippet);
	sheaf_mset_free(mset);
	return status;
}

static sheaf_status run_search(const char *path, sheaf_error *err)
{
	static const char *const queries[] = {
		"ferns",
		"\"northern slopes\" moss*",
		"ti:fern AND (mosses OR =lichens) NOT nothing",
		"cat:q-bio.PE submitted:2020..",
		"fern cat:q-bio.PE -au:nobody -au:\"A. No-Body\" -au:=\"No Body\"",
	};
	sheaf_database *db = NULL;
	sheaf_status    status = sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, err);

	for (size_t i = 0; status == SHEAF_OK && i < sizeof queries / sizeof *queries; i++)
		status = search(db, queries[i], err);
	sheaf_database_close(db);
	return status;
}

static int take_value(void *ctx, const char *value, size_t len, int64_t count)
{
	(void)ctx;
	produced(value, len);
	produced(&count, sizeof count);
	return 0;
}

/* Counts all kinds of facets in one run. */
static sheaf_status count_facets(sheaf_database *db, sheaf_enquire *enquire, sheaf_error *err)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_CATEGORY, SHEAF_FIELD_AUTHOR,
	                                     SHEAF_FIELD_DATE};
	enum { FIELDS = sizeof fields / sizeof *fields };
	sheaf_match_spy *spies[FIELDS + 1] = {NULL};
	sheaf_mset      *mset = NULL;
	sheaf_status     status = sheaf_slot_count_match_spy_new(db, 5, &spies[FIELDS], err);

	for (size_t i = 0; status == SHEAF_OK && i < FIELDS; i++)
		status = sheaf_value_count_match_spy_new(db, fields[i], &spies[i], err);
	for (size_t i = 0; status == SHEAF_OK && i <= FIELDS; i++)
		status = sheaf_enquire_add_matchspy(enquire, spies[i], err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_get_mset(enquire, 0, 1, &mset, err);
	for (size_t i = 0; status == SHEAF_OK && i <= FIELDS; i++)
		status = sheaf_match_spy_top_values(spies[i], 3, take_value, NULL, err);
	for (size_t i = 0; i <= FIELDS; i++)
		sheaf_match_spy_free(spies[i]);
	sheaf_mset_free(mset);
	return status;
}

static sheaf_status run_facets(const char *path, sheaf_error *err)
{
	sheaf_database *db = NULL;
	sheaf_enquire  *enquire = NULL;
	sheaf_query    *query = NULL;
	sheaf_status    status = sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, err);

	if (status == SHEAF_OK)
		status = sheaf_enquire_new(db, &enquire, err);
	if (status == SHEAF_OK)
		status = sheaf_query_new_term(SHEAF_FIELD_TITLE, "fern", 1, &query, err);
	if (status == SHEAF_OK) {
		sheaf_enquire_set_query(enquire, query);
		status = count_facets(db, enquire, err);
	}
	sheaf_enquire_free(enquire);
	sheaf_database_close(db);
	return status;
}

static sheaf_status run_check(const char *path, sheaf_error *err)
{
	sheaf_database *db = NULL;
	sheaf_status    status = sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, err);

	if (status == SHEAF_OK)
		status = sheaf_database_check(db, err);
	if (status == SHEAF_OK)
		status = sheaf_database_reindex(db, NULL, err);
	sheaf_database_close(db);
	return status;
}

static sheaf_status run_query(const char *path, sheaf_error *err)
{
	sheaf_query_parser *parser = NULL;
	sheaf_query        *query = NULL;
	char               *text = NULL;
	sheaf_status        status = sheaf_query_parser_new(&parser, err);

	(void)path;
	if (status == SHEAF_OK)
		status = sheaf_query_parser_parse_query(
			parser,
			"(a OR \"b c\") -ti:d* au:\"E F\" cat:cs.NE "
			"submitted:2020..2021 x:y =g NOT h",
			SHEAF_FLAG_DEFAULT, &query, err);
	if (status == SHEAF_OK)
		status = sheaf_query_get_description(query, &text, err);
	produced_text(text);
	sheaf_free(text);
	sheaf_query_free(query);
	sheaf_query_parser_free(parser);
	return status;
}

static const char input_jsonl[] =
	"{\"id\":\"2001.00001\",\"title\":\"Ferns\",\"abstract\":\"Many.\","
	"\"authors\":\"A. B, C. D\","
	"\"categories\":\"q-bio.PE math.CO\",\"versions\":[{\"version\":\"v1\",\"created\":"
	"\"Wed, 1 Jan 2020 00:00:00 GMT\"}],\"update_date\":\"2020-01-02\",\"doi\":\"10.5555/1\","
	"\"sheaf\":{\"data\":\"eA==\",\"slots\":[[1,\"eA==\"]],\"terms\":[[\"x\",1]]}}\n"
	"{\"id\":\"2001.00002\",\"title\":\"Mosses\t\\\"green\\\"\",\"abstract\":\"Few.\","
	"\"authors\":\"E. F\"}\n";

static const char input_oai[] =
	"<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><responseDate>2020-01-03T00:00:00Z"
	"</responseDate><request verb=\"ListRecords\">http://localhost/oai</request>"
	"<ListRecords><record>"
	"<header><identifier>oai:arXiv.org:2001.00001</identifier><datestamp>2020-01-02</datestamp>"
	"</header><metadata><arXivRaw xmlns=\"http://arxiv.org/OAI/arXivRaw/\"><id>2001.00001</id>"
	"<version version=\"v1\"><date>Wed, 1 Jan 2020 00:00:00 GMT</date>"
	"<size>1kb</size></version>"
	"<title>Ferns &amp; mosses</title><authors>A. B, C. D</authors>"
	"<categories>q-bio.PE</categories>"
	"<abstract>Many.</abstract></arXivRaw></metadata></record></ListRecords></OAI-PMH>";

static const char input_atom[] =
	"<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title><entry>"
	"<id>http://arxiv.org/abs/2001.00001v1</id><title>Ferns</title><summary>Many.</summary>"
	"<published>2020-01-01T00:00:00Z</published><updated>2020-01-01T00:00:00Z</updated>"
	"<author><name>A. B</name></author><category term=\"q-bio.PE\"/></entry></feed>";

static const char input_dc[] =
	"<ListRecords><record><header><identifier>oai:arXiv.org:2001.00001</identifier>"
	"<setSpec>cs:cs:NE</setSpec></header><metadata><dc><title>Ferns</title>"
	"<creator>B, A</creator><subject>Mathematics - Logic</subject><description>Many.</description>"
	"<identifier>doi:10.5555/1</identifier></dc></metadata><about><paper><version>2</version>"
	"<author><name>A B</name></author></paper></about></record></ListRecords>";

static const char input_rss[] =
	"<rss><channel><title>q-bio.PE updates on arXiv.org</title>"
	"<pubDate>Mon, 09 Mar 2026 00:00:00 -0400</pubDate><item>"
	"<title>Ferns. (arXiv:2001.00001v2 [q-bio.PE] UPDATED)</title>"
	"<description>&lt;p&gt;Many &amp;amp; more.&lt;/p&gt;</description>"
	"<creator>&lt;a href=\"x\"&gt;A. B&lt;/a&gt;, C. D</creator></item></channel></rss>";

static int take_document(void *ctx, sheaf_document *doc, int64_t number)
{
	(void)ctx, (void)number;
	produced_document(doc);
	return 0;
}

static int take_reject(void *ctx, int64_t number, const char *reason)
{
	(void)ctx, (void)number;
	produced_text(reason);
	return 0;
}

static sheaf_status parse(sheaf_source_format format, const char *input, sheaf_error *err)
{
	const source_sink sink = {.document = take_document, .reject = take_reject};
	source_parser    *parser = NULL;
	sheaf_status      status = source_parser_new(format, &sink, &parser, err);

	if (status == SHEAF_OK)
		status = source_feed(parser, input, strlen(input), err);
	if (status == SHEAF_OK)
		status = source_finish(parser, NULL, err);
	source_parser_free(parser);
	return status;
}

static sheaf_status run_parse_jsonl(const char *path, sheaf_error *err)
{
	(void)path;
	return parse(SHEAF_SOURCE_JSONL, input_jsonl, err);
}

static sheaf_status run_parse_oai(const char *path, sheaf_error *err)
{
	(void)path;
	return parse(SHEAF_SOURCE_OAI, input_oai, err);
}

static sheaf_status run_parse_atom(const char *path, sheaf_error *err)
{
	(void)path;
	return parse(SHEAF_SOURCE_ATOM, input_atom, err);
}

static sheaf_status run_parse_dc(const char *path, sheaf_error *err)
{
	(void)path;
	return parse(SHEAF_SOURCE_OAI, input_dc, err);
}

static sheaf_status run_parse_rss(const char *path, sheaf_error *err)
{
	(void)path;
	return parse(SHEAF_SOURCE_RSS, input_rss, err);
}

static const char import_path[] = "oom-import.jsonl";

static sheaf_status run_import(const char *path, sheaf_error *err)
{
	sheaf_database *db = NULL;
	sheaf_import   *import = NULL;
	sheaf_status    status = sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, err);

	if (status == SHEAF_OK)
		status = sheaf_import_new(db, NULL, &import, err);
	if (status == SHEAF_OK)
		status = sheaf_import_file(import, import_path, err);
	if (status == SHEAF_OK)
		status = sheaf_import_finish(import, NULL, err);
	sheaf_import_free(import);
	sheaf_database_close(db);
	return status;
}

static int take_bytes(void *ctx, const char *bytes, size_t len)
{
	(void)ctx;
	produced(bytes, len);
	return 0;
}

static sheaf_status run_write_papers(const char *path, sheaf_error *err)
{
	(void)path;
	return write_all(SHEAF_LIST_PAPERS, take_bytes, err);
}

static sheaf_status run_write_search(const char *path, sheaf_error *err)
{
	(void)path;
	return write_all(SHEAF_LIST_SEARCH, take_bytes, err);
}

static sheaf_status run_write_digest(const char *path, sheaf_error *err)
{
	(void)path;
	return write_all(SHEAF_LIST_DIGEST, take_bytes, err);
}

/*
 * Libraries are spared where they cannot do better: jansson calls a text broken for which it had no
 * memory, and libarchive then ends the process.
 */
static void produced_eset(const sheaf_eset *eset)
{
	for (size_t i = 0; i < sheaf_eset_size(eset); i++) {
		double weight = sheaf_eset_get_weight(eset, i);

		produced_text(sheaf_eset_get_term(eset, i));
		produced(&weight, sizeof weight);
	}
}

static sheaf_status expand(sheaf_enquire *enquire, sheaf_error *err)
{
	const sheaf_eset_options options = {.scheme = SHEAF_EXPANSION_BO1};
	sheaf_rset              *rset = NULL;
	sheaf_eset              *eset = NULL;
	sheaf_query             *query = NULL;
	sheaf_status             status = sheaf_rset_new(&rset, err);

	if (status == SHEAF_OK)
		status = sheaf_rset_add_document(rset, 1, 1, err);
	if (status == SHEAF_OK)
		status = sheaf_rset_add_text(rset, "Lichens of the slopes", SIZE_MAX, 0.5, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_get_eset(enquire, 5, rset, &options, &eset, err);
	if (status == SHEAF_OK)
		status = sheaf_eset_get_query(eset, 1, &query, err);
	if (status == SHEAF_OK) {
		produced_eset(eset);
		status = sheaf_enquire_expand(enquire, 2, 3, err);
	}
	sheaf_query_free(query);
	sheaf_eset_free(eset);
	sheaf_rset_free(rset);
	return status;
}

/* A query that grows, with filters and exclusions around it. */
static sheaf_status run_expand(const char *path, sheaf_error *err)
{
	sheaf_database     *db = NULL;
	sheaf_query_parser *parser = NULL;
	sheaf_enquire      *enquire = NULL;
	sheaf_query        *query = NULL;
	sheaf_mset         *mset = NULL;
	sheaf_status        status = sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, err);

	if (status == SHEAF_OK)
		status = sheaf_query_parser_new(&parser, err);
	if (status == SHEAF_OK)
		status = sheaf_query_parser_parse_query(
			parser, "(ferns northern cat:q-bio.PE)^2 NOT whales", SHEAF_FLAG_DEFAULT,
			&query, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_new(db, &enquire, err);
	if (status == SHEAF_OK) {
		sheaf_enquire_set_query(enquire, query);
		query = NULL;
		status = expand(enquire, err);
	}
	if (status == SHEAF_OK)
		status = sheaf_enquire_get_mset(enquire, 0, 10, &mset, err);
	for (size_t i = 0; status == SHEAF_OK && i < sheaf_mset_size(mset); i++) {
		sheaf_docid docid = sheaf_mset_get_docid(mset, i);

		produced(&docid, sizeof docid);
	}
	sheaf_mset_free(mset);
	sheaf_query_free(query);
	sheaf_enquire_free(enquire);
	sheaf_query_parser_free(parser);
	sheaf_database_close(db);
	return status;
}

static const scenario scenarios[] = {
	{"create", run_create, 0, 0, {0}},
	{"update", run_update, 1, 0, {0}},
	{"search", run_search, 1, 0, {0}},
	{"facets", run_facets, 1, 0, {0}},
	{"expand", run_expand, 1, 0, {0}},
	{"check and reindex", run_check, 1, 0, {SHEAF_ERROR_IO}},
	{"query", run_query, 0, 0, {0}},
	{"parse JSON Lines", run_parse_jsonl, 0, 1, {SHEAF_ERROR_PROTOCOL}},
	{"parse OAI-PMH", run_parse_oai, 0, 0, {SHEAF_ERROR_PROTOCOL}},
	{"parse Atom", run_parse_atom, 0, 0, {SHEAF_ERROR_PROTOCOL}},
	{"parse oai_dc", run_parse_dc, 0, 0, {SHEAF_ERROR_PROTOCOL}},
	{"parse RSS", run_parse_rss, 0, 0, {SHEAF_ERROR_PROTOCOL}},
	{"import", run_import, 1, 1, {SHEAF_ERROR_IO, SHEAF_ERROR_PROTOCOL}},
	{"write papers", run_write_papers, 0, 0, {0}},
	{"write a search", run_write_search, 0, 0, {0}},
	{"write a digest", run_write_digest, 0, 0, {0}},
};

/* ---- the loop ---- */

static char template_path[SCRATCH_PATH_SIZE], work_path[SCRATCH_PATH_SIZE];

static void copy_file(const char *from, const char *to)
{
	FILE  *in = fopen(from, "rb"), *out = fopen(to, "wb");
	char   bytes[65536];
	size_t n;

	assert_non_null(in);
	assert_non_null(out);
	while ((n = fread(bytes, 1, sizeof bytes, in)) > 0)
		assert_int_equal(fwrite(bytes, 1, n, out), n);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

static void prepare(const scenario *s)
{
	scratch_remove(work_path);
	if (s->with_database)
		copy_file(template_path, work_path);
}

static int told_well(const scenario *s, sheaf_status status, const sheaf_error *err)
{
	if (status == SHEAF_OK)
		return 1;
	if (err->status != status || !*err->message)
		return 0;
	for (size_t i = 0; i < OTHERS_MAX; i++)
		if (s->others[i] != SHEAF_OK && status == s->others[i])
			return 1;
	return status == SHEAF_ERROR_NOMEM;
}

/* What is printed on standard error while a scenario runs, which should be nothing. */
static FILE *heard;

static sheaf_status run_heard(const scenario *s, memory_mode mode, long n, sheaf_error *err)
{
	int          standard_error = dup(STDERR_FILENO);
	sheaf_status status;

	rewind(heard);
	assert_int_equal(ftruncate(fileno(heard), 0), 0);
	assert_true(dup2(fileno(heard), STDERR_FILENO) >= 0);
	memory_arm(mode, n);
	status = s->run(work_path, err);
	memory_disarm();
	assert_true(dup2(standard_error, STDERR_FILENO) >= 0);
	close(standard_error);
	return status;
}

/* Runs a scenario with allocation `n` refused; answers the blocks that it did not give back. */
static long run_once(const scenario *s, memory_mode mode, long n, long *asked, sheaf_status *status)
{
	sheaf_error err = {0};
	long        blocks;

	prepare(s);
	outcome = HASH_SEED;
	blocks = atomic_load(&memory_blocks);
	atomic_store(&memory_own_only, s->own_only);
	*status = run_heard(s, mode, n, &err);
	*asked = memory_disarm();
	blocks = atomic_load(&memory_blocks) - blocks;
	if (!told_well(s, *status, &err))
		fail_msg("%s: allocation %ld, mode %d: %s (%d): %s", s->name, n, (int)mode,
		         sheaf_status_string(*status), (int)*status, err.message);
	if (lseek(fileno(heard), 0, SEEK_END) != 0)
		fail_msg("%s: allocation %ld, mode %d: something was printed", s->name, n,
		         (int)mode);
	return blocks;
}

static int walk(void *ctx, const sheaf_document *doc)
{
	(void)ctx;
	produced_document(doc);
	return 0;
}

/* Checks what a scenario has left, and adds it to the outcome. */
static void check_database(const scenario *s, long n)
{
	sheaf_database *db = NULL;
	sheaf_error     err = {0};
	sheaf_status    status;

	if (access(work_path, F_OK) != 0)
		return;
	status = sheaf_database_open(work_path, SHEAF_DB_CREATE_OR_OPEN, NULL, &db, &err);
	if (status == SHEAF_OK)
		status = sheaf_database_check(db, &err);
	if (status == SHEAF_OK)
		status = sheaf_database_each_document(db, 0, walk, NULL, &err);
	sheaf_database_close(db);
	if (status != SHEAF_OK)
		fail_msg("%s: after allocation %ld: %s", s->name, n, err.message);
}

static void refuse(const scenario *s, memory_mode mode, long n, uint64_t expected)
{
	sheaf_status status;
	long         asked, kept = run_once(s, mode, n, &asked, &status);

	/* Libraries keep what they set up once; what leaks does so each time. */
	if (kept > 0)
		kept = run_once(s, mode, n, &asked, &status);
	if (kept > 0)
		kept = run_once(s, mode, n, &asked, &status);
	if (kept > 0)
		fail_msg("%s: allocation %ld, mode %d: %ld blocks leaked", s->name, n, (int)mode,
		         kept);
	check_database(s, n);
	if (status == SHEAF_OK && outcome != expected)
		fail_msg("%s: allocation %ld, mode %d: success, but with another outcome", s->name,
		         n, (int)mode);
}

static void run_scenario(const scenario *s)
{
	sheaf_status status;
	long         count = 0, stride;
	uint64_t     expected;

	/* Once to set up what libraries keep, once to count. */
	for (int i = 0; i < 2; i++) {
		run_once(s, MEMORY_ENOUGH, 0, &count, &status);
		assert_int_equal(status, SHEAF_OK);
	}
	check_database(s, -1);
	expected = outcome;
	assert_true(count > 0);
	stride = count > EACH ? (count - EACH) / SPREAD + 1 : 1;
	for (long n = 0; n < count; n += n < EACH ? 1 : stride) {
		refuse(s, MEMORY_FAILS_ONCE, n, expected);
		refuse(s, MEMORY_FAILS_ON, n, expected);
	}
}

static void every_allocation_may_fail(void **state)
{
	run_scenario(*state);
}

static int set_up(void **state)
{
	sheaf_database *db = NULL;
	sheaf_error     err;
	FILE           *file = fopen(import_path, "w");

	(void)state;
	heard = tmpfile();
	assert_non_null(heard);
	assert_non_null(file);
	fputs(input_jsonl, file);
	fclose(file);
	scratch_path(template_path, "oom-template");
	scratch_path(work_path, "oom");
	must(sheaf_database_open(template_path, SHEAF_DB_CREATE, NULL, &db, &err), &err);
	must(put_papers(db, 1, 4, &err), &err);
	sheaf_database_close(db);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	scratch_remove(template_path);
	scratch_remove(work_path);
	unlink(import_path);
	fclose(heard);
	return 0;
}

int main(void)
{
	enum { COUNT = sizeof scenarios / sizeof *scenarios };
	struct CMUnitTest tests[COUNT];

	for (size_t i = 0; i < COUNT; i++)
		tests[i] = (struct CMUnitTest){scenarios[i].name, every_allocation_may_fail, NULL,
		                               NULL, (void *)(uintptr_t)&scenarios[i]};
	return _cmocka_run_group_tests("oom", tests, COUNT, set_up, tear_down);
}

#endif

/* Records of papers that their source has deleted, in files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sheaf/import.h>
#include <stdio.h>
#include <unistd.h>

#include "scratch_db.h"

typedef struct fixture {
	char               db_path[SCRATCH_PATH_SIZE], path[64];
	sheaf_database    *db;
	sheaf_import_stats stats;
	sheaf_error        err;
} fixture;

static int setup(void **state)
{
	static fixture f;

	f = (fixture){0};
	scratch_path(f.db_path, "import-deleted");
	snprintf(f.path, sizeof f.path, "import-deleted-%ld.txt", (long)getpid());
	must(sheaf_database_open(f.db_path, SHEAF_DB_CREATE, NULL, &f.db, &f.err), &f.err);
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	fixture *f = *state;

	unlink(f->path);
	sheaf_database_close(f->db);
	scratch_remove(f->db_path);
	return 0;
}

static void add_file(fixture *f, sheaf_import *import, const char *text)
{
	FILE *file = fopen(f->path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	must(sheaf_import_file(import, f->path, &f->err), &f->err);
}

/* One import of these texts, up to a NULL. */
static void import_texts(fixture *f, const char *const *texts)
{
	sheaf_import *import;

	must(sheaf_import_new(f->db, NULL, &import, &f->err), &f->err);
	for (; *texts; texts++)
		add_file(f, import, *texts);
	must(sheaf_import_finish(import, &f->stats, &f->err), &f->err);
	sheaf_import_free(import);
}

static sheaf_document *stored(fixture *f, const char *id)
{
	sheaf_document *doc;
	sheaf_docid     docid;

	must(sheaf_database_find_document(f->db, id, &docid, &f->err), &f->err);
	must(sheaf_database_get_document(f->db, docid, &doc, &f->err), &f->err);
	return doc;
}

#define GONE(id, day)                                                    \
	"<record><header status='deleted'><identifier>oai:arXiv.org:" id \
	"</identifier><datestamp>" day "</datestamp></header></record>"

#define PAPERS                                                                         \
	"{\"id\":\"2101.00001\",\"title\":\"Lamps\",\"comments\":\"4 pages\","         \
	"\"update_date\":\"2021-01-05\"}\n{\"id\":\"2101.00002\",\"title\":\"Bells\"," \
	"\"update_date\":\"2021-03-01\"}\n"

/* They stay, and are marked, also those of the same import; what was heard of since is not. */
static void test_deleted(void **state)
{
	const char *const all[] = {
		PAPERS,
		"<ListRecords>" GONE("2101.00001", "2021-02-01") GONE("2101.00002", "2021-02-01")
			GONE("2101.00003", "2021-02-01") "</ListRecords>",
		NULL};
	fixture        *f = *state;
	sheaf_document *doc;

	import_texts(f, all);
	assert_int_equal(f->stats.records, 3);
	assert_int_equal(f->stats.added, 2);
	assert_int_equal(f->stats.updated, 1);
	assert_int_equal(f->stats.unchanged, 0);
	doc = stored(f, "2101.00001");
	assert_int_equal(sheaf_document_get_value(doc, SHEAF_FIELD_WITHDRAWN), 1);
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_TITLE), "Lamps");
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_COMMENTS), "4 pages");
	sheaf_document_free(doc);
	doc = stored(f, "2101.00002");
	assert_int_equal(sheaf_document_get_value(doc, SHEAF_FIELD_WITHDRAWN), 0);
	sheaf_document_free(doc);
}

static void test_again(void **state)
{
	const char *const gone = "<ListRecords>" GONE("2101.00001", "2021-02-01") "</ListRecords>";
	const char *const first[] = {PAPERS, gone, NULL}, *const second[] = {gone, NULL};

	import_texts(*state, first);
	import_texts(*state, second);
	assert_int_equal(((fixture *)*state)->stats.records, 0);
	assert_int_equal(((fixture *)*state)->stats.updated, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_deleted, setup, teardown),
		cmocka_unit_test_setup_teardown(test_again, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

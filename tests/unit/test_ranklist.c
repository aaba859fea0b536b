/* Ranking lists: with and without them every answer is the same, to the last bit of the weight. */
#include <sqlite3.h>
#include <string.h>

#include "ranklist.h"
#include "scratch_db.h"

enum { PAPERS = 3000, KEEP = 40 };

static char        path[SCRATCH_PATH_SIZE];
static sheaf_error error;

#define OK(call)                                       \
	do {                                           \
		if ((call) != SHEAF_OK)                \
			fail_msg("%s", error.message); \
	} while (0)

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16 & 0x7FFF;
}

/*
 * A paper made of few words, so that most of them are frequent; "models" and "networks" share
 * families.
 */
static void put_paper(sheaf_database *db, int number, unsigned seed)
{
	static const char *const words[] = {"model",   "models", "network", "networks",
	                                    "spiking", "energy", "the"};
	char                     id[32], text[400] = "";
	int                      len = 0;
	sheaf_author    author = {.forenames = "Ama", .keyname = seed % 7 ? "Quill" : "Networks"};
	sheaf_document *doc;

	snprintf(id, sizeof id, "2401.%05d", number);
	for (unsigned i = 0, count = 2 + next_random(&seed) % 12; i < count; i++)
		len += snprintf(text + len, sizeof text - (size_t)len, "%s ",
		                words[next_random(&seed) % 7]);
	OK(sheaf_document_new(&doc, &error));
	OK(sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, SIZE_MAX, &error));
	OK(sheaf_document_set_text(doc, SHEAF_FIELD_TITLE, text, 10, &error));
	OK(sheaf_document_set_text(doc, SHEAF_FIELD_ABSTRACT, text, SIZE_MAX, &error));
	OK(sheaf_document_add_author(doc, &author, &error));
	OK(sheaf_database_replace_document(db, doc, NULL, NULL, &error));
	sheaf_document_free(doc);
}

static sheaf_database *open_database(sheaf_db_mode mode)
{
	sheaf_database *db;

	OK(sheaf_database_open(path, mode, NULL, &db, &error));
	return db;
}

static int run_sql(const char *sql)
{
	sqlite3 *raw;
	int      changes;

	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
	changes = sqlite3_changes(raw);
	sqlite3_close(raw);
	return changes;
}

static int make(void **state)
{
	sheaf_database *db;

	(void)state;
	scratch_path(path, "ranklist");
	db = open_database(SHEAF_DB_CREATE_OR_OPEN);
	OK(sheaf_database_begin_transaction(db, &error));
	for (int i = 1; i <= PAPERS; i++)
		put_paper(db, i, (unsigned)i);
	OK(sheaf_database_commit_transaction(db, &error));
	OK(sheaf_database_compact(db, &error));
	/* What came and went after the lists were made. */
	for (int i = 5; i <= PAPERS; i += 97) {
		char id[32];

		snprintf(id, sizeof id, "2401.%05d", i);
		OK(sheaf_database_delete_document(db, id, &error));
	}
	for (int i = 50; i <= PAPERS; i += 61)
		put_paper(db, i, (unsigned)i * 31);
	for (int i = PAPERS + 1; i <= PAPERS + 200; i++)
		put_paper(db, i, (unsigned)i);
	sheaf_database_close(db);
	return 0;
}

static int clean(void **state)
{
	(void)state;
	scratch_remove(path);
	return 0;
}

typedef struct answer {
	int64_t     hits;
	size_t      count;
	sheaf_docid docid[KEEP];
	double      weight[KEEP];
	int         percent[KEEP];
} answer;

static sheaf_status ask(sheaf_database *db, const char *text, sheaf_revision begin, answer *a)
{
	sheaf_query_parser *qp;
	sheaf_query        *query;
	sheaf_enquire      *enquire;
	sheaf_mset         *mset;
	sheaf_status        status;

	memset(a, 0, sizeof *a);
	OK(sheaf_query_parser_new(&qp, &error));
	sheaf_query_parser_set_stopper(qp, NULL);
	OK(sheaf_query_parser_parse_query(qp, text, SHEAF_FLAG_DEFAULT, &query, &error));
	OK(sheaf_enquire_new(db, &enquire, &error));
	sheaf_enquire_set_query(enquire, query);
	sheaf_enquire_set_revision_range(enquire, begin, 0);
	status = sheaf_enquire_get_mset(enquire, 0, KEEP, &mset, &error);
	a->hits = sheaf_mset_get_matches_estimated(mset);
	a->count = sheaf_mset_size(mset);
	for (size_t i = 0; i < a->count; i++) {
		a->docid[i] = sheaf_mset_get_docid(mset, i);
		a->weight[i] = sheaf_mset_get_weight(mset, i);
		a->percent[i] = sheaf_mset_get_percent(mset, i);
	}
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	sheaf_query_parser_free(qp);
	return status;
}

static const char *const queries[] = {
	"model",
	"models",
	"network",
	"networks",
	"the",
	"spiking energy",
	"network OR spiking OR model",
	"model submitted:2024-01",
	"model submitted:2023",
	"network -the",
	"\"network\"",
	"au:networks",
	"model^2 energy",
};

enum { QUERIES = sizeof queries / sizeof *queries };

static void answers_do_not_depend_on_lists(void **state)
{
	static answer   with[QUERIES][2], without[QUERIES][2];
	sheaf_database *db = open_database(SHEAF_DB_READ_ONLY);

	(void)state;
	for (size_t i = 0; i < QUERIES; i++) {
		OK(ask(db, queries[i], 0, &with[i][0]));
		OK(ask(db, queries[i], PAPERS - 400, &with[i][1]));
	}
	sheaf_database_close(db);
	assert_true(
		run_sql("CREATE TABLE kept AS SELECT * FROM ranking_list; DELETE FROM ranking_list") >=
		4);
	db = open_database(SHEAF_DB_READ_ONLY);
	for (size_t i = 0; i < QUERIES; i++) {
		OK(ask(db, queries[i], 0, &without[i][0]));
		OK(ask(db, queries[i], PAPERS - 400, &without[i][1]));
	}
	sheaf_database_close(db);
	run_sql("INSERT INTO ranking_list SELECT * FROM kept; DROP TABLE kept");
	for (size_t i = 0; i < QUERIES; i++)
		for (int j = 0; j < 2; j++)
			if (memcmp(&with[i][j], &without[i][j], sizeof with[i][j]) != 0)
				fail_msg("%s: %lld hits with lists, %lld without, or another order",
				         queries[i], (long long)with[i][j].hits,
				         (long long)without[i][j].hits);
	assert_true(with[0][0].hits > RANKLIST_DF_MIN && with[0][0].hits == with[1][0].hits);
	/* "Networks" is a person's name too, which the stem alone does not find. */
	assert_true(with[3][0].hits > with[2][0].hits);
}

static void check_compares_lists(void **state)
{
	sheaf_database *db = open_database(SHEAF_DB_OPEN);

	(void)state;
	OK(sheaf_database_check(db, &error));
	sheaf_database_close(db);
	run_sql("CREATE TABLE kept AS SELECT * FROM ranking_list; "
	        "UPDATE ranking_list SET data = substr(data, 1, length(data) - 1) WHERE stem = 'network'");
	db = open_database(SHEAF_DB_OPEN);
	assert_int_equal(sheaf_database_check(db, &error), SHEAF_ERROR_DATABASE_CORRUPT);
	assert_non_null(strstr(error.message, "ranking list"));
	sheaf_database_close(db);
	run_sql("DELETE FROM ranking_list; INSERT INTO ranking_list SELECT * FROM kept; DROP TABLE kept");
}

static void damaged_lists_are_told(void **state)
{
	sheaf_database *db;
	answer          a;

	(void)state;
	run_sql("CREATE TABLE kept AS SELECT * FROM ranking_list; "
	        "UPDATE ranking_list SET data = x'ffffffffffffffffffffff' WHERE stem = 'network'; "
	        "UPDATE ranking_list SET data = x'feffffff7f' WHERE stem = 'model'; "
	        "UPDATE ranking_list SET data = x'00' WHERE stem = 'energi'");
	db = open_database(SHEAF_DB_READ_ONLY);
	assert_int_equal(ask(db, "network", 0, &a), SHEAF_ERROR_DATABASE_CORRUPT);
	assert_int_equal(ask(db, "model", 0, &a), SHEAF_ERROR_DATABASE_CORRUPT);
	assert_int_equal(ask(db, "energy spiking", 0, &a), SHEAF_ERROR_DATABASE_CORRUPT);
	sheaf_database_close(db);
	run_sql("DELETE FROM ranking_list; INSERT INTO ranking_list SELECT * FROM kept; DROP TABLE kept");
}

static void reindexing_makes_them_anew(void **state)
{
	sheaf_database *db;
	answer          before, after;

	(void)state;
	db = open_database(SHEAF_DB_OPEN);
	OK(ask(db, "networks", 0, &before));
	run_sql("DELETE FROM ranking_list");
	OK(sheaf_database_reindex(db, NULL, &error));
	OK(sheaf_database_check(db, &error));
	OK(ask(db, "networks", 0, &after));
	assert_memory_equal(&before, &after, sizeof before);
	sheaf_database_close(db);
	assert_true(run_sql("UPDATE ranking_list SET data = data") >= 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_do_not_depend_on_lists),
		cmocka_unit_test(check_compares_lists),
		cmocka_unit_test(damaged_lists_are_told),
		cmocka_unit_test(reindexing_makes_them_anew),
	};

	return cmocka_run_group_tests(tests, make, clean);
}

#include "statement.h"

#include "database_private.h"
#include "sql_error.h"

#define DOCUMENT_COLUMNS                                                                                    \
	"docid, revision, id, version, title, abstract, authors, author_parts, comments, journal_ref, "     \
	"report_no, categories, doi, msc_class, acm_class, license, submitter, proxy, submitted, updated, " \
	"datestamp, withdrawn, versions, data, own_terms, own_values, origins, change, announced, announced_seen"
#define TEXT_COLUMNS "abstract, title, authors, comments, journal_ref, report_no, terms"
/*
 * Terms of a range with the documents that have them, and their occurrences by the weights of
 * fields.
 */
#define TERMS_WALK                                                                                    \
	"SELECT r.term, r.doc, (SELECT sum(c.cnt * CASE c.col WHEN 'title' THEN ?3 ELSE 1 END) FROM " \
	"temp.terms_by_column AS c WHERE c.term = r.term) FROM temp.terms_by_row AS r "               \
	"WHERE r.term >= ?1 AND r.term <= ?2"

#define PLACEMENT_PUT(rows)                                                          \
	"INSERT INTO placement(docid, track, revision, weight, percent) VALUES" rows \
	" ON CONFLICT(docid, track) DO UPDATE SET "                                  \
	"revision = excluded.revision, weight = excluded.weight, percent = excluded.percent"

static const char *const texts[STMT_COUNT] = {
	[STMT_BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[STMT_BEGIN_READ] = "BEGIN",
	[STMT_COMMIT] = "COMMIT",
	[STMT_ROLLBACK] = "ROLLBACK",
	[STMT_SAVEPOINT] = "SAVEPOINT shadow",
	[STMT_SAVEPOINT_ROLLBACK] = "ROLLBACK TO shadow",
	[STMT_SAVEPOINT_RELEASE] = "RELEASE shadow",
	[STMT_DATA_VERSION] = "PRAGMA data_version",
	[STMT_META_GET] = "SELECT value FROM meta WHERE key = ?1",
	[STMT_META_PUT] = "INSERT INTO meta(key, value) VALUES(?1, ?2) "
			  "ON CONFLICT(key) DO UPDATE SET value = excluded.value",
	[STMT_META_DELETE] = "DELETE FROM meta WHERE key = ?1",
	[STMT_META_KEYS] = "SELECT key FROM meta WHERE key >= ?1 ORDER BY key",
	[STMT_DOCUMENT_FIND] = "SELECT docid FROM document WHERE id = ?1",
	[STMT_DOCUMENT_GET] = "SELECT " DOCUMENT_COLUMNS " FROM document WHERE docid = ?1",
	[STMT_DOCUMENT_EACH] =
		"SELECT " DOCUMENT_COLUMNS
		" FROM document WHERE revision > ?1 AND revision <= ?2 ORDER BY revision",
	[STMT_DOCUMENT_AFTER] = "SELECT " DOCUMENT_COLUMNS
				" FROM document WHERE revision > ?1 ORDER BY revision LIMIT 1",
	[STMT_DOCUMENT_SET_TERMS] =
		"UPDATE document SET terms = ?2 WHERE docid = ?1 AND terms <> ?2",
	[STMT_DOCUMENT_DOCID] = "SELECT docid FROM document WHERE revision = ?1",
	[STMT_DOCUMENT_REVISION] = "SELECT revision FROM document WHERE docid = ?1",
	[STMT_DOCUMENT_LAST] = "SELECT seq FROM sqlite_sequence WHERE name = 'document'",
	[STMT_DOCUMENT_INSERT] =
		"INSERT INTO document(revision, id, version, title, abstract, authors, author_parts, comments, journal_ref, "
		"report_no, categories, doi, msc_class, acm_class, license, submitter, proxy, submitted, updated, "
		"datestamp, withdrawn, versions, data, own_terms, own_values, origins, change, announced, announced_seen, terms) "
		"VALUES(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, "
		"?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31)",
	[STMT_DOCUMENT_UPDATE] =
		"UPDATE document SET revision = ?2, id = ?3, version = ?4, title = ?5, abstract = ?6, authors = ?7, "
		"author_parts = ?8, comments = ?9, journal_ref = ?10, report_no = ?11, categories = ?12, doi = ?13, "
		"msc_class = ?14, acm_class = ?15, license = ?16, submitter = ?17, proxy = ?18, submitted = ?19, "
		"updated = ?20, datestamp = ?21, withdrawn = ?22, versions = ?23, data = ?24, own_terms = ?25, "
		"own_values = ?26, origins = ?27, change = ?28, announced = ?29, announced_seen = ?30, terms = ?31 "
		"WHERE docid = ?1",
	[STMT_DOCUMENT_SET_ASIDE] =
		"UPDATE document SET datestamp = ?2, origins = ?3, announced = ?4, announced_seen = ?5 WHERE docid = ?1",
	[STMT_REMOVED_ANY] = "SELECT 1 FROM removed LIMIT 1",
	[STMT_REMOVED_GET] = "SELECT 1 FROM removed WHERE id = ?1",
	[STMT_REMOVED_PUT] = "INSERT INTO removed(id, removed) VALUES(?1, ?2) "
			     "ON CONFLICT(id) DO UPDATE SET removed = excluded.removed",
	[STMT_REMOVED_DELETE] = "DELETE FROM removed WHERE id = ?1",
	[STMT_DOCUMENT_DELETE] = "DELETE FROM document WHERE docid = ?1",
	[STMT_TEXT_GET] = "SELECT " TEXT_COLUMNS " FROM document_text WHERE revision = ?1",
	[STMT_INDEX_INSERT] = "INSERT INTO document_fts(rowid, " TEXT_COLUMNS
			      ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[STMT_INDEX_DELETE] = "INSERT INTO document_fts(document_fts, rowid, " TEXT_COLUMNS ") "
			      "VALUES('delete', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[STMT_INDEX_OPTION] = "INSERT INTO document_fts(document_fts, rank) VALUES(?1, ?2)",
	[STMT_INDEX_COMMAND] = "INSERT INTO document_fts(document_fts) VALUES(?1)",
	[STMT_INDEX_DROP] = "DROP TABLE document_fts",
	/* As in the schema. */
	[STMT_INDEX_CREATE] =
		"CREATE VIRTUAL TABLE document_fts USING fts5(" TEXT_COLUMNS
		", content = 'document_text', content_rowid = 'revision', columnsize = 0, tokenize = 'sheaf')",
	[STMT_INDEX_MATCH] = "SELECT sheaf_match(document_fts, ?2) FROM document_fts "
			     "WHERE document_fts MATCH ?1 AND rowid > ?3 AND rowid <= ?4",
	[STMT_INDEX_CONFIG] = "SELECT v FROM document_fts_config WHERE k = ?1",
	[STMT_TABLE_TEXT] = "SELECT sql FROM sqlite_master WHERE name = ?1",
	/* Never run: what FTS5 makes, for comparison. */
	[STMT_SHADOW_DATA] = "CREATE TABLE 'document_fts_data'(id INTEGER PRIMARY KEY, block BLOB)",
	[STMT_SHADOW_IDX] = "CREATE TABLE 'document_fts_idx'(segid, term, pgno, "
			    "PRIMARY KEY(segid, term)) WITHOUT ROWID",
	[STMT_SHADOW_CONFIG] = "CREATE TABLE 'document_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID",
	[STMT_SEGMENT_PAGE_PUT] = "INSERT INTO document_fts_data(id, block) VALUES(?1, ?2) "
				  "ON CONFLICT(id) DO UPDATE SET block = excluded.block",
	[STMT_SEGMENT_PAGES_DELETE] = "DELETE FROM document_fts_data WHERE id >= ?1 AND id < ?2",
	/* Without a condition: then SQLite drops whole pages and looks at no row. */
	[STMT_SEGMENT_PAGES_CLEAR] = "DELETE FROM document_fts_data",
	[STMT_SEGMENT_INDEX_PUT] =
		"INSERT INTO document_fts_idx(segid, term, pgno) VALUES(?1, ?2, ?3) "
		"ON CONFLICT(segid, term) DO UPDATE SET pgno = excluded.pgno",
	[STMT_SEGMENT_INDEX_DELETE] = "DELETE FROM document_fts_idx WHERE segid = ?1",
	[STMT_SEGMENT_INDEX_CLEAR] = "DELETE FROM document_fts_idx",
	[STMT_INDEX_TALLY] = "SELECT sheaf_tally(document_fts, ?2) FROM document_fts "
			     "WHERE document_fts MATCH ?1 AND rowid > ?3 AND rowid <= ?4",
	[STMT_INDEX_PAGE] = "SELECT block FROM document_fts_data WHERE id = ?1",
	[STMT_INDEX_LOOKUP] = "SELECT pgno FROM document_fts_idx WHERE segid = ?1 AND term <= ?2 "
			      "ORDER BY term DESC LIMIT 1",
	[STMT_RANKING_DEAD_AMONG] =
		"SELECT revision FROM ranking_dead WHERE revision >= ?1 AND revision < ?2",
	[STMT_INDEX_TALLY_PHRASE] = "SELECT sheaf_tally_phrase(document_fts, ?2) FROM document_fts "
				    "WHERE document_fts MATCH ?1 LIMIT 1",
	[STMT_RANKING_RUNS] = "SELECT run, first, last, documents FROM ranking_run ORDER BY first",
	[STMT_RANKING_RUN_PUT] =
		"INSERT INTO ranking_run(run, first, last, documents) VALUES(?1, ?2, ?3, ?4)",
	[STMT_RANKING_RUN_DELETE] = "DELETE FROM ranking_run WHERE run >= ?1 AND run < ?2",
	[STMT_RANKING_LIST_FIND] = "SELECT data FROM ranking_list WHERE id >= ?1 AND id <= ?2 "
				   "ORDER BY id DESC LIMIT 1",
	[STMT_RANKING_LIST_NEXT] = "SELECT id, data FROM ranking_list WHERE id >= ?1 AND id < ?2 "
				   "ORDER BY id LIMIT 1",
	[STMT_RANKING_LIST_PUT] = "INSERT INTO ranking_list(id, data) VALUES(?1, ?2)",
	[STMT_RANKING_LIST_DELETE] = "DELETE FROM ranking_list WHERE id >= ?1 AND id < ?2",
	[STMT_RANKING_PAGE_GET] = "SELECT data FROM ranking_chunk WHERE id = ?1",
	[STMT_RANKING_PAGE_PUT] = "INSERT INTO ranking_chunk(id, data) VALUES(?1, ?2)",
	[STMT_RANKING_PAGE_DELETE] = "DELETE FROM ranking_chunk WHERE id >= ?1 AND id < ?2",
	[STMT_RANKING_DEAD_PUT] = "INSERT OR IGNORE INTO ranking_dead(revision) VALUES(?1)",
	[STMT_RANKING_DEAD_COUNT] =
		"SELECT count(*) FROM ranking_dead WHERE revision >= ?1 AND revision <= ?2",
	[STMT_RANKING_DEAD_DELETE] =
		"DELETE FROM ranking_dead WHERE revision >= ?1 AND revision <= ?2",
	[STMT_RANKING_LOSS_GET] = "SELECT data FROM ranking_loss WHERE id = ?1",
	[STMT_RANKING_LOSS_PUT] = "INSERT INTO ranking_loss(id, data) VALUES(?1, ?2) "
				  "ON CONFLICT(id) DO UPDATE SET data = excluded.data",
	[STMT_RANKING_LOSS_DELETE] = "DELETE FROM ranking_loss WHERE id = ?1",
	[STMT_RANKING_LOSS_NEXT] =
		"SELECT id, data FROM ranking_loss WHERE id >= ?1 ORDER BY id LIMIT 1",
	[STMT_RANKING_LOSS_CLEAR] = "DELETE FROM ranking_loss",
	[STMT_TERMS_BY_ROW] = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms_by_row "
			      "USING fts5vocab('main', 'document_fts', 'row')",
	[STMT_TERMS_BY_COLUMN] = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms_by_column "
				 "USING fts5vocab('main', 'document_fts', 'col')",
	[STMT_TERMS_WALK] = TERMS_WALK,
	[STMT_TERMS_WALK_STEMS] = TERMS_WALK,
	[STMT_TERMS_COUNT] = "SELECT term, doc FROM temp.terms_by_row WHERE term >= ?1",
	[STMT_SPELLING_GET] =
		"SELECT data FROM spelling WHERE length >= ?1 AND length < ?2 ORDER BY length",
	[STMT_SPELLING_PUT] = "INSERT INTO spelling(length, data) VALUES(?1, ?2)",
	[STMT_SPELLING_EACH] = "SELECT length, data FROM spelling ORDER BY length",
	[STMT_SPELLING_CLEAR] = "DELETE FROM spelling",
	[STMT_SYNONYM_PUT] = "INSERT OR IGNORE INTO synonym(term, synonym) VALUES(?1, ?2)",
	[STMT_SYNONYM_DELETE] = "DELETE FROM synonym WHERE (?1 IS NULL OR term = ?1) "
				"AND (?2 IS NULL OR synonym = ?2)",
	[STMT_SYNONYM_COUNT] = "SELECT count(*) FROM synonym WHERE term = ?1",
	[STMT_SYNONYM_OF] = "SELECT term, synonym FROM synonym WHERE term = ?1 ORDER BY synonym",
	[STMT_SYNONYM_EACH] = "SELECT term, synonym FROM synonym ORDER BY term, synonym",
	[STMT_VALUE_GET] = "SELECT data FROM value_block WHERE id = ?1",
	[STMT_VALUE_PUT] = "INSERT INTO value_block(id, data) VALUES(?1, ?2) "
			   "ON CONFLICT(id) DO UPDATE SET data = excluded.data",
	[STMT_VALUE_CLEAR] = "DELETE FROM value_block",
	[STMT_SLOT_EACH] =
		"SELECT revision, value FROM slot_value WHERE slot = ?1 AND revision >= ?2 AND revision < ?3 "
		"ORDER BY revision",
	[STMT_SLOT_PUT] = "INSERT INTO slot_value(slot, revision, value) VALUES(?1, ?2, ?3)",
	[STMT_SLOT_DELETE] = "DELETE FROM slot_value WHERE slot = ?1 AND revision = ?2",
	[STMT_SLOT_COUNT] = "SELECT count(*) FROM slot_value",
	[STMT_SLOT_CLEAR] = "DELETE FROM slot_value",
	[STMT_CATEGORY_EACH] = "SELECT number, category FROM category_number ORDER BY number",
	[STMT_CATEGORY_PUT] = "INSERT INTO category_number(number, category) VALUES(?1, ?2)",
	[STMT_CATEGORY_CLEAR] = "DELETE FROM category_number",
	[STMT_AUTHORS_GET] = "SELECT authors FROM document WHERE revision = ?1",
	[STMT_HARVEST_GET] =
		"SELECT token, high_water, list_from, response_date, complete, finished, pages, records, etag, "
		"last_modified FROM harvest WHERE source = ?1 AND base_url = ?2 AND selection = ?3 AND metadata_prefix = ?4",
	[STMT_HARVEST_PUT] =
		"INSERT INTO harvest(source, base_url, selection, metadata_prefix, token, high_water, list_from, "
		"response_date, complete, finished, pages, records, etag, last_modified) "
		"VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) "
		"ON CONFLICT(source, base_url, selection, metadata_prefix) DO UPDATE SET token = excluded.token, "
		"high_water = excluded.high_water, list_from = excluded.list_from, response_date = excluded.response_date, "
		"complete = excluded.complete, finished = excluded.finished, pages = excluded.pages, records = excluded.records, "
		"etag = excluded.etag, last_modified = excluded.last_modified",
	[STMT_HARVEST_EACH] =
		"SELECT source, base_url, selection, metadata_prefix, token, high_water, list_from, "
		"response_date, complete, finished, pages, records, etag, last_modified FROM harvest "
		"ORDER BY 1, 2, 3, 4",
	[STMT_ANNOUNCEMENT_PUT] =
		"INSERT INTO announcement(day, category, id, version, kind) VALUES(?1, ?2, ?3, ?4, ?5) "
		"ON CONFLICT(day, category, id) DO UPDATE SET version = excluded.version, kind = excluded.kind",
	[STMT_ANNOUNCEMENT_EACH] =
		"SELECT day, category, id, version, kind FROM announcement WHERE day BETWEEN ?2 AND ?3 "
		"AND (?1 IS NULL OR category = ?1) ORDER BY day, category, id",
	[STMT_ANNOUNCEMENT_OF] =
		"SELECT day, category, id, version, kind FROM announcement WHERE id = ?1 "
		"ORDER BY day, category",
	[STMT_ANNOUNCEMENT_DAY_PUT] =
		"INSERT INTO announcement_day(category, day, state, papers, checked) VALUES(?1, ?2, ?3, ?4, ?5) "
		"ON CONFLICT(category, day) DO UPDATE SET state = excluded.state, papers = excluded.papers, "
		"checked = excluded.checked",
	[STMT_ANNOUNCEMENT_DAY_EACH] =
		"SELECT category, day, state, papers, checked FROM announcement_day "
		"WHERE (?1 IS NULL OR category = ?1) ORDER BY category, day",
	[STMT_COVERAGE_MEETING] =
		"SELECT first, last, read FROM coverage WHERE source = ?1 AND base_url = ?2 AND selection = ?3 "
		"AND metadata_prefix = ?4 AND first <= ?6 AND last >= ?5 LIMIT 1",
	[STMT_COVERAGE_PUT] =
		"INSERT INTO coverage(source, base_url, selection, metadata_prefix, first, last, read) "
		"VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(source, base_url, selection, metadata_prefix, first) "
		"DO UPDATE SET last = excluded.last, read = excluded.read",
	[STMT_COVERAGE_DELETE] =
		"DELETE FROM coverage WHERE source = ?1 AND base_url = ?2 AND selection = ?3 "
		"AND metadata_prefix = ?4 AND first = ?5",
	[STMT_COVERAGE_EACH] =
		"SELECT source, base_url, selection, metadata_prefix, first, last, read FROM coverage "
		"WHERE ?1 IS NULL OR (source = ?1 AND base_url = ?2 AND selection = ?3 AND metadata_prefix = ?4) "
		"ORDER BY source, base_url, selection, metadata_prefix, first",
	[STMT_IMPORT_GET] =
		"SELECT size, modified, bytes, lines, newest, exported FROM import WHERE path = ?1",
	[STMT_IMPORT_PUT] =
		"INSERT INTO import(path, size, modified, bytes, lines, newest, exported) "
		"VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(path) DO UPDATE SET size = excluded.size, "
		"modified = excluded.modified, bytes = excluded.bytes, lines = excluded.lines, "
		"newest = excluded.newest, exported = excluded.exported",
	[STMT_IMPORT_DELETE] = "DELETE FROM import WHERE path = ?1",
	[STMT_SET_GET] = "SELECT yaml FROM profile_set WHERE name = ?1",
	[STMT_SET_PUT] = "INSERT INTO profile_set(name, yaml) VALUES(?1, ?2) "
			 "ON CONFLICT(name) DO UPDATE SET yaml = excluded.yaml",
	[STMT_SET_EACH] = "SELECT name FROM profile_set ORDER BY name",
	[STMT_SET_DELETE] = "DELETE FROM profile_set WHERE name = ?1",
	[STMT_STATE_GET] = "SELECT fingerprint, classified, model, track FROM profile_state "
			   "WHERE digest = ?1 AND profile = ?2",
	[STMT_STATE_PUT] =
		"INSERT INTO profile_state(digest, profile, fingerprint, classified) VALUES(?1, ?2, ?3, ?4) "
		"ON CONFLICT(digest, profile) DO UPDATE SET fingerprint = excluded.fingerprint, "
		"classified = excluded.classified, "
		"model = CASE WHEN fingerprint = excluded.fingerprint THEN model END",
	[STMT_STATE_MODEL] =
		"UPDATE profile_state SET model = ?3 WHERE digest = ?1 AND profile = ?2",
	[STMT_STATE_NAMES] = "SELECT profile FROM profile_state WHERE digest = ?1",
	[STMT_STATE_DELETE] = "DELETE FROM profile_state WHERE digest = ?1 AND profile = ?2",
	[STMT_PLACEMENT_PUT] = PLACEMENT_PUT("(?, ?, ?, ?, ?)"),
	[STMT_PLACEMENT_PUT_MANY] = PLACEMENT_PUT(
		"(?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), "
		"(?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), "
		"(?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), "
		"(?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)"),
	[STMT_PLACEMENT_SWEEP] = "DELETE FROM placement WHERE track NOT IN "
				 "(SELECT track FROM profile_state WHERE classified <> 0)",
	[STMT_PLACEMENT_DELETE_DOCUMENT] = "DELETE FROM placement WHERE docid = ?1",
	[STMT_PLACEMENT_EACH] =
		"SELECT docid, revision, weight, percent, track FROM placement "
		"CROSS JOIN profile_state USING(track) WHERE digest = ?1 AND revision > ?2 "
		"ORDER BY docid, track",
	[STMT_PLACEMENT_COUNT] =
		"SELECT profile, count(*), count(delivery.id) FROM placement "
		"CROSS JOIN profile_state USING(track) CROSS JOIN document USING(docid) "
		"LEFT JOIN delivery ON delivery.digest = profile_state.digest AND "
		"delivery.id = document.id "
		"WHERE profile_state.digest = ?1 AND (?2 IS NULL OR profile = ?2) GROUP BY track",
	[STMT_MARK_PUT] =
		"INSERT INTO mark(profile, id, belongs, marked) VALUES(?1, ?2, ?3, ?4) "
		"ON CONFLICT(profile, id) DO UPDATE SET belongs = excluded.belongs, marked = excluded.marked",
	[STMT_MARK_DELETE] = "DELETE FROM mark WHERE profile = ?1 AND (?2 IS NULL OR id = ?2)",
	[STMT_MARK_EACH] =
		"SELECT profile, id, belongs, marked FROM mark WHERE ?1 IS NULL OR profile = ?1 "
		"ORDER BY profile, id",
	[STMT_DELIVERY_GET] = "SELECT version FROM delivery WHERE digest = ?1 AND id = ?2",
	[STMT_DELIVERY_SETTLED] =
		"SELECT document.docid FROM delivery JOIN document USING(id) WHERE digest = ?1 "
		"AND document.version <= max(delivery.version, 1) ORDER BY document.docid",
	[STMT_DELIVERY_LAST] = "SELECT max(delivered) FROM delivery WHERE digest = ?1",
	[STMT_DELIVERY_PUT] =
		"INSERT INTO delivery(digest, id, version, delivered) VALUES(?1, ?2, ?3, ?4) "
		"ON CONFLICT(digest, id) DO UPDATE SET version = excluded.version, "
		"delivered = excluded.delivered",
	[STMT_ATTEMPT_GET] = "SELECT receipt FROM delivery_attempt WHERE digest = ?1",
	[STMT_ATTEMPT_PUT] =
		"INSERT INTO delivery_attempt(digest, receipt, made) VALUES(?1, ?2, ?3)",
	[STMT_ATTEMPT_DELETE] = "DELETE FROM delivery_attempt WHERE digest = ?1",
	[STMT_ATTEMPT_PAPER_GET] =
		"SELECT version FROM delivery_attempt_paper WHERE digest = ?1 AND id = ?2",
	[STMT_ATTEMPT_PAPER_PUT] =
		"INSERT INTO delivery_attempt_paper(digest, id, version) VALUES(?1, ?2, ?3) "
		"ON CONFLICT(digest, id) DO UPDATE SET version = excluded.version",
	[STMT_ATTEMPT_PAPERS_DELETE] = "DELETE FROM delivery_attempt_paper WHERE digest = ?1",
	[STMT_ATTEMPT_DELIVER] =
		"INSERT INTO delivery(digest, id, version, delivered) "
		"SELECT digest, p.id, p.version, a.made FROM delivery_attempt AS a "
		"JOIN delivery_attempt_paper AS p USING(digest) WHERE digest = ?1 "
		"ON CONFLICT(digest, id) DO UPDATE SET version = excluded.version, "
		"delivered = excluded.delivered",
	[STMT_QUICK_CHECK] = "PRAGMA integrity_check(1)",
	[STMT_TEMPORARY_FILES] = "PRAGMA temp_store = FILE",
	[STMT_TEMPORARY_MEMORY] = "PRAGMA temp_store = MEMORY",
	[STMT_VACUUM] = "VACUUM",
	[STMT_JOURNAL_MODE] = "PRAGMA journal_mode",
	[STMT_SMALL_CACHE] = "PRAGMA cache_size = -1024",
	[STMT_LARGE_CACHE] = "PRAGMA cache_size = -16384",
};

const char *statement_text(statement_id id)
{
	return texts[id];
}

sheaf_status statement_get(sheaf_database *db, statement_id id, sqlite3_stmt **stmt,
                           sheaf_error *err)
{
	sqlite3_stmt **slot = &db->statements[id];

	*stmt = NULL;
	if (!*slot) {
		int rc = sqlite3_prepare_v3(db->sql, texts[id], -1, SQLITE_PREPARE_PERSISTENT, slot,
		                            NULL);

		if (rc != SQLITE_OK)
			return sql_fail(db->sql, rc, err);
	} else {
		sqlite3_reset(*slot);
		sqlite3_clear_bindings(*slot);
	}
	*stmt = *slot;
	return SHEAF_OK;
}

sheaf_status statement_step(sheaf_database *db, sqlite3_stmt *stmt, int *row, sheaf_error *err)
{
	int          rc = sqlite3_step(stmt);
	sheaf_status status;

	*row = rc == SQLITE_ROW;
	if (rc == SQLITE_ROW)
		return SHEAF_OK;
	if (rc == SQLITE_DONE) {
		sqlite3_reset(stmt);
		return SHEAF_OK;
	}
	status = sql_fail(db->sql, rc, err);
	sqlite3_reset(stmt);
	return status;
}

sheaf_status statement_run(sheaf_database *db, sqlite3_stmt *stmt, sheaf_error *err)
{
	int          row;
	sheaf_status status = statement_step(db, stmt, &row, err);

	sqlite3_reset(stmt);
	return status;
}

sheaf_status statement_exec(sheaf_database *db, statement_id id, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, id, &stmt, err);

	return status == SHEAF_OK ? statement_run(db, stmt, err) : status;
}

void statement_reset(sqlite3_stmt *stmt)
{
	if (stmt)
		sqlite3_reset(stmt);
}

void statement_finalize_all(sheaf_database *db)
{
	for (int i = 0; i < STMT_COUNT; i++) {
		sqlite3_finalize(db->statements[i]);
		db->statements[i] = NULL;
	}
}

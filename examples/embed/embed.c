/*
 * embed: a program of one's own on libsheaf. It imports a file of papers into a database and prints
 * the ten papers that fit a query best.
 *
 *   embed DATABASE FILE QUERY
 */
#include <sheaf/sheaf.h>
#include <stdio.h>

static int write_out(void *ctx, const char *bytes, size_t len)
{
	return fwrite(bytes, 1, len, ctx) != len;
}

static sheaf_status import_papers(sheaf_database *db, const char *path, sheaf_error *err)
{
	sheaf_import      *import = NULL;
	sheaf_import_stats stats;
	sheaf_status       status = sheaf_import_new(db, NULL, &import, err);

	if (status == SHEAF_OK)
		status = sheaf_import_file(import, path, err);
	if (status == SHEAF_OK)
		status = sheaf_import_finish(import, &stats, err);
	if (status == SHEAF_OK)
		printf("%lld added, %lld updated, %lld unchanged\n", (long long)stats.added,
		       (long long)stats.updated, (long long)stats.unchanged);
	sheaf_import_free(import);
	return status;
}

/* The ten best; the caller frees the mset. */
static sheaf_status find(sheaf_database *db, const char *text, sheaf_mset **mset, sheaf_error *err)
{
	sheaf_query_parser *parser = NULL;
	sheaf_enquire      *enquire = NULL;
	sheaf_query        *query = NULL;
	sheaf_status        status = sheaf_query_parser_new(&parser, err);

	*mset = NULL;
	if (status == SHEAF_OK)
		status = sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, &query,
		                                        err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_new(db, &enquire, err);
	if (status == SHEAF_OK) {
		sheaf_enquire_set_query(enquire, query);
		query = NULL;
		status = sheaf_enquire_get_mset(enquire, 0, 10, mset, err);
	}
	sheaf_query_free(query);
	sheaf_enquire_free(enquire);
	sheaf_query_parser_free(parser);
	return status;
}

/*
 * A writer, rather than printf, because titles come from outside and may hold control characters.
 */
static sheaf_status print_papers(sheaf_mset *mset, const char *text, sheaf_error *err)
{
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH, .query = text};
	sheaf_writer   *writer = NULL;
	sheaf_status status = sheaf_writer_new(SHEAF_FORMAT_TEXT, write_out, stdout, &writer, err);

	head.total = sheaf_mset_get_matches_estimated(mset);
	head.exact = sheaf_mset_matches_exact(mset);
	if (status == SHEAF_OK)
		sheaf_writer_begin(writer, &head);
	for (size_t i = 0; status == SHEAF_OK && i < sheaf_mset_size(mset); i++) {
		sheaf_item item = {.weight = sheaf_mset_get_weight(mset, i), .rank = i + 1};

		item.percent = sheaf_mset_get_percent(mset, i);
		status = sheaf_mset_get_document(mset, i, &item.doc, err);
		if (status == SHEAF_OK)
			sheaf_writer_item(writer, &item);
	}
	if (status == SHEAF_OK)
		status = sheaf_writer_end(writer, err);
	sheaf_writer_free(writer);
	return status;
}

int main(int argc, char **argv)
{
	sheaf_database *db = NULL;
	sheaf_mset     *mset = NULL;
	sheaf_error     err;
	sheaf_status    status;

	if (argc != 4) {
		fprintf(stderr, "usage: %s DATABASE FILE QUERY\n", argv[0]);
		return 2;
	}
	status = sheaf_database_open(argv[1], SHEAF_DB_CREATE_OR_OPEN, NULL, &db, &err);
	if (status == SHEAF_OK)
		status = import_papers(db, argv[2], &err);
	if (status == SHEAF_OK)
		status = find(db, argv[3], &mset, &err);
	if (status == SHEAF_OK)
		status = print_papers(mset, argv[3], &err);
	if (status != SHEAF_OK)
		fprintf(stderr, "embed: %s\n", err.message);
	sheaf_mset_free(mset);
	sheaf_database_close(db);
	return status != SHEAF_OK;
}

/*
 * A damaged file gives statuses, never a crash. A small database is damaged in many seeded ways
 * (bytes flipped, runs zeroed, pages swapped, the end cut off), then opened, searched, read and
 * checked.
 */
#include <stdlib.h>
#include <string.h>

#include "scratch_db.h"

enum { ROUNDS = 600, PAPERS = 60, PAGE = 4096, HEADER = 100, IMAGE_MAX = 4 << 20 };

typedef struct image {
	unsigned char *bytes;
	size_t         len;
} image;

static uint64_t random_state;

/* Xorshift (Marsaglia, J. Statistical Software 8, 2003). */
static size_t below(size_t limit)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (size_t)(random_state % limit);
}

/* ---- kinds of damage ---- */

static void flip_bytes(image *m)
{
	for (size_t n = 1 + below(8); n--;)
		m->bytes[HEADER + below(m->len - HEADER)] ^= (unsigned char)(1 + below(255));
}

static void zero_run(image *m)
{
	size_t start = HEADER + below(m->len - HEADER), len = 1 + below(512);

	memset(m->bytes + start, 0, start + len > m->len ? m->len - start : len);
}

static void swap_pages(image *m)
{
	unsigned char page[PAGE];
	size_t        pages = m->len / PAGE, a = 1 + below(pages - 1), b = 1 + below(pages - 1);

	memcpy(page, m->bytes + a * PAGE, PAGE);
	memmove(m->bytes + a * PAGE, m->bytes + b * PAGE, PAGE);
	memcpy(m->bytes + b * PAGE, page, PAGE);
}

static void fill_page(image *m)
{
	unsigned char *page = m->bytes + (1 + below(m->len / PAGE - 1)) * PAGE;

	for (size_t i = 8; i < PAGE; i++)
		page[i] = (unsigned char)below(256);
}

static void cut_off(image *m)
{
	m->len = 1 + below(m->len - 1);
}

static void damage_header(image *m)
{
	m->bytes[below(HEADER)] ^= (unsigned char)(1 + below(255));
}

/* Small numbers at the start of a page: kind, cell count, offsets. */
static void damage_page_head(image *m)
{
	m->bytes[(1 + below(m->len / PAGE - 1)) * PAGE + below(16)] = (unsigned char)below(256);
}

static void (*const damages[])(image *) = {flip_bytes, zero_run,      swap_pages,      fill_page,
                                           cut_off,    damage_header, damage_page_head};
enum { DAMAGES = sizeof damages / sizeof *damages };

/* ---- what is tried on a damaged file ---- */

/* A call on a damaged file may succeed or say why not; it may not say that the caller erred. */
static int failed(sheaf_status status, const sheaf_error *err)
{
	static const sheaf_status fair[] = {
		SHEAF_ERROR_DATABASE_CORRUPT,
		SHEAF_ERROR_DATABASE_OPENING,
		SHEAF_ERROR_DATABASE_VERSION,
		SHEAF_ERROR_FEATURE_UNAVAILABLE,
		SHEAF_ERROR_DOC_NOT_FOUND,
		SHEAF_ERROR_IO,
		/* A header may say that the file is too large for memory. */
		SHEAF_ERROR_NOMEM,
	};

	if (status == SHEAF_OK)
		return 0;
	assert_int_equal(err->status, status);
	assert_true(*err->message);
	for (size_t i = 0; i < sizeof fair / sizeof *fair; i++)
		if (status == fair[i])
			return 1;
	fail_msg("%s: %s", sheaf_status_string(status), err->message);
	return 1;
}

static void read_items(sheaf_mset *mset)
{
	const sheaf_document *doc;
	sheaf_error           err;
	char                 *snippet;

	for (size_t i = 0; i < sheaf_mset_size(mset); i++) {
		snippet = NULL;
		failed(sheaf_mset_get_document(mset, i, &doc, &err), &err);
		failed(sheaf_mset_snippet(mset, i, SHEAF_FIELD_ABSTRACT, 10, "[", "]", &snippet,
		                          &err),
		       &err);
		sheaf_free(snippet);
	}
}

static void search_all(sheaf_database *db)
{
	static const char *const queries[] = {
		"ferns",        "number seven", "\"northern slopes\"",    "fer*",
		"cat:q-bio.PE", "au:elmwood",   "moss OR lichen OR fern", "fern submitted:2020",
		"NOT moss",
	};
	sheaf_mset *mset;
	sheaf_error err;

	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		if (!failed(scratch_search(db, queries[i], SHEAF_OP_AND, 10, &mset, &err), &err))
			read_items(mset);
		sheaf_mset_free(mset);
	}
}

static int read_document(void *ctx, const sheaf_document *doc)
{
	size_t *bytes = ctx;

	for (int f = SHEAF_FIELD_TITLE; f <= SHEAF_FIELD_PROXY; f++) {
		const char *text = sheaf_document_get_text(doc, (sheaf_field)f);

		*bytes += text ? strlen(text) : 0;
	}
	for (size_t i = 0; i < sheaf_document_author_count(doc); i++)
		*bytes += strlen(sheaf_document_get_author(doc, i)->name);
	return 0;
}

static int read_term(void *ctx, const sheaf_term_info *term)
{
	*(size_t *)ctx += term->len;
	return 0;
}

static void read_words(sheaf_database *db, size_t *bytes)
{
	char       *word;
	int64_t     number;
	sheaf_error err;

	failed(sheaf_database_each_term(db, SHEAF_FIELD_ANY, "f", read_term, bytes, &err), &err);
	failed(sheaf_database_each_term(db, SHEAF_FIELD_CATEGORY, NULL, read_term, bytes, &err),
	       &err);
	failed(sheaf_database_each_document_term(db, 1, read_term, bytes, &err), &err);
	if (!failed(sheaf_database_get_spelling_suggestion(db, "slpoes", 2, &word, &err), &err))
		sheaf_free(word);
	failed(sheaf_database_get_collection_freq(db, "fern", &number, &err), &err);
	failed(sheaf_database_get_doclength(db, 1, &number, &err), &err);
	failed(sheaf_database_get_lastdocid(db, &number, &err), &err);
}

static void read_all(sheaf_database *db)
{
	sheaf_document *doc;
	sheaf_error     err;
	size_t          bytes = 0;
	int64_t         number;
	double          length;

	failed(sheaf_database_each_document(db, 0, read_document, &bytes, &err), &err);
	for (sheaf_docid id = 1; id <= PAPERS; id += 7) {
		doc = NULL;
		if (!failed(sheaf_database_get_document(db, id, &doc, &err), &err))
			read_document(&bytes, doc);
		sheaf_document_free(doc);
	}
	failed(sheaf_database_get_doccount(db, &number, &err), &err);
	failed(sheaf_database_get_revision(db, &number, &err), &err);
	failed(sheaf_database_get_avlength(db, &length, &err), &err);
	failed(sheaf_database_get_termfreq(db, "fern", &number, &err), &err);
	read_words(db, &bytes);
}

static void put_one(sheaf_database *db)
{
	sheaf_document *doc = NULL;
	sheaf_error     err;

	must(sheaf_document_new(&doc, &err), &err);
	must(scratch_paper(doc, "2001.00007", "Fern, changed", "Another text.", &err), &err);
	failed(sheaf_database_replace_document(db, doc, NULL, NULL, &err), &err);
	failed(sheaf_database_delete_document(db, "2001.00008", &err), &err);
	sheaf_document_free(doc);
}

/* 1 where the damage was noticed by open or check. */
static int try(const char *path)
{
	sheaf_database *db = NULL;
	sheaf_error     err;
	int             noticed;

	if (failed(sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, &err), &err)) {
		assert_null(db);
		return 1;
	}
	search_all(db);
	read_all(db);
	noticed = failed(sheaf_database_check(db, &err), &err);
	put_one(db);
	sheaf_database_close(db);
	return noticed;
}

/* ---- the loop ---- */

static char  path[SCRATCH_PATH_SIZE];
static image original;

static void write_image(const image *m)
{
	FILE *file;

	scratch_remove(path);
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(m->bytes, 1, m->len, file), m->len);
	assert_int_equal(fclose(file), 0);
}

static void make_papers(sheaf_database *db)
{
	const sheaf_author author = {.name = "Ada Elmwood"};
	sheaf_document    *doc;
	sheaf_error        err;

	must(sheaf_document_new(&doc, &err), &err);
	must(sheaf_database_begin_transaction(db, &err), &err);
	for (int i = 1; i <= PAPERS; i++) {
		char id[32], title[64], abstract[1200] = "";

		snprintf(id, sizeof id, "2001.%05d", i);
		snprintf(title, sizeof title, "Fern number %d of the northern slopes", i);
		for (size_t n = 5 + below(60), len = 0; n--; len = strlen(abstract))
			snprintf(abstract + len, sizeof abstract - len, "%s plot%zu ",
			         below(3) ? "moss" : "ferns", below(500));
		must(scratch_paper(doc, id, title, abstract, &err), &err);
		must(sheaf_document_add_author(doc, &author, &err), &err);
		must(sheaf_document_add_category(doc, "q-bio.PE", &err), &err);
		must(sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, 1577900000 + i, &err),
		     &err);
		must(sheaf_database_replace_document(db, doc, NULL, NULL, &err), &err);
	}
	must(sheaf_database_commit_transaction(db, &err), &err);
	sheaf_document_free(doc);
}

static int set_up(void **state)
{
	sheaf_database *db;
	sheaf_error     err;
	FILE           *file;

	(void)state;
	random_state = 20011;
	scratch_path(path, "corrupt");
	must(sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, &err), &err);
	make_papers(db);
	sheaf_database_close(db);
	original.bytes = malloc(IMAGE_MAX);
	assert_non_null(original.bytes);
	file = fopen(path, "rb");
	assert_non_null(file);
	original.len = fread(original.bytes, 1, IMAGE_MAX, file);
	fclose(file);
	assert_true(original.len > 8 * PAGE && original.len < IMAGE_MAX);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	free(original.bytes);
	scratch_remove(path);
	return 0;
}

static void an_undamaged_file_passes(void **state)
{
	(void)state;
	write_image(&original);
	assert_false(try(path));
}

static void a_damaged_file_gives_statuses(void **state)
{
	image m = {malloc(IMAGE_MAX), 0};
	int   noticed = 0;

	(void)state;
	assert_non_null(m.bytes);
	for (unsigned round = 0; round < ROUNDS; round++) {
		random_state = 0x9E3779B97F4A7C15u * (round + 1);
		m.len = original.len;
		memcpy(m.bytes, original.bytes, m.len);
		damages[round % DAMAGES](&m);
		write_image(&m);
		noticed += try(path);
	}
	free(m.bytes);
	/*
	 * Free space and texts outside the index can be damaged unnoticed; most of the file cannot.
	 */
	assert_true(noticed > ROUNDS / 2);
}

static void what_is_no_database_is_refused(void **state)
{
	static unsigned char text[2000];
	image                m = {text, sizeof text};
	sheaf_database      *db;
	sheaf_error          err;

	(void)state;
	memset(text, 'x', sizeof text);
	write_image(&m);
	assert_int_equal(sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, &err),
	                 SHEAF_ERROR_DATABASE_OPENING);
	assert_null(db);
	assert_non_null(strstr(err.message, path));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_undamaged_file_passes),
		cmocka_unit_test(a_damaged_file_gives_statuses),
		cmocka_unit_test(what_is_no_database_is_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}

/*
 * Authors as arXiv prints them: each is found by the name itself, by family name and initial, and
 * as a whole name, and with them nobody whose family name is another. Needs SHEAF_SHARED_DATA.
 */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "person_name.h"
#include "scratch_db.h"

enum { DOCUMENTS_MAX = 20000, SAMPLE = 1500, SKIPPED = 77, MATCHES_MAX = 5000 };

/* The authors of each document, by docid. */
typedef struct people {
	sheaf_database  *db;
	char             path[SCRATCH_PATH_SIZE];
	sheaf_document **documents;
	size_t           count, names;
	size_t           asked, unparsed;
} people;

static people it;

static int count_document(void *ctx, const sheaf_document *doc)
{
	people         *p = ctx;
	sheaf_docid     docid = sheaf_document_get_docid(doc);
	sheaf_error     err;
	sheaf_document *copy;

	assert_true(docid > 0 && docid < DOCUMENTS_MAX);
	must(sheaf_database_get_document(p->db, docid, &copy, &err), &err);
	p->documents[docid] = copy;
	p->names += sheaf_document_author_count(copy);
	p->count++;
	return 0;
}

static int load(void **state)
{
	const char   *shared = getenv("SHEAF_SHARED_DATA");
	buf           file = BUF_INIT(0);
	sheaf_import *import;
	sheaf_error   err;

	(void)state;
	buf_printf(&file, "%s/arxiv-10k.jsonl.zst", shared ? shared : "");
	scratch_path(it.path, "people-shared");
	must(sheaf_database_open(it.path, SHEAF_DB_CREATE, NULL, &it.db, &err), &err);
	must(sheaf_import_new(it.db, NULL, &import, &err), &err);
	must(sheaf_import_file(import, buf_str(&file), &err), &err);
	must(sheaf_import_finish(import, NULL, &err), &err);
	sheaf_import_free(import);
	buf_free(&file);
	it.documents = calloc(DOCUMENTS_MAX, sizeof(sheaf_document *));
	assert_non_null(it.documents);
	must(sheaf_database_each_document(it.db, 0, count_document, &it, &err), &err);
	return 0;
}

static int unload(void **state)
{
	(void)state;
	for (size_t i = 0; i < DOCUMENTS_MAX; i++)
		sheaf_document_free(it.documents[i]);
	free(it.documents);
	sheaf_database_close(it.db);
	scratch_remove(it.path);
	return 0;
}

/* Calls `fn` for a sample of the authors that is spread over all documents. */
static void each_sampled(void (*fn)(sheaf_docid docid, const char *name))
{
	size_t step = it.names / SAMPLE + 1, at = 0;

	assert_true(it.count > 1000 && it.names > it.count);
	it.asked = it.unparsed = 0;
	for (sheaf_docid docid = 1; docid < DOCUMENTS_MAX; docid++) {
		const sheaf_document *doc = it.documents[docid];

		for (size_t i = 0; doc && i < sheaf_document_author_count(doc); i++) {
			if (at++ % step)
				continue;
			fn(docid, sheaf_document_get_author(doc, i)->name);
			it.asked++;
		}
	}
	print_message("%zu of %zu names, %zu of them no person's\n", it.asked, it.names,
	              it.unparsed);
	assert_true(it.asked >= SAMPLE / 2);
}

typedef int (*agrees_fn)(const person_name *asked, const person_name *met);

/*
 * Fails unless the paper is found, and nothing without an author who agrees with the one asked for.
 */
static void expect(sheaf_docid docid, const char *text, unsigned flags, agrees_fn agrees)
{
	sheaf_enquire *enquire;
	sheaf_query   *q;
	sheaf_mset    *mset;
	sheaf_error    err;
	person_name    asked;
	int            found = 0;

	person_name_parse(&asked, text, strlen(text));
	must(sheaf_query_new_term(SHEAF_FIELD_AUTHOR, text, flags, &q, &err), &err);
	must(sheaf_enquire_new(it.db, &enquire, &err), &err);
	sheaf_enquire_set_query(enquire, q);
	must(sheaf_enquire_get_mset(enquire, 0, MATCHES_MAX, &mset, &err), &err);
	for (size_t i = 0; i < sheaf_mset_size(mset); i++) {
		sheaf_docid           hit = sheaf_mset_get_docid(mset, i);
		const sheaf_document *doc = it.documents[hit];
		int                   fits = 0;

		found |= hit == docid;
		for (size_t a = 0; !fits && a < sheaf_document_author_count(doc); a++) {
			const char *name = sheaf_document_get_author(doc, a)->name;
			person_name met;

			person_name_parse(&met, name, strlen(name));
			fits = agrees(&asked, &met);
		}
		if (!fits)
			fail_msg("'%s' finds document %lld", text, (long long)hit);
	}
	if (!found)
		fail_msg("'%s' does not find document %lld", text, (long long)docid);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
}

static int same_span(person_span a, person_span b)
{
	return a.len && a.len == b.len && memcmp(a.text, b.text, a.len) == 0;
}

/* The words [first, end) of a name, joined. */
static person_span words_joined(const person_name *p, size_t first, size_t end)
{
	person_span s = {NULL, 0, first, end - first};

	if (first < end && end <= p->word_count) {
		s.text = p->bytes + p->words[first].at;
		s.len = p->words[end - 1].at + p->words[end - 1].len - p->words[first].at;
	}
	return s;
}

/* 1 where the words of `asked`, all of them, stand in `met` side by side. */
static int has_words(const person_name *asked, const person_name *met)
{
	person_span all = words_joined(asked, 0, asked->word_count);

	for (size_t i = 0; i + asked->word_count <= met->word_count; i++)
		if (same_span(all, words_joined(met, i, i + asked->word_count)))
			return 1;
	return 0;
}

/*
 * A family name is one of a person's where it is the whole of it, or without particles, or where
 * the last given name may belong to it.
 */
static int has_family(const person_name *met, person_span family)
{
	person_span wider = {NULL, 0, 0, 0};

	if (met->kind == PERSON_FULL && met->aligned)
		wider = words_joined(met, met->family.word - 1,
		                     met->family.word + met->family.count);
	return same_span(met->family, family) || same_span(met->core, family) ||
	       same_span(wider, family);
}

static int is_kin(const person_name *asked, const person_name *met)
{
	person_span wider = {NULL, 0, 0, 0}, given;

	if (has_words(asked, met) || has_family(met, asked->family))
		return 1;
	if (asked->kind != PERSON_FULL)
		return 0;
	given = asked->joined.len ? asked->joined : asked->given[0].span;
	if (asked->aligned)
		wider = words_joined(asked, asked->family.word - 1,
		                     asked->family.word + asked->family.count);
	/* Family name and given name the other way round. */
	return has_family(met, wider) ||
	       (same_span(met->family, given) && met->given_count &&
	        met->given[0].len == asked->family.len &&
	        memcmp(met->given[0].text, asked->family.text, asked->family.len) == 0);
}

static int is_of_family(const person_name *asked, const person_name *met)
{
	size_t first;

	if (!has_family(met, asked->family) || !met->given_count)
		return 0;
	first = person_initial(asked->given[0].text, asked->given[0].len);
	return met->given[0].len >= first &&
	       memcmp(met->given[0].text, asked->given[0].text, first) == 0;
}

static int is_the_same(const person_name *asked, const person_name *met)
{
	return asked->word_count == met->word_count && has_words(asked, met);
}

static void ask_printed(sheaf_docid docid, const char *name)
{
	person_name p;

	person_name_parse(&p, name, strlen(name));
	it.unparsed += p.kind == PERSON_NONE;
	if (p.word_count)
		expect(docid, name, SHEAF_TERM_NAME, is_kin);
}

static void ask_family_initial(sheaf_docid docid, const char *name)
{
	person_name p;
	buf         text = BUF_INIT(0);

	person_name_parse(&p, name, strlen(name));
	if (p.kind == PERSON_FULL) {
		buf_append(&text, p.family.text, p.family.len);
		buf_putc(&text, '_');
		buf_append(&text, p.given[0].text, person_initial(p.given[0].text, p.given[0].len));
		expect(docid, buf_str(&text), SHEAF_TERM_NAME, is_of_family);
	}
	it.unparsed += p.kind != PERSON_FULL;
	buf_free(&text);
}

static void ask_whole(sheaf_docid docid, const char *name)
{
	person_name p;

	person_name_parse(&p, name, strlen(name));
	it.unparsed += p.kind == PERSON_NONE;
	if (p.word_count && !p.overflow)
		expect(docid, name, SHEAF_TERM_WHOLE, is_the_same);
}

static void printed_names_find_themselves(void **state)
{
	(void)state;
	each_sampled(ask_printed);
	assert_true(it.unparsed * 20 < it.asked);
}

static void family_and_initial_find_the_name(void **state)
{
	(void)state;
	each_sampled(ask_family_initial);
	assert_true(it.unparsed * 10 < it.asked);
}

static void whole_names_find_themselves(void **state)
{
	(void)state;
	each_sampled(ask_whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(printed_names_find_themselves),
		cmocka_unit_test(family_and_initial_find_the_name),
		cmocka_unit_test(whole_names_find_themselves),
	};
	const char *shared = getenv("SHEAF_SHARED_DATA");

	if (!shared || access(shared, R_OK) != 0) {
		print_message("skipped: no shared data\n");
		return SKIPPED;
	}
	return cmocka_run_group_tests(tests, load, unload);
}

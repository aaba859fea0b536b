/* profile_fixture.h: a small database of papers about kitchens and gardens, and profiles for it. */
#ifndef PROFILE_FIXTURE_H
#define PROFILE_FIXTURE_H

#include "scratch_db.h"

#include <string.h>

#include "buf.h"
#include "datetime.h"
#include "document_private.h"

static inline sheaf_time fixture_time(const char *text)
{
	sheaf_time time;

	assert_true(time_parse(text, strlen(text), &time));
	return time;
}

/* Adds or changes a paper; `date` and `categories` NULL: not known. */
static inline void fixture_put(sheaf_database *db, const char *id, const char *title,
                               const char *abstract, const char *date, const char *categories)
{
	sheaf_document *doc;
	sheaf_error     err;

	must(sheaf_document_new(&doc, &err), &err);
	must(scratch_paper(doc, id, title, abstract, &err), &err);
	if (date)
		must(sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, fixture_time(date), &err),
		     &err);
	if (categories)
		must(document_add_category_line(doc, categories, &err), &err);
	must(sheaf_database_replace_document(db, doc, NULL, NULL, &err), &err);
	sheaf_document_free(doc);
}

static inline sheaf_database *fixture_open(char path[SCRATCH_PATH_SIZE], const char *name)
{
	sheaf_database *db;
	sheaf_error     err;

	scratch_path(path, name);
	must(sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, &err), &err);
	return db;
}

static inline void fixture_close(sheaf_database *db, const char *path)
{
	sheaf_database_close(db);
	scratch_remove(path);
}

static inline sheaf_profile_set *fixture_profiles(const char *yaml)
{
	sheaf_profile_set *set;
	sheaf_error        err;

	must(sheaf_profile_set_parse(yaml, strlen(yaml), "test.yaml", &set, &err), &err);
	return set;
}

static inline sheaf_classify_stats fixture_classify(sheaf_database          *db,
                                                    const sheaf_profile_set *set, int all)
{
	sheaf_classify_stats stats;
	sheaf_error          err;

	must(sheaf_classify(db, set, all, &stats, &err), &err);
	return stats;
}

typedef struct fixture_listing {
	sheaf_database *db;
	buf             text;
} fixture_listing;

static inline int fixture_list_one(void *ctx, const sheaf_placement *placement)
{
	fixture_listing *l = ctx;
	sheaf_document  *doc;
	sheaf_error      err;

	must(sheaf_database_get_document(l->db, placement->docid, &doc, &err), &err);
	buf_printf(&l->text, "%s:%s ", placement->profile,
	           sheaf_document_get_text(doc, SHEAF_FIELD_ID));
	sheaf_document_free(doc);
	return 0;
}

/* Checks the placements: "profile:id profile:id ", in their order. */
static inline void fixture_placed(sheaf_database *db, const sheaf_profile_set *set,
                                  const char *expected)
{
	fixture_listing l = {db, BUF_INIT(0)};
	sheaf_error     err;

	must(sheaf_placement_each(db, set, 0, fixture_list_one, &l, &err), &err);
	assert_string_equal(buf_str(&l.text), expected);
	buf_free(&l.text);
}

#endif

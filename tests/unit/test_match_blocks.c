/*
 * Ranges of dates as parts of queries: blocks of revisions that cannot match are left out,
 * whichever way a query is run, and the matches are those that the papers' own dates make.
 */
#include "scratch_db.h"

#include <string.h>

#include "database_private.h"
#include "datetime.h"
#include "dice.h"

enum { PAPERS = 4200, GONE = 300, QUERIES = 800, DAY = 86400, FIRST_DAY = 9000 };

static char        path[SCRATCH_PATH_SIZE];
static sheaf_error error;

/*
 * Dates grow with the papers, a day each, so that blocks of revisions lie apart; among the first
 * there are some of any date, and of none but that of the id.
 */
static void put_paper(sheaf_database *db, dice *d, unsigned number)
{
	static const char *const texts[] = {"lamps", "lamps and marbles", "red marbles", "nothing",
	                                    "marbles, then lamps"};
	int64_t                  day = FIRST_DAY + number;
	char                     id[32];
	sheaf_document          *doc;

	if (number % 7)
		snprintf(id, sizeof id, "paper-%05u", number);
	else
		snprintf(id, sizeof id, "%02u%02u.%05u", number / 365 + 1, number % 12 + 1, number);
	must(sheaf_document_new(&doc, &error), &error);
	must(scratch_paper(doc, id, texts[dice_below(d, 5)], "text", &error), &error);
	if (number < 900 && dice_one_in(d, 300))
		day = (int64_t)dice_below(d, 20000);
	if (number > 1800 || !dice_one_in(d, 40))
		must(sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, day * DAY, &error),
		     &error);
	if (dice_one_in(d, 2))
		must(sheaf_document_set_value(doc, SHEAF_FIELD_UPDATED, (day + 400) * DAY, &error),
		     &error);
	must(sheaf_database_replace_document(db, doc, NULL, NULL, &error), &error);
	sheaf_document_free(doc);
}

static int make(void **state)
{
	sheaf_database *db;
	dice            d;

	(void)state;
	dice_start(&d, 0xB10C5, 0, 0);
	scratch_path(path, "match-blocks");
	db = scratch_fill(path, PAPERS, put_paper, &d);
	must(sheaf_database_begin_transaction(db, &error), &error);
	for (unsigned i = 0; i < GONE; i++) {
		char id[32];

		snprintf(id, sizeof id, "paper-%05u", (unsigned)dice_below(&d, PAPERS));
		if (sheaf_database_delete_document(db, id, &error) != SHEAF_OK)
			assert_int_equal(error.status, SHEAF_ERROR_DOC_NOT_FOUND);
	}
	must(sheaf_database_commit_transaction(db, &error), &error);
	sheaf_database_close(db);
	return 0;
}

static int clean(void **state)
{
	(void)state;
	scratch_remove(path);
	return 0;
}

/* ---- which papers match ---- */

typedef unsigned char set[PAPERS + 1]; /* by docid */

/* Takes `query`. */
static void find(sheaf_database *db, sheaf_query *query, set found)
{
	sheaf_enquire *e;
	sheaf_mset    *mset;

	memset(found, 0, sizeof(set));
	must(sheaf_enquire_new(db, &e, &error), &error);
	sheaf_enquire_set_query(e, query);
	must(sheaf_enquire_get_mset(e, 0, PAPERS, &mset, &error), &error);
	assert_int_equal(sheaf_mset_get_matches_estimated(mset), sheaf_mset_size(mset));
	for (size_t i = 0; i < sheaf_mset_size(mset); i++) {
		sheaf_docid docid = sheaf_mset_get_docid(mset, i);

		assert_true(docid > 0 && docid <= PAPERS && !found[docid]);
		found[docid] = 1;
	}
	sheaf_mset_free(mset);
	sheaf_enquire_free(e);
}

typedef struct range {
	sheaf_field field;
	int64_t     begin, end;
} range;

static int lies_in(const range *r, document_date date)
{
	int64_t last = date.time;
	int     year, month, day;

	if (date.time == SHEAF_TIME_NONE)
		return 0;
	if (date.month_only) {
		date_civil(date.time / DAY, &year, &month, &day);
		last = date_days(year + month / 12, month % 12 + 1, 1) * DAY - 1;
	}
	return date.time >= r->begin && last <= r->end;
}

/* The papers that are there, and of each the three dates. */
static void read_dates(sheaf_database *db, set alive, document_date dates[PAPERS + 1][3])
{
	static const sheaf_field fields[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED,
	                                     SHEAF_FIELD_DATE};

	memset(alive, 0, sizeof(set));
	for (sheaf_docid docid = 1; docid <= PAPERS; docid++) {
		sheaf_document *doc;

		if (sheaf_database_get_document(db, docid, &doc, &error) != SHEAF_OK) {
			assert_int_equal(error.status, SHEAF_ERROR_DOC_NOT_FOUND);
			continue;
		}
		alive[docid] = 1;
		for (int i = 0; i < 3; i++)
			dates[docid][i] = document_get_date(doc, fields[i]);
		sheaf_document_free(doc);
	}
}

/* ---- queries ---- */

/* How a range goes together with the rest: what becomes of one in the rest, the range, or both. */
typedef struct joint {
	sheaf_op op;
	int      range_first;
	int      rest, range, both;
} joint;

static const joint joints[] = {
	{SHEAF_OP_AND, 0, 0, 0, 1}, {SHEAF_OP_AND, 1, 0, 0, 1},     {SHEAF_OP_FILTER, 0, 0, 0, 1},
	{SHEAF_OP_OR, 0, 1, 1, 1},  {SHEAF_OP_AND_NOT, 0, 1, 0, 0}, {SHEAF_OP_AND_NOT, 1, 0, 1, 0},
	{SHEAF_OP_XOR, 0, 1, 1, 0},
};

enum { RESTS = 5 };

/* A word with lists, one as it stands, phrases, everything. */
static sheaf_query *rest_of(size_t number)
{
	sheaf_query *query = NULL;

	switch (number) {
	case 0:
		must(sheaf_query_new_term(SHEAF_FIELD_ANY, "lamp", SHEAF_TERM_STEMMED, &query,
		                          &error),
		     &error);
		break;
	case 1:
		must(sheaf_query_new_term(SHEAF_FIELD_ANY, "marbles", 0, &query, &error), &error);
		break;
	case 2:
		must(sheaf_query_new_term(SHEAF_FIELD_ANY, "red marbles", 0, &query, &error),
		     &error);
		break;
	case 3:
		must(sheaf_query_new_term(SHEAF_FIELD_ANY, "unheard", 0, &query, &error), &error);
		break;
	default: must(sheaf_query_new_match_all(&query, &error), &error);
	}
	return query;
}

/* Many begin or end near the border of two blocks. */
static int64_t choose_day(dice *d)
{
	if (dice_one_in(d, 2))
		return (int64_t)dice_between(d, FIRST_DAY - 1000, FIRST_DAY + PAPERS + 1000);
	return (int64_t)(dice_below(d, PAPERS / VALUE_BLOCK + 1) * VALUE_BLOCK + FIRST_DAY +
	                 dice_below(d, 3)) -
	       1;
}

static sheaf_query *join(const joint *j, sheaf_query *rest, const range *r)
{
	sheaf_query *parts[2] = {rest, NULL}, *query;

	must(sheaf_query_new_range(r->field, r->begin, r->end, &parts[1], &error), &error);
	if (j->range_first) {
		parts[0] = parts[1];
		parts[1] = rest;
	}
	must(sheaf_query_new_op(j->op, parts, 2, 0, &query, &error), &error);
	return query;
}

static void ranges_find_what_they_should(void **state)
{
	static document_date dates[PAPERS + 1][3];
	static set           alive, rests[RESTS], found;
	sheaf_database      *db;
	size_t               matches = 0;

	(void)state;
	must(sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, &error), &error);
	read_dates(db, alive, dates);
	for (size_t i = 0; i < RESTS; i++)
		find(db, rest_of(i), rests[i]);
	for (unsigned i = 0; i < QUERIES; i++) {
		static const sheaf_field fields[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED,
		                                     SHEAF_FIELD_DATE};
		dice                     d;
		size_t                   which, field;
		const joint             *j;
		range                    r;

		dice_start(&d, 0xF1D, i, 0);
		which = dice_below(&d, RESTS);
		field = dice_below(&d, 3);
		j = &joints[dice_below(&d, sizeof joints / sizeof *joints)];
		r = (range){fields[field], choose_day(&d) * DAY, choose_day(&d) * DAY};
		find(db, join(j, rest_of(which), &r), found);
		for (sheaf_docid docid = 1; docid <= PAPERS; docid++) {
			int in = rests[which][docid], within = lies_in(&r, dates[docid][field]);
			int right = alive[docid] && (in && within ? j->both
			                             : in         ? j->rest
			                                          : within && j->range);

			if (found[docid] != right)
				fail_msg("query %u: docid %lld: found %d, not %d", i,
				         (long long)docid, found[docid], right);
			matches += found[docid];
		}
	}
	assert_true(matches > QUERIES * 50);
	sheaf_database_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges_find_what_they_should),
	};

	return cmocka_run_group_tests(tests, make, clean);
}

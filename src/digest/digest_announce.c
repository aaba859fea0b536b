/*
 * digest_announce.c: how a paper is announced to a section: as new, as a cross-list, as a new
 * version. The ledger of announcements tells it; where it does not know the paper, the version does.
 */
#include "digest_private.h"
#include "document_private.h"
#include "schedule.h"
#include "store.h"

/* What the ledger has of a paper. */
typedef struct ledger {
	int     any, fresh, replaced;
	int     own; /* 1: some list has it as its own, not as a cross-list */
	int     latest_replaced;
	int64_t latest;
} ledger;

static int read_entry(void *ctx, const char *category, const char *id, int version,
                      const announcement *a)
{
	ledger *l = ctx;
	int     replaced = a->kind == ANNOUNCEMENT_REPLACE || a->kind == ANNOUNCEMENT_REPLACE_CROSS;

	(void)category;
	(void)id;
	(void)version;
	l->replaced |= replaced;
	l->fresh |= !replaced;
	l->own |= a->kind == ANNOUNCEMENT_NEW || a->kind == ANNOUNCEMENT_REPLACE;
	/* New in one list and replaced in another on the same day: it is new. */
	l->latest_replaced = replaced && (!l->any || a->day != l->latest || l->latest_replaced);
	l->latest = a->day;
	l->any = 1;
	return 0;
}

/*
 * 1 where the paper was first announced when this digest had delivered for the last time, or since:
 * it was never there to be shown as new, though it may have a second version by now.
 */
static int came_since(const sheaf_digest *d, const sheaf_document *doc)
{
	sheaf_time announced = sheaf_document_get_value(doc, SHEAF_FIELD_ANNOUNCED);

	return announced != SHEAF_TIME_NONE && d->last != SHEAF_TIME_NONE &&
	       announced / 86400 >= schedule_day(d->last);
}

static digest_kind kind_of(const sheaf_digest *d, const ledger *l, const sheaf_document *doc,
                           const digest_pick *pick, const digest_section *section)
{
	const char *primary = sheaf_document_get_category(doc, 0);
	digest_kind kind = {
		.fresh = l->any ? l->fresh : pick->version <= 1,
		.replaced = l->replaced || pick->version > 1,
		.cross = l->any && !l->own,
		.latest = l->any ? l->latest_replaced : pick->version > 1,
	};

	if (section->lists && primary)
		kind.cross = !digest_is_listed(section->lists, primary);
	if (digest_is_update(pick)) {
		kind.fresh = 0;
		kind.replaced = kind.latest = 1;
	} else if (came_since(d, doc)) {
		kind.fresh = 1;
	}
	return kind;
}

sheaf_status digest_announce(sheaf_digest *d, const sheaf_document *doc, const digest_pick *pick,
                             digest_member *members, size_t count, sheaf_error *err)
{
	ledger       l = {0};
	sheaf_status status = store_announcement_of(d->db, pick->id, read_entry, &l, err);

	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		members[i].kind = kind_of(d, &l, doc, pick, &d->sections[members[i].section]);
	return status;
}

int digest_takes(const digest_section *section, const digest_kind *kind)
{
	unsigned want = section->include;

	if (!want)
		return 1;
	if (kind->cross && !(want & SHEAF_INCLUDE_CROSS))
		return 0;
	if (kind->fresh && (want & (kind->cross ? SHEAF_INCLUDE_CROSS : SHEAF_INCLUDE_NEW)))
		return 1;
	return kind->replaced && (want & SHEAF_INCLUDE_REPLACE);
}

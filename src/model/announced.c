#include "announced.h"

#include "schedule.h"

enum {
	DAY = 86400,
	/* A paper on hold comes later than scheduled; a record of it that is stamped still later was changed. */
	HOLD_DAYS = 14
};

static void set(sheaf_document *doc, int64_t day, int how)
{
	doc->value[SHEAF_FIELD_ANNOUNCED] = day * DAY;
	doc->value[SHEAF_FIELD_ANNOUNCED_SEEN] = how;
}

static int is_listed_as_new(const sheaf_document *doc)
{
	return doc->announced.kind == ANNOUNCEMENT_NEW &&
	       doc->announced.day > -DOCUMENT_TIME_MAX / DAY &&
	       doc->announced.day < DOCUMENT_TIME_MAX / DAY;
}

/* Before 1970 there was no arXiv. */
static int is_stamped_then(const sheaf_document *doc, int64_t scheduled)
{
	sheaf_time stamp = doc->value[SHEAF_FIELD_DATESTAMP];

	return doc->value[SHEAF_FIELD_VERSION] == 1 && stamp >= scheduled * DAY &&
	       stamp < (scheduled + HOLD_DAYS + 1) * DAY;
}

void announced_infer(sheaf_document *doc, sheaf_time submitted)
{
	int64_t scheduled;

	if (doc->value[SHEAF_FIELD_ANNOUNCED] != SHEAF_TIME_NONE)
		return;
	if (is_listed_as_new(doc)) {
		set(doc, doc->announced.day, ANNOUNCED_SEEN);
		return;
	}
	if (doc->value[SHEAF_FIELD_SUBMITTED] != SHEAF_TIME_NONE)
		submitted = doc->value[SHEAF_FIELD_SUBMITTED];
	scheduled = schedule_announcement(submitted);
	if (scheduled == INT64_MIN)
		return;
	if (is_stamped_then(doc, scheduled))
		set(doc, doc->value[SHEAF_FIELD_DATESTAMP] / DAY, ANNOUNCED_BY_DATESTAMP);
	else
		set(doc, scheduled, ANNOUNCED_BY_SCHEDULE);
}

static int certainty(const sheaf_document *doc)
{
	if (doc->value[SHEAF_FIELD_ANNOUNCED] == SHEAF_TIME_NONE)
		return 0;
	switch (doc->value[SHEAF_FIELD_ANNOUNCED_SEEN]) {
	case ANNOUNCED_SEEN: return 3;
	case ANNOUNCED_BY_DATESTAMP: return 2;
	default: return 1;
	}
}

void announced_merge(sheaf_document *doc, const sheaf_document *stored)
{
	int mine = certainty(doc), theirs = certainty(stored);

	if (theirs < mine || (theirs == mine && stored->value[SHEAF_FIELD_ANNOUNCED] >=
	                                                doc->value[SHEAF_FIELD_ANNOUNCED]))
		return;
	doc->value[SHEAF_FIELD_ANNOUNCED] = stored->value[SHEAF_FIELD_ANNOUNCED];
	doc->value[SHEAF_FIELD_ANNOUNCED_SEEN] = stored->value[SHEAF_FIELD_ANNOUNCED_SEEN];
}

#include "import_snapshot.h"

enum { DAY = 86400 };

void import_snapshot_meet(sheaf_time *newest, const import_row *file)
{
	if (file->exported || file->newest == SHEAF_TIME_NONE)
		return;
	if (*newest == SHEAF_TIME_NONE || file->newest > *newest)
		*newest = file->newest;
}

sheaf_status import_snapshot_cover(sheaf_database *db, sheaf_time newest, sheaf_time now,
                                   sheaf_error *err)
{
	const harvest_key key = {"snapshot", "", "", ""};
	coverage_range    range = {INT64_MIN, newest / DAY - (newest % DAY < 0), now};

	if (newest == SHEAF_TIME_NONE || now == SHEAF_TIME_NONE || !now)
		return SHEAF_OK;
	return store_coverage_add(db, &key, &range, err);
}

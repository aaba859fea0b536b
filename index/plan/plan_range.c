#include "plan_range.h"

#include <string.h>

#include "datetime.h"

int plan_date_holds(const plan_node *n, document_date date)
{
	int64_t last = date.time;
	int     year, month, day;

	if (date.time == SHEAF_TIME_NONE)
		return 0;
	if (date.month_only) {
		date_civil(date.time / 86400, &year, &month, &day);
		last = (month == 12 ? date_days(year + 1, 1, 1) : date_days(year, month + 1, 1)) *
		               86400 -
		       1;
	}
	return date.time >= n->begin && last <= n->end;
}

/* As memcmp() orders them; the beginning of a value comes before it. */
static int compare_bytes(const void *a, size_t a_len, const void *b, size_t b_len)
{
	int order = memcmp(a, b, a_len < b_len ? a_len : b_len);

	return order ? order : (a_len > b_len) - (a_len < b_len);
}

int plan_slot_holds(const sheaf_query *q, const void *value, size_t len)
{
	if (!value)
		return 0;
	return (!q->low || compare_bytes(value, len, q->low, q->low_len) >= 0) &&
	       (!q->high || compare_bytes(value, len, q->high, q->high_len) <= 0);
}

#include "profile_split.h"

#include "error.h"
#include "str.h"

sheaf_status profile_split(const char *text, sheaf_split *split, sheaf_error *err)
{
	*split = SHEAF_SPLIT_ALL;
	if (!text)
		return SHEAF_OK;
	if (str_eq(text, "train"))
		*split = SHEAF_SPLIT_TRAIN;
	else if (str_eq(text, "test"))
		*split = SHEAF_SPLIT_TEST;
	else
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--split is train or test, not '%.40s'", text);
	return SHEAF_OK;
}

#include "profile_source.h"

sheaf_status profile_source(session *s, const char *file, sheaf_profile_set **set, sheaf_error *err)
{
	sheaf_status status;

	if (!file)
		return sheaf_profile_set_load(s->db, NULL, set, err);
	status = sheaf_profile_set_read(file, set, err);
	if (status == SHEAF_OK)
		status = sheaf_profile_set_store(s->db, *set, err);
	if (status != SHEAF_OK) {
		sheaf_profile_set_free(*set);
		*set = NULL;
	}
	return status;
}

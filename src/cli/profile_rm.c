/* profile_rm.c: removes a profile from the set that it is in. */
#include "profile_lookup.h"
#include "profile_verbs.h"

sheaf_status profile_rm(session *s, sheaf_error *err)
{
	profile_found found;
	sheaf_status  status = profile_lookup_one(s, s->words[1], &found, err);

	if (status == SHEAF_OK)
		status = sheaf_profile_set_drop(s->db, found.set, found.profile, err);
	return status;
}

/* profile_import.c: profile files into the database, under the names of their digests. */
#include "profile_source.h"
#include "profile_verbs.h"

sheaf_status profile_import(session *s, sheaf_error *err)
{
	option_list  files = {0};
	profile_sets sets;
	sheaf_status status;

	files.count = s->word_count - 1;
	files.items = (const char **)(void *)&s->words[1];
	status = profile_sources(s, &files, 1, &sets, err);
	for (size_t i = 0; status == SHEAF_OK && i < sets.count; i++) {
		output_line(s->out, sheaf_profile_set_get_digest(sets.items[i])->name);
		output_printf(s->out, "\t%zu\n", sheaf_profile_set_size(sets.items[i]));
	}
	profile_sets_free(&sets);
	return status;
}

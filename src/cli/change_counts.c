#include "change_counts.h"

const char *change_kind_name(sheaf_change_kind kind)
{
	static const char *const names[SHEAF_CHANGE_KINDS] = {
		[SHEAF_CHANGE_NEW] = "new",
		[SHEAF_CHANGE_METADATA] = "metadata",
		[SHEAF_CHANGE_CATEGORY] = "category",
		[SHEAF_CHANGE_VERSION] = "version",
		[SHEAF_CHANGE_WITHDRAWN] = "withdrawn",
	};

	return (unsigned)kind < SHEAF_CHANGE_KINDS ? names[kind] : NULL;
}

void change_counts_tell(console *c, const int64_t changes[SHEAF_CHANGE_KINDS], int64_t kept_out)
{
	console_detail(c, "new versions %lld, metadata %lld, categories %lld, withdrawn %lld",
	               (long long)changes[SHEAF_CHANGE_VERSION],
	               (long long)changes[SHEAF_CHANGE_METADATA],
	               (long long)changes[SHEAF_CHANGE_CATEGORY],
	               (long long)changes[SHEAF_CHANGE_WITHDRAWN]);
	if (kept_out)
		console_note(
			c,
			"papers that were removed before, and are kept out: %lld; --force takes them",
			(long long)kept_out);
}

/* cooldown.c: the pauses that hosts have asked for. */
#include <string.h>

#include "error.h"
#include "folder.h"
#include "pace.h"
#include "str.h"

enum { HOST_MAX = 300 };

static const char suffix[] = ".pace";

/* "mirror.example.org_8080.pace" is mirror.example.org:8080; NULL: not such a file. */
static const char *read_host(const char *path, char host[HOST_MAX])
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	size_t      len = strlen(name), tail = sizeof suffix - 1;
	char       *mark;

	if (len <= tail || len - tail >= HOST_MAX || !str_eq(name + len - tail, suffix))
		return NULL;
	memcpy(host, name, len - tail);
	host[len - tail] = 0;
	mark = strrchr(host, '_');
	if (mark && mark[1] && !mark[1 + strspn(mark + 1, "0123456789")])
		*mark = ':';
	return host;
}

static int tell(const char *path, sheaf_time now, sheaf_cooldown_fn fn, void *ctx)
{
	char           host[HOST_MAX];
	sheaf_cooldown cooldown = {.host = read_host(path, host)};

	if (!cooldown.host)
		return 0;
	cooldown.until = pace_read_cool_down(path, now);
	return cooldown.until != SHEAF_TIME_NONE && fn(ctx, &cooldown);
}

sheaf_status sheaf_cooldown_each(const char *state_dir, sheaf_time now, sheaf_cooldown_fn fn,
                                 void *ctx, sheaf_error *err)
{
	folder_files files = {0};
	sheaf_status status;

	if (!state_dir || !*state_dir || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "cool-downs need a folder and whom to tell");
	if (!folder_is(state_dir))
		return SHEAF_OK;
	status = folder_list(state_dir, &files, err);
	for (size_t i = 0; status == SHEAF_OK && i < files.count; i++)
		if (tell(files.paths[i], now, fn, ctx))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	folder_free(&files);
	return status;
}

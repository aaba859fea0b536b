#include "lazy_library.h"

#include <dlfcn.h>
#include <string.h>

#include "error.h"

static sheaf_status fail(const lazy_library *library, const char *why, sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_FEATURE_UNAVAILABLE,
	                  "%s, which sheaf needs to %s, cannot be used: %.200s; install it",
	                  library->file, library->purpose, why ? why : "not loadable");
}

/* C does not convert an address of data to one of a function; POSIX has them alike. */
static void put(void *table, size_t at, void *address)
{
	memcpy((char *)table + at, &address, sizeof address);
}

sheaf_status lazy_library_load(const lazy_library *library, void *table, sheaf_error *err)
{
	void *handle = dlopen(library->file, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);

	if (!handle)
		return fail(library, dlerror(), err);
	for (size_t i = 0; i < library->count; i++) {
		void *address = dlsym(handle, library->functions[i].name);

		if (!address)
			return fail(library, dlerror(), err);
		put(table, library->functions[i].at, address);
	}
	return SHEAF_OK;
}

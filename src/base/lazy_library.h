/*
 * lazy_library.h: shared libraries that are loaded when they are first needed. libcurl, libxml2 and
 * libarchive bring some forty others with them: loading these takes longer than a search, which
 * needs none.
 */
#ifndef LAZY_LIBRARY_H
#define LAZY_LIBRARY_H

#include <sheaf/status.h>

#include <stddef.h>

/* A function of the library, and where its address belongs in the caller's table. */
typedef struct lazy_function {
	const char *name;
	size_t      at;
} lazy_function;

/* A row for `function`, kept as `member` of the struct `table`. */
#define LAZY_FUNCTION(table, member, function)                           \
	{                                                                \
		LAZY_NAME(function), LAZY_PLACE(table, member, function) \
	}
#define LAZY_NAME(function) #function
/*
 * What is inside the sizeof is only looked at by the compiler, which says so where the member has
 * another type than the library's header gives the function.
 */
#define LAZY_PLACE(table, member, function) \
	(offsetof(table, member) + 0 * sizeof(((table *)NULL)->member = (function)))

typedef struct lazy_library {
	const char          *file;    /* as the loader looks for it, "libcurl.so.4" */
	const char          *purpose; /* what cannot be done without it, "harvest" */
	const lazy_function *functions;
	size_t               count;
} lazy_library;

/*
 * Fills `table` with the addresses of all functions, loading the library unless the process has it
 * already. It stays loaded until the process ends, since libraries of TLS do not bear being
 * unloaded. Any thread may call this. Errors: FEATURE_UNAVAILABLE (missing, or without one of the
 * functions), and `table` is not to be used.
 */
sheaf_status lazy_library_load(const lazy_library *library, void *table, sheaf_error *err);

#endif

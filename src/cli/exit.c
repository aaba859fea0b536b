#include "exit.h"

#include <stddef.h>

static const exit_row rows[] = {
	{CODE_DONE, "done"},
	{CODE_NOTHING, "nothing matched, or nothing new"},
	{CODE_USAGE, "usage: the command line is wrong"},
	{CODE_INCOMPLETE,
         "incomplete: some of what was asked for is missing; what was got is kept"},
	{CODE_NETWORK, "the network or the source refused"},
	{CODE_COOLING, "cooling down: the source asked for a pause; try later"},
	{CODE_LOCKED, "the database is locked by another process"},
	{CODE_MISMATCH, "the schema or the tokenizer does not match: reindex"},
	{CODE_CORRUPT, "the database is corrupt, or not a sheaf database"},
	{CODE_FILE, "a file could not be read (missing, unreadable, unknown format) or written"},
	{CODE_INTERRUPTED, "interrupted"},
	{CODE_DONE, NULL},
};

const exit_row *exit_rows(void)
{
	return rows;
}

exit_code exit_code_of(sheaf_status status)
{
	static const unsigned char codes[] = {
		[SHEAF_OK] = CODE_DONE,
		[SHEAF_ERROR_NOMEM] = CODE_INCOMPLETE,
		[SHEAF_ERROR_INVALID_ARGUMENT] = CODE_USAGE,
		[SHEAF_ERROR_INVALID_OPERATION] = CODE_USAGE,
		[SHEAF_ERROR_DATABASE_NOT_FOUND] = CODE_FILE,
		[SHEAF_ERROR_DATABASE_OPENING] = CODE_CORRUPT,
		[SHEAF_ERROR_DATABASE_LOCKED] = CODE_LOCKED,
		[SHEAF_ERROR_DATABASE_VERSION] = CODE_MISMATCH,
		[SHEAF_ERROR_DATABASE_CORRUPT] = CODE_CORRUPT,
		[SHEAF_ERROR_DOC_NOT_FOUND] = CODE_NOTHING,
		[SHEAF_ERROR_QUERY_PARSER] = CODE_USAGE,
		[SHEAF_ERROR_FEATURE_UNAVAILABLE] = CODE_USAGE,
		[SHEAF_ERROR_NETWORK] = CODE_NETWORK,
		[SHEAF_ERROR_NETWORK_TIMEOUT] = CODE_NETWORK,
		[SHEAF_ERROR_PROTOCOL] = CODE_NETWORK,
		[SHEAF_ERROR_IO] = CODE_FILE,
		[SHEAF_ERROR_INTERRUPTED] = CODE_INTERRUPTED,
		[SHEAF_ERROR_COOLING_DOWN] = CODE_COOLING,
		[SHEAF_ERROR_CONFIG] = CODE_FILE,
	};
	size_t i = (size_t)status;

	return i < sizeof codes ? (exit_code)codes[i] : CODE_INCOMPLETE;
}

/* Where a code stands among the others; later is worse. */
static size_t rank(exit_code code)
{
	static const unsigned char order[] = {CODE_DONE,    CODE_NOTHING,    CODE_INCOMPLETE,
	                                      CODE_FILE,    CODE_COOLING,    CODE_NETWORK,
	                                      CODE_USAGE,   CODE_LOCKED,     CODE_MISMATCH,
	                                      CODE_CORRUPT, CODE_INTERRUPTED};
	size_t                     i = 0;

	while (i < sizeof order && order[i] != code)
		i++;
	return i;
}

exit_code exit_worst(exit_code a, exit_code b)
{
	return rank(a) >= rank(b) ? a : b;
}

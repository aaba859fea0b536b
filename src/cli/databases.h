/* databases.h: opening what a command asks for. */
#ifndef DATABASES_H
#define DATABASES_H

#include "command.h"

/*
 * Opens the database of the session where the command needs one, and the others of --db, for which
 * the first answers then. Errors: those of sheaf_database_open(), with what to run where there is
 * none; INVALID_ARGUMENT: the same database twice.
 */
sheaf_status databases_open(session *s, const db_request *request, sheaf_error *err);
void         databases_close(session *s);
/* The size of the session's database file; 0: there is none. */
int64_t databases_bytes(const session *s);

#endif

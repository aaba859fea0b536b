/* fts5_api.h: the way to FTS5's extension interface. */
#ifndef FTS5_API_H
#define FTS5_API_H

#include <sheaf/status.h>
#include <sqlite3.h>

/* The interface of a connection; it lives as long as the connection. */
sheaf_status fts5_api_get(sqlite3 *sql, fts5_api **api, sheaf_error *err);

#endif

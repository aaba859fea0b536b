#include "schema.h"

#include <stdio.h>

#include "sql_error.h"

int schema_version(void)
{
	int n = 0;

	while (schema_text[n])
		n++;
	return n;
}

sheaf_status schema_migrate(sqlite3 *sql, int from, sheaf_error *err)
{
	int  version = schema_version(), rc;
	char pragma[96];

	if (from == version)
		return SHEAF_OK;
	rc = sqlite3_exec(sql, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	for (int i = from; rc == SQLITE_OK && i < version; i++)
		rc = sqlite3_exec(sql, schema_text[i], NULL, NULL, NULL);
	snprintf(pragma, sizeof pragma, "PRAGMA application_id = %d; PRAGMA user_version = %d",
	         SCHEMA_APPLICATION_ID, version);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(sql, pragma, NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(sql, "COMMIT", NULL, NULL, NULL);
	if (rc != SQLITE_OK) {
		sheaf_status status = sql_fail(sql, rc, err);

		sqlite3_exec(sql, "ROLLBACK", NULL, NULL, NULL);
		return status;
	}
	return SHEAF_OK;
}

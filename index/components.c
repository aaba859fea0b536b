#include "components.h"

#include <sqlite3.h>

void index_components(buf *out)
{
	buf_printf(out, "SQLite %s\n", sqlite3_libversion());
	buf_printf(out, "Snowball %s\n", SHEAF_STEMMER_VERSION);
}

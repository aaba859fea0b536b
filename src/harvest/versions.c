/* The versions of everything below, told by the one layer that sees it all. */
#include <string.h>

#include "buf.h"
#include "components.h"
#include "http.h"
#include "xml_version.h"

char *sheaf_components(void)
{
	buf out = BUF_INIT(4096);

	index_components(&out);
	buf_printf(&out, "libcurl %s\n", http_library_version());
	buf_printf(&out, "libxml2 %s\n", xml_version());
	return buf_take(&out);
}

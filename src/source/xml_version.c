#include "xml_version.h"

#include <libxml/parser.h>

const char *xml_version(void)
{
	return LIBXML_DOTTED_VERSION;
}

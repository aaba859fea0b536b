/* profile_query.c: texts of profiles to queries. */
#include <sheaf/query_parser.h>

#include "profile_private.h"

sheaf_status profile_parse_query(const char *text, sheaf_query **query, sheaf_error *err)
{
	sheaf_query_parser *parser = NULL;
	sheaf_status        status;

	*query = NULL;
	status = sheaf_query_parser_new(&parser, err);
	if (status != SHEAF_OK)
		return status;
	sheaf_query_parser_set_max_length(parser, PROFILE_QUERY_MAX);
	status = sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, query, err);
	sheaf_query_parser_free(parser);
	return status;
}

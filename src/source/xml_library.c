#include "xml_library.h"

#include "lazy_library.h"

#define ROW(member, function) LAZY_FUNCTION(xml_library, member, function)

static const lazy_function functions[] = {
	ROW(init_parser, xmlInitParser),
	ROW(create_push_parser, xmlCreatePushParserCtxt),
	ROW(use_options, xmlCtxtUseOptions),
	ROW(parse_chunk, xmlParseChunk),
	ROW(stop_parser, xmlStopParser),
	ROW(free_parser, xmlFreeParserCtxt),
	ROW(line_number, xmlSAX2GetLineNumber),
	ROW(predefined_entity, xmlGetPredefinedEntity),
	ROW(set_error_fn, xmlSetStructuredErrorFunc),
	ROW(error_fn, __xmlStructuredError),
	ROW(error_ctx, __xmlStructuredErrorContext),
};

sheaf_status xml_library_load(xml_library *xml, sheaf_error *err)
{
	static const lazy_library library = {SHEAF_XML2_FILE, "read XML", functions,
	                                     sizeof functions / sizeof *functions};

	return lazy_library_load(&library, xml, err);
}

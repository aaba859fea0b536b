/* xml_library.h: what xml_stream.c calls of libxml2, which the first XML to be read loads. */
#ifndef XML_LIBRARY_H
#define XML_LIBRARY_H

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <sheaf/status.h>

/* libxml2's functions; the last two tell where a thread's own variables are. */
typedef struct xml_library {
	void (*init_parser)(void);
	xmlParserCtxtPtr (*create_push_parser)(xmlSAXHandlerPtr sax, void *ctx, const char *chunk,
	                                       int size, const char *filename);
	int (*use_options)(xmlParserCtxtPtr parser, int options);
	int (*parse_chunk)(xmlParserCtxtPtr parser, const char *chunk, int size, int last);
	void (*stop_parser)(xmlParserCtxtPtr parser);
	void (*free_parser)(xmlParserCtxtPtr parser);
	int (*line_number)(void *parser);
	xmlEntityPtr (*predefined_entity)(const xmlChar *name);
	void (*set_error_fn)(void *ctx, xmlStructuredErrorFunc fn);
	xmlStructuredErrorFunc *(*error_fn)(void);
	void **(*error_ctx)(void);
} xml_library;

/* Loads libxml2. Errors: FEATURE_UNAVAILABLE: it is not installed. */
sheaf_status xml_library_load(xml_library *xml, sheaf_error *err);

#endif

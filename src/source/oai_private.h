/* oai_private.h: what the parts of the OAI-PMH parser share. */
#ifndef OAI_PRIVATE_H
#define OAI_PRIVATE_H

#include "source_private.h"
#include "xml_stream.h"

/* Where in the answer. TOP also holds within elements that enclose whole answers. */
enum {
	TOP = XML_START,
	ANSWER = 1 << 1,
	LIST = 1 << 2,
	RECORD = 1 << 3,
	HEADER = 1 << 4,
	METADATA = 1 << 5,
	PAPER = 1 << 6,
	AUTHORS = 1 << 7,
	AUTHOR = 1 << 8,
	VERSION = 1 << 9,
	LEAF = 1 << 10,
	DUBLIN = 1 << 11, /* inside oai_dc */
	ABOUT = 1 << 12,
	OURS = 1 << 13 /* inside what an export of sheaf adds */
};

/* The dates of a record. */
enum { DATESTAMP, CREATED, UPDATED, DATES };

enum { HEADER_ID_SIZE = 160, NAME_SIZE = 64, OAI_ABOUT_VALUES = 5 };

/* What an export of sheaf tells beside arXivRaw: values as they are stored. */
typedef struct oai_about {
	unsigned told; /* a bit each */
	int64_t  value[OAI_ABOUT_VALUES];
	int      authors; /* 1: those that are in the document are the ones told here */
} oai_about;

typedef struct oai_parser {
	source_parser base;
	xml_rules     parts[4]; /* of the table */
	xml_stream   *stream;
	int64_t       ordinal;              /* of the record, deleted ones counted */
	int           understood;           /* 1: something of OAI-PMH was met */
	char          outermost[NAME_SIZE]; /* element that encloses answers */
	int           new_server;           /* 1: the answer is of the server of 2025 */
	int           is_export;  /* 1: sheaf has written it, whatever its papers are from */
	sheaf_time    high_water; /* of which info.high_water is the day */

	/* of the record that is being read */
	int             in_record; /* 1: inside <record> */
	int             deleted, has_id;
	document_source source;     /* by the metadata's element; NONE: none was met */
	int             new_record; /* 1: the record is of the server of 2025 */
	char            header_id[HEADER_ID_SIZE];
	sheaf_time      dates[DATES];
	record_version *version;
	oai_about       about;
	buf             sets;     /* categories by the header's sets, blanks between them */
	buf             subjects; /* oai_dc: categories by their names */
} oai_parser;

/* Begins a record. */
void oai_start_record(oai_parser *p);
/* Hands the record to the sink, unless it is deleted or cannot be used. */
sheaf_status oai_end_record(oai_parser *p, sheaf_error *err);
/* The end of a date; the rule's argument tells which. */
sheaf_status oai_on_date(void *ctx, const xml_element *e, sheaf_error *err);

/* Takes a text field; the rule's argument tells which. */
sheaf_status oai_on_field(void *ctx, const xml_element *e, sheaf_error *err);

/* What oai_dc tells of categories and by dates goes into the document. */
sheaf_status oai_dc_end(oai_parser *p, sheaf_error *err);

/* What the record's <about> told goes into the document, which has all else. */
sheaf_status oai_about_end(oai_parser *p, sheaf_error *err);
/* The end of an author and of its parts. */
sheaf_status oai_on_author_end(void *ctx, const xml_element *e, sheaf_error *err);

/* The rules inside <metadata>: arXiv's own formats, and what else there may be. */
extern const xml_rules oai_paper_rules, oai_dc_rules, oai_about_rules;

#endif

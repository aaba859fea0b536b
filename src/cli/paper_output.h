/* paper_output.h: the options that say in what form papers are printed, and the writer for them. */
#ifndef PAPER_OUTPUT_H
#define PAPER_OUTPUT_H

#include <sheaf/writer.h>

#include "command.h"

/* What --format and --fields say. */
typedef struct paper_output {
	const char *format;
	const char *fields; /* NULL: the format's own choice */
} paper_output;

/* The choices of --format: for any papers, and for the answer to a query. Ended by NULL. */
extern const char *const paper_formats[], *const search_formats[];

/* The rows of an options table for a paper_output that is `member` of the struct `type`. */
/* clang-format off */
#define PAPER_OUTPUT_ROWS(type, member, choices, formats)                                          \
	OPT_WORD("format", 0, "F", offsetof(type, member.format), choices, formats),               \
	OPT_SET("json", offsetof(type, member.format), "json", "the same as --format json"),       \
	OPT_VALUE("fields", 0, "A,B,C", OPTION_TEXT, offsetof(type, member.fields),                \
	          "which fields, and in which order (text, tsv, csv, json, jsonl)")
/* clang-format on */
#define PAPER_FORMATS_HELP "text (default), ids, tsv, json, jsonl, csv, markdown, html, atom, …"

/* The format's number; `format` is one of the choices. */
sheaf_format paper_output_format(const paper_output *p);
/*
 * Makes the writer, onto the session's standard output. Errors: INVALID_ARGUMENT for a field that
 * there is not, and for fields where the format has no choice of them.
 */
sheaf_status paper_output_writer(session *s, const paper_output *p, sheaf_writer **writer,
                                 sheaf_error *err);
/* 1 where text on standard output may have colours. */
int paper_output_colours(const session *s);
/* 1 where --fields names the field. */
int paper_output_asks_for(const paper_output *p, const char *field);
/*
 * Refuses a format that has no place for what the option `wanting` adds. `formats` lists those that
 * do, ended by NULL.
 */
sheaf_status paper_output_needs(const paper_output *p, const char *wanting,
                                const char *const *formats, sheaf_error *err);

#endif

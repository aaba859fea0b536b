/* writer_private.h: the inside of a writer, and what a format must be able to do. */
#ifndef WRITER_PRIVATE_H
#define WRITER_PRIVATE_H

#include <sheaf/writer.h>

#include "buf.h"
#include "cite_key.h"

enum { WRITER_FIELDS_MAX = 32 }; /* fields that a list can show */

struct paper_field;
struct mime_part;

/* Each appends to writer->out; NULL: nothing to do. A section begins with its first paper. */
typedef struct writer_ops {
	const char *name; /* as --format has it */
	void (*begin)(sheaf_writer *w);
	/* See section_name and section_heading; section_items is still that of the one before. */
	void (*section)(sheaf_writer *w);
	void (*item)(sheaf_writer *w, const sheaf_item *item);
	void (*end)(sheaf_writer *w);
	void (*clear)(sheaf_writer *w); /* frees what is the format's own; may come twice */
	int         has_fields;         /* 1: what it shows of a paper can be chosen */
	const char *list_mark; /* between authors, and between categories; NULL: ", " and " " */
} writer_ops;

struct sheaf_writer {
	const writer_ops         *ops;
	sheaf_write_fn            fn;
	void                     *ctx;
	sheaf_list_head           head;
	int                       open;  /* between begin and end */
	sheaf_error               error; /* the first failure; status OK: none */
	buf                       out;   /* not yet handed to fn */
	buf                       section_name, section_heading;
	int                       section_named;   /* 0: the fallback, which has no name */
	int                       section_pending; /* 1: no paper of it has come yet */
	size_t                    lists;           /* begun */
	size_t                    sections;        /* begun, without the pending one */
	size_t                    section_items;   /* papers of the section so far */
	size_t                    items;           /* papers of the list so far */
	size_t                    entries;         /* of a feed, so far: each paper once */
	size_t                    updates;         /* papers of the list that are updated, so far */
	buf                       flat, line;      /* scratch */
	buf                       body, contents;  /* of a page that begins with what is on it */
	struct mime_part         *parts;           /* of a message; NULL: none */
	cite_keys                 keys;        /* given in this list; of a feed, its entries' ids */
	size_t                    field_count; /* chosen; 0: the format's own choice */
	const struct paper_field *fields[WRITER_FIELDS_MAX];
};

/*
 * Empties `flat` or `line` for its next use. A failure of it becomes the writer's error, which
 * buf_clear() alone would forget.
 */
void writer_clear(sheaf_writer *w, buf *scratch);

/* Hands over what was written so far, then `bytes` (NULL: none), however many they are. */
void writer_pass(sheaf_writer *w, const buf *bytes);

/* The rank of an item, from 1. */
size_t writer_rank(const sheaf_writer *w, const sheaf_item *item);

extern const writer_ops write_text_ops, write_ids_ops, write_tsv_ops, write_json_ops,
	write_jsonl_ops, write_trec_ops, write_markdown_ops, write_snapshot_ops, write_csv_ops,
	write_html_ops, write_atom_ops, write_bibtex_ops, write_ris_ops, write_oai_ops,
	write_jsonfeed_ops, write_mime_ops;

#endif

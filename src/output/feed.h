/* feed.h: what Atom and JSON Feed have in common. */
#ifndef FEED_H
#define FEED_H

#include "writer_private.h"

#define FEED_TITLE "arXiv papers" /* of a feed that is about nothing special */

/*
 * Appends what an entry is known by: `base` and the id, without version, so that a new version of a
 * paper is the same entry, updated; for local identifiers urn:sheaf:paper:ID. As it is: not escaped.
 */
void feed_entry_id(const sheaf_document *doc, const char *base, buf *out);
/* 1 where the paper is not in the feed yet: an id may stand in it once, a paper in many sections. */
int feed_is_first(sheaf_writer *w, const sheaf_document *doc);
/* Appends the address with what could end it percent-encoded; nothing unless it is http: or https:. */
void feed_address(const char *address, buf *out);
/* What the list is about; NULL: nothing special. */
const char *feed_subject(const sheaf_writer *w);
/* The title, or what stands in its place. */
const char *feed_title(const sheaf_writer *w);

#endif

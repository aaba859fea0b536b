/*
 * write_mime.c: a message for `sendmail -t`: the list as text and as a page, of which a mail program
 * shows the one it can. Both are written as they come, and encoded when they are whole.
 */
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "escape.h"
#include "feed.h"
#include "hash.h"
#include "mime_header.h"
#include "paper.h"
#include "quoted_printable.h"
#include "str.h"
#include "utf8.h"

/* In quoted-printable text no underline follows an equals sign. */
#define BOUNDARY "=_sheaf_digest"

enum {
	PART_COUNT = 2,
	PART_MAX = 1 << 30, /* bytes of a part */
	PIECE = 48 << 10,   /* bytes encoded at a time */
	SUBJECT_MAX = 400,  /* bytes */
	LABEL_MAX = 24      /* bytes of a name in an identifier */
};

struct mime_part {
	sheaf_writer *writer;
	buf           text;
};

static const struct {
	sheaf_format format;
	const char  *type;
} kinds[PART_COUNT] = {
	{SHEAF_FORMAT_TEXT, "text/plain"},
	{SHEAF_FORMAT_HTML, "text/html"},
};

static int to_part(void *ctx, const char *bytes, size_t len)
{
	struct mime_part *part = ctx;

	buf_append(&part->text, bytes, len);
	return part->text.status != SHEAF_OK;
}

static void mime_clear(sheaf_writer *w)
{
	for (size_t i = 0; w->parts && i < PART_COUNT; i++) {
		sheaf_writer_free(w->parts[i].writer);
		buf_free(&w->parts[i].text);
	}
	mem_free(w->parts);
	w->parts = NULL;
}

static void mime_begin(sheaf_writer *w)
{
	sheaf_list_head head = w->head;

	mime_clear(w);
	w->parts = mem_calloc(PART_COUNT, sizeof *w->parts);
	if (!w->parts) {
		sheaf_nomem(&w->error);
		return;
	}
	head.colour = 0;
	for (size_t i = 0; i < PART_COUNT; i++) {
		struct mime_part *part = &w->parts[i];

		part->text.cap = PART_MAX;
		if (sheaf_writer_new(kinds[i].format, to_part, part, &part->writer, &w->error) !=
		    SHEAF_OK)
			return;
		sheaf_writer_begin(part->writer, &head);
	}
}

static void mime_section(sheaf_writer *w)
{
	for (size_t i = 0; i < PART_COUNT; i++)
		sheaf_writer_section(w->parts[i].writer,
		                     w->section_named ? buf_str(&w->section_name) : NULL,
		                     buf_str(&w->section_heading));
}

static void mime_item(sheaf_writer *w, const sheaf_item *item)
{
	for (size_t i = 0; i < PART_COUNT; i++)
		sheaf_writer_item(w->parts[i].writer, item);
}

static void put_subject(sheaf_writer *w)
{
	writer_clear(w, &w->line);
	escape_folded(&w->line, feed_title(w));
	if (!w->line.len)
		buf_puts(&w->line, FEED_TITLE);
	if (w->line.len > SUBJECT_MAX) {
		buf_truncate(&w->line, utf8_floor(w->line.data, SUBJECT_MAX));
		buf_puts(&w->line, "\xE2\x80\xA6");
	}
	mime_header_text(&w->out, "Subject", buf_str(&w->line));
}

static void put_addresses(sheaf_writer *w, const char *name, const char *addresses)
{
	const char *wrong = addresses ? mime_header_addresses(&w->out, name, addresses) : NULL;

	if (wrong && w->error.status == SHEAF_OK)
		sheaf_fail(&w->error, SHEAF_ERROR_INVALID_ARGUMENT,
		           "%s: '%.80s' is no address; write name@host or Name <name@host>", name,
		           wrong);
}

static const char *name_of(const sheaf_writer *w)
{
	return w->head.name && *w->head.name ? w->head.name : feed_title(w);
}

/* The name in what identifiers may hold; where that is not all of it, with a hash of it. */
static void put_label(sheaf_writer *w, const char *name)
{
	size_t start = w->out.len;
	int    is_whole = 1;

	for (const char *p = name; *p && w->out.len - start < LABEL_MAX; p++) {
		unsigned char c = (unsigned char)*p;

		if (str_is_alpha(c) || str_is_digit(c))
			buf_putc(&w->out, *p);
		else if (w->out.len > start && w->out.data[w->out.len - 1] != '-')
			buf_putc(&w->out, '-');
		is_whole &= str_is_alpha(c) || str_is_digit(c) || c == '-';
	}
	if (!is_whole || w->out.len - start != strlen(name))
		buf_printf(
			&w->out, "%s%08x",
			w->out.len > start && w->out.data[w->out.len - 1] != '-' ? "-" : "",
			(unsigned)(hash_finish(hash_bytes(HASH_SEED, name, strlen(name))) >> 32));
}

/* Both say which digest it is; the message's own also when it was made. */
static void put_identifiers(sheaf_writer *w)
{
	const char *name = name_of(w);
	uint64_t    hash = hash_bytes(HASH_SEED, name, strlen(name));
	char        when[24];

	for (size_t i = 0; i < 8; i++)
		when[i] = (char)((uint64_t)w->head.now >> (8 * i) & 0xFF);
	hash = hash_finish(hash_bytes(hash, when, 8));
	buf_puts(&w->out, "Message-ID: <");
	put_label(w, name);
	buf_printf(&w->out, ".%016llx@", (unsigned long long)hash);
	mime_domain(&w->out, w->head.from);
	buf_puts(&w->out, ">\nList-Id: <");
	put_label(w, name);
	buf_putc(&w->out, '.');
	mime_domain(&w->out, w->head.from);
	buf_puts(&w->out, ">\n");
}

/* The zone as a number: the name that the formatter writes is read, but not to be written. */
static void put_date(sheaf_writer *w)
{
	char text[TIME_TEXT_SIZE], *zone;

	if (w->head.now == SHEAF_TIME_NONE)
		return;
	time_format_rfc5322(w->head.now, text);
	zone = strstr(text, " GMT");
	if (zone)
		*zone = 0;
	buf_printf(&w->out, "Date: %s +0000\n", text);
}

static void put_header(sheaf_writer *w)
{
	put_addresses(w, "From", w->head.from);
	put_addresses(w, "To", w->head.to);
	put_subject(w);
	put_date(w);
	put_identifiers(w);
	buf_puts(&w->out, "Auto-Submitted: auto-generated\n"
	                  "MIME-Version: 1.0\n"
	                  "Content-Type: multipart/alternative;\n boundary=\"" BOUNDARY "\"\n");
}

static void put_part(sheaf_writer *w, size_t part)
{
	const buf *text = &w->parts[part].text;
	size_t     column = 0;

	buf_printf(&w->out,
	           "\n--" BOUNDARY "\nContent-Type: %s; charset=utf-8\n"
	           "Content-Transfer-Encoding: quoted-printable\n\n",
	           kinds[part].type);
	for (size_t at = 0; at < text->len && w->error.status == SHEAF_OK; at += PIECE) {
		size_t len = text->len - at < PIECE ? text->len - at : PIECE;

		quoted_printable(&w->out, text->data + at, len, &column);
		writer_pass(w, NULL);
	}
}

static void mime_end(sheaf_writer *w)
{
	for (size_t i = 0; i < PART_COUNT; i++)
		if (sheaf_writer_end(w->parts[i].writer, &w->error) != SHEAF_OK) {
			/* What did not fit tells more than that it was not taken. */
			buf_status(&w->parts[i].text, &w->error);
			return;
		}
	put_header(w);
	for (size_t i = 0; i < PART_COUNT; i++)
		put_part(w, i);
	buf_puts(&w->out, "\n--" BOUNDARY "--\n");
	mime_clear(w);
}

const writer_ops write_mime_ops = {.name = "mime",
                                   .begin = mime_begin,
                                   .section = mime_section,
                                   .item = mime_item,
                                   .end = mime_end,
                                   .clear = mime_clear};

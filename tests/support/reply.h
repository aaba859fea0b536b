/* reply.h: what the server is going to say, before any fault is applied; and XML text. */
#ifndef REPLY_H
#define REPLY_H

#include "buf.h"

typedef struct reply {
	unsigned    http_status;
	const char *type; /* Content-Type; static */
	buf         body;
} reply;

#define REPLY_INIT                                          \
	{                                                   \
		200, "text/xml; charset=utf-8", BUF_INIT(0) \
	}

/* Appends text as XML content or attribute value: markup escaped, what XML forbids replaced. */
void reply_text(buf *out, const char *text);
/* `<name>text</name>` on a line of its own after `indent`; nothing where `text` is NULL. */
void reply_element(buf *out, const char *indent, const char *name, const char *text);

#endif

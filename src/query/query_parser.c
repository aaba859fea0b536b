#include "query_parser_private.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "query_grammar.h"
#include "query_lexer.h"
#include "query_private.h"

sheaf_status sheaf_query_parser_new(sheaf_query_parser **qp, sheaf_error *err)
{
	*qp = mem_calloc(1, sizeof(**qp));
	if (!*qp)
		return sheaf_nomem(err);
	(*qp)->join = SHEAF_OP_AND;
	(*qp)->own_stop_words = 1;
	(*qp)->max_length = QUERY_LENGTH_MAX;
	(*qp)->now = SHEAF_TIME_NONE;
	return SHEAF_OK;
}

void sheaf_query_parser_free(sheaf_query_parser *qp)
{
	if (!qp)
		return;
	buf_free(&qp->notes);
	buf_free(&qp->text);
	mem_free(qp);
}

void sheaf_query_parser_set_default_op(sheaf_query_parser *qp, sheaf_op op)
{
	qp->join = op == SHEAF_OP_OR ? SHEAF_OP_OR : SHEAF_OP_AND;
}

void sheaf_query_parser_set_stopper(sheaf_query_parser *qp, const char *const *words)
{
	qp->stop_words = words;
	qp->own_stop_words = 0;
}

void sheaf_query_parser_set_max_length(sheaf_query_parser *qp, size_t bytes)
{
	qp->max_length = bytes ? bytes : QUERY_LENGTH_MAX;
}

void sheaf_query_parser_set_now(sheaf_query_parser *qp, sheaf_time now)
{
	qp->now = now;
}

const char *sheaf_query_parser_get_notes(const sheaf_query_parser *qp)
{
	return buf_str(&qp->notes);
}

void query_note(sheaf_query_parser *qp, const char *format, ...)
{
	char    line[160];
	va_list args;
	int     n;

	va_start(args, format);
	n = vsnprintf(line, sizeof line, format, args);
	va_end(args);
	if (n < 0 || n >= (int)sizeof line || qp->notes.len + (size_t)n + 1 > NOTES_MAX)
		return;
	if (qp->notes.len)
		buf_putc(&qp->notes, '\n');
	buf_puts(&qp->notes, line);
}

/* The length of `text`, looking no further than the cap. */
static sheaf_status check_length(const sheaf_query_parser *qp, const char *text, sheaf_error *err)
{
	if (strnlen(text, qp->max_length) < qp->max_length || !text[qp->max_length])
		return SHEAF_OK;
	return sheaf_fail_at(err, SHEAF_ERROR_QUERY_PARSER, (long)qp->max_length,
	                     "query longer than the limit of %zu bytes: shorten it",
	                     qp->max_length);
}

sheaf_status sheaf_query_parser_parse_query(sheaf_query_parser *qp, const char *text,
                                            unsigned flags, sheaf_query **query, sheaf_error *err)
{
	sheaf_status status;

	*query = NULL;
	buf_clear(&qp->notes);
	buf_clear(&qp->text);
	if (!text)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no query to parse");
	status = check_length(qp, text, err);
	if (status != SHEAF_OK)
		return status;
	query_clean(&qp->text, text);
	status = buf_status(&qp->text, err);
	if (status != SHEAF_OK)
		return status;
	*query = query_grammar_run(qp, buf_str(&qp->text), flags);
	if (*query && qp->notes.status == SHEAF_OK)
		return SHEAF_OK;
	sheaf_query_free(*query);
	*query = NULL;
	return sheaf_nomem(err);
}

#include "query_parser_private.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "query_grammar.h"
#include "query_group.h"
#include "query_lexer.h"
#include "query_private.h"
#include "query_url.h"
#include "str.h"

sheaf_status sheaf_query_parser_new(sheaf_query_parser **qp, sheaf_error *err)
{
	*qp = mem_calloc(1, sizeof(**qp));
	if (!*qp)
		return sheaf_nomem(err);
	(*qp)->join = SHEAF_OP_AND;
	(*qp)->own_stop_words = 1;
	(*qp)->max_length = QUERY_LENGTH_MAX;
	(*qp)->now = SHEAF_TIME_NONE;
	(*qp)->min_wildcard_prefix = 1;
	return SHEAF_OK;
}

void sheaf_query_parser_free(sheaf_query_parser *qp)
{
	if (!qp)
		return;
	while (qp->kept_count) {
		query_kept *kept = &qp->kept[--qp->kept_count];

		kept->free(kept->thing);
	}
	query_names_free(&qp->names);
	buf_free(&qp->notes);
	buf_free(&qp->text);
	buf_free(&qp->stopped);
	buf_free(&qp->corrected);
	mem_free(qp);
}

sheaf_status query_parser_keep(sheaf_query_parser *qp, void *thing, void (*free_thing)(void *thing),
                               sheaf_error *err)
{
	if (qp->kept_count == QUERY_KEPT_MAX) {
		free_thing(thing);
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "too many things go with one query parser");
	}
	qp->kept[qp->kept_count++] = (query_kept){thing, free_thing};
	return SHEAF_OK;
}

void sheaf_query_parser_set_default_op(sheaf_query_parser *qp, sheaf_op op)
{
	qp->join = query_group_joins(op) ? op : SHEAF_OP_AND;
}

void sheaf_query_parser_set_stopper(sheaf_query_parser *qp, const char *const *words)
{
	qp->stop_words = words;
	qp->own_stop_words = 0;
	qp->stop = NULL;
}

void sheaf_query_parser_set_stopper_fn(sheaf_query_parser *qp, sheaf_stopper_fn fn, void *ctx)
{
	sheaf_query_parser_set_stopper(qp, NULL);
	qp->stop = fn;
	qp->stop_ctx = ctx;
}

sheaf_status sheaf_query_parser_add_range_processor(sheaf_query_parser      *qp,
                                                    sheaf_range_processor_fn fn, void *ctx,
                                                    sheaf_error *err)
{
	if (!fn || qp->parsing)
		return sheaf_fail(
			err, SHEAF_ERROR_INVALID_ARGUMENT,
			"a range processor needs a function, and a parser that is not at work");
	if (qp->range_count == QUERY_RANGE_PROCESSORS_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a query parser has at most %d range processors",
		                  QUERY_RANGE_PROCESSORS_MAX);
	qp->ranges[qp->range_count++] = (query_range_processor){fn, ctx};
	return SHEAF_OK;
}

void sheaf_query_parser_set_max_expansion(sheaf_query_parser *qp, unsigned max,
                                          sheaf_wildcard_limit limit)
{
	qp->max_expansion = max;
	qp->expansion_limit = limit;
}

void sheaf_query_parser_set_min_wildcard_prefix(sheaf_query_parser *qp, unsigned letters)
{
	qp->min_wildcard_prefix = letters;
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

const char *sheaf_query_parser_get_corrected_query_string(const sheaf_query_parser *qp)
{
	return buf_str(&qp->corrected);
}

const char *sheaf_query_parser_get_stop_word(const sheaf_query_parser *qp, size_t i)
{
	const char *word = buf_str(&qp->stopped), *end = word + qp->stopped.len;

	for (; word < end && i; i--)
		word += strlen(word) + 1;
	return word < end ? word : NULL;
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

/* Forgets the query before. */
static void begin(sheaf_query_parser *qp, sheaf_error *err)
{
	buf_clear(&qp->notes);
	buf_clear(&qp->text);
	buf_clear(&qp->stopped);
	buf_clear(&qp->corrected);
	qp->corrected_upto = 0;
	qp->partial_end = NULL;
	qp->patterns = 0;
	qp->synonyms = 0;
	qp->synonyms_noted = 0;
	qp->serial++;
	qp->status = SHEAF_OK;
	qp->err = err;
}

/* The text as the lexer takes it. */
static sheaf_status clean(sheaf_query_parser *qp, const char *text, unsigned flags,
                          sheaf_error *err)
{
	buf          decoded = BUF_INIT(0);
	size_t       len;
	sheaf_status status;

	if (query_url_decode(text, &decoded))
		text = buf_str(&decoded);
	query_clean(&qp->text, text);
	status = buf_status(&decoded, err);
	if (status == SHEAF_OK)
		status = buf_status(&qp->text, err);
	len = strlen(text);
	if (len && !str_is_space((unsigned char)text[len - 1]) && (flags & SHEAF_FLAG_PARTIAL))
		qp->partial_end = buf_str(&qp->text) + qp->text.len;
	buf_free(&decoded);
	return status;
}

/* What comes behind the last word that was put right. */
static void finish_corrected(sheaf_query_parser *qp)
{
	if (qp->corrected.len)
		buf_puts(&qp->corrected, buf_str(&qp->text) + qp->corrected_upto);
}

static sheaf_status outcome(const sheaf_query_parser *qp, const sheaf_query *query,
                            sheaf_error *err)
{
	if (qp->status != SHEAF_OK)
		return qp->status;
	if (query && qp->notes.status == SHEAF_OK && qp->stopped.status == SHEAF_OK &&
	    qp->corrected.status == SHEAF_OK)
		return SHEAF_OK;
	return sheaf_nomem(err);
}

sheaf_status sheaf_query_parser_parse_query(sheaf_query_parser *qp, const char *text,
                                            unsigned flags, sheaf_query **query, sheaf_error *err)
{
	sheaf_status status;

	*query = NULL;
	if (!qp || qp->parsing)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
		                  "no parser, or one whose processor is being asked");
	begin(qp, err);
	if (!text)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no query to parse");
	status = check_length(qp, text, err);
	if (status == SHEAF_OK)
		status = clean(qp, text, flags, err);
	if (status != SHEAF_OK)
		return status;
	qp->parsing = 1;
	*query = query_grammar_run(qp, buf_str(&qp->text), flags);
	qp->parsing = 0;
	finish_corrected(qp);
	status = outcome(qp, *query, err);
	if (status == SHEAF_OK)
		return SHEAF_OK;
	sheaf_query_free(*query);
	*query = NULL;
	return status;
}

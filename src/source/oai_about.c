/* oai_about.c: what an export of sheaf adds to a record in arXivRaw; docs/FORMATS.md describes it. */
#include <string.h>

#include "error.h"
#include "oai_private.h"
#include "str.h"

/* By the rule's argument. */
static const sheaf_field fields[OAI_ABOUT_VALUES] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED,
                                                     SHEAF_FIELD_DATESTAMP, SHEAF_FIELD_VERSION,
                                                     SHEAF_FIELD_WITHDRAWN};

enum { TIMES = 3 /* of them are times, the first */ };

/* An empty element says that there is none. */
static sheaf_status on_value(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_about *about = &((oai_parser *)ctx)->about;
	int64_t   *value = &about->value[e->rule->arg];

	(void)err;
	if (e->rule->arg < TIMES)
		record_read_time(value, e->text, e->len);
	else if (!str_to_int64(e->text, value))
		return SHEAF_OK;
	about->told |= 1u << e->rule->arg;
	return SHEAF_OK;
}

/* The first one takes the place of those that a line of names gave. */
static sheaf_status on_author(void *ctx, const xml_element *e, sheaf_error *err)
{
	oai_parser *p = ctx;

	(void)e, (void)err;
	if (!p->about.authors)
		record_drop_authors(&p->base.record);
	p->about.authors = 1;
	return SHEAF_OK;
}

/* A value that no paper can have is passed over. */
sheaf_status oai_about_end(oai_parser *p, sheaf_error *err)
{
	for (size_t i = 0; i < OAI_ABOUT_VALUES; i++) {
		sheaf_status status;

		if (!(p->about.told & 1u << i))
			continue;
		status = sheaf_document_set_value(p->base.record.doc, fields[i], p->about.value[i],
		                                  NULL);
		if (status == SHEAF_ERROR_NOMEM)
			return sheaf_nomem(err);
	}
	return SHEAF_OK;
}

/* states, element, inside, text, argument, begin, end */
static const xml_rule rules[] = {
	{ABOUT, "paper", OURS, 0, 0, NULL, NULL},
	{OURS, "submitted", LEAF, 1, 0, NULL, on_value},
	{OURS, "updated", LEAF, 1, 1, NULL, on_value},
	{OURS, "datestamp", LEAF, 1, 2, NULL, on_value},
	{OURS, "version", LEAF, 1, 3, NULL, on_value},
	{OURS, "withdrawn", LEAF, 1, 4, NULL, on_value},
	{OURS, "author", AUTHOR, 0, 0, on_author, oai_on_author_end},
};

const xml_rules oai_about_rules = {rules, sizeof rules / sizeof *rules};

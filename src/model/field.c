#include "field.h"

#include <string.h>

#include "str.h"

static const field_info fields[SHEAF_FIELD_COUNT] = {
	[SHEAF_FIELD_ANY] = {SHEAF_FIELD_ANY, FIELD_PROSE, -1, "all", {"all"}},
	[SHEAF_FIELD_TITLE] =
		{SHEAF_FIELD_TITLE, FIELD_PROSE, COLUMN_TITLE, "title", {"ti", "title"}},
	[SHEAF_FIELD_ABSTRACT] = {SHEAF_FIELD_ABSTRACT,
                                  FIELD_PROSE,
                                  COLUMN_ABSTRACT,
                                  "abstract",
                                  {"abs", "abstract"}},
	[SHEAF_FIELD_AUTHOR] =
		{SHEAF_FIELD_AUTHOR, FIELD_NAME, COLUMN_AUTHORS, "author", {"au", "author"}},
	[SHEAF_FIELD_COMMENTS] = {SHEAF_FIELD_COMMENTS,
                                  FIELD_PROSE,
                                  COLUMN_COMMENTS,
                                  "comment",
                                  {"co", "comment", "comments"}},
	[SHEAF_FIELD_JOURNAL_REF] = {SHEAF_FIELD_JOURNAL_REF,
                                     FIELD_PROSE,
                                     COLUMN_JOURNAL_REF,
                                     "journal",
                                     {"jr", "journal"}},
	[SHEAF_FIELD_REPORT_NO] =
		{SHEAF_FIELD_REPORT_NO, FIELD_NAME, COLUMN_REPORT_NO, "report", {"rn", "report"}},
	[SHEAF_FIELD_ID] = {SHEAF_FIELD_ID, FIELD_BOOLEAN, COLUMN_TERMS, "id", {"id"}},
	[SHEAF_FIELD_CATEGORY] =
		{SHEAF_FIELD_CATEGORY, FIELD_BOOLEAN, COLUMN_TERMS, "cat", {"cat", "category"}},
	[SHEAF_FIELD_PRIMARY_CATEGORY] =
		{SHEAF_FIELD_PRIMARY_CATEGORY, FIELD_BOOLEAN, COLUMN_TERMS, "primary", {"primary"}},
	[SHEAF_FIELD_DOI] = {SHEAF_FIELD_DOI, FIELD_BOOLEAN, COLUMN_TERMS, "doi", {"doi"}},
	[SHEAF_FIELD_MSC_CLASS] =
		{SHEAF_FIELD_MSC_CLASS, FIELD_BOOLEAN, COLUMN_TERMS, "msc", {"msc"}},
	[SHEAF_FIELD_ACM_CLASS] =
		{SHEAF_FIELD_ACM_CLASS, FIELD_BOOLEAN, COLUMN_TERMS, "acm", {"acm"}},
	[SHEAF_FIELD_LICENSE] = {SHEAF_FIELD_LICENSE, FIELD_STORED, -1, "license", {NULL}},
	[SHEAF_FIELD_SUBMITTER] = {SHEAF_FIELD_SUBMITTER, FIELD_STORED, -1, "submitter", {NULL}},
	[SHEAF_FIELD_PROXY] = {SHEAF_FIELD_PROXY, FIELD_STORED, -1, "proxy", {NULL}},
	[SHEAF_FIELD_SUBMITTED] = {SHEAF_FIELD_SUBMITTED,
                                   FIELD_VALUE,
                                   -1,
                                   "submitted",
                                   {"submitted", "submittedDate"}},
	[SHEAF_FIELD_UPDATED] =
		{SHEAF_FIELD_UPDATED, FIELD_VALUE, -1, "updated", {"updated", "lastUpdatedDate"}},
	[SHEAF_FIELD_DATESTAMP] = {SHEAF_FIELD_DATESTAMP, FIELD_VALUE, -1, "datestamp", {NULL}},
	[SHEAF_FIELD_VERSION] = {SHEAF_FIELD_VERSION, FIELD_VALUE, -1, "version", {NULL}},
	[SHEAF_FIELD_WITHDRAWN] = {SHEAF_FIELD_WITHDRAWN, FIELD_VALUE, -1, "withdrawn", {NULL}},
	[SHEAF_FIELD_LENGTH] = {SHEAF_FIELD_LENGTH, FIELD_VALUE, -1, "length", {NULL}},
	[SHEAF_FIELD_DATE] = {SHEAF_FIELD_DATE, FIELD_VALUE, -1, "date", {"date"}},
	[SHEAF_FIELD_IS] = {SHEAF_FIELD_IS, FIELD_BOOLEAN, COLUMN_TERMS, "is", {"is"}},
	[SHEAF_FIELD_HAS] = {SHEAF_FIELD_HAS, FIELD_BOOLEAN, COLUMN_TERMS, "has", {"has"}},
	[SHEAF_FIELD_TERM] = {SHEAF_FIELD_TERM, FIELD_BOOLEAN, COLUMN_TERMS, "term", {"term"}},
	[SHEAF_FIELD_ANNOUNCED] =
		{SHEAF_FIELD_ANNOUNCED, FIELD_VALUE, -1, "announced", {"announced"}},
	[SHEAF_FIELD_ANNOUNCED_SEEN] =
		{SHEAF_FIELD_ANNOUNCED_SEEN, FIELD_VALUE, -1, "announced_seen", {NULL}},
	[SHEAF_FIELD_CHANGE] =
		{SHEAF_FIELD_CHANGE, FIELD_BOOLEAN, COLUMN_TERMS, "change", {"change"}},
};

const field_info *field_get(sheaf_field field)
{
	return (unsigned)field < SHEAF_FIELD_COUNT ? &fields[field] : NULL;
}

const field_info *field_find(const char *name, size_t len)
{
	for (size_t i = 0; i < SHEAF_FIELD_COUNT; i++)
		for (size_t j = 0; j < FIELD_NAMES_MAX && fields[i].names[j]; j++)
			if (strlen(fields[i].names[j]) == len &&
			    str_ieq_n(fields[i].names[j], name, len))
				return &fields[i];
	return NULL;
}

int field_is_date(sheaf_field field)
{
	return field == SHEAF_FIELD_SUBMITTED || field == SHEAF_FIELD_UPDATED ||
	       field == SHEAF_FIELD_ANNOUNCED || field == SHEAF_FIELD_DATE;
}

const char *const *field_values(sheaf_field field)
{
	static const char *const states[] = {"withdrawn", "new", "updated", NULL};
	static const char *const parts[] = {"doi",     "journal", "comment", "report",
	                                    "license", "msc",     "acm",     NULL};

	/* In the order of sheaf_change_kind. */
	static const char *const changes[] = {"new",     "metadata",  "category",
	                                      "version", "withdrawn", NULL};

	switch (field) {
	case SHEAF_FIELD_IS: return states;
	case SHEAF_FIELD_HAS: return parts;
	case SHEAF_FIELD_CHANGE: return changes;
	default: return NULL;
	}
}

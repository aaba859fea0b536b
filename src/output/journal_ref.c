#include "journal_ref.h"

#include <string.h>

#include "escape.h"
#include "journal_scan.h"
#include "str.h"

static int is_set(const journal_part *part)
{
	return part->len > 0;
}

static int is_range(const journal_number *n)
{
	return is_set(&n->last);
}

/* The number that is the year: the one in parentheses, else the only bare one that can be; 0: none. */
static const journal_number *find_year(const journal_scan *scan, int *certain)
{
	const journal_number *bare = NULL, *enclosed = NULL;
	size_t                bares = 0, encloseds = 0;

	for (size_t i = 0; i < scan->count; i++) {
		const journal_number *n = &scan->numbers[i];

		if (!n->year || n->label)
			continue;
		if (n->enclosed)
			enclosed = n;
		else
			bare = n;
		encloseds += n->enclosed != 0;
		bares += n->enclosed == 0;
	}
	*certain = encloseds == 1 || (encloseds == 0 && bares <= 1);
	return enclosed ? enclosed : bare;
}

/* What says by a word what it is. */
static int place_labelled(journal_ref *ref, const journal_number *n)
{
	journal_part *part = n->label == JOURNAL_VOLUME  ? &ref->volume
	                     : n->label == JOURNAL_ISSUE ? &ref->issue
	                                                 : &ref->first;

	if (is_set(part))
		return 0;
	*part = n->first;
	if (is_range(n)) {
		if (n->label == JOURNAL_PAGES)
			ref->last = n->last;
		else
			part->len = (size_t)(n->last.text + n->last.len - part->text);
	}
	return 1;
}

static int set_pages(journal_ref *ref, const journal_number *n)
{
	if (is_set(&ref->first) || strspn(n->first.text, "0") >= n->first.len)
		return 0;
	ref->first = n->first;
	ref->last = n->last;
	return 1;
}

/* An issue may be of two months: "(4-5)". */
static int set_issue(journal_ref *ref, const journal_number *n)
{
	enum { ISSUE_MAX = 4 };
	const journal_part *last = is_range(n) ? &n->last : &n->first;

	if (is_set(&ref->issue) || n->first.len > ISSUE_MAX)
		return 0;
	ref->issue = n->first;
	ref->issue.len = (size_t)(last->text + last->len - n->first.text);
	return 1;
}

/* "P05015": years, not volumes, divide what numbers its articles so. */
static int is_article(const journal_number *n)
{
	enum { ARTICLE_MIN = 5 };

	return n->first.len >= ARTICLE_MIN && str_is_alpha((unsigned char)*n->first.text);
}

/*
 * Bare numbers, in their order: the volume, then pages; of two behind the volume the first is the
 * issue, if the second is a range of pages.
 */
static int place_bare(journal_ref *ref, const journal_number *const *bare, size_t count)
{
	size_t i = 0;

	if (!is_set(&ref->volume) && count && !is_range(bare[0]) && !is_article(bare[0])) {
		ref->volume = bare[i++]->first;
		/* A year where the volume should be is either. */
		if (bare[0]->year && !ref->year)
			return 0;
	}
	if (count - i == 2 && !is_range(bare[i]) && is_range(bare[i + 1]) &&
	    !set_issue(ref, bare[i++]))
		return 0;
	if (count - i == 1 && is_set(&ref->first) && !is_range(bare[i]))
		return set_issue(ref, bare[i]);
	if (count - i == 1)
		return set_pages(ref, bare[i]);
	return count == i;
}

static int place_all(journal_ref *ref, const journal_scan *scan, const journal_number *year)
{
	const journal_number *bare[JOURNAL_NUMBERS_MAX];
	size_t                count = 0;

	for (size_t i = 0; i < scan->count; i++)
		if (scan->numbers[i].label && !place_labelled(ref, &scan->numbers[i]))
			return 0;
	for (size_t i = 0; i < scan->count; i++) {
		const journal_number *n = &scan->numbers[i];

		if (n == year || n->label)
			continue;
		if (!n->enclosed)
			bare[count++] = n;
		else if ((!count && !is_set(&ref->volume)) || !set_issue(ref, n))
			return 0;
	}
	return place_bare(ref, bare, count);
}

/* Meetings have years and pages as well, but they are no journals. */
static int says_meeting(const journal_part *name)
{
	static const char *const words[] = {
		"conf",   "proc",    "symposium", "workshop", "congress", "meeting", "seminar",
		"school", "special", "issue",     "chapter",  "book",     "thesis",  "(ed"};

	for (size_t i = 0; i < name->len; i++)
		for (size_t j = 0; j < sizeof words / sizeof *words; j++)
			if (name->len - i >= strlen(words[j]) &&
			    str_istarts(name->text + i, words[j]))
				return 1;
	return 0;
}

static int is_complete(const journal_ref *ref)
{
	enum { VOLUME_MAX = 5 };

	/* The year of a meeting, or the number of an article. */
	if (is_set(&ref->volume) && !is_set(&ref->first) &&
	    (ref->volume.len > VOLUME_MAX ||
	     (ref->volume.len == 4 && str_starts(ref->volume.text, "20"))))
		return 0;
	if (is_set(&ref->volume))
		return is_set(&ref->first) || is_set(&ref->issue) || ref->year;
	return is_set(&ref->first) && ref->year && !says_meeting(&ref->name);
}

int journal_ref_parse(const char *text, journal_ref *ref)
{
	static const journal_part none = {"", 0};
	journal_ref               found = {none, none, none, none, none, none, 0, 0};
	journal_scan              scan;
	const journal_number     *year;
	int                       certain;

	*ref = found;
	if (!text || !journal_scan_text(text, &scan))
		return 0;
	year = find_year(&scan, &certain);
	if (!certain)
		return 0;
	found.name = scan.name;
	found.rest = scan.rest;
	found.month = scan.month;
	found.year = year ? year->year : 0;
	if (!place_all(&found, &scan, year) || !is_complete(&found))
		return 0;
	*ref = found;
	return 1;
}

int journal_ref_of(const sheaf_document *doc, buf *text, journal_ref *ref)
{
	const char *journal = sheaf_document_get_text(doc, SHEAF_FIELD_JOURNAL_REF);

	buf_clear(text);
	if (journal)
		escape_folded(text, journal);
	return journal_ref_parse(buf_str(text), ref);
}

#include "corpus_paper_write.h"

#include <math.h>

#include "corpus_people.h"
#include "corpus_topic.h"
#include "datetime.h"

enum {
	THEMES = 40,        /* of a field at a time; the first ones are the largest */
	FASHION = 48,       /* months after which a theme has become another */
	SHORT_NUMBERS = 93, /* months in which identifiers have four digits */
	SECONDS_A_DAY = 86400
};

static const double commented = 0.6, published = 0.35, reported = 0.06, with_doi = 0.4;
static const double revised = 0.4;
/* The share of the papers in the first part x of the months is early * x + (1 - early) * x^2. */
static const double early = 0.3;

static uint64_t first_of_month(const corpus_plan *plan, int month)
{
	double x = (double)month / CORPUS_MONTHS;

	return (uint64_t)((double)plan->papers * (early * x + (1 - early) * x * x) + 0.5);
}

void corpus_plan_init(corpus_plan *plan, uint64_t papers, uint64_t seed)
{
	plan->papers = papers;
	plan->seed = seed;
	corpus_language_init(&plan->language);
	plan->categories = corpus_category_law_new();
	for (int month = 0; month <= CORPUS_MONTHS; month++)
		plan->months[month] = first_of_month(plan, month);
}

void corpus_plan_free(corpus_plan *plan)
{
	corpus_language_free(&plan->language);
	corpus_law_free(plan->categories);
}

static int month_of(const corpus_plan *plan, uint64_t i)
{
	int low = 0, high = CORPUS_MONTHS - 1;

	while (low < high) {
		int middle = low + (high - low + 1) / 2;

		if (plan->months[middle] <= i)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

static int chance(corpus_random *random, double share)
{
	return corpus_random_unit(random) < share;
}

static unsigned below(corpus_random *random, unsigned limit)
{
	return corpus_random_below(random, limit);
}

static void put_comments(corpus_random *random, buf *out)
{
	static const char *const remarks[] = {
		"",
		"",
		"",
		"; submitted",
		"; minor changes",
		"; to appear",
		"; extended version",
		"; comments are welcome",
		"; code is available",
	};
	unsigned figures;

	if (!chance(random, commented)) {
		buf_puts(out, ",\"comments\":null");
		return;
	}
	buf_printf(out, ",\"comments\":\"%u pages", 4 + below(random, 40));
	figures = below(random, 20);
	if (figures)
		buf_printf(out, ", %u figures", figures);
	buf_printf(out, "%s\"", remarks[below(random, sizeof remarks / sizeof *remarks)]);
}

/* A journal's name is made of words as well; some journals print far more than others. */
static void put_journal(corpus_random *random, int year, buf *out)
{
	char     name[CORPUS_SPELL_SIZE];
	double   u = corpus_random_unit(random);
	unsigned journal = (unsigned)(400 * u * u);

	corpus_spell_family(journal, name);
	buf_puts(out, ",\"journal-ref\":");
	if (chance(random, published))
		buf_printf(out, "\"%s %s. %u (%d) %u\"", journal % 3 ? "J." : "Ann.", name,
		           1 + below(random, 300), year, 1 + below(random, 4000));
	else
		buf_puts(out, "null");
	buf_puts(out, ",\"doi\":");
	if (chance(random, with_doi))
		buf_printf(out, "\"10.5555/%.4s.%d.%u\"", name, year, below(random, 1000000));
	else
		buf_puts(out, "null");
	buf_puts(out, ",\"report-no\":");
	if (chance(random, reported))
		buf_printf(out, "\"%.4s-%d-%02u\"", name, year, below(random, 100));
	else
		buf_puts(out, "null");
}

static void put_categories(const unsigned *list, unsigned count, buf *out)
{
	buf_puts(out, ",\"categories\":\"");
	for (unsigned i = 0; i < count; i++) {
		if (i)
			buf_putc(out, ' ');
		buf_puts(out, corpus_category_name(list[i]));
	}
	buf_putc(out, '"');
}

static int days_in(int year, int month)
{
	return (int)(date_days(year + month / 12, month % 12 + 1, 1) - date_days(year, month, 1));
}

/* Papers of a month spread over its days in order; later versions come weeks or years after. */
static void put_dates(corpus_random *random, int year, int month, double part, buf *out)
{
	char       text[TIME_TEXT_SIZE];
	sheaf_time first = (date_days(year, month, 1) + (int)(part * days_in(year, month))) *
	                           (sheaf_time)SECONDS_A_DAY +
	                   below(random, SECONDS_A_DAY);
	sheaf_time last = first;

	time_format_rfc5322(first, text);
	buf_printf(out, "\"versions\":[{\"version\":\"v1\",\"created\":\"%s\"}", text);
	if (chance(random, revised)) {
		last += (sheaf_time)(-log(1 - corpus_random_unit(random)) * 150 * SECONDS_A_DAY);
		time_format_rfc5322(last, text);
		buf_printf(out, ",{\"version\":\"v2\",\"created\":\"%s\"}", text);
	}
	time_format_date(last, text);
	buf_printf(out, "],\"update_date\":\"%s\"}\n", text);
}

static uint64_t draw_theme(corpus_random *random, uint64_t field, int month)
{
	double   u = corpus_random_unit(random);
	unsigned theme = (unsigned)(THEMES * u * u);

	return corpus_mix(field ^ (theme * 4099u + ((unsigned)month + theme * 5) / FASHION));
}

void corpus_paper_write(const corpus_plan *plan, uint64_t i, buf *out)
{
	int          month = month_of(plan, i), later = month + CORPUS_FIRST_MONTH - 1;
	int          year = CORPUS_FIRST_YEAR + later / 12, in_year = later % 12 + 1;
	uint64_t     first = plan->months[month], count = plan->months[month + 1] - first;
	unsigned     list[CORPUS_CATEGORIES_MAX], listed;
	corpus_prose prose = {.random = {corpus_mix(plan->seed) + i * 0xD1342543DE82EF95u}};

	listed = corpus_categories_draw(plan->categories, &prose.random, list);
	prose.language = &plan->language;
	prose.field = corpus_mix(list[0] + 1);
	prose.theme = draw_theme(&prose.random, prose.field, month);
	prose.month = (uint32_t)month;
	buf_printf(out, "{\"id\":\"%02d%02d.%0*llu\",\"submitter\":null,", year % 100, in_year,
	           month < SHORT_NUMBERS ? 4 : 5, (unsigned long long)(i - first + 1));
	corpus_people_write(&prose.random, i, prose.field, out);
	buf_puts(out, ",\"title\":\"");
	corpus_prose_title(&prose, out);
	buf_putc(out, '"');
	put_comments(&prose.random, out);
	put_journal(&prose.random, year, out);
	put_categories(list, listed, out);
	buf_puts(out, ",\"license\":null,\"abstract\":\"");
	corpus_prose_abstract(&prose, out);
	buf_puts(out, "\",");
	put_dates(&prose.random, year, in_year, (double)(i - first) / (double)count, out);
}

#include "paper_text.h"

#include "buf.h"
#include "datetime.h"
#include "phrase.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const licenses[] = {
	"http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
	"http://creativecommons.org/licenses/by/4.0/",
	"http://creativecommons.org/licenses/by-nc-sa/4.0/",
	"http://creativecommons.org/publicdomain/zero/1.0/",
};
static const char *const comment_tails[] = {
	"",
	", comments welcome",
	". Accepted at the Workshop on Example Systems",
	", submitted to J. Synth. Res.",
	". Code: https://example.org/code?id=1&v=2",
	"; supplement included",
	", in the proceedings of \"Made-up 2026\"",
};

/* Moves the text into the arena; NULL where the buffer failed. */
static const char *keep(buf *b, arena *a)
{
	const char *text = b->status == SHEAF_OK ? arena_strndup(a, buf_str(b), b->len) : NULL;

	buf_clear(b);
	return text;
}

static size_t list_length(const char *const *list, size_t most)
{
	size_t count = 0;

	while (count < most && list[count])
		count++;
	return count;
}

static void add_category(paper *p, const category *c)
{
	for (size_t i = 0; i < p->category_count; i++)
		if (p->categories[i] == c)
			return;
	if (c && p->category_count < LISTING_MAX_CATEGORIES)
		p->categories[p->category_count++] = c;
}

static void draw_categories(paper *p, dice *d, const field_words *words)
{
	size_t primaries = list_length(words->primary, COUNT(words->primary));
	size_t crosses = list_length(words->cross, COUNT(words->cross));
	size_t first = dice_one_in(d, 2) ? 0 : dice_below(d, primaries);
	size_t more = dice_below(d, LISTING_MAX_CATEGORIES);

	add_category(p, vocabulary_category(words->primary[first]));
	for (size_t i = 0; i < more; i++)
		add_category(p, vocabulary_category(words->cross[dice_below(d, crosses)]));
}

static int draw_texts(paper *p, uint64_t seed, const field_words *words, buf *b, arena *a)
{
	dice d;

	dice_start(&d, seed, p->index, PART_TEXT);
	phrase_title(b, &d, words);
	p->title = keep(b, a);
	phrase_abstract(b, &d, words);
	for (size_t v = 2; v <= p->version_count; v++) {
		buf_putc(b, ' ');
		phrase_addendum(b, &d, words);
	}
	p->abstract = keep(b, a);
	if (p->withdrawn)
		phrase_withdrawal(b, &d, words);
	p->comments = keep(b, a);
	return p->title && p->abstract && p->comments;
}

static int draw_people(paper *p, uint64_t seed, arena *a)
{
	dice   d;
	size_t count;

	dice_start(&d, seed, p->index, PART_PEOPLE);
	count = dice_one_in(&d, 12) ? dice_between(&d, 6, LISTING_MAX_AUTHORS)
	                            : dice_between(&d, 1, 5);
	while (p->author_count < count)
		if (!invented_name_draw(&p->authors[p->author_count++], &d, a))
			return 0;
	return 1;
}

static int draw_comment(paper *p, dice *d, buf *b, arena *a)
{
	size_t pages = dice_between(d, 4, 60), figures = dice_between(d, 1, 14);
	size_t tail = dice_below(d, COUNT(comment_tails));

	if (dice_one_in(d, 3) && !p->withdrawn) {
		p->comments = NULL;
		return 1;
	}
	if (p->withdrawn)
		return 1;
	buf_printf(b, "%zu pages, %zu figure%s%s", pages, figures, figures == 1 ? "" : "s",
	           comment_tails[tail]);
	p->comments = keep(b, a);
	return p->comments != NULL;
}

static int draw_publication(paper *p, dice *d, int published, buf *b, arena *a)
{
	size_t volume = dice_between(d, 1, 90), page = dice_between(d, 1, 900),
	       form = dice_below(d, 4);
	int y, m, day;

	date_civil(p->datestamp, &y, &m, &day);
	if (!published)
		return 1;
	if (form != 0) {
		buf_printf(b, "J. Synth. Res. %zu (%d) %zu--%zu", volume, y, page, page + 11);
		p->journal_ref = keep(b, a);
	}
	if (form != 1) {
		buf_printf(b, "10.5555/sheaf.%s", p->id);
		p->doi = keep(b, a);
	}
	return (form == 0 || p->journal_ref) && (form == 1 || p->doi);
}

static int draw_notes(paper *p, uint64_t seed, const field_words *words, int published, buf *b,
                      arena *a)
{
	dice d;
	const char *class;

	dice_start(&d, seed, p->index, PART_NOTES);
	if (!draw_comment(p, &d, b, a) || !draw_publication(p, &d, published, b, a))
		return 0;
	p->license = dice_one_in(&d, 10) ? NULL : licenses[dice_below(&d, COUNT(licenses))];
	if (dice_one_in(&d, 15)) {
		buf_printf(b, "SYN-TR-%.4s/%zu", p->id, dice_between(&d, 1, 99));
		p->report_no = keep(b, a);
		if (!p->report_no)
			return 0;
	}
	if (words->class_kind == CLASS_NONE || dice_one_in(&d, 2))
		return 1;
	class = words->classes[dice_below(&d, list_length(words->classes, 8))];
	if (words->class_kind == CLASS_MSC)
		p->msc = class;
	else
		p->acm = class;
	return 1;
}

int paper_text_fill(paper *p, uint64_t seed, int published, arena *a)
{
	const field_words *words;
	buf                b = BUF_INIT(64 * 1024);
	dice               topic;
	int                done;

	dice_start(&topic, seed, p->index, PART_TOPIC);
	words = &vocabulary_fields[dice_below(&topic, vocabulary_field_count)];
	draw_categories(p, &topic, words);
	done = draw_texts(p, seed, words, &b, a) && draw_people(p, seed, a) &&
	       draw_notes(p, seed, words, published, &b, a);
	buf_free(&b);
	return done;
}

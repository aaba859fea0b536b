#include "corpus_topic.h"

#include <string.h>

/* arXiv's categories, in the order of how many papers they are given here; in rows, to be read. */
/* clang-format off */
static const char *const categories[] = {
	"cs.LG", "cs.CV", "cs.AI", "cs.CL", "hep-ph", "quant-ph", "hep-th", "stat.ML",
	"cond-mat.mes-hall", "cond-mat.mtrl-sci", "gr-qc", "math.AP", "math.CO", "astro-ph.GA",
	"cs.RO", "astro-ph.CO", "cs.CR", "math-ph", "math.PR", "cond-mat.stat-mech",
	"cond-mat.str-el", "cs.IT", "math.AG", "astro-ph.HE", "math.OC", "math.NA", "cs.SE",
	"physics.optics", "cs.HC", "math.NT", "cs.DS", "eess.SP", "astro-ph.SR", "hep-ex",
	"math.DG", "cs.IR", "cs.SY", "nucl-th", "cs.CY", "cs.NI", "math.DS", "cs.DC", "eess.IV",
	"cond-mat.soft", "math.FA", "astro-ph.EP", "physics.flu-dyn", "stat.ME", "cs.SI", "cs.NE",
	"math.RT", "math.GT", "physics.chem-ph", "cs.LO", "cond-mat.supr-con", "math.ST", "cs.SD",
	"physics.app-ph", "cs.GT", "hep-lat", "math.GR", "physics.comp-ph", "math.CA",
	"physics.soc-ph", "physics.ins-det", "astro-ph.IM", "eess.AS", "cs.MA", "nucl-ex",
	"math.LO", "math.RA", "physics.atom-ph", "cond-mat.quant-gas", "cs.DB", "math.CV",
	"math.QA", "q-bio.NC", "cs.PL", "stat.AP", "physics.bio-ph", "cond-mat.dis-nn", "cs.CC",
	"math.MG", "math.AT", "q-bio.QM", "cs.CE", "physics.plasm-ph", "cs.DM", "cs.GR",
	"nlin.CD", "math.OA", "cs.CG", "math.AC", "q-bio.PE", "cs.AR", "math.CT", "stat.CO",
	"physics.data-an", "cs.MM", "math.SP", "physics.med-ph", "cs.ET", "physics.acc-ph",
	"math.SG", "nlin.SI", "cs.DL", "nlin.PS", "physics.geo-ph", "physics.ao-ph", "econ.EM",
	"physics.space-ph", "nlin.AO", "physics.gen-ph", "cs.FL", "physics.class-ph", "q-bio.BM",
	"econ.TH", "q-bio.MN", "math.KT", "cs.PF", "math.GN", "physics.hist-ph", "econ.GN",
	"math.HO", "physics.ed-ph", "cond-mat.other", "q-bio.GN", "q-fin.ST", "cs.OH", "q-fin.MF",
	"cs.SC", "math.GM", "cs.MS", "q-fin.CP", "physics.atm-clus", "q-fin.RM", "q-fin.GN",
	"q-fin.PM", "q-fin.PR", "q-bio.TO", "q-fin.TR", "q-bio.CB", "physics.pop-ph", "stat.OT",
	"q-bio.SC", "q-bio.OT", "nlin.CG", "cs.OS", "q-fin.EC", "cs.GL",
};
/* clang-format on */

enum { CATEGORIES = sizeof categories / sizeof *categories, TRIES = 40 };

/* Papers in a million with the category of a rank. */
static const corpus_knot knots[] = {
	{1, 80700}, {2, 59500}, {5, 24000},  {10, 13500},
	{20, 9900}, {50, 6400}, {100, 2980}, {CATEGORIES, 500},
};

/* Papers with at most one category, two … */
static const double at_most[CORPUS_CATEGORIES_MAX] = {0.435, 0.777, 0.929, 0.980, 0.996, 1};

/* A further category is of the same area so often, any otherwise. */
static const double same_area = 0.7;

corpus_law *corpus_category_law_new(void)
{
	return corpus_law_new(knots, sizeof knots / sizeof *knots, 0);
}

const char *corpus_category_name(unsigned number)
{
	return categories[number];
}

static unsigned draw_one(const corpus_law *law, corpus_random *random)
{
	return corpus_law_draw(law, random) - 1;
}

/* What archives have to do with each other; those that are not named are physics. */
static int area_of(const char *category)
{
	static const struct {
		const char *archive;
		int         area;
	} areas[] = {{"cs.", 1},    {"stat.", 1},  {"eess.", 1}, {"math.", 2},
	             {"q-bio.", 3}, {"q-fin.", 4}, {"econ.", 4}};

	for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
		if (!strncmp(category, areas[i].archive, strlen(areas[i].archive)))
			return areas[i].area;
	return 0;
}

static int is_there(const unsigned *list, unsigned count, unsigned number)
{
	while (count--)
		if (list[count] == number)
			return 1;
	return 0;
}

unsigned corpus_categories_draw(const corpus_law *law, corpus_random *random,
                                unsigned out[CORPUS_CATEGORIES_MAX])
{
	double   u = corpus_random_unit(random);
	unsigned wanted = 1, count = 1;
	int      relation = 0;

	while (u >= at_most[wanted - 1])
		wanted++;
	out[0] = draw_one(law, random);
	for (unsigned i = 0; count < wanted && i < TRIES; i++) {
		unsigned number = draw_one(law, random);

		if (!i || !relation)
			relation = corpus_random_unit(random) < same_area;
		if (is_there(out, count, number) ||
		    (relation && area_of(categories[number]) != area_of(categories[out[0]])))
			continue;
		out[count++] = number;
		relation = 0;
	}
	return count;
}

static unsigned log2_of(uint32_t n)
{
	unsigned log = 0;

	while (n >>= 1)
		log++;
	return log;
}

uint32_t corpus_theme_word(uint64_t theme, uint32_t rank, unsigned width)
{
	unsigned shift = log2_of(rank);
	uint64_t group;

	if (shift <= 3)
		return rank;
	shift = shift - 3 < width ? shift - 3 : width;
	group = rank >> shift;
	return (uint32_t)(group << shift) +
	       (uint32_t)(corpus_mix(theme ^ (group * 0xD6E8FEB86659FD93u)) >> (64 - shift));
}

#include "category_name.h"

#include <string.h>

#include "category.h"
#include "str.h"

typedef struct name_row {
	const char *category, *name;
} name_row;

/* Names of archives that have subject classes: "Mathematics - Logic". */
static const name_row archives[] = {
	{"astro-ph", "Astrophysics"},
	{"cond-mat", "Condensed Matter"},
	{"cs", "Computer Science"},
	{"econ", "Economics"},
	{"eess", "Electrical Engineering and Systems Science"},
	{"math", "Mathematics"},
	{"nlin", "Nonlinear Sciences"},
	{"physics", "Physics"},
	{"q-bio", "Quantitative Biology"},
	{"q-fin", "Quantitative Finance"},
	{"stat", "Statistics"},
};

/* arXiv's categories, the retired ones and the names of former times last. */
static const name_row names[] = {
	{"astro-ph.CO", "Cosmology and Nongalactic Astrophysics"},
	{"astro-ph.EP", "Earth and Planetary Astrophysics"},
	{"astro-ph.GA", "Astrophysics of Galaxies"},
	{"astro-ph.HE", "High Energy Astrophysical Phenomena"},
	{"astro-ph.IM", "Instrumentation and Methods for Astrophysics"},
	{"astro-ph.SR", "Solar and Stellar Astrophysics"},
	{"cond-mat.dis-nn", "Disordered Systems and Neural Networks"},
	{"cond-mat.mes-hall", "Mesoscale and Nanoscale Physics"},
	{"cond-mat.mtrl-sci", "Materials Science"},
	{"cond-mat.other", "Other Condensed Matter"},
	{"cond-mat.quant-gas", "Quantum Gases"},
	{"cond-mat.soft", "Soft Condensed Matter"},
	{"cond-mat.stat-mech", "Statistical Mechanics"},
	{"cond-mat.str-el", "Strongly Correlated Electrons"},
	{"cond-mat.supr-con", "Superconductivity"},
	{"cs.AI", "Artificial Intelligence"},
	{"cs.AR", "Hardware Architecture"},
	{"cs.CC", "Computational Complexity"},
	{"cs.CE", "Computational Engineering, Finance, and Science"},
	{"cs.CG", "Computational Geometry"},
	{"cs.CL", "Computation and Language"},
	{"cs.CR", "Cryptography and Security"},
	{"cs.CV", "Computer Vision and Pattern Recognition"},
	{"cs.CY", "Computers and Society"},
	{"cs.DB", "Databases"},
	{"cs.DC", "Distributed, Parallel, and Cluster Computing"},
	{"cs.DL", "Digital Libraries"},
	{"cs.DM", "Discrete Mathematics"},
	{"cs.DS", "Data Structures and Algorithms"},
	{"cs.ET", "Emerging Technologies"},
	{"cs.FL", "Formal Languages and Automata Theory"},
	{"cs.GL", "General Literature"},
	{"cs.GR", "Graphics"},
	{"cs.GT", "Computer Science and Game Theory"},
	{"cs.HC", "Human-Computer Interaction"},
	{"cs.IR", "Information Retrieval"},
	{"cs.IT", "Information Theory"},
	{"cs.LG", "Machine Learning"},
	{"cs.LO", "Logic in Computer Science"},
	{"cs.MA", "Multiagent Systems"},
	{"cs.MM", "Multimedia"},
	{"cs.MS", "Mathematical Software"},
	{"cs.NA", "Numerical Analysis"},
	{"cs.NE", "Neural and Evolutionary Computing"},
	{"cs.NI", "Networking and Internet Architecture"},
	{"cs.OH", "Other Computer Science"},
	{"cs.OS", "Operating Systems"},
	{"cs.PF", "Performance"},
	{"cs.PL", "Programming Languages"},
	{"cs.RO", "Robotics"},
	{"cs.SC", "Symbolic Computation"},
	{"cs.SD", "Sound"},
	{"cs.SE", "Software Engineering"},
	{"cs.SI", "Social and Information Networks"},
	{"cs.SY", "Systems and Control"},
	{"econ.EM", "Econometrics"},
	{"econ.GN", "General Economics"},
	{"econ.TH", "Theoretical Economics"},
	{"eess.AS", "Audio and Speech Processing"},
	{"eess.IV", "Image and Video Processing"},
	{"eess.SP", "Signal Processing"},
	{"eess.SY", "Systems and Control"},
	{"gr-qc", "General Relativity and Quantum Cosmology"},
	{"hep-ex", "High Energy Physics - Experiment"},
	{"hep-lat", "High Energy Physics - Lattice"},
	{"hep-ph", "High Energy Physics - Phenomenology"},
	{"hep-th", "High Energy Physics - Theory"},
	{"math-ph", "Mathematical Physics"},
	{"math.AC", "Commutative Algebra"},
	{"math.AG", "Algebraic Geometry"},
	{"math.AP", "Analysis of PDEs"},
	{"math.AT", "Algebraic Topology"},
	{"math.CA", "Classical Analysis and ODEs"},
	{"math.CO", "Combinatorics"},
	{"math.CT", "Category Theory"},
	{"math.CV", "Complex Variables"},
	{"math.DG", "Differential Geometry"},
	{"math.DS", "Dynamical Systems"},
	{"math.FA", "Functional Analysis"},
	{"math.GM", "General Mathematics"},
	{"math.GN", "General Topology"},
	{"math.GR", "Group Theory"},
	{"math.GT", "Geometric Topology"},
	{"math.HO", "History and Overview"},
	{"math.IT", "Information Theory"},
	{"math.KT", "K-Theory and Homology"},
	{"math.LO", "Logic"},
	{"math.MG", "Metric Geometry"},
	{"math.MP", "Mathematical Physics"},
	{"math.NA", "Numerical Analysis"},
	{"math.NT", "Number Theory"},
	{"math.OA", "Operator Algebras"},
	{"math.OC", "Optimization and Control"},
	{"math.PR", "Probability"},
	{"math.QA", "Quantum Algebra"},
	{"math.RA", "Rings and Algebras"},
	{"math.RT", "Representation Theory"},
	{"math.SG", "Symplectic Geometry"},
	{"math.SP", "Spectral Theory"},
	{"math.ST", "Statistics Theory"},
	{"nlin.AO", "Adaptation and Self-Organizing Systems"},
	{"nlin.CD", "Chaotic Dynamics"},
	{"nlin.CG", "Cellular Automata and Lattice Gases"},
	{"nlin.PS", "Pattern Formation and Solitons"},
	{"nlin.SI", "Exactly Solvable and Integrable Systems"},
	{"nucl-ex", "Nuclear Experiment"},
	{"nucl-th", "Nuclear Theory"},
	{"physics.acc-ph", "Accelerator Physics"},
	{"physics.ao-ph", "Atmospheric and Oceanic Physics"},
	{"physics.app-ph", "Applied Physics"},
	{"physics.atm-clus", "Atomic and Molecular Clusters"},
	{"physics.atom-ph", "Atomic Physics"},
	{"physics.bio-ph", "Biological Physics"},
	{"physics.chem-ph", "Chemical Physics"},
	{"physics.class-ph", "Classical Physics"},
	{"physics.comp-ph", "Computational Physics"},
	{"physics.data-an", "Data Analysis, Statistics and Probability"},
	{"physics.ed-ph", "Physics Education"},
	{"physics.flu-dyn", "Fluid Dynamics"},
	{"physics.gen-ph", "General Physics"},
	{"physics.geo-ph", "Geophysics"},
	{"physics.hist-ph", "History and Philosophy of Physics"},
	{"physics.ins-det", "Instrumentation and Detectors"},
	{"physics.med-ph", "Medical Physics"},
	{"physics.optics", "Optics"},
	{"physics.plasm-ph", "Plasma Physics"},
	{"physics.pop-ph", "Popular Physics"},
	{"physics.soc-ph", "Physics and Society"},
	{"physics.space-ph", "Space Physics"},
	{"q-bio.BM", "Biomolecules"},
	{"q-bio.CB", "Cell Behavior"},
	{"q-bio.GN", "Genomics"},
	{"q-bio.MN", "Molecular Networks"},
	{"q-bio.NC", "Neurons and Cognition"},
	{"q-bio.OT", "Other Quantitative Biology"},
	{"q-bio.PE", "Populations and Evolution"},
	{"q-bio.QM", "Quantitative Methods"},
	{"q-bio.SC", "Subcellular Processes"},
	{"q-bio.TO", "Tissues and Organs"},
	{"q-fin.CP", "Computational Finance"},
	{"q-fin.EC", "Economics"},
	{"q-fin.GN", "General Finance"},
	{"q-fin.MF", "Mathematical Finance"},
	{"q-fin.PM", "Portfolio Management"},
	{"q-fin.PR", "Pricing of Securities"},
	{"q-fin.RM", "Risk Management"},
	{"q-fin.ST", "Statistical Finance"},
	{"q-fin.TR", "Trading and Market Microstructure"},
	{"quant-ph", "Quantum Physics"},
	{"stat.AP", "Applications"},
	{"stat.CO", "Computation"},
	{"stat.ME", "Methodology"},
	{"stat.ML", "Machine Learning"},
	{"stat.OT", "Other Statistics"},
	{"stat.TH", "Statistics Theory"},
	{"cs.LG", "Learning"},
	{"cs.AR", "Architecture"},
	{"astro-ph.CO", "Cosmology and Extragalactic Astrophysics"},
	{"cond-mat.mes-hall", "Mesoscopic Systems and Quantum Hall Effect"},
	{"acc-phys", "Accelerator Physics"},
	{"adap-org", "Adaptation, Noise, and Self-Organizing Systems"},
	{"alg-geom", "Algebraic Geometry"},
	{"ao-sci", "Atmospheric-Oceanic Sciences"},
	{"astro-ph", "Astrophysics"},
	{"atom-ph", "Atomic, Molecular and Optical Physics"},
	{"bayes-an", "Bayesian Analysis"},
	{"chao-dyn", "Chaotic Dynamics"},
	{"chem-ph", "Chemical Physics"},
	{"cmp-lg", "Computation and Language"},
	{"comp-gas", "Cellular Automata and Lattice Gases"},
	{"cond-mat", "Condensed Matter"},
	{"dg-ga", "Differential Geometry"},
	{"funct-an", "Functional Analysis"},
	{"mtrl-th", "Materials Theory"},
	{"patt-sol", "Pattern Formation and Solitons"},
	{"plasm-ph", "Plasma Physics"},
	{"q-alg", "Quantum Algebra and Topology"},
	{"q-bio", "Quantitative Biology"},
	{"solv-int", "Exactly Solvable and Integrable Systems"},
	{"supr-con", "Superconductivity"},
};

static int is(const char *name, const char *text, size_t len)
{
	return strlen(name) == len && str_ieq_n(name, text, len);
}

const char *category_at(size_t i)
{
	return i < sizeof names / sizeof *names ? names[i].category : NULL;
}

/* 1 where the category is a subject class of the archive. */
static int is_class_of(const char *category, const char *archive)
{
	size_t n = strlen(archive);

	return strncmp(category, archive, n) == 0 && category[n] == '.';
}

/* `archive` NULL: any. */
static const char *find_name(const char *archive, const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if ((!archive || is_class_of(names[i].category, archive)) &&
		    is(names[i].name, name, len))
			return names[i].category;
	return NULL;
}

const char *category_by_name(const char *name, size_t len)
{
	static const char divider[] = " - ";
	size_t            n = sizeof divider - 1, at;
	const char       *found = find_name(NULL, name, len);

	if (found)
		return found;
	for (at = 0; at + n < len && memcmp(name + at, divider, n) != 0; at++)
		;
	if (at + n >= len)
		return NULL;
	for (size_t i = 0; i < sizeof archives / sizeof *archives; i++)
		if (is(archives[i].name, name, at))
			return find_name(archives[i].category, name + at + n, len - at - n);
	return NULL;
}

enum { NAMES = sizeof names / sizeof *names, ARCHIVES = sizeof archives / sizeof *archives };

const char *category_spelling(const char *category, size_t len)
{
	const category_archive *archive = category_archive_find(category, len);

	if (archive)
		return archive->name;
	for (size_t i = 0; i < NAMES; i++)
		if (is(names[i].category, category, len))
			return names[i].category;
	return NULL;
}

const char *category_title(const char *category)
{
	for (size_t i = 0; i < ARCHIVES; i++)
		if (str_ieq(archives[i].category, category))
			return archives[i].name;
	for (size_t i = 0; i < NAMES; i++)
		if (str_ieq(names[i].category, category))
			return names[i].name;
	return NULL;
}

const char *category_nearest(const char *category)
{
	const char *all[NAMES + ARCHIVES + 1];

	for (size_t i = 0; i < NAMES; i++)
		all[i] = names[i].category;
	for (size_t i = 0; i < ARCHIVES; i++)
		all[NAMES + i] = archives[i].category;
	all[NAMES + ARCHIVES] = NULL;
	return str_nearest(category, all);
}

#include "corpus_words.h"

#include <stddef.h>

/* Words read best in rows. */
/* clang-format off */

const char *const corpus_words[] = {
	"the", "of", "and", "a", "in", "to", "we", "is", "for", "that", "with", "on", "are",
	"by", "as", "this", "an", "from", "be", "which", "our", "can", "at", "it", "show",
	"between", "these", "has", "have", "or", "using", "based", "also", "two", "more", "its",
	"such", "results", "than", "new", "model", "data", "method", "system", "field",
	"quantum", "learning", "network", "theory", "function", "state", "energy", "time",
	"analysis", "problem", "study", "number", "order", "large", "information", "algorithm",
	"structure", "phase", "high", "neural", "performance", "space", "set", "group",
	"dynamics", "mass", "magnetic", "graph", "process", "spin", "random", "effect",
	"density", "matrix", "distribution", "temperature", "equation", "linear", "point",
	"image", "training", "deep", "galaxy", "optical", "solution", "classical", "local",
	"non", "approach", "measure", "interaction", "particle", "language", "scale", "general",
	"condition", "error", "transition", "finite", "surface", "simulation", "observation",
	"star", "parameter", "approximation", "bound", "free", "experiment", "feature",
	"complexity", "scattering", "estimation", "symmetry", "gauge", "coupling", "wave",
	"prediction", "task", "class", "proof", "boundary", "detection", "device", "code",
	"computation", "domain", "noise", "spectrum", "kernel", "lattice", "decay", "photon",
	"electron", "black", "hole", "matter", "dark", "cosmic", "inference", "stochastic",
	"optimal", "control", "robust", "sparse", "convex", "gradient", "attention",
	"transformer", "representation", "classification", "segmentation", "recognition",
	"memory", "hardware", "circuit", "chip", "sensor", "event", "spiking", "neuron",
	"synapse", "plasticity", "brain", "cell", "protein", "gene", "cancer", "clinical",
	"patient", "medical", "diffusion", "generative", "adversarial", "security", "privacy",
	"communication", "channel", "antenna", "wireless", "signal", "frequency", "laser",
	"cavity", "entanglement", "qubit", "superconducting", "topological", "insulator",
	"graphene", "crystal", "film", "alloy", "strain", "viscosity", "turbulence", "fluid",
	"plasma", "collision", "hadron", "quark", "neutrino", "boson", "lepton", "string",
	"holography", "inflation", "gravity", "redshift", "cluster", "supernova", "planet",
	"orbit", "telescope", "manifold", "curvature", "bundle", "cohomology", "category",
	"functor", "prime", "modular", "ring", "ideal", "polynomial", "integral", "operator",
	"norm", "inequality", "martingale", "variance", "regression", "bayesian", "posterior",
	"sampling", "market", "economy", "policy", "game", "equilibrium", "social", "epidemic",
	"traffic", "robot", "vehicle", "vision", "speech", "dialogue", "translation",
	"retrieval", "ranking", "index", "database", "query", "cache", "compiler",
	"verification", "logic", "automaton", "memristor", "crossbar", "photonic",
	"neuromorphic", "reservoir", "perovskite", "skyrmion", "magnon", "phonon", "exciton",
	"polariton", "soliton", "vortex", "percolation", "fractal",
};

const unsigned corpus_word_count = sizeof corpus_words / sizeof *corpus_words;

const corpus_topic corpus_topics[CORPUS_TOPICS] = {
	{{"cs.LG", "stat.ML", "cs.AI", "cs.CL", NULL},
	 {"deep learning", "neural network", "large language model", "gradient descent",
	  "attention mechanism", "representation learning", "generative model",
	  "reinforcement learning", NULL}},
	{{"cs.NE", "cs.ET", "cs.AR", "eess.SP", NULL},
	 {"spiking neural network", "event-based vision", "neuromorphic hardware",
	  "in-memory computing", "memristor crossbar", "synaptic plasticity", "reservoir computing",
	  NULL}},
	{{"cs.CV", "eess.IV", "cs.GR", NULL},
	 {"image segmentation", "object detection", "vision transformer", "diffusion model",
	  "medical image", "optical flow", NULL}},
	{{"quant-ph", "cond-mat.mes-hall", "physics.optics", NULL},
	 {"quantum computing", "error correction", "quantum state", "superconducting qubit",
	  "ground state", "non-classical light", NULL}},
	{{"hep-th", "gr-qc", "hep-ph", NULL},
	 {"quantum field theory", "black hole", "gauge theory", "string theory", "dark matter",
	  "standard model", "conformal field theory", NULL}},
	{{"astro-ph.GA", "astro-ph.CO", "astro-ph.HE", NULL},
	 {"star formation", "galaxy cluster", "dark energy", "cosmic microwave background",
	  "neutron star", "active galactic nuclei", NULL}},
	{{"cond-mat.mtrl-sci", "cond-mat.str-el", "cond-mat.stat-mech", NULL},
	 {"phase transition", "spin wave", "topological insulator", "density functional theory",
	  "magnetic field", "thin film", NULL}},
	{{"math.AG", "math.NT", "math.PR", "math.AP", NULL},
	 {"partial differential equation", "algebraic variety", "prime number", "random walk",
	  "modular form", "upper bound", "large deviation", NULL}},
};

const char *const corpus_syllables[] = {
	"ba",  "ce",  "di",  "fo",  "gu",  "ha",  "je",   "ki",   "lo",  "mu",   "na",   "pe",
	"ri",  "so",  "tu",  "va",  "we",  "xi",  "yo",   "zu",   "bra", "cle",  "dri",  "flo",
	"gru", "pla", "pre", "qui", "sto", "tru", "shan", "chen", "thi", "phor", "lund", "mer",
	"nis", "tol", "gar", "vex", "mon", "ser", "pol",  "kar",  NULL,
};

const char *const corpus_tex[] = {
	"$\\\\alpha$",   "$L^2$",           "$O(n \\\\log n)$", "$\\\\mathbb{R}^n$",
	"$10^{-3}$",     "CO$_2$",          "$\\\\sim 5\\\\%$", "Schr\\\\\\\"odinger",
	"Poincar\\\\'e", "$\\\\Lambda$CDM", "$p<0.05$",         NULL,
};

/* xapian_peer.h: the two halves of Xapian's driver, and how papers are laid out between them. */
#ifndef XAPIAN_PEER_H
#define XAPIAN_PEER_H

#include "bench_util.h"

#include <string>

/* Value slots. */
enum { SLOT_DATE, SLOT_YEAR, SLOT_PRIMARY, SLOT_AUTHORS };

/* Papers that are held in memory before they are written: what the manual has for bulk loads. */
constexpr const char *xapian_flush_threshold = "100000";

/* Builds a database and prints a line of figures. Throws Xapian::Error, std::runtime_error. */
void xapian_index(const std::string &data, const std::string &folder);
/* Runs the queries of a plan. Throws Xapian::Error. */
void xapian_search(const std::string &folder, const bench_plan &plan);

#endif

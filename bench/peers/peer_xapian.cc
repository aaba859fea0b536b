/*
 * peer_xapian: Xapian over the papers of a JSON Lines file.
 *
 *   peer_xapian index --data FILE --db FOLDER
 *   peer_xapian search --db FOLDER --queries FILE --column N [--repeat N]
 */
#include "xapian_peer.h"

#include <xapian.h>

#include <cstdio>
#include <cstring>
#include <stdexcept>

static int index_command(int argc, char **argv)
{
	const char  *data = nullptr, *folder = nullptr;
	bench_option options[] = {{"--data", &data, nullptr, 1, "FILE"},
	                          {"--db", &folder, nullptr, 1, "NEW-FOLDER"},
	                          {}};

	bench_options(argc, argv, options);
	xapian_index(data, folder);
	return 0;
}

static int search_command(int argc, char **argv)
{
	const char  *folder = nullptr;
	bench_plan   plan = {};
	bench_option options[] = {
		{"--db", &folder, nullptr, 1, "FOLDER"}, BENCH_PLAN_OPTIONS(plan), {}};

	bench_options(argc, argv, options);
	xapian_search(folder, plan);
	return 0;
}

int main(int argc, char **argv)
{
	try {
		if (argc > 1 && !strcmp(argv[1], "index"))
			return index_command(argc - 1, argv + 1);
		if (argc > 1 && !strcmp(argv[1], "search"))
			return search_command(argc - 1, argv + 1);
		if (argc == 2 && !strcmp(argv[1], "version")) {
			puts(Xapian::version_string());
			return 0;
		}
		fputs("usage: peer_xapian index|search|version ...\n", stderr);
		return 2;
	} catch (const Xapian::Error &error) {
		bench_fail("xapian", error.get_description().c_str());
	} catch (const std::exception &error) {
		bench_fail("xapian", error.what());
	}
	return 1;
}

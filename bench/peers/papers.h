/* papers.h: the papers of a JSON Lines file, parsed on a thread of their own. */
#ifndef PAPERS_H
#define PAPERS_H

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

/* One paper: the texts that are indexed, the values, and the line it came from. */
struct paper {
	std::string              id, title, authors, abstract_, comments, journal, report;
	std::vector<std::string> categories;
	std::string              date; /* yyyymmdd: submitted, else updated, else the id's month */
	std::string              line;
};

/* Reads a file; the papers come in its order, in batches, at most a few of them ahead. */
class paper_reader
{
      public:
	/* Throws std::runtime_error where the file cannot be read. */
	explicit paper_reader(const std::string &path);
	~paper_reader();
	paper_reader(const paper_reader &) = delete;
	paper_reader &operator=(const paper_reader &) = delete;
	/* The next batch; empty at the end of the file. */
	std::vector<paper> next();
	/* Bytes read so far. */
	int64_t bytes();

      private:
	void read_all(FILE *file);
	bool push(std::vector<paper> &&batch, int64_t size);

	std::mutex                     mutex;
	std::condition_variable        changed;
	std::deque<std::vector<paper>> ready;
	int64_t                        read = 0;
	bool                           ended = false, stopped = false;
	std::thread                    thread;
};

#endif

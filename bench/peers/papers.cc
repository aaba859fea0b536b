#include "papers.h"

#include <jansson.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace
{

constexpr size_t batch_papers = 256, batches_ahead = 8;

std::string text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

std::vector<std::string> split(const std::string &text)
{
	std::vector<std::string> parts;

	for (size_t at = 0; (at = text.find_first_not_of(' ', at)) != std::string::npos;) {
		size_t end = text.find(' ', at);

		parts.push_back(text.substr(at, end - at));
		at = end;
	}
	return parts;
}

/* "Sat, 31 Mar 2007 00:00:00 GMT" */
std::string date_of_version(const std::string &created)
{
	static const char *const months = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char                     month[4];
	const char              *found;
	int                      day, year;

	if (sscanf(created.c_str(), "%*3[A-Za-z], %2d %3[A-Za-z] %4d", &day, month, &year) != 3)
		return "";
	found = strstr(months, month);
	if (!found || day < 1 || year < 1000)
		return "";
	return std::to_string(year * 10000 + int((found - months) / 3 + 1) * 100 + day);
}

/* "2007-07-24" */
std::string date_of_update(const std::string &update)
{
	if (update.size() < 10)
		return "";
	return update.substr(0, 4) + update.substr(5, 2) + update.substr(8, 2);
}

/* "0704.0021", "math/0309136" */
std::string date_of_id(const std::string &id)
{
	size_t      slash = id.find('/');
	std::string digits = id.substr(slash == std::string::npos ? 0 : slash + 1);

	if (digits.size() < 4 || digits.find_first_not_of("0123456789") < 4)
		return "";
	return (digits[0] == '9' ? "19" : "20") + digits.substr(0, 4) + "01";
}

std::string date_of(const json_t *object, const std::string &id)
{
	const json_t *first = json_array_get(json_object_get(object, "versions"), 0);
	std::string   date = date_of_version(text_of(first, "created"));

	if (date.empty())
		date = date_of_update(text_of(object, "update_date"));
	return date.empty() ? date_of_id(id) : date;
}

bool parse(const char *line, size_t size, paper &p)
{
	json_t *object = json_loadb(line, size, 0, nullptr);

	if (!json_is_object(object)) {
		json_decref(object);
		return false;
	}
	p.id = text_of(object, "id");
	p.title = text_of(object, "title");
	p.authors = text_of(object, "authors");
	p.abstract_ = text_of(object, "abstract");
	p.comments = text_of(object, "comments");
	p.journal = text_of(object, "journal-ref");
	p.report = text_of(object, "report-no");
	p.categories = split(text_of(object, "categories"));
	p.date = date_of(object, p.id);
	p.line.assign(line, size);
	json_decref(object);
	return !p.id.empty();
}

} // namespace

paper_reader::paper_reader(const std::string &path)
{
	FILE *file = fopen(path.c_str(), "r");

	if (!file)
		throw std::runtime_error(path + ": " + strerror(errno));
	thread = std::thread([this, file] { read_all(file); });
}

paper_reader::~paper_reader()
{
	{
		std::lock_guard<std::mutex> lock(mutex);

		stopped = true;
	}
	changed.notify_all();
	thread.join();
}

/* False where nobody wants more. An empty batch ends the file. */
bool paper_reader::push(std::vector<paper> &&batch, int64_t size)
{
	std::unique_lock<std::mutex> lock(mutex);

	changed.wait(lock, [this] { return stopped || ready.size() < batches_ahead; });
	read += size;
	ended = batch.empty();
	if (!ended)
		ready.push_back(std::move(batch));
	changed.notify_all();
	return !stopped;
}

void paper_reader::read_all(FILE *file)
{
	std::vector<paper> batch;
	char              *line = nullptr;
	size_t             room = 0;
	int64_t            size = 0;
	ssize_t            len;
	bool               wanted = true;

	while (wanted && (len = getline(&line, &room, file)) > 0) {
		paper p;

		size += len;
		if (!parse(line, size_t(len), p))
			continue;
		batch.push_back(std::move(p));
		if (batch.size() == batch_papers) {
			wanted = push(std::move(batch), size);
			batch.clear();
			size = 0;
		}
	}
	free(line);
	fclose(file);
	if (wanted && !batch.empty())
		push(std::move(batch), size);
	push({}, 0);
}

std::vector<paper> paper_reader::next()
{
	std::unique_lock<std::mutex> lock(mutex);
	std::vector<paper>           batch;

	changed.wait(lock, [this] { return ended || !ready.empty(); });
	if (!ready.empty()) {
		batch = std::move(ready.front());
		ready.pop_front();
	}
	changed.notify_all();
	return batch;
}

int64_t paper_reader::bytes()
{
	std::lock_guard<std::mutex> lock(mutex);

	return read;
}

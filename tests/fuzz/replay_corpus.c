/*
 * Runs a fuzz target without a fuzzer: over the files of a folder, over the beginnings of each, and
 * over changes of each that look random and are the same on every machine.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 1 << 20, CUTS_MAX = 1500, CHANGES = 400, EDITS_MAX = 6 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Each in a block of its own, so that reading past its end shows under a sanitizer. */
static void try_bytes(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		exit(1);
	memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

/* Overwrites a byte, or repeats, moves or drops a stretch. */
static size_t edit(uint8_t *data, size_t size, uint64_t *state)
{
	static const char odd[] = "<>&;\"'\\{}[]/:\0\xFF\xC3\n \x01";
	size_t at = next(state) % size, len = 1 + next(state) % 16, to = next(state) % size;

	if (len > size - at)
		len = size - at;
	switch (next(state) % 4) {
	case 0: data[at] = (uint8_t)next(state); return size;
	case 1: data[at] = (uint8_t)odd[next(state) % (sizeof odd - 1)]; return size;
	case 2: memmove(data + at, data + at + len, size - at - len); return size - len;
	default:
		if (len > size - to)
			len = size - to;
		memmove(data + to, data + at, len);
		return size;
	}
}

static void replay(const uint8_t *data, size_t size)
{
	uint64_t state = 0x9E3779B97F4A7C15u ^ size;
	uint8_t *changed = malloc(size);

	if (!changed)
		exit(1);
	try_bytes(data, size);
	for (size_t n = 0; n < size && n < CUTS_MAX; n++)
		try_bytes(data, n);
	for (int i = 0; i < CHANGES; i++) {
		size_t left = size;

		memcpy(changed, data, size);
		for (uint64_t edits = 1 + next(&state) % EDITS_MAX; edits && left > 1; edits--)
			left = edit(changed, left, &state);
		try_bytes(changed, left);
	}
	free(changed);
}

static size_t read_file(const char *path, uint8_t *data)
{
	FILE  *f = fopen(path, "rb");
	size_t size;

	if (!f) {
		perror(path);
		exit(1);
	}
	size = fread(data, 1, FILE_MAX, f);
	fclose(f);
	return size;
}

static int replay_folder(const char *path)
{
	DIR           *dir = opendir(path);
	struct dirent *entry;
	uint8_t       *data = malloc(FILE_MAX);
	int            count = 0;

	if (!dir || !data) {
		perror(path);
		exit(1);
	}
	while ((entry = readdir(dir))) {
		char   name[4096];
		size_t size;

		if (*entry->d_name == '.')
			continue;
		snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		size = read_file(name, data);
		if (size)
			replay(data, size);
		count++;
	}
	closedir(dir);
	free(data);
	return count;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		int count = replay_folder(argv[i]);

		printf("%s: %d files\n", argv[i], count);
		if (!count)
			return 1;
	}
	return argc < 2;
}

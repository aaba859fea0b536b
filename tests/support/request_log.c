#include "request_log.h"

#include <time.h>

#include "error.h"

int64_t request_log_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

sheaf_status request_log_open(request_log *log, const char *path, sheaf_error *err)
{
	log->file = NULL;
	log->started_ms = request_log_now();
	if (!path)
		return SHEAF_OK;
	log->file = fopen(path, "w");
	if (!log->file)
		return sheaf_fail(err, SHEAF_ERROR_IO, "%s: the log cannot be written", path);
	return SHEAF_OK;
}

/* A field without what would break the line. */
static void put_field(FILE *file, const char *text)
{
	for (const char *p = text && *text ? text : "-"; *p; p++)
		fputc((unsigned char)*p < ' ' || *p == 0x7f ? '?' : *p, file);
	fputc('\t', file);
}

void request_log_add(request_log *log, const request_line *line)
{
	if (!log->file)
		return;
	fprintf(log->file, "%lld\t", (long long)(line->received_ms - log->started_ms));
	put_field(log->file, line->method);
	put_field(log->file, line->url);
	fprintf(log->file, "%u\t%zu\t", line->http_status, line->bytes);
	put_field(log->file, line->user_agent);
	put_field(log->file, line->accept_encoding);
	fprintf(log->file, "%s\n", line->fault);
	fflush(log->file);
}

void request_log_close(request_log *log)
{
	if (log->file)
		fclose(log->file);
	log->file = NULL;
}

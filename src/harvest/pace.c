#include "pace.h"

#include <string.h>

#include "error.h"
#include "retry.h"
#include "str.h"

enum { DEFAULT_DELAY_MS = 3000, NAME_MAX_LEN = 120, FILE_MAX = 4096 };

int pace_is_arxiv(const char *host)
{
	static const char domain[] = "arxiv.org";
	size_t            len = strlen(host), tail = sizeof domain - 1;

	if (len < tail || !str_ieq(host + len - tail, domain))
		return 0;
	return len == tail || host[len - tail - 1] == '.';
}

/* ---- the text file: `last`, `cool_until` and `refusals`, a name and a number a line ---- */

static void append_path(buf *out, const char *state_dir, const http_address *address,
                        const char *suffix)
{
	const char *name = pace_is_arxiv(address->host) ? "arxiv.org" : address->host;

	buf_printf(out, "%s/", state_dir);
	for (size_t i = 0; name[i] && i < NAME_MAX_LEN; i++) {
		unsigned char c = (unsigned char)name[i];
		int plain = str_is_alpha(c) || str_is_digit(c) || c == '-' || (c == '.' && i);

		buf_putc(out, plain ? (char)c : '_');
	}
	if (!address->default_port && !pace_is_arxiv(address->host))
		buf_printf(out, "_%d", address->port);
	buf_puts(out, suffix);
}

static void read_line(pace *p, const char *line, size_t len)
{
	char        number[32];
	const char *blank = memchr(line, ' ', len);
	size_t      name = blank ? (size_t)(blank - line) : 0;
	int64_t     value;

	if (!name || len - name > sizeof number)
		return;
	memcpy(number, blank + 1, len - name - 1);
	number[len - name - 1] = 0;
	if (!str_to_int64(number, &value) || value < 0)
		return;
	if (name == 4 && memcmp(line, "last", name) == 0)
		p->last = value;
	else if (name == 10 && memcmp(line, "cool_until", name) == 0)
		p->cool_until = value;
	else if (name == 8 && memcmp(line, "refusals", name) == 0)
		p->refusals = value < 100 ? value : 100;
}

/*
 * Where the clock was set back since the file was written, its times lie ahead: a pause then lasts
 * from now on as long as it was to last. 1 where that was so.
 */
static int set_back(pace *p, sheaf_time now)
{
	if (p->last == SHEAF_TIME_NONE || p->last <= now)
		return 0;
	if (p->cool_until != SHEAF_TIME_NONE)
		p->cool_until -= p->last - now;
	p->last = now;
	return 1;
}

/*
 * A file that is missing, torn or from another clock only means that less is remembered. 1 where
 * its times had to be moved.
 */
static int load(pace *p, sheaf_time now)
{
	buf         text = BUF_INIT(FILE_MAX);
	const char *line, *end;
	int         moved;

	if (file_read(p->path.data, &text, NULL) == SHEAF_OK) {
		for (line = buf_str(&text); (end = strchr(line, '\n')); line = end + 1)
			read_line(p, line, (size_t)(end - line));
	}
	moved = set_back(p, now);
	if (p->cool_until > now + RETRY_AFTER_MAX_S)
		p->cool_until = SHEAF_TIME_NONE;
	if (p->cool_until == SHEAF_TIME_NONE || now - p->cool_until > RETRY_PATIENCE_S)
		p->refusals = 0;
	buf_free(&text);
	return moved;
}

sheaf_time pace_read_cool_down(const char *path, sheaf_time now)
{
	pace p = PACE_INIT;

	p.path.cap = FILE_MAX;
	buf_puts(&p.path, path);
	if (buf_status(&p.path, NULL) == SHEAF_OK)
		load(&p, now);
	buf_free(&p.path);
	return p.cool_until > now ? p.cool_until : SHEAF_TIME_NONE;
}

static sheaf_status save(const pace *p, sheaf_error *err)
{
	buf          text = BUF_INIT(FILE_MAX);
	sheaf_status status;

	buf_printf(&text, "last %lld\n", (long long)p->last);
	if (p->cool_until != SHEAF_TIME_NONE)
		buf_printf(&text, "cool_until %lld\n", (long long)p->cool_until);
	buf_printf(&text, "refusals %lld\n", (long long)p->refusals);
	status = buf_status(&text, err);
	if (status == SHEAF_OK)
		status = file_write_atomic(p->path.data, text.data, text.len, err);
	buf_free(&text);
	return status;
}

/* ---- opening ---- */

sheaf_status pace_check_delay(const http_address *address, int64_t delay_ms, sheaf_error *err)
{
	if (delay_ms && delay_ms < DEFAULT_DELAY_MS && pace_is_arxiv(address->host))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "arXiv allows one request every %d seconds; only mirrors and "
		                  "loopback may be asked faster",
		                  DEFAULT_DELAY_MS / 1000);
	return SHEAF_OK;
}

static sheaf_status take_lock(pace *p, const char *state_dir, const http_address *address,
                              sheaf_error *err)
{
	buf          path = BUF_INIT(FILE_MAX);
	long         holder;
	sheaf_status status;

	append_path(&path, state_dir, address, ".lock");
	append_path(&p->path, state_dir, address, ".pace");
	status = buf_status(&path, err);
	if (status == SHEAF_OK)
		status = buf_status(&p->path, err);
	if (status == SHEAF_OK)
		status = file_make_folders(state_dir, err);
	if (status == SHEAF_OK) {
		status = file_lock_take(&p->lock, path.data, 0, &holder, err);
		if (status == SHEAF_ERROR_DATABASE_LOCKED)
			sheaf_fail(
				err, status,
				"another harvest of %s is running (process %ld); let it end first",
				address->host, holder);
	}
	buf_free(&path);
	return status;
}

sheaf_status pace_open(pace *p, const char *state_dir, const http_address *address,
                       int64_t delay_ms, const sheaf_clock *clock, sheaf_error *err)
{
	sheaf_status status = pace_check_delay(address, delay_ms, err);
	sheaf_time   now;
	int          moved;

	p->clock = clock;
	p->path.cap = FILE_MAX;
	p->arxiv = pace_is_arxiv(address->host);
	p->delay_ms = !delay_ms ? DEFAULT_DELAY_MS : delay_ms > 0 ? delay_ms : 0;
	if (status == SHEAF_OK)
		status = take_lock(p, state_dir, address, err);
	if (status != SHEAF_OK)
		return status;
	now = clock->now(clock->ctx);
	moved = load(p, now);
	/* Else each run would let the pause begin anew. */
	if (moved && p->cool_until > now)
		status = save(p, err);
	if (status != SHEAF_OK)
		return status;
	if (p->cool_until > now)
		return sheaf_fail_at(err, SHEAF_ERROR_COOLING_DOWN, (long)(p->cool_until - now),
		                     "%s has asked for a pause; try again in %lld s", address->host,
		                     (long long)(p->cool_until - now));
	return SHEAF_OK;
}

/* ---- requests ---- */

/*
 * Within a process the whole delay is slept after each answer. Before the first request the rest of
 * the last process's delay is, and a second more, since times are kept in whole seconds.
 */
static int64_t rest_ms(const pace *p)
{
	int64_t gone;

	if (p->requests)
		return p->delay_ms;
	if (p->last == SHEAF_TIME_NONE || !p->delay_ms)
		return 0;
	gone = p->clock->now(p->clock->ctx) - p->last;
	if (gone < 0)
		gone = 0; /* the clock was set back */
	if (gone > p->delay_ms / 1000 + 1)
		return 0;
	return p->delay_ms + 1000 - gone * 1000;
}

sheaf_status pace_request(pace *p, sheaf_error *err)
{
	int64_t wait = rest_ms(p);

	if (wait > 0 && p->clock->sleep_ms(p->clock->ctx, wait))
		return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	p->requests++;
	p->last = p->clock->now(p->clock->ctx);
	return save(p, err);
}

sheaf_status pace_cool_down(pace *p, int64_t wait_ms, sheaf_error *err)
{
	p->last = p->clock->now(p->clock->ctx);
	p->cool_until = p->last + (wait_ms + 999) / 1000;
	p->refusals++;
	return save(p, err);
}

void pace_answered(pace *p)
{
	p->last = p->clock->now(p->clock->ctx);
	p->cool_until = SHEAF_TIME_NONE;
	p->refusals = 0;
}

void pace_close(pace *p)
{
	/* For the next process; losing it costs politeness of a second or so, no more. */
	if (p->requests && p->lock.fd >= 0)
		save(p, NULL);
	file_lock_release(&p->lock);
	buf_free(&p->path);
}

/* sheaf/harvest.h: incremental harvesting over HTTP. */
#ifndef SHEAF_HARVEST_H
#define SHEAF_HARVEST_H

#include <sheaf/database.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum sheaf_harvest_source {
	SHEAF_HARVEST_OAI = 0, /* OAI-PMH ListRecords */
	SHEAF_HARVEST_API,     /* the Atom API */
	SHEAF_HARVEST_RSS      /* the announcements of a day, of one category or archive */
} sheaf_harvest_source;

/* Where time comes from: the library itself reads no clock. */
typedef struct sheaf_clock {
	void *ctx;
	sheaf_time (*now)(void *ctx);
	/*
	 * Sleeps; non-zero where it was interrupted and the harvest shall stop. With 0 it
	 * only tells that, and is asked so while a request is under way.
	 */
	int (*sleep_ms)(void *ctx, int64_t ms);
} sheaf_clock;

typedef enum sheaf_harvest_event {
	SHEAF_HARVEST_EVENT_PAGE = 0, /* a page was stored */
	SHEAF_HARVEST_EVENT_WAIT, /* the source asked for a pause, or a request will be tried again
	                           */
	SHEAF_HARVEST_EVENT_RESTART, /* a resumption token has died; starts again at the high-water
	                                date */
	SHEAF_HARVEST_EVENT_REJECT,  /* a record could not be read, and was skipped */
	SHEAF_HARVEST_EVENT_NOTE     /* something the user should know; `message` */
} sheaf_harvest_event;

typedef struct sheaf_harvest_progress {
	sheaf_harvest_event event;
	int64_t pages, records, added, updated, unchanged, rejected, bytes;
	int64_t total;          /* records in all, where the source tells; -1: unknown */
	int64_t wait_ms;        /* WAIT: how long */
	int attempt;            /* WAIT: which try has failed, from 1 */
	const char *message;    /* WAIT, RESTART, REJECT: why, one line; else NULL */
	const char *high_water; /* the newest datestamp so far, "YYYY-MM-DD", or NULL */
	int64_t changes[SHEAF_CHANGE_KINDS]; /* of `added` and `updated` papers, by kind */
	int64_t kept_out; /* papers that were removed before, and are not taken */
	int not_due;      /* 1: `if_due`, and nothing can be new; nobody was asked */
	int stale;        /* 1: RSS: the list of another day came again, so this day's is missing */
	int incomplete;   /* 1: days that were asked for are not complete: sheaf_coverage_each() */
} sheaf_harvest_progress;

typedef struct sheaf_harvest_options { /* all-zero means the defaults, but for `clock` and
	                                  `state_dir` */
	sheaf_harvest_source source;
	const char *base_url; /* NULL: arXiv's own */
	const char *set;      /* setSpec, category or archive (cs.NE); NULL: all. OAI only */
	const char *query;    /* search_query of the API, as it is sent */
	/*
	 * "YYYY-MM-DD", both included; NULL: where the last run ended, and no end. OAI: of
	 * datestamps. API: `from` is how far to go back by date of update; it takes no `until`.
	 */
	const char *from, *until;
	const char *metadata_prefix; /* "arXivRaw" (the default) or "arXiv" */
	/*
	 * 0: no limit. The next run goes on from there; a page of which a part was wanted is
	 * asked for again, and so is the head of a list of the API.
	 */
	int64_t max_records, max_pages;
	int64_t page_size;  /* API: max_results of a request; 0: 200 */
	int64_t delay_ms;   /* between requests; 0: 3000; < 0: none (mirrors and loopback only) */
	int64_t timeout_ms; /* of one request; 0: 300000 */
	int max_retries;    /* of one request; 0: 8; < 0: none */
	int full;           /* 1: forget the last run and start from the beginning */
	int dry_run;        /* 1: ask for the first page only, and store nothing */
	const char *state_dir; /* folder for the lock and the pace of each host; made when missing.
	                          All programs of a user should share one */
	const sheaf_clock *clock;
	void *ctx;
	int (*progress)(void *ctx,
	                const sheaf_harvest_progress *progress); /* non-zero stops; may be NULL */
	int if_due; /* 1: asks nobody where, by arXiv's times of renewal, nothing can be new since the
	               last complete run */
	int repair; /* 1: asks only for what sheaf_coverage_each() tells to be partial or missing of
	               this source and selection. RSS: through OAI-PMH, for there are no old lists */
	const char
		*oai_base_url;  /* RSS, `repair`: NULL: that of an OAI-PMH harvest of this database,
	                             else arXiv's */
	int force;              /* 1: takes papers again that were removed */
	const char *record_dir; /* keeps every request and answer there; NULL: does not */
	const char *replay_dir; /* asks nobody, and takes the answers that were kept there; NULL */
} sheaf_harvest_options;

/*
 * Fetches what is new and stores it, a page, its resumption token and its
 * high-water mark in one transaction, so that a run that was killed at any moment
 * is continued by the next. `result` (may be NULL) holds the last counts, without
 * its strings. Errors: INVALID_ARGUMENT (also a delay under 3 s for a host of
 * arXiv's); NETWORK, NETWORK_TIMEOUT, PROTOCOL (what was got is kept);
 * COOLING_DOWN (err->offset: seconds left); DATABASE_LOCKED (another harvest of
 * this host is running; all of arXiv's hosts count as one); INTERRUPTED.
 * Source: OAI-PMH 2.0, https://www.openarchives.org/OAI/openarchivesprotocol.html.
 */
SHEAF_API sheaf_status sheaf_harvest(sheaf_database *db, const sheaf_harvest_options *options,
                                     sheaf_harvest_progress *result, sheaf_error *err);

/*
 * Tells whether sheaf_harvest() would take these options, before there is a database.
 * Errors: INVALID_ARGUMENT as there.
 */
SHEAF_API sheaf_status sheaf_harvest_check(const sheaf_harvest_options *options, sheaf_error *err);

/* The state of one harvest; borrowed for the call. */
typedef struct sheaf_harvest_state {
	const char *source; /* "oai" or "api" */
	const char *base_url;
	const char *selection; /* set or query; "" for all */
	const char *metadata_prefix;
	const char *high_water; /* newest datestamp stored, "" when none */
	int complete;           /* 1: the last run came to its end */
	sheaf_time finished;    /* of the last complete run, or SHEAF_TIME_NONE */
	int64_t pages, records; /* of the last run */
} sheaf_harvest_state;
typedef int (*sheaf_harvest_state_fn)(void *ctx, const sheaf_harvest_state *state);
/* Calls `fn` for each harvest that the database remembers. */
SHEAF_API sheaf_status sheaf_harvest_each(sheaf_database *db, sheaf_harvest_state_fn fn, void *ctx,
                                          sheaf_error *err);

/* What is there of a range of days. */
typedef enum sheaf_coverage_state {
	SHEAF_COVERAGE_COMPLETE = 1, /* all that the source had when it was read */
	SHEAF_COVERAGE_PARTIAL,      /* a list broke off, or a record could not be read */
	SHEAF_COVERAGE_MISSING,      /* between days that are there */
	SHEAF_COVERAGE_EMPTY,        /* RSS: the list was read, and announced nothing */
	SHEAF_COVERAGE_STALE,        /* RSS: the list of another day came in its place */
	SHEAF_COVERAGE_MADE_UP       /* RSS: the list was missed, but OAI-PMH gave the papers */
} sheaf_coverage_state;

/* Neighbouring days in one state; borrowed for the call. */
typedef struct sheaf_coverage {
	const char *source; /* "oai", "api", "rss", "snapshot" */
	const char *base_url;
	const char *selection; /* set or query; "" for all */
	const char *metadata_prefix;
	const char *
		first; /* "YYYY-MM-DD": of datestamps (OAI-PMH), updates (API), announcements (RSS);
	                      "": the beginning */
	const char *last; /* the same, included */
	sheaf_coverage_state state;
	int64_t papers;     /* RSS: announced in these days; -1: not known */
	sheaf_time checked; /* when the source was asked last for them, or SHEAF_TIME_NONE */
} sheaf_coverage;
typedef int (*sheaf_coverage_fn)(void *ctx, const sheaf_coverage *coverage);
/*
 * Tells, for each harvest in turn and in the order of days, what is there from the first day that was
 * asked for to the last. Days since then are not told: the next harvest asks for them. `incomplete`
 * (may be NULL) becomes 1 where a range is PARTIAL, MISSING or STALE. Non-zero from `fn` (may be NULL)
 * stops: INTERRUPTED.
 */
SHEAF_API sheaf_status sheaf_coverage_each(sheaf_database *db, sheaf_coverage_fn fn, void *ctx,
                                           int *incomplete, sheaf_error *err);

/* The pause that a host asked for, as all programs with this `state_dir` keep it. */
typedef struct sheaf_cooldown {
	const char *host; /* "arxiv.org" for all of arXiv's */
	sheaf_time until; /* no request before that */
} sheaf_cooldown;
typedef int (*sheaf_cooldown_fn)(void *ctx, const sheaf_cooldown *cooldown);
/*
 * Tells of each pause that lasts beyond `now`. A folder that is not there has none. Non-zero from
 * `fn` stops: INTERRUPTED. Errors also: INVALID_ARGUMENT; IO; NOMEM.
 */
SHEAF_API sheaf_status sheaf_cooldown_each(const char *state_dir, sheaf_time now,
                                           sheaf_cooldown_fn fn, void *ctx, sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif

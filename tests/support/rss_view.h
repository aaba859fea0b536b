/* rss_view.h: what a listing announced on a day, as the feeds of rss.arxiv.org tell it. */
#ifndef RSS_VIEW_H
#define RSS_VIEW_H

#include "listing.h"
#include "reply.h"

typedef enum rss_form {
	RSS_FORM_RSS = 0, /* RSS 2.0 */
	RSS_FORM_ATOM
} rss_form;

enum { RSS_NAME_SIZE = 64 };

/* 1 where a path is a feed's, /rss/NAME or /atom/NAME; `name` becomes its name. */
int rss_view_path(const char *path, size_t len, rss_form *form, char name[RSS_NAME_SIZE]);
/* The last day before `day` on which something was announced. */
int64_t rss_announced_before(int64_t day);

/* A day whose papers nobody has announced. */
#define RSS_NO_DAY 3 /* the first Sunday of 1970 */

/*
 * The feed of `name`, a category or an archive, on a day (since 1970). A Monday to Friday announces
 * what came since the announcement before; other days nothing. `contents` is the day whose papers
 * are in it: another one than `day` makes a stale feed. A name that is not known is a feed that is
 * an error, with HTTP status 400. Errors: NOMEM.
 */
sheaf_status rss_view_answer(const listing *l, rss_form form, const char *name, int64_t day,
                             int64_t contents, reply *out, sheaf_error *err);

#endif

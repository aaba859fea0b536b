/*
 * profile_verbs.h: what can be done with profiles: a function and a file for each verb of `sheaf
 * profile`, and the options that they share.
 */
#ifndef PROFILE_VERBS_H
#define PROFILE_VERBS_H

#include "command.h"

/* All-zero where not given; which verb takes which is in the table of cmd_profile.c. */
typedef struct profile_options {
	option_list profiles, like, unlike;
	const char *format, *by, *split, *with, *query;
	option_span since, until;
	int64_t     limit, terms, top;
	int         marks;
} profile_options;

sheaf_status profile_list(session *s, sheaf_error *err);
sheaf_status profile_show(session *s, sheaf_error *err);
sheaf_status profile_check(session *s, sheaf_error *err);
sheaf_status profile_add(session *s, sheaf_error *err);
sheaf_status profile_rm(session *s, sheaf_error *err);
sheaf_status profile_import(session *s, sheaf_error *err);
sheaf_status profile_export(session *s, sheaf_error *err);
sheaf_status profile_test(session *s, sheaf_error *err);
sheaf_status profile_learn(session *s, sheaf_error *err);
sheaf_status profile_suggest(session *s, sheaf_error *err);
sheaf_status profile_eval(session *s, sheaf_error *err);
sheaf_status profile_backtest(session *s, sheaf_error *err);

#endif

/* signals.h: being asked to stop. */
#ifndef SIGNALS_H
#define SIGNALS_H

/*
 * From now on SIGINT, SIGTERM and SIGHUP end the process with code 130, and a reader that
 * goes away shows as EPIPE where it is written to.
 */
void signals_install(void);
/*
 * The first of these signals now only sets the flag, for commands that keep what
 * they have got; a second one ends the process all the same.
 */
void signals_defer(void);
/* 1 once a deferred signal came. */
int signals_pending(void);
/* Undoes what another program would inherit that takes this process over. */
void signals_release(void);
/* Ends the process as a filter without reader ends: by SIGPIPE. */
void signals_end_unread(void);

#endif

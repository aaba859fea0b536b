#include "signals.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "exit.h"

/* A handler is given no context, so these two are the process's own. */
static volatile sig_atomic_t deferring;
static volatile sig_atomic_t pending;

static void on_signal(int number)
{
	(void)number;
	if (!deferring || pending)
		_exit(CODE_INTERRUPTED);
	pending = 1;
}

void signals_install(void)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action = {.sa_handler = on_signal};

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct sigaction before;

		/* What the caller chose to ignore (nohup, a background job) stays ignored. */
		if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	}
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}

void signals_defer(void)
{
	deferring = 1;
}

int signals_pending(void)
{
	return pending;
}

void signals_release(void)
{
	struct sigaction action = {.sa_handler = SIG_DFL};

	sigemptyset(&action.sa_mask);
	sigaction(SIGPIPE, &action, NULL);
}

void signals_end_unread(void)
{
	signals_release();
	raise(SIGPIPE);
}

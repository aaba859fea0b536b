/* exit.h: the exit codes of the command. Scripts rely on them. */
#ifndef EXIT_H
#define EXIT_H

#include <sheaf/status.h>

typedef enum exit_code {
	CODE_DONE = 0,
	CODE_NOTHING = 1,
	CODE_USAGE = 2,
	CODE_INCOMPLETE = 3,
	CODE_NETWORK = 4,
	CODE_COOLING = 5,
	CODE_LOCKED = 6,
	CODE_MISMATCH = 7,
	CODE_CORRUPT = 8,
	CODE_FILE = 9,
	CODE_INTERRUPTED = 130
} exit_code;

typedef struct exit_row {
	exit_code   code;
	const char *meaning;
} exit_row;

/* All codes with what they mean, ended by a row whose meaning is NULL. Static storage. */
const exit_row *exit_rows(void);

/* The code with which a command ends that was stopped by this status. */
exit_code exit_code_of(sheaf_status status);

/*
 * The one code for several results: the one that asks for the most attention. A
 * file that could not be read outweighs records that could not, those outweigh
 * "nothing", and that outweighs "done" only where nothing was done at all, which
 * is the caller's to say.
 */
exit_code exit_worst(exit_code a, exit_code b);

#endif

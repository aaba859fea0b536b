/* commands.h: the table of commands, and finding one on a command line. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "command.h"

/* All commands in the order of help, ended by NULL. Static storage. */
const command *const *commands_all(void);
/* NULL where there is no such command. */
const command *commands_find(const char *name);
/* The nearest name; NULL where none is near. */
const char *commands_nearest(const char *name);
/* The global options. Static storage. */
const option *commands_global_options(void);
/*
 * The index of the command's name in argv: the first word that is neither an
 * option nor an option's value, whichever command the option is of; `argc` where
 * there is none.
 */
int commands_locate(int argc, char *const *argv);

#endif

/* help.h: the help pages, made from the tables. */
#ifndef HELP_H
#define HELP_H

#include "command.h"

/* All commands, the global options and the exit codes. */
void help_overview(buf *out);
/* One command with its options. */
void help_command(const command *c, buf *out);

#endif

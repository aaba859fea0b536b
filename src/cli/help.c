#include "help.h"

#include "commands.h"

static void options(const char *title, const option *rows, buf *out)
{
	if (!rows || !rows->name)
		return;
	buf_printf(out, "\n%s:\n", title);
	for (; rows->name; rows++)
		option_describe(rows, out);
}

/* The line that says how a command is called. */
static void put_usage(const command *c, buf *out)
{
	buf_printf(out, "usage: sheaf %s", c->name);
	if (c->options)
		buf_puts(out, " [OPTION]…");
	if (*c->arguments)
		buf_printf(out, " %s", c->arguments);
	buf_putc(out, '\n');
}

void help_command(const command *c, buf *out)
{
	put_usage(c, out);
	buf_printf(out, "\n%s.\n", c->summary);
	if (c->details)
		buf_printf(out, "\n%s\n", c->details);
	options("options", c->options, out);
	options("global options", commands_global_options(), out);
}

void help_overview(buf *out)
{
	buf_puts(out,
	         "usage: sheaf [OPTION]… COMMAND [OPTION]… [WORD]…\n\n"
	         "Harvests, searches, classifies and publishes arXiv's metadata.\n\ncommands:\n");
	for (const command *const *c = commands_all(); *c; c++)
		buf_printf(out, "  %-10s  %s\n", (*c)->name, (*c)->summary);
	options("global options", commands_global_options(), out);
	buf_puts(
		out,
		"\nOptions may stand before or after the command; -- ends them.\n"
		"`sheaf help COMMAND` describes one command, `man sheaf` all of them.\n\nexit codes:\n");
	for (const exit_row *row = exit_rows(); row->meaning; row++)
		buf_printf(out, "  %3d  %s\n", (int)row->code, row->meaning);
}

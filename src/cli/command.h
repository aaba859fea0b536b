/* command.h: what a command is, and what it is given to run. */
#ifndef COMMAND_H
#define COMMAND_H

#include <sheaf/database.h>

#include "arena.h"
#include "console.h"
#include "exit.h"
#include "options.h"
#include "output.h"
#include "settings.h"

/* What a command wants with the database. */
typedef enum db_need {
	DB_NONE = 0,
	DB_READ,   /* must be there */
	DB_WRITE,  /* must be there */
	DB_CREATE, /* made where it is missing */
	DB_NEW     /* must not be there */
} db_need;

typedef struct db_request {
	db_need                need;
	sheaf_database_options options;
} db_request;

enum { WORDS_ANY = -1 };

typedef struct command {
	const char   *name;
	const char   *summary;   /* one line */
	const char   *arguments; /* "QUERY…"; "" for none */
	const char   *details;   /* more for its help; NULL: none */
	const option *options;   /* NULL: none of its own */
	const void   *defaults;  /* of the struct that the options fill; NULL: all-zero */
	size_t        options_size;
	db_need       need;
	int           min_words, max_words; /* WORDS_ANY: no limit */
	int           defers;    /* 1: a signal only sets the flag, what was got is kept */
	int           minus_ids; /* 1: as option_parse.minus_ids */
	int           joins;     /* 1: several databases may be given, which answer as one */
	/*
	 * Checks what the tables cannot, and changes the request where options ask for it; may be
	 * NULL.
	 */
	sheaf_status (*prepare)(session *s, db_request *request, sheaf_error *err);
	/* Runs it. A failure that ends the command is the status; other outcomes go to s->code. */
	sheaf_status (*run)(session *s, sheaf_error *err);
} command;

/* The options that every command takes. */
typedef struct globals {
	option_list dbs; /* given by --db */
	const char *config, *color;
	int         quiet, verbose, no_progress, help, version;
} globals;

struct session {
	const command     *command;
	globals            globals;
	settings           settings; /* what the configuration file says */
	const char        *db_path;  /* of the first; NULL where the command needs none */
	sheaf_database    *db;
	sheaf_database   **others; /* that `db` answers for, too: all but the first of --db */
	output            *out;
	console           *console;
	const void        *options; /* the command's own struct */
	const char *const *words;
	size_t             word_count;
	sheaf_time         now;
	arena             *arena; /* lives as long as the session */
	exit_code          code;
};

extern const command command_check, command_classify, command_compact, command_config, command_rm,
	command_count, command_digest, command_export, command_harvest, command_help,
	command_import, command_init, command_mark, command_profile, command_reindex,
	command_search, command_show, command_similar, command_status, command_synonym,
	command_version;

#endif

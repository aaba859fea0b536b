/* What a database knows of itself: its name and how its text becomes tokens. */
#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "stemmer.h"
#include "str.h"

static const char *const strategies[] = {
	[SHEAF_STEM_SOME] = "some", [SHEAF_STEM_ALL] = "all", [SHEAF_STEM_NONE] = "none"};

/* Names the database for good: an RFC 4122 version 4 identifier. */
static sheaf_status make_uuid(sheaf_database *db, sheaf_error *err)
{
	unsigned char random[16];
	char          text[37];

	sqlite3_randomness(sizeof random, random);
	random[6] = (unsigned char)((random[6] & 0x0F) | 0x40);
	random[8] = (unsigned char)((random[8] & 0x3F) | 0x80);
	for (int i = 0, at = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			text[at++] = '-';
		sqlite3_snprintf(3, text + at, "%02x", random[i]);
		at += 2;
	}
	return meta_put_text(db, "uuid", text, err);
}

/* The stemmer of a setting: Snowball's, or the caller's, which has to be at hand. */
static sheaf_status find_stemmer(sheaf_database *db, const char *setting, sheaf_stem **stem,
                                 sheaf_error *err)
{
	*stem = NULL;
	if (!str_starts(setting, STEM_CUSTOM_PREFIX))
		return sheaf_stem_new(setting, stem, err);
	if (!db->custom_stem || strcmp(stem_setting(db->custom_stem), setting) != 0)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_VERSION,
		                  "%s: made with a stemmer of its own program, '%.40s', which was "
		                  "not given; run 'sheaf reindex --stemmer LANG' for another",
		                  db->path, setting);
	return stem_clone(db->custom_stem, stem, err);
}

/* Takes `stem`. */
static sheaf_status use_stemmer(sheaf_database *db, sheaf_stem *stem, const char *setting,
                                sheaf_stem_strategy strategy, sheaf_error *err)
{
	char *name = mem_strdup(setting);

	if (!name) {
		sheaf_stem_free(stem);
		return sheaf_nomem(err);
	}
	sheaf_stem_free(db->tokenizer.config.stem);
	mem_free(db->stemmer);
	db->tokenizer.config.stem = stem;
	db->tokenizer.config.strategy = strategy;
	db->stemmer = name;
	db->fingerprint = -1;
	return SHEAF_OK;
}

/* A database that is to be reindexed with another stemmer opens without its own. */
static sheaf_status load_stemmer(sheaf_database *db, const char *setting,
                                 sheaf_stem_strategy strategy, sheaf_error *err)
{
	sheaf_stem  *stem;
	sheaf_status status = find_stemmer(db, setting, &stem, err);

	if (status == SHEAF_ERROR_DATABASE_VERSION && db->for_reindex)
		status = sheaf_stem_new("none", &stem, err);
	return status == SHEAF_OK ? use_stemmer(db, stem, setting, strategy, err) : status;
}

sheaf_status database_set_tokenizer(sheaf_database *db, const char *language,
                                    sheaf_stem_strategy strategy, sheaf_error *err)
{
	sheaf_stem  *stem;
	int64_t      fingerprint;
	sheaf_status status;

	if ((unsigned)strategy > SHEAF_STEM_NONE)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no stem strategy %d",
		                  (int)strategy);
	status = find_stemmer(db, language, &stem, err);
	if (status == SHEAF_OK)
		status = use_stemmer(db, stem, language, strategy, err);
	if (status == SHEAF_OK)
		status = meta_put_text(db, "stemmer", language, err);
	if (status == SHEAF_OK)
		status = meta_put_text(db, "stem_strategy", strategies[strategy], err);
	if (status == SHEAF_OK && tokens_fingerprint(&db->tokenizer.config, &fingerprint) < 0)
		status = sheaf_nomem(err);
	if (status == SHEAF_OK)
		status = meta_put_number(db, "fingerprint", fingerprint, err);
	if (status == SHEAF_OK)
		db->fingerprint = fingerprint;
	return status;
}

const char *database_stemmer_option(const sheaf_database_options *options, const char *other)
{
	if (options && options->custom_stem)
		return stem_setting(options->custom_stem);
	return options && options->stemmer ? options->stemmer : other;
}

sheaf_status database_initialise(sheaf_database *db, const sheaf_database_options *options,
                                 sheaf_error *err)
{
	const char         *language = database_stemmer_option(options, "english");
	sheaf_stem_strategy strategy = options ? options->stem_strategy : SHEAF_STEM_SOME;
	sheaf_status        status;
	int                 own;

	status = database_begin_write(db, &own, err);
	if (status != SHEAF_OK)
		return status;
	status = database_set_tokenizer(db, language, strategy, err);
	if (status == SHEAF_OK)
		status = make_uuid(db, err);
	if (status == SHEAF_OK)
		status = index_option(db, "hashsize", INDEX_HASH_BYTES, err);
	return database_end_write(db, own, status, err);
}

sheaf_status database_load_tokenizer(sheaf_database *db, sheaf_error *err)
{
	char        *language = NULL, *strategy_name = NULL, *uuid = NULL;
	int64_t      fingerprint = -1, right = -1;
	int          strategy = -1;
	sheaf_status status = meta_get_text(db, "stemmer", &language, err);

	if (status == SHEAF_OK)
		status = meta_get_text(db, "stem_strategy", &strategy_name, err);
	if (status == SHEAF_OK)
		status = meta_get_text(db, "uuid", &uuid, err);
	if (status == SHEAF_OK)
		status = meta_get_number(db, "fingerprint", &fingerprint, err);
	if (status != SHEAF_OK)
		goto out;
	for (int i = 0; i <= SHEAF_STEM_NONE; i++)
		if (str_eq(strategy_name, strategies[i]))
			strategy = i;
	if (!language || strategy < 0 || !uuid || strlen(uuid) != 36) {
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                    "%s: its settings are missing or damaged", db->path);
		goto out;
	}
	memcpy(db->uuid, uuid, sizeof db->uuid);
	status = load_stemmer(db, language, (sheaf_stem_strategy)strategy, err);
	if (status == SHEAF_OK && tokens_fingerprint(&db->tokenizer.config, &right) < 0)
		status = sheaf_nomem(err);
	if (status == SHEAF_OK && !db->for_reindex && fingerprint != right)
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_VERSION,
		                    "%s: indexed with another tokenizer; run 'sheaf reindex'",
		                    db->path);
	if (status == SHEAF_OK)
		db->fingerprint = fingerprint;
out:
	mem_free(language);
	mem_free(strategy_name);
	mem_free(uuid);
	return status;
}

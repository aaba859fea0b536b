-- Where each field comes from, what changed last, when papers were announced, what was fetched of each day,
-- and what is kept out.

ALTER TABLE document ADD COLUMN origins TEXT; -- which copy each field is from
ALTER TABLE document ADD COLUMN change INTEGER NOT NULL DEFAULT 0; -- what the last change was; 0: not known
ALTER TABLE document ADD COLUMN announced INTEGER;                -- day of the first announcement, seconds since 1970
ALTER TABLE document ADD COLUMN announced_seen INTEGER NOT NULL DEFAULT 0; -- 1: in an announcement; 0: inferred

-- What was announced: a paper in the list of a category, on a day (since 1970).
CREATE TABLE announcement(
	day      INTEGER NOT NULL,
	category TEXT NOT NULL, -- archive or category whose list it was
	id       TEXT NOT NULL,
	version  INTEGER NOT NULL,
	kind     INTEGER NOT NULL, -- 1 new, 2 cross, 3 replace, 4 replace-cross
	PRIMARY KEY(day, category, id)
) WITHOUT ROWID;
CREATE INDEX announcement_id ON announcement(id);

-- What was learned of each list by asking for it.
CREATE TABLE announcement_day(
	category TEXT NOT NULL,
	day      INTEGER NOT NULL,
	state    INTEGER NOT NULL, -- 1 announced, 2 empty, 3 stale, 4 made up for through OAI-PMH
	papers   INTEGER NOT NULL,
	checked  INTEGER NOT NULL, -- when, seconds since 1970
	PRIMARY KEY(category, day)
) WITHOUT ROWID;

-- Days (since 1970) of which all is stored, as far as it was there when they were read; of the last day so much as
-- there was at `read`. Ranges of one list neither overlap nor touch.
CREATE TABLE coverage(
	source          TEXT NOT NULL,
	base_url        TEXT NOT NULL,
	selection       TEXT NOT NULL,
	metadata_prefix TEXT NOT NULL,
	first           INTEGER NOT NULL,
	last            INTEGER NOT NULL,
	read            INTEGER NOT NULL,
	PRIMARY KEY(source, base_url, selection, metadata_prefix, first)
) WITHOUT ROWID;

-- What an answer was like, so that it need not be sent again.
ALTER TABLE harvest ADD COLUMN etag TEXT;
ALTER TABLE harvest ADD COLUMN last_modified TEXT;

-- Papers that were taken out and are to stay out.
CREATE TABLE removed(
	id      TEXT PRIMARY KEY,
	removed INTEGER NOT NULL
) WITHOUT ROWID;

-- Files whose import was interrupted, and how much of them is stored.
CREATE TABLE import(
	path     TEXT PRIMARY KEY,
	size     INTEGER NOT NULL,
	modified INTEGER NOT NULL, -- nanoseconds since 1970
	bytes    INTEGER NOT NULL, -- plain ones that need not be read again
	lines    INTEGER NOT NULL,
	newest   INTEGER,          -- newest datestamp in them, seconds since 1970
	exported INTEGER NOT NULL  -- 1: sheaf has written some of them itself
) WITHOUT ROWID;

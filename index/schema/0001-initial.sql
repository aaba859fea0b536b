-- The first schema. Released files are never edited: the next number migrates.

-- What the database is: stemmer, stem_strategy, fingerprint, uuid, revision, and `user:` keys.
CREATE TABLE meta(
	key   TEXT PRIMARY KEY,
	value NOT NULL
) WITHOUT ROWID;

-- One paper a row. `docid` is stable and never reused; `revision` is new with each change,
-- and is the row id of the paper in the index.
CREATE TABLE document(
	docid        INTEGER PRIMARY KEY AUTOINCREMENT,
	revision     INTEGER NOT NULL UNIQUE,
	id           TEXT NOT NULL UNIQUE,
	version      INTEGER NOT NULL DEFAULT 0,
	title        TEXT,
	abstract     TEXT,
	authors      TEXT,    -- names, one a line
	author_parts TEXT,    -- keyname, forenames, suffix, affiliation of each line
	comments     TEXT,
	journal_ref  TEXT,
	report_no    TEXT,
	terms        TEXT NOT NULL, -- boolean terms, as indexed
	categories   TEXT,    -- the primary one first
	doi          TEXT,
	msc_class    TEXT,
	acm_class    TEXT,
	license      TEXT,
	submitter    TEXT,
	proxy        TEXT,
	submitted    INTEGER, -- seconds since 1970
	updated      INTEGER,
	datestamp    INTEGER,
	withdrawn    INTEGER NOT NULL DEFAULT 0,
	versions     TEXT     -- number, created, size, source type, one version a line
);

-- The columns exactly as indexed: a first byte tells the tokenizer how to read the rest
-- (1 prose, 2 names, 3 whole terms). FTS5 reads old values through this view.
CREATE VIEW document_text AS
	SELECT revision,
		char(1) || coalesce(title, '') AS title,
		char(1) || coalesce(abstract, '') AS abstract,
		char(2) || coalesce(authors, '') AS authors,
		char(1) || coalesce(comments, '') AS comments,
		char(1) || coalesce(journal_ref, '') AS journal_ref,
		char(2) || coalesce(report_no, '') AS report_no,
		char(3) || terms AS terms
	FROM document;

CREATE VIRTUAL TABLE document_fts USING fts5(
	title, abstract, authors, comments, journal_ref, report_no, terms,
	content = 'document_text', content_rowid = 'revision', columnsize = 0, tokenize = 'sheaf'
);

-- Columnar values: `id` is slot * 2^40 + block, a block holds the values of 1024 revisions.
CREATE TABLE value_block(
	id   INTEGER PRIMARY KEY,
	data BLOB NOT NULL
);

-- Derived: the postings of frequent stems in compact form, for revisions up to meta's `ranked_until`.
-- Without these rows every answer is the same, only later. index/ranklist.h has the format.
CREATE TABLE ranking_list(
	stem TEXT PRIMARY KEY,
	data BLOB NOT NULL
);

-- Where each harvest stands. `token` continues the list that was being read.
CREATE TABLE harvest(
	source          TEXT NOT NULL,
	base_url        TEXT NOT NULL,
	selection       TEXT NOT NULL,
	metadata_prefix TEXT NOT NULL,
	token           TEXT,
	high_water      TEXT,
	list_from       TEXT,    -- `from` of the list that is being read
	response_date   TEXT,
	complete        INTEGER NOT NULL DEFAULT 0,
	finished        INTEGER,
	pages           INTEGER NOT NULL DEFAULT 0,
	records         INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY(source, base_url, selection, metadata_prefix)
) WITHOUT ROWID;

-- Profile files by the name of their digest, as they were read.
CREATE TABLE profile_set(
	name TEXT PRIMARY KEY,
	yaml TEXT NOT NULL
) WITHOUT ROWID;

-- How far each profile has been run, and over which text of it.
CREATE TABLE profile_state(
	digest      TEXT NOT NULL,
	profile     TEXT NOT NULL,
	fingerprint INTEGER NOT NULL,
	classified  INTEGER NOT NULL,
	PRIMARY KEY(digest, profile)
) WITHOUT ROWID;

-- Which paper belongs to which profile. The fallback section's profile is ''.
CREATE TABLE placement(
	digest   TEXT NOT NULL,
	profile  TEXT NOT NULL,
	docid    INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	weight   REAL NOT NULL,
	percent  INTEGER NOT NULL,
	PRIMARY KEY(digest, profile, docid)
) WITHOUT ROWID;
CREATE INDEX placement_docid ON placement(docid);

-- What each digest has delivered.
CREATE TABLE delivery(
	digest    TEXT NOT NULL,
	docid     INTEGER NOT NULL,
	version   INTEGER NOT NULL,
	delivered INTEGER NOT NULL,
	PRIMARY KEY(digest, docid)
) WITHOUT ROWID;

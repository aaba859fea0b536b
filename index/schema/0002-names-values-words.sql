-- Name keys, the caller's own data, facets, spelling and synonyms. What was indexed before is of an older
-- tokenizer: it is to be reindexed.

ALTER TABLE document ADD COLUMN data BLOB;        -- the caller's payload
ALTER TABLE document ADD COLUMN own_terms TEXT;   -- the caller's terms, frequency and term a line
ALTER TABLE document ADD COLUMN own_values BLOB;  -- the caller's value slots, packed

-- Authors are read as people (4), which adds keys of their names to the words.
DROP VIEW document_text;
CREATE VIEW document_text AS
	SELECT revision,
		char(1) || coalesce(title, '') AS title,
		char(1) || coalesce(abstract, '') AS abstract,
		char(4) || coalesce(authors, '') AS authors,
		char(1) || coalesce(comments, '') AS comments,
		char(1) || coalesce(journal_ref, '') AS journal_ref,
		char(2) || coalesce(report_no, '') AS report_no,
		char(3) || terms AS terms
	FROM document;

-- Derived from own_values: the caller's value slots by revision, for sorting, ranges and facets.
CREATE TABLE slot_value(
	slot     INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	value    BLOB NOT NULL,
	PRIMARY KEY(slot, revision)
) WITHOUT ROWID;

-- Derived: the number, from 1 to 65535, that each category has in the value blocks of categories.
CREATE TABLE category_number(
	number   INTEGER PRIMARY KEY,
	category TEXT NOT NULL UNIQUE
);

-- Derived: the words of the index by their length, with the documents that have them, for suggestions.
-- index/words/spelling.h has the format.
CREATE TABLE spelling(
	length INTEGER PRIMARY KEY,
	data   BLOB NOT NULL
);

CREATE TABLE synonym(
	term    TEXT NOT NULL,
	synonym TEXT NOT NULL,
	PRIMARY KEY(term, synonym)
) WITHOUT ROWID;

-- The index in another order of columns, and ranking lists by runs of revisions. What was indexed before
-- is of an older tokenizer: it is to be reindexed.

-- The abstract comes first: FTS5 spells out the number of any column but the first at each document that
-- has a word there, and most words are words of abstracts.
DROP TABLE document_fts;
DROP VIEW document_text;
CREATE VIEW document_text AS
	SELECT revision,
		char(1) || coalesce(abstract, '') AS abstract,
		char(1) || coalesce(title, '') AS title,
		char(4) || coalesce(authors, '') AS authors,
		char(1) || coalesce(comments, '') AS comments,
		char(1) || coalesce(journal_ref, '') AS journal_ref,
		char(2) || coalesce(report_no, '') AS report_no,
		char(3) || terms AS terms
	FROM document;
CREATE VIRTUAL TABLE document_fts USING fts5(
	abstract, title, authors, comments, journal_ref, report_no, terms,
	content = 'document_text', content_rowid = 'revision', columnsize = 0, tokenize = 'sheaf'
);

-- Derived: ranking lists. Without these rows every answer is the same, only later. index/lists/ has the
-- formats. A run covers the revisions from `first` to `last`, and had so many documents when it was made.
DROP TABLE ranking_list;
CREATE TABLE ranking_run(
	run       INTEGER PRIMARY KEY,
	first     INTEGER NOT NULL,
	last      INTEGER NOT NULL,
	documents INTEGER NOT NULL
);
-- Many lists a row, in the order of the hashes of their keys. `id`: the run's number << 44, and the first hash.
CREATE TABLE ranking_list(
	id   INTEGER PRIMARY KEY,
	data BLOB NOT NULL
);
-- Pages with the postings of long lists. `id`: the run's number << 44, and the page's.
CREATE TABLE ranking_chunk(
	id   INTEGER PRIMARY KEY,
	data BLOB NOT NULL
);
-- Revisions in runs that no document has any more, and what they take from the counts of each list: under the
-- hash of the key, the key and six numbers.
CREATE TABLE ranking_dead(
	revision INTEGER PRIMARY KEY
);
CREATE TABLE ranking_loss(
	id   INTEGER PRIMARY KEY,
	data BLOB NOT NULL
);

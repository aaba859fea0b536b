-- A profile as a number, which stands for the names in each placement; and what was learnt of it from
-- the papers that were there when it was first classified.
CREATE TABLE profile_track(
	track       INTEGER PRIMARY KEY,
	digest      TEXT NOT NULL,
	profile     TEXT NOT NULL, -- of the fallback section ''
	fingerprint INTEGER NOT NULL,
	classified  INTEGER NOT NULL, -- 0: it has no placements
	model       BLOB,
	UNIQUE(digest, profile)
);
INSERT INTO profile_track(digest, profile, fingerprint, classified)
	SELECT digest, profile, fingerprint, classified FROM profile_state;

-- By paper, as new papers come, so that a day's placements are written at the table's end.
CREATE TABLE placement_by_track(
	docid    INTEGER NOT NULL,
	track    INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	weight   REAL NOT NULL,
	percent  INTEGER NOT NULL,
	PRIMARY KEY(docid, track)
) WITHOUT ROWID;
INSERT INTO placement_by_track(docid, track, revision, weight, percent)
	SELECT docid, track, revision, weight, percent
	FROM placement JOIN profile_track USING(digest, profile) ORDER BY docid, track;

DROP TABLE placement;
DROP TABLE profile_state;
ALTER TABLE placement_by_track RENAME TO placement;
ALTER TABLE profile_track RENAME TO profile_state;

-- Papers of which a person said that they belong to a profile, or do not. By identifier, so that
-- a mark outlives the paper's row.
CREATE TABLE mark(
	profile TEXT NOT NULL,
	id      TEXT NOT NULL,
	belongs INTEGER NOT NULL,
	marked  INTEGER NOT NULL, -- seconds since 1970
	PRIMARY KEY(profile, id)
) WITHOUT ROWID;

-- What was learnt of a profile from the papers that were there when it was first classified.
ALTER TABLE profile_state ADD COLUMN model BLOB;

-- Papers of which a person said that they belong to a profile, or do not. By identifier, so that
-- a mark outlives the paper's row.
CREATE TABLE mark(
	profile TEXT NOT NULL,
	id      TEXT NOT NULL,
	belongs INTEGER NOT NULL,
	marked  INTEGER NOT NULL, -- seconds since 1970
	PRIMARY KEY(profile, id)
) WITHOUT ROWID;

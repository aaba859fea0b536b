-- Deliveries by identifier, so that a paper which goes and comes again is not delivered twice.
CREATE TABLE delivery_by_id(
	digest    TEXT NOT NULL,
	id        TEXT NOT NULL,
	version   INTEGER NOT NULL,
	delivered INTEGER NOT NULL, -- seconds since 1970
	PRIMARY KEY(digest, id)
) WITHOUT ROWID;
INSERT INTO delivery_by_id(digest, id, version, delivered)
	SELECT delivery.digest, document.id, delivery.version, delivery.delivered
	FROM delivery JOIN document USING(docid);
DROP TABLE delivery;
ALTER TABLE delivery_by_id RENAME TO delivery;

-- A digest that is about to be put in place: whether it was is told by its receipt.
CREATE TABLE delivery_attempt(
	digest  TEXT PRIMARY KEY,
	receipt TEXT NOT NULL,
	made    INTEGER NOT NULL -- seconds since 1970
) WITHOUT ROWID;
CREATE TABLE delivery_attempt_paper(
	digest  TEXT NOT NULL,
	id      TEXT NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY(digest, id)
) WITHOUT ROWID;

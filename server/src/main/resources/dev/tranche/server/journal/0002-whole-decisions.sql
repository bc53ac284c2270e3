-- Decisions as the journal wrote them, so that they can be answered again after the journal has dropped them.
-- A layout names the positions of a row; its digest is the SHA-256 of its record.
CREATE TABLE layout (
    digest       bytea            PRIMARY KEY,
    record       bytea            NOT NULL
);
ALTER TABLE decision ADD COLUMN record bytea, ADD COLUMN layout bytea REFERENCES layout (digest);

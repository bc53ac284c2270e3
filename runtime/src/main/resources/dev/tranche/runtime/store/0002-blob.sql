-- Immutable bytes by their SHA-256.
CREATE TABLE blob (
    digest bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    bytes  bytea NOT NULL,
    put_at timestamptz NOT NULL DEFAULT now()
);

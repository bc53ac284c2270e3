-- Every change of the control plane: a hash chain of events, and its head, which serialises and fences appends.
CREATE TABLE control_event (
    seq       bigint PRIMARY KEY,
    at        timestamptz NOT NULL,
    actor     text NOT NULL,
    subject   text NOT NULL,
    kind      text NOT NULL,
    payload   text NOT NULL CHECK (jsonb_typeof(payload::jsonb) = 'object'),
    epoch     bigint NOT NULL,
    prev_hash bytea NOT NULL CHECK (octet_length(prev_hash) = 32),
    hash      bytea NOT NULL CHECK (octet_length(hash) = 32)
);
CREATE INDEX control_event_subject ON control_event (subject, seq);

CREATE TABLE control_head (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    seq   bigint NOT NULL,
    hash  bytea NOT NULL,
    epoch bigint NOT NULL
);
INSERT INTO control_head (seq, hash, epoch) VALUES (0, decode(repeat('00', 32), 'hex'), 0);

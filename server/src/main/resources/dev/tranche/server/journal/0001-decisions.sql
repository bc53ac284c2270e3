-- Copies of the decision journals of all nodes, for people and reports. The journals are the truth.
-- Partitioned by the day of the request; the shipping makes a day's partitions when it first needs them.
CREATE TABLE decision (
    node         integer          NOT NULL,
    position     bigint           NOT NULL,
    received_at  timestamptz      NOT NULL,
    product      text             NOT NULL,
    unit         text             NOT NULL,
    loan_id      text,
    model        text             NOT NULL,
    policy       text,
    epoch        bigint           NOT NULL,
    slot         integer          NOT NULL,
    role         text             NOT NULL,
    experiment   text,
    arm          text,
    score        double precision NOT NULL,
    band         text,
    action       text,
    source       text             NOT NULL,
    cause        text             NOT NULL,
    latency_nanos bigint          NOT NULL,
    details      jsonb            NOT NULL,
    PRIMARY KEY (received_at, node, position)
) PARTITION BY RANGE (received_at);
CREATE INDEX decision_loan ON decision (loan_id, product, received_at DESC);
CREATE INDEX decision_id ON decision (position, node);

CREATE TABLE shadow (
    node         integer          NOT NULL,
    position     bigint           NOT NULL,
    decision_node integer         NOT NULL,
    decision     bigint           NOT NULL,
    at           timestamptz      NOT NULL,
    product      text             NOT NULL,
    subject      text             NOT NULL,
    model        text             NOT NULL,
    policy       text,
    score        double precision NOT NULL,
    band         text,
    action       text,
    latency_nanos bigint          NOT NULL,
    error        text,
    PRIMARY KEY (at, node, position)
) PARTITION BY RANGE (at);
CREATE INDEX shadow_decision ON shadow (decision, decision_node);

CREATE TABLE outcome (
    decision_node integer         NOT NULL,
    decision     bigint           NOT NULL,
    product      text             NOT NULL,
    outcome      smallint         NOT NULL,
    observed_at  timestamptz      NOT NULL,
    received_at  timestamptz      NOT NULL,
    PRIMARY KEY (decision, decision_node)
);

-- How far each node's journal has been copied; moved in the same transaction as the copies.
CREATE TABLE shipped (
    node         integer          PRIMARY KEY,
    position     bigint           NOT NULL
);

package dev.tranche.runtime.metrics;

/// Every metric name of the process, as Micrometer writes them (dots; Prometheus shows underscores and unit
/// suffixes).
public final class MetricNames {
    /// Answers given, by product, version, source and decision.
    public static final String DECISIONS = "tranche.decisions";
    /// Time from the request's last byte to the answer's first, by product and version.
    public static final String DECISION_LATENCY = "tranche.decision.latency";
    /// Requests that this server could not answer (5xx), by door and code.
    public static final String ERRORS = "tranche.errors";
    /// Answers of the fallback rules, by product, version and reason.
    public static final String FALLBACKS = "tranche.fallbacks";
    /// Predictions that came after their deadline and were thrown away, by version.
    public static final String LATE_PREDICTIONS = "tranche.predictions.late";
    /// Scorings by a candidate in shadow, by version and result.
    public static final String SHADOW_SCORES = "tranche.shadow.scores";
    /// Shadow copies that were not scored because the queue was full.
    public static final String SHADOW_DROPPED = "tranche.shadow.dropped";
    /// Models in memory; versions of one essence share one.
    public static final String MODELS = "tranche.models";
    /// Uses of the models in memory by routes, calls and shadows.
    public static final String MODEL_USES = "tranche.model.uses";
    /// Models opened.
    public static final String MODELS_OPENED = "tranche.models.opened";
    /// Models closed because nobody used them any more.
    public static final String MODELS_CLOSED = "tranche.models.closed";
    /// Loads of versions that failed.
    public static final String MODEL_LOAD_FAILURES = "tranche.model.load.failures";
    /// Rows that wait for a slow version.
    public static final String QUEUE_ROWS = "tranche.queue.rows";
    /// Rows that were refused because the queue of their version was full.
    public static final String QUEUE_REFUSED = "tranche.queue.refused";
    /// Calls of a model that computed more than one row.
    public static final String BATCHES = "tranche.batches";
    /// Rows that were computed in a call with others.
    public static final String BATCH_ROWS = "tranche.batch.rows";
    /// Rows that were asked again alone because the call they were in failed.
    public static final String BATCH_RERUNS = "tranche.batch.reruns";
    /// Requests being answered now.
    public static final String IN_FLIGHT = "tranche.requests.in.flight";
    /// Requests that were refused (4xx), by door and code.
    public static final String REFUSED = "tranche.requests.refused";
    /// Requests answered at the doors of the inference protocol, by transport (rest, grpc).
    public static final String INFERENCE_REQUESTS = "tranche.inference.requests";
    /// Rows of those requests, by transport.
    public static final String INFERENCE_ROWS = "tranche.inference.rows";
    /// Records appended to the decision journal.
    public static final String JOURNAL_RECORDS = "tranche.journal.records";
    /// Bytes of journal segments on the disk.
    public static final String JOURNAL_BYTES = "tranche.journal.bytes";
    /// Bytes that the journal still waits to ship to the store.
    public static final String JOURNAL_LAG = "tranche.journal.lag.bytes";
    /// 1 while the journal cannot take records because the disk is full.
    public static final String JOURNAL_FULL = "tranche.journal.full";
    /// Bytes free on the disk of the data folder.
    public static final String DISK_FREE = "tranche.disk.free.bytes";
    /// 1 while the store answers.
    public static final String STORE_UP = "tranche.store.up";
    /// 1 while this node leads.
    public static final String LEADER = "tranche.leader";
    /// The leader's epoch.
    public static final String LEADER_EPOCH = "tranche.leader.epoch";
    /// Changes of routes, by product.
    public static final String ROUTE_CHANGES = "tranche.route.changes";
    /// Rollouts under way.
    public static final String ROLLOUTS_ACTIVE = "tranche.rollouts.active";
    /// Outcomes received, by product.
    public static final String OUTCOMES = "tranche.outcomes";
    /// Configuration files that were refused.
    public static final String CONFIG_REJECTED = "tranche.config.rejected";
    /// Age of the configuration in seconds since it was last compared with its files.
    public static final String CONFIG_AGE = "tranche.config.age";

    private MetricNames() {}
}

package dev.tranche.engine.signal;

/// Every metric name of the engine, as Micrometer writes them (dots; Prometheus shows underscores and
/// unit suffixes). The names of seed 003 are kept: `divergence_events_total`, `divergence_score_bucket`
/// and so on.
public final class MeterNames {
    /// Signals told, by source, side and kind.
    public static final String EVENTS = "divergence.events";
    /// All events that the detector found: the closure check holds it against the sides of [#EVENTS].
    public static final String FOUND = "divergence.found";
    /// Time the detector took for one bar.
    public static final String DETECTION_LATENCY = "divergence.detection.latency";
    /// Time from an event's arrival to the updated indicators.
    public static final String EVENT_LATENCY = "divergence.event.latency";
    /// Time from the arrival of the event that closed a bar to the signal handed out.
    public static final String PIPELINE_LATENCY = "divergence.pipeline.latency";
    /// Scores of signals, by source.
    public static final String SCORE = "divergence.score";
    /// Bars between the two pivots of signals, by source.
    public static final String PAIRING_GAP = "divergence.pairing.gap";
    /// Mean return after signals in their direction, by horizon and source.
    public static final String FORWARD_RETURN = "divergence.forward.return";
    /// Forward returns measured, by horizon and source.
    public static final String FORWARD_RETURNS = "divergence.forward.returns";
    /// Of these, those that went the way the signal said.
    public static final String HITS = "divergence.hits";
    /// 1 for the configuration in force, by digest, version and symbol.
    public static final String ACTIVE_CONFIG = "divergence.active.config.info";
    /// Events whose handling failed, by cause.
    public static final String ERRORS = "divergence.errors";
    /// Messages that wait for the worker of a stream, by symbol.
    public static final String QUEUE_SIZE = "divergence.queue.size";
    /// Configuration files that were refused.
    public static final String CONFIG_LOAD_ERRORS = "divergence.config.load.errors";
    /// Changes while running (configuration, version) that could not be put in force.
    public static final String HOT_UPDATE_ERRORS = "divergence.hot.update.errors";
    /// Market events left out because the feed was wrong, by symbol and fault.
    public static final String INVALID = "divergence.invalid.data";
    /// Market events taken in, by symbol.
    public static final String MARKET_EVENTS = "divergence.market.events";
    /// Distance of all events found from the sum of the sides told, as a share of all, by symbol and
    /// version.
    public static final String CLOSURE_ERROR = "divergence.closure.error";
    /// 1 while a stream has data to work on and a valid book where it needs one, by symbol.
    public static final String UP = "divergence.up";
    /// Connections lost, by symbol.
    public static final String RECONNECTS = "divergence.reconnects";
    /// 1 while the server that is followed does not answer; 0 without one.
    public static final String SERVER_AWAY = "divergence.server.away";
    /// Bytes free on the disk of the record log.
    public static final String DISK_FREE = "divergence.disk.free.bytes";
    /// Listeners of the stream of signals.
    public static final String LISTENERS = "divergence.listeners";

    private MeterNames() {}
}

package dev.tranche.engine.divergence;

import dev.tranche.engine.feed.Arrival;
import dev.tranche.engine.feed.Inbox;
import dev.tranche.engine.feed.Source;
import dev.tranche.engine.signal.MeterNames;
import dev.tranche.engine.signal.Meters;
import dev.tranche.engine.signal.SignalLog;
import dev.tranche.engine.signal.Tally;
import dev.tranche.market.Instrument;
import dev.tranche.market.divergence.BarIndicators;
import dev.tranche.market.divergence.IndicatorSink;
import dev.tranche.market.divergence.Session;
import dev.tranche.market.feed.BarSink;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.study.LiquidityGauge;
import dev.tranche.runtime.clock.Ticks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event loop of one stream: one thread takes what arrived, one at a time, and nobody else touches
/// the book, the indicators or the detectors. A configuration or a route that changed is put in force
/// between two messages.
public final class StreamWorker {
    private static final Logger LOG = LoggerFactory.getLogger(StreamWorker.class);
    private static final long LOOK_MILLIS = 50;
    private static final long STATUS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long COMPLAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    /// What streams share.
    public record Shared(Ticks ticks, SignalLog log, Meters meters, Supplier<Plan> plan) {}

    private final Instrument instrument;
    private final Source source;
    private final EngineSettings settings;
    private final Shared shared;
    private final Inbox inbox;
    private final MarketPath path;
    private final BarIndicators indicators;
    private final LiquidityGauge liquidity = LiquidityGauge.fresh();
    private final Tally tally = Tally.create();
    private final Track.Surroundings around;
    private final Counter events;
    private final Counter reconnects;
    private final Timer latency;
    private final Map<Fault, Counter> faults = new EnumMap<>(Fault.class);
    private final Thread reader;
    private final Thread worker;
    private List<Track> tracks = List.of();
    private @Nullable Plan plan;
    private long arrivedNanos;
    private double open;
    private double turnover;
    private long bars;
    private long heardNanos;
    private boolean heard;
    private Arrival.@Nullable Ended ended;
    private long shownNanos;
    private long complainedNanos;
    private volatile @Nullable StreamStatus status;

    private StreamWorker(EngineSettings settings, Instrument instrument, Source source, Shared shared) {
        String symbol = instrument.symbol();
        Meters meters = shared.meters();
        this.instrument = instrument;
        this.source = source;
        this.settings = settings;
        this.shared = shared;
        this.inbox = Inbox.of(settings.queue());
        this.indicators = BarIndicators.before(BarIndicators.Settings.USUAL, new Scored());
        this.path =
                new MarketPath(instrument, settings.ofi(), settings.bar(), settings.silence(), new Bars(), this::fault);
        this.events = meters.marketEvents(symbol);
        this.reconnects = meters.reconnects(symbol);
        this.latency = meters.latency(MeterNames.EVENT_LATENCY, symbol);
        this.around = new Track.Surroundings(
                symbol,
                shared.ticks(),
                shared.log(),
                meters,
                meters.found(symbol),
                meters.latency(MeterNames.DETECTION_LATENCY, symbol),
                meters.latency(MeterNames.PIPELINE_LATENCY, symbol));
        for (Fault fault : Fault.values()) {
            faults.put(fault, meters.invalid(symbol, fault.name().toLowerCase(java.util.Locale.ROOT)));
        }
        meters.gauge(MeterNames.QUEUE_SIZE, symbol, inbox, Inbox::size);
        meters.gauge(MeterNames.UP, symbol, this, each -> each.status().up() ? 1 : 0);
        meters.gauge(MeterNames.CLOSURE_ERROR, symbol, this, StreamWorker::closureError);
        this.reader = Thread.ofPlatform().daemon().name("feed-" + symbol).unstarted(this::read);
        this.worker = Thread.ofPlatform().daemon().name("stream-" + symbol).unstarted(this::work);
        show();
    }

    /// A stream that begins with [#start].
    public static StreamWorker of(EngineSettings settings, Instrument instrument, Source source, Shared shared) {
        return new StreamWorker(settings, instrument, source, shared);
    }

    /// Begins to read and to work.
    public void start() {
        worker.start();
        reader.start();
    }

    private void read() {
        try {
            source.run(inbox);
        } catch (InterruptedException e) {
            LOG.debug("feed.interrupted symbol={}", instrument.symbol(), e);
        }
    }

    private void work() {
        try {
            while (ended == null) {
                adopt(shared.plan().get());
                Arrival arrival = inbox.take(LOOK_MILLIS, shared.ticks().nanos());
                if (arrival == null) {
                    rest();
                } else {
                    handle(arrival);
                }
                if (shared.ticks().nanos() - shownNanos > STATUS_NANOS) {
                    show();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("stream.interrupted symbol={}", instrument.symbol(), e);
        } finally {
            show();
        }
    }

    private void rest() {
        if (source.live()) {
            arrivedNanos = shared.ticks().nanos();
            guarded(() -> path.present(shared.ticks().now().toEpochMilli()));
        }
    }

    private void handle(Arrival arrival) {
        long began = shared.ticks().nanos();
        arrivedNanos = source.inTime() ? arrival.arrivedNanos() : began;
        switch (arrival) {
            case Arrival.Message(byte[] json, long received, long _) -> taken(() -> path.message(json, received));
            case Arrival.Row(byte[] line, long _) -> taken(() -> path.row(line));
            case Arrival.Header(String columns, long _) -> guarded(() -> path.header(columns));
            case Arrival.Broken broken -> {
                LOG.warn("stream.broken symbol={} reason=\"{}\"", instrument.symbol(), broken.reason());
                reconnects.increment();
                guarded(path::lost);
            }
            case Arrival.Unreadable unreadable -> {
                LOG.warn("stream.unreadable symbol={} reason=\"{}\"", instrument.symbol(), unreadable.reason());
                fault(Fault.MALFORMED, -1, -1, 0, 0);
            }
            case Arrival.Ended end -> {
                LOG.info("stream.ended symbol={} reason=\"{}\"", instrument.symbol(), end.reason());
                guarded(path::finish);
                ended = end;
            }
        }
        if (path.wantsSnapshot()) {
            source.resynchronise("the book is " + path.book());
        }
    }

    private void taken(Supplier<Long> work) {
        guarded(() -> {
            long said = work.get();
            long took = shared.ticks().nanos() - arrivedNanos;
            for (long i = 0; i < said; i++) {
                tally.event(took);
                latency.record(took, TimeUnit.NANOSECONDS);
            }
            if (said > 0) {
                heard = true;
                heardNanos = shared.ticks().nanos();
                events.increment((double) said);
            }
        });
    }

    /// An event whose handling fails is counted and costs no other.
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            tally.error();
            shared.meters().failed(Meters.Cause.FAILURE);
            if (shared.ticks().nanos() - complainedNanos > COMPLAIN_NANOS || complainedNanos == 0) {
                complainedNanos = shared.ticks().nanos();
                LOG.error("stream.failed symbol={}", instrument.symbol(), e);
            }
        }
    }

    private void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        Objects.requireNonNull(faults.get(fault)).increment();
        switch (fault.consequence()) {
            case NOTE -> {}
            case DROP, RESET -> tally.invalid();
        }
        LOG.debug("feed.fault symbol={} {}: {}", instrument.symbol(), fault, fault.describe(found, expected));
    }

    @SuppressWarnings("ReferenceEquality") // another snapshot, even an equal one, is adopted again at no harm
    private void adopt(Plan now) {
        if (now == plan) {
            return;
        }
        plan = now;
        List<Track> kept = new ArrayList<>();
        for (Assignment wanted : now.at(instrument.symbol())) {
            Track same = tracks.stream()
                    .filter(track -> track.version()
                                    .digest()
                                    .equals(wanted.version().digest())
                            && track.version().name().equals(wanted.version().name()))
                    .findFirst()
                    .orElse(null);
            if (same == null) {
                kept.add(Track.of(around, wanted, now.tuning()));
            } else {
                same.adopt(wanted.mode(), now.tuning());
                kept.add(same);
            }
        }
        tracks = kept;
        show();
    }

    private void show() {
        shownNanos = shared.ticks().nanos();
        Map<Fault, Long> seen = path.flow().faults().seen();
        status = new StreamStatus(
                instrument.symbol(),
                source.place(),
                source.state(),
                condition(),
                inbox.size(),
                inbox.dropped(),
                tally.counts(),
                seen,
                path.book(),
                path.eventMillis(),
                path.clockBehindMillis(),
                bars,
                tracks.stream()
                        .map(track -> new TrackStatus(
                                track.version().name(),
                                track.mode(),
                                track.parameters(),
                                track.tally().counts()))
                        .toList());
    }

    private StreamStatus.Condition condition() {
        Arrival.Ended end = ended;
        if (end != null) {
            return end.failed() ? StreamStatus.Condition.FAILED : StreamStatus.Condition.ENDED;
        }
        if (!heard) {
            return StreamStatus.Condition.WAITING;
        }
        if (shared.ticks().nanos() - heardNanos > settings.silence().toNanos()) {
            return StreamStatus.Condition.SILENT;
        }
        return path.readable() ? StreamStatus.Condition.UP : StreamStatus.Condition.BOOK_INVALID;
    }

    /// How the stream does, at most a few tenths of a second old.
    public StreamStatus status() {
        return Objects.requireNonNull(status);
    }

    private static double closureError(StreamWorker worker) {
        return worker.status().tracks().stream()
                .mapToDouble(track -> track.counts().closureError())
                .max()
                .orElse(0);
    }

    /// Whether nothing follows.
    public boolean ended() {
        return switch (status().condition()) {
            case ENDED, FAILED -> true;
            case UP, WAITING, SILENT, BOOK_INVALID -> false;
        };
    }

    /// Stops reading, works off nothing more, and waits until both threads have ended.
    public void close() {
        source.close();
        worker.interrupt();
        reader.interrupt();
        boolean interrupted = false;
        for (Thread thread : List.of(worker, reader)) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Keeps what the indicators do not need and signals do.
    private final class Bars implements BarSink {
        @Override
        public void bar(
                long openMillis,
                long closeMillis,
                double opened,
                double high,
                double low,
                double close,
                double volume,
                double takerBuyVolume,
                double orderFlowImbalance) {
            bars++;
            open = opened;
            turnover = volume * close;
            indicators.bar(
                    openMillis, closeMillis, opened, high, low, close, volume, takerBuyVolume, orderFlowImbalance);
        }

        @Override
        public void gap(long fromMillis, long toMillis) {
            indicators.gap(fromMillis, toMillis);
        }
    }

    private final class Scored implements IndicatorSink {
        @Override
        public void on(
                long closeMillis, double high, double low, double close, double zOfi, double zCvd, double zFusion) {
            Track.Closed bar = new Track.Closed(
                    closeMillis,
                    open,
                    high,
                    low,
                    close,
                    zOfi,
                    zCvd,
                    zFusion,
                    Session.at(closeMillis),
                    liquidity.on(turnover),
                    arrivedNanos);
            for (Track track : tracks) {
                guarded(() -> track.bar(bar));
            }
        }

        @Override
        public void gap(long fromMillis, long toMillis) {
            tracks.forEach(Track::gap);
        }
    }
}

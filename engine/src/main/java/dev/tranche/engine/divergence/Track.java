package dev.tranche.engine.divergence;

import dev.tranche.engine.signal.Meters;
import dev.tranche.engine.signal.Mode;
import dev.tranche.engine.signal.Outcome;
import dev.tranche.engine.signal.Signal;
import dev.tranche.engine.signal.SignalLog;
import dev.tranche.engine.signal.Tally;
import dev.tranche.engine.signal.Texts;
import dev.tranche.engine.signal.Told;
import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.divergence.ParameterBook;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Session;
import dev.tranche.market.divergence.Source;
import dev.tranche.market.divergence.Watch;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.log.LogFullException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One version at work on one symbol: a detector for each source, what it finds, told and followed. One
/// writer, the stream's worker; counts may be read by anybody.
final class Track {
    private static final Logger LOG = LoggerFactory.getLogger(Track.class);

    /// What tracks of a stream share.
    record Surroundings(
            String symbol, Ticks ticks, SignalLog log, Meters meters, Counter found, Timer detection, Timer pipeline) {}

    /// A bar that closed, with its scores.
    record Closed(
            long closeMillis,
            double open,
            double high,
            double low,
            double close,
            double zOfi,
            double zCvd,
            double zFusion,
            Session session,
            Optional<Liquidity> liquidity,
            long arrivedNanos) {
        /// Too few bars to judge counts as quiet where parameters are chosen.
        private Liquidity judged() {
            return liquidity.orElse(Liquidity.QUIET);
        }
    }

    private final Surroundings around;
    private final CalibrationVersion version;
    private final Watch watch;
    private final List<DivergenceEvent> found = new ArrayList<>();
    private final ForwardReturns returns;
    private final Tally tally = Tally.create();
    private volatile Mode mode;
    private ParameterBook book;

    private Track(Surroundings around, Assignment assignment, Tuning tuning) {
        this.around = around;
        this.version = assignment.version();
        this.mode = assignment.mode();
        this.book = tuning.over(version.book());
        this.returns = new ForwardReturns(version.bars(), this::measured);
        this.watch = Watch.of(around.symbol(), book, EnumSet.allOf(Source.class), found::add);
        around.meters().horizons(version.bars());
    }

    static Track of(Surroundings around, Assignment assignment, Tuning tuning) {
        return new Track(around, assignment, tuning);
    }

    CalibrationVersion version() {
        return version;
    }

    Mode mode() {
        return mode;
    }

    Tally tally() {
        return tally;
    }

    /// Parameters where no override applies.
    String parameters() {
        return ParameterDigest.of(book.everywhere());
    }

    /// Goes on with what is in force now; detectors keep what is still right of what they know.
    void adopt(Mode other, Tuning tuning) {
        mode = other;
        book = tuning.over(version.book());
        watch.swap(book);
    }

    /// One bar closed.
    void bar(Closed bar) {
        returns.bar(bar.closeMillis(), bar.open(), bar.close());
        long began = around.ticks().nanos();
        watch.on(
                bar.closeMillis(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.zOfi(),
                bar.zCvd(),
                bar.zFusion(),
                bar.judged());
        long took = around.ticks().nanos() - began;
        tally.detection(took);
        around.detection().record(took, TimeUnit.NANOSECONDS);
        for (DivergenceEvent event : found) {
            tally.found();
            around.found().increment();
            tell(event, bar);
        }
        found.clear();
    }

    private void tell(DivergenceEvent event, Closed bar) {
        Parameters inForce = book.at(around.symbol(), bar.session(), bar.judged(), event.source());
        Parameters meant = version.book().at(around.symbol(), bar.session(), bar.judged(), event.source());
        Signal signal = new Signal(
                around.symbol(),
                bar.session(),
                bar.liquidity(),
                event,
                bar.close(),
                version.outlook(around.ticks().now(), around.symbol(), event, inForce, meant),
                version.name(),
                mode,
                ParameterDigest.of(inForce));
        try {
            long id = around.log().tell(mode == Mode.SHADOW ? Told.Type.SHADOW : Told.Type.SIGNAL, Texts.of(signal));
            long nanos = around.ticks().nanos() - bar.arrivedNanos();
            tally.told(event.kind(), nanos);
            around.pipeline().record(nanos, TimeUnit.NANOSECONDS);
            around.meters().told(signal);
            returns.follow(signal, id);
        } catch (LogFullException e) {
            tally.error();
            around.meters().failed(Meters.Cause.LOG);
            LOG.error(
                    "signal.not-told symbol={} kind={} confirmed_ms={}",
                    around.symbol(),
                    event.kind(),
                    event.confirmedMillis(),
                    e);
        }
    }

    private void measured(Outcome outcome) {
        around.meters().measured(outcome);
        try {
            around.log().tell(Told.Type.OUTCOME, Texts.of(outcome));
        } catch (LogFullException e) {
            around.meters().failed(Meters.Cause.LOG);
            LOG.error("outcome.not-recorded symbol={} signal={}", around.symbol(), outcome.signal(), e);
        }
    }

    /// Something is missing before the next bar.
    void gap() {
        watch.reset();
        returns.gap();
    }
}

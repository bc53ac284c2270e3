package dev.tranche.bench.divergence;

import dev.tranche.bench.Report;
import dev.tranche.market.Instrument;
import dev.tranche.market.divergence.Detector;
import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.OrderFlow;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import dev.tranche.market.study.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.HdrHistogram.Histogram;

/// Streams of decoded events through the pipeline, each event timed on its own.
final class Streams {
    /// Swings of five seconds, so that the six minutes of a recording hold divergences.
    static final Parameters PARAMETERS =
            Parameters.SEED.with(Map.of("swing_L", 5, "warmup", 50, "weak_threshold", 0, "cooldown", 0));

    /// Tells nothing, so that whatever is allocated is not an event.
    private static final Parameters SILENT = PARAMETERS.with(Map.of("z_mid", 49, "z_hi", 50));

    private static final int CHUNK = 50_000;

    private final Histogram all = Meter.histogram();
    private final Histogram changes = Meter.histogram();
    private final Histogram closing = Meter.histogram();
    private long told;

    private Streams() {}

    /// What a stream told live, and what a study tells of the bars that it made.
    private record Parity(List<DivergenceEvent> live, List<DivergenceEvent> studied, int bars) {
        boolean holds() {
            return !live.isEmpty() && live.equals(studied);
        }

        void report(Report report, String what, Pipeline pipeline) {
            String verdict = holds() ? "are those" : "are NOT those";
            report.correct(
                    holds(),
                    String.format(
                            "%s: %d divergences told live over %d bars of a second %s that a study finds in them (%d);"
                                    + " faults %s",
                            what,
                            live.size(),
                            bars,
                            verdict,
                            studied.size(),
                            pipeline.flow().faults().seen()));
        }
    }

    private static Parity parity(Pipeline pipeline, List<DivergenceEvent> live) {
        List<DivergenceEvent> studied = new ArrayList<>(Detection.STANDARD.events(pipeline.study(), PARAMETERS));
        Comparator<DivergenceEvent> order = Comparator.comparingLong(DivergenceEvent::confirmedBar)
                .thenComparing(event -> event.source().name())
                .thenComparing(event -> event.kind().name())
                .thenComparingLong(event -> event.first().bar());
        studied.sort(order);
        List<DivergenceEvent> sorted = new ArrayList<>(live);
        sorted.sort(order);
        return new Parity(sorted, studied, pipeline.study().size());
    }

    /// A recording, repeated.
    ///
    /// @return whether live and study agree
    static boolean capture(Report report, Capture capture, OrderFlow.Source book, int laps) {
        Instrument instrument = capture.instrument();
        Tape tape = capture.tape().fromWholeBook(instrument);
        List<DivergenceEvent> live = new ArrayList<>();
        Pipeline keeping = Pipeline.of(instrument, book, PARAMETERS, true, live::add);
        for (int lap = 0; lap < 3; lap++) {
            tape.lap(lap, Pipeline.BAR_MILLIS);
            for (int event = 0; event < tape.size(); event++) {
                tape.play(event, keeping.entry());
            }
        }
        Parity parity = parity(keeping, live);
        String what = instrument.symbol() + (book == OrderFlow.Source.BOOK ? " book" : " best");
        parity.report(report, what, keeping);
        Streams streams = new Streams();
        Pipeline timed = Pipeline.of(instrument, book, PARAMETERS, false, event -> streams.told++);
        Pipeline silent = Pipeline.of(instrument, book, SILENT, false, event -> streams.told++);
        int warm = Math.max(3, laps / 10);
        long allocated = 0;
        for (int lap = 0; lap < warm + laps; lap++) {
            tape.lap(lap, Pipeline.BAR_MILLIS);
            if (lap == warm) {
                streams.forget();
            }
            streams.time(tape, timed, book);
            long before = Meter.allocated();
            for (int event = 0; event < tape.size(); event++) {
                tape.play(event, silent.entry());
            }
            allocated += lap < warm ? 0 : Meter.allocated() - before;
        }
        streams.print(report, what, (long) laps * tape.size(), allocated);
        return parity.holds() && allocated < CHUNK;
    }

    /// A stream made up, of any length.
    ///
    /// @return whether live and study agree
    static boolean generated(Report report, long events) {
        Instrument instrument = GeneratedMarket.INSTRUMENT;
        boolean holds = generatedParity(report, instrument, Math.min(events, 10L * CHUNK));
        Streams streams = new Streams();
        GeneratedMarket market = GeneratedMarket.of(2);
        Pipeline timed = Pipeline.of(instrument, OrderFlow.Source.BOOK, PARAMETERS, false, event -> streams.told++);
        Pipeline silent = Pipeline.of(instrument, OrderFlow.Source.BOOK, SILENT, false, event -> streams.told++);
        Tape tape = new Tape();
        market.begin(tape);
        long allocated = 0;
        long heapEarly = 0;
        long heapLate = 0;
        long warm = Math.max(CHUNK, events / 10);
        for (long done = 0; done < warm + events; ) {
            while (tape.size() < CHUNK) {
                market.next(tape);
            }
            if (done >= warm && heapEarly == 0) {
                streams.forget();
                heapEarly = Meter.heap();
            }
            streams.time(tape, timed, OrderFlow.Source.BOOK);
            long before = Meter.allocated();
            for (int event = 0; event < tape.size(); event++) {
                tape.play(event, silent.entry());
            }
            allocated += done < warm ? 0 : Meter.allocated() - before;
            done += tape.size();
            if (done >= warm + events) {
                heapLate = Meter.heap(); // while all of it is alive, as at the first look
            }
            tape.clear();
        }
        streams.print(report, "generated", streams.all.getTotalCount(), allocated);
        report.number("generated", "heap after a tenth of it", heapEarly / 1024.0, "KiB");
        report.number("generated", "heap at its end", heapLate / 1024.0, "KiB");
        return holds && allocated < CHUNK && timed.closed() == silent.closed();
    }

    private static boolean generatedParity(Report report, Instrument instrument, long events) {
        List<DivergenceEvent> live = new ArrayList<>();
        Pipeline keeping = Pipeline.of(instrument, OrderFlow.Source.BOOK, PARAMETERS, true, live::add);
        GeneratedMarket market = GeneratedMarket.of(1);
        market.begin(keeping.entry());
        for (long event = 0; event < events; event++) {
            market.next(keeping.entry());
        }
        Parity parity = parity(keeping, live);
        parity.report(report, "generated stream", keeping);
        return parity.holds();
    }

    /// Prints what it costs to change to another half-width of pivots in mid-stream, which looks for them
    /// anew in all bars kept.
    static void swaps(Report report) {
        Detector detector = Detector.of(PARAMETERS, EnumSet.allOf(Source.class), event -> {});
        RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        Histogram swaps = Meter.histogram();
        double price = 50_000;
        for (int bar = 0; bar < 40_000; bar++) {
            price += chance.nextGaussian();
            double z = chance.nextGaussian();
            detector.on(bar * Pipeline.BAR_MILLIS, price + 1, price - 1, price, z, -z, z);
            Parameters next = PARAMETERS.with(Map.of("swing_L", bar % 2 == 0 ? 8 : 13));
            long before = System.nanoTime();
            detector.swap(next);
            long took = System.nanoTime() - before;
            if (bar > 20_000) {
                swaps.recordValue(took);
            }
        }
        Meter.print(report, "a swap of swing_L", swaps);
    }

    private void forget() {
        all.reset();
        changes.reset();
        closing.reset();
        told = 0;
    }

    /// Times every trade, and every change of the book or its best prices, whichever the pipeline listens
    /// to. The whole book at the start of a lap is no event of the stream.
    private void time(Tape tape, Pipeline pipeline, OrderFlow.Source book) {
        int deaf = book == OrderFlow.Source.BOOK ? Tape.TOP : Tape.DEPTH;
        for (int event = 0; event < tape.size(); event++) {
            long bars = pipeline.closed();
            long before = System.nanoTime();
            tape.play(event, pipeline.entry());
            long took = System.nanoTime() - before;
            int kind = tape.kind(event);
            if (kind != deaf && kind != Tape.SNAPSHOT) {
                all.recordValue(took);
                if (kind == Tape.DEPTH || kind == Tape.TOP) {
                    changes.recordValue(took);
                }
                if (pipeline.closed() > bars) {
                    closing.recordValue(took);
                }
            }
        }
    }

    private void print(Report report, String what, long played, long allocated) {
        Meter.print(report, what + ", an event", all);
        Meter.print(report, what + ", a change of the book", changes);
        Meter.print(report, what + ", one that closes a bar", closing);
        report.number(what, "events timed", (double) all.getTotalCount(), "");
        report.number(what, "of them closed a bar", (double) closing.getTotalCount(), "");
        report.number(what, "divergences told", (double) told, "");
        report.number(what, "allocated by " + played + " events", (double) allocated, "bytes");
    }
}

package dev.tranche.market.divergence;

import java.util.Set;
import java.util.function.Consumer;

/// One symbol under watch: a detector for each source, each going by the parameters of the context in
/// which the bar falls. Where the context changes from one bar to the next, and where a new book is laid
/// down, the detectors swap parameters as [Detector#swap] says. One writer.
public final class Watch {
    private final String symbol;
    private final Source[] sources;
    private final Detector[] detectors;
    private ParameterBook book;

    private Watch(String symbol, ParameterBook book, Set<Source> sources, Consumer<? super DivergenceEvent> sink) {
        this.symbol = symbol;
        this.book = book;
        this.sources = sources.stream().sorted().toArray(Source[]::new);
        this.detectors = new Detector[this.sources.length];
        for (int i = 0; i < detectors.length; i++) {
            Parameters parameters = book.at(symbol, Session.DAY, Liquidity.ACTIVE, this.sources[i]);
            detectors[i] = Detector.of(parameters, Set.of(this.sources[i]), sink);
        }
    }

    /// A watch at the start of its warm-up.
    ///
    /// @param sources the lines whose divergences are told, at least one; conflicts are told with
    ///     [Source#FUSION]
    /// @param sink is handed each event, within the call of [#on] that confirmed it
    public static Watch of(
            String symbol, ParameterBook book, Set<Source> sources, Consumer<? super DivergenceEvent> sink) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("sources must name at least one");
        }
        return new Watch(symbol, book, sources, sink);
    }

    /// Takes one closed bar, in the session of its close; as [Detector#on].
    ///
    /// @param liquidity of this bar, judged by what came before
    public void on(
            long closeMillis,
            double high,
            double low,
            double close,
            double zOfi,
            double zCvd,
            double zFusion,
            Liquidity liquidity) {
        Session session = Session.at(closeMillis);
        for (int i = 0; i < detectors.length; i++) {
            Parameters parameters = book.at(symbol, session, liquidity, sources[i]);
            if (!parameters.equals(detectors[i].parameters())) {
                detectors[i].swap(parameters);
            }
            detectors[i].on(closeMillis, high, low, close, zOfi, zCvd, zFusion);
        }
    }

    /// Goes by another book from the next bar on.
    public void swap(ParameterBook next) {
        book = next;
    }

    /// As [Detector#reset], for every source.
    public void reset() {
        for (Detector detector : detectors) {
            detector.reset();
        }
    }
}

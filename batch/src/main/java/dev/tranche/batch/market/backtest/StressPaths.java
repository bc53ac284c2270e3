package dev.tranche.batch.market.backtest;

import dev.tranche.market.Bar;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Shocks placed into what happened: five days that followed each other, every contract the same, with all moves of
/// the third multiplied. The two days before give the desk its inventory, volatilities and regime; the two after show
/// what it does then, at the prices where the shock left them. Volumes are those of the days.
///
/// Each day with two whole days on both sides makes one window, so that windows are taken, not drawn.
final class StressPaths {
    static final int BEFORE = 2;
    static final int AFTER = 2;

    private static final long DAY = 86_400_000L;

    private final List<List<Bar>> bars;
    private final int[] dayStarts;

    private StressPaths(List<List<Bar>> bars, int[] dayStarts) {
        this.bars = bars;
        this.dayStarts = dayStarts;
    }

    /// What bars lack for a window; empty when there is at least one.
    ///
    /// @param bars of each contract
    static Optional<String> missing(List<List<Bar>> bars) {
        List<Bar> first = bars.getFirst();
        for (List<Bar> each : bars) {
            if (each.size() != first.size()
                    || each.getFirst().openMillis() != first.getFirst().openMillis()) {
                return Optional.of("all contracts need bars of the same times");
            }
        }
        int days = Math.max(0, starts(first).length - 1);
        int least = BEFORE + AFTER + 1;
        return days < least
                ? Optional.of("a window is of " + least + " whole days, and there are " + days)
                : Optional.empty();
    }

    /// @param bars of each contract, with nothing [#missing]
    static StressPaths of(List<List<Bar>> bars) {
        missing(bars).ifPresent(what -> {
            throw new IllegalArgumentException(what);
        });
        return new StressPaths(List.copyOf(bars), starts(bars.getFirst()));
    }

    /// Where days begin, and where the last whole one ends.
    private static int[] starts(List<Bar> bars) {
        return IntStream.rangeClosed(0, bars.size())
                .filter(i -> (i < bars.size()
                                        ? bars.get(i).openMillis()
                                        : bars.getLast().closeMillis())
                                % DAY
                        == 0)
                .toArray();
    }

    /// Windows that there are.
    int windows() {
        return dayStarts.length - 1 - BEFORE - AFTER;
    }

    /// At most so many of them, evenly spread.
    int[] spread(int most) {
        int count = Math.min(most, windows());
        return IntStream.range(0, count)
                .map(i -> (int) ((2L * i + 1) * windows() / (2L * count)))
                .toArray();
    }

    /// When the shocked day of a window begins, epoch milliseconds.
    long shockedMillis(int window) {
        return bars.getFirst().get(dayStarts[window + BEFORE]).openMillis();
    }

    /// The bars of a window, for each contract.
    ///
    /// @param shock what the moves of the shocked day are multiplied with, 1..20
    List<List<Bar>> path(int window, double shock) {
        if (!(shock >= 1 && shock <= 20)) {
            throw new IllegalArgumentException("shock must be within 1..20: " + shock);
        }
        IdentityHashMap<List<Bar>, List<Bar>> made = new IdentityHashMap<>();
        List<List<Bar>> all = new ArrayList<>();
        for (List<Bar> each : bars) {
            all.add(made.computeIfAbsent(each, source -> path(source, window, shock)));
        }
        return all;
    }

    private List<Bar> path(List<Bar> source, int window, double shock) {
        List<Bar> path = new ArrayList<>();
        int from = dayStarts[window];
        double price = source.get(from).open();
        for (int at = from; at < dayStarts[window + BEFORE + AFTER + 1]; at++) {
            boolean shocked = at >= dayStarts[window + BEFORE] && at < dayStarts[window + BEFORE + 1];
            Bar bar = source.get(at);
            Bar next = moved(bar, at == from ? bar.open() : source.get(at - 1).close(), price, shocked ? shock : 1);
            path.add(next);
            price = next.close();
        }
        return path;
    }

    /// A bar whose moves from the close before are multiplied, from another price.
    private static Bar moved(Bar bar, double before, double price, double scale) {
        double close = price * Math.exp(scale * Math.log(bar.close() / before));
        double above = Math.exp(scale * Math.log(bar.high() / Math.max(before, bar.close())));
        double below = Math.exp(scale * Math.log(bar.low() / Math.min(before, bar.close())));
        return new Bar(
                bar.openMillis(),
                bar.closeMillis(),
                price,
                Math.max(price, close) * Math.max(1, above),
                Math.min(price, close) * Math.min(1, below),
                close,
                bar.volume(),
                bar.takerBuyVolume(),
                Double.NaN);
    }
}

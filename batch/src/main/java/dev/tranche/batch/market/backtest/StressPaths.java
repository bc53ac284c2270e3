package dev.tranche.batch.market.backtest;

import dev.tranche.market.Bar;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.random.RandomGenerator;

/// Paths that did not happen, made of days that did: days drawn with replacement, every contract by the same
/// draws, and the moves of one of them made larger. Volumes are those of the days drawn.
final class StressPaths {
    private static final long DAY = 86_400_000L;

    private final List<List<Bar>> bars;
    private final int[] dayStarts;
    private final double shock;

    private StressPaths(List<List<Bar>> bars, int[] dayStarts, double shock) {
        this.bars = bars;
        this.dayStarts = dayStarts;
        this.shock = shock;
    }

    /// @param bars of each contract, at the same times
    /// @param shock what the moves of one day are multiplied with, 1..20
    static StressPaths of(List<List<Bar>> bars, double shock) {
        if (!(shock >= 1 && shock <= 20)) {
            throw new IllegalArgumentException("shock must be within 1..20: " + shock);
        }
        List<Bar> first = bars.getFirst();
        for (List<Bar> each : bars) {
            if (each.size() != first.size()
                    || each.getFirst().openMillis() != first.getFirst().openMillis()) {
                throw new IllegalArgumentException("all contracts need bars of the same times");
            }
        }
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i).openMillis() % DAY == 0) {
                starts.add(i);
            }
        }
        if (starts.size() < 3) {
            throw new IllegalArgumentException("paths are drawn from at least 2 whole days: " + (starts.size() - 1));
        }
        return new StressPaths(bars, starts.stream().mapToInt(Integer::intValue).toArray(), shock);
    }

    int days() {
        return dayStarts.length - 1;
    }

    /// One path: bars for each contract, as many days as there are.
    List<List<Bar>> draw(RandomGenerator chance) {
        int[] days = new int[days()];
        for (int i = 0; i < days.length; i++) {
            days[i] = chance.nextInt(days());
        }
        int shocked = chance.nextInt(days.length);
        IdentityHashMap<List<Bar>, List<Bar>> made = new IdentityHashMap<>();
        List<List<Bar>> all = new ArrayList<>();
        for (List<Bar> each : bars) {
            all.add(made.computeIfAbsent(each, source -> path(source, days, shocked)));
        }
        return all;
    }

    private List<Bar> path(List<Bar> source, int[] days, int shocked) {
        List<Bar> path = new ArrayList<>();
        long length = source.getFirst().closeMillis() - source.getFirst().openMillis();
        long millis = source.get(dayStarts[0]).openMillis();
        double price = source.get(dayStarts[0]).open();
        for (int i = 0; i < days.length; i++) {
            double scale = i == shocked ? shock : 1;
            for (int at = dayStarts[days[i]]; at < dayStarts[days[i] + 1]; at++) {
                Bar bar = source.get(at);
                double before = at == 0 ? bar.open() : source.get(at - 1).close();
                double close = price * Math.exp(scale * Math.log(bar.close() / before));
                double above = Math.exp(scale * Math.log(bar.high() / Math.max(before, bar.close())));
                double below = Math.exp(scale * Math.log(bar.low() / Math.min(before, bar.close())));
                path.add(new Bar(
                        millis,
                        millis + length,
                        price,
                        Math.max(price, close) * Math.max(1, above),
                        Math.min(price, close) * Math.min(1, below),
                        close,
                        bar.volume(),
                        bar.takerBuyVolume(),
                        Double.NaN));
                price = close;
                millis += length;
            }
        }
        return path;
    }
}

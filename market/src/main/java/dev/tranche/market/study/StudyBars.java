package dev.tranche.market.study;

import dev.tranche.market.Bar;
import dev.tranche.market.divergence.BarIndicators;
import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.divergence.Source;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The bars of one symbol with their indicators and liquidity, computed once and read by every pass.
/// Immutable.
public final class StudyBars {
    private final String symbol;
    private final long interval;
    private final long[] closeMillis;
    private final double[] open;
    private final double[] high;
    private final double[] low;
    private final double[] close;
    private final double[] volume;
    private final double[] zOfi;
    private final double[] zCvd;
    private final double[] zFusion;
    private final @Nullable Liquidity[] liquidity;
    /// Last bar of the unbroken run that a bar belongs to.
    private final int[] runEnd;

    private StudyBars(String symbol, List<Bar> bars, double[] zOfi, double[] zCvd, double[] zFusion) {
        int n = bars.size();
        this.symbol = symbol;
        this.interval = bars.getFirst().closeMillis() - bars.getFirst().openMillis();
        this.closeMillis = bars.stream().mapToLong(Bar::closeMillis).toArray();
        this.open = bars.stream().mapToDouble(Bar::open).toArray();
        this.high = bars.stream().mapToDouble(Bar::high).toArray();
        this.low = bars.stream().mapToDouble(Bar::low).toArray();
        this.close = bars.stream().mapToDouble(Bar::close).toArray();
        this.volume = bars.stream().mapToDouble(Bar::volume).toArray();
        this.zOfi = zOfi;
        this.zCvd = zCvd;
        this.zFusion = zFusion;
        this.liquidity = new Liquidity[n];
        LiquidityGauge gauge = LiquidityGauge.fresh();
        for (int i = 0; i < n; i++) {
            liquidity[i] = gauge.on(volume[i] * close[i]).orElse(null);
        }
        this.runEnd = new int[n];
        for (int i = n - 1; i >= 0; i--) {
            runEnd[i] = i == n - 1 || startsRun(i + 1) ? i : runEnd[i + 1];
        }
    }

    /// With z-scores made elsewhere, one a bar, NaN where unknown: each may use its bar and those before,
    /// never later ones.
    ///
    /// @param bars ascending, all of one length; a hole between two of them is a gap, across which nothing
    ///     is computed
    /// @throws IllegalArgumentException when the bars overlap, differ in length, or a z has another number
    ///     of values
    public static StudyBars of(String symbol, List<Bar> bars, double[] zOfi, double[] zCvd, double[] zFusion) {
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("a study must have at least one bar of " + symbol + ": 0");
        }
        long interval = bars.getFirst().closeMillis() - bars.getFirst().openMillis();
        long before = Long.MIN_VALUE;
        for (Bar bar : bars) {
            if (bar.closeMillis() - bar.openMillis() != interval) {
                throw new IllegalArgumentException("all bars of " + symbol + " must last " + interval + " ms: "
                        + (bar.closeMillis() - bar.openMillis()) + " ms at " + bar.openMillis());
            }
            if (bar.openMillis() < before) {
                throw new IllegalArgumentException("bars of " + symbol + " must not open before " + before
                        + ", the close of the bar before: " + bar.openMillis());
            }
            before = bar.closeMillis();
        }
        for (double[] values : List.of(zOfi, zCvd, zFusion)) {
            if (values.length != bars.size()) {
                throw new IllegalArgumentException(
                        "there must be a z-score for each of " + bars.size() + " bars: " + values.length);
            }
        }
        return new StudyBars(symbol, bars, zOfi.clone(), zCvd.clone(), zFusion.clone());
    }

    /// With the indicators of live runs, [BarIndicators].
    ///
    /// @param bars as above
    public static StudyBars of(String symbol, List<Bar> bars, BarIndicators.Settings indicators) {
        double[][] z = new double[3][bars.size()];
        int[] next = {0};
        BarIndicators scores =
                BarIndicators.before(indicators, (closeMillis, high, low, close, zOfi, zCvd, zFusion) -> {
                    z[0][next[0]] = zOfi;
                    z[1][next[0]] = zCvd;
                    z[2][next[0]] = zFusion;
                    next[0]++;
                });
        for (Bar bar : bars) {
            scores.bar(
                    bar.openMillis(),
                    bar.closeMillis(),
                    bar.open(),
                    bar.high(),
                    bar.low(),
                    bar.close(),
                    bar.volume(),
                    bar.takerBuyVolume(),
                    bar.orderFlowImbalance());
        }
        return of(symbol, bars, z[0], z[1], z[2]);
    }

    public String symbol() {
        return symbol;
    }

    /// Length of a bar in milliseconds.
    public long interval() {
        return interval;
    }

    public int size() {
        return closeMillis.length;
    }

    /// When the bar was known, epoch milliseconds.
    public long closeMillis(int bar) {
        return closeMillis[bar];
    }

    public long openMillis(int bar) {
        return closeMillis[bar] - interval;
    }

    public double open(int bar) {
        return open[bar];
    }

    public double high(int bar) {
        return high[bar];
    }

    public double low(int bar) {
        return low[bar];
    }

    public double close(int bar) {
        return close[bar];
    }

    public double volume(int bar) {
        return volume[bar];
    }

    /// The z-score of a source; NaN where unknown.
    public double z(Source source, int bar) {
        return line(source)[bar];
    }

    /// Judged at the close of the bar; empty while there were too few bars before.
    public Optional<Liquidity> liquidity(int bar) {
        return Optional.ofNullable(liquidity[bar]);
    }

    /// Whether something is missing before this bar: indicators and detector begin anew here.
    public boolean startsRun(int bar) {
        return bar == 0 || openMillis(bar) != closeMillis[bar - 1];
    }

    /// Last bar that is reached from this one without a gap.
    public int runEnd(int bar) {
        return runEnd[bar];
    }

    /// The sources that have a z-score anywhere.
    public Set<Source> sources() {
        Set<Source> sources = EnumSet.noneOf(Source.class);
        for (Source source : Source.values()) {
            for (double value : line(source)) {
                if (!Double.isNaN(value)) {
                    sources.add(source);
                    break;
                }
            }
        }
        return sources;
    }

    /// The bar that closed at an instant.
    ///
    /// @throws IllegalArgumentException when none did
    public int barClosedAt(long millis) {
        int found = Arrays.binarySearch(closeMillis, millis);
        if (found < 0) {
            throw new IllegalArgumentException(
                    "an event must be confirmed at the close of a bar of " + symbol + ": " + millis);
        }
        return found;
    }

    /// The return of a position entered at the open of the bar after `bar` and left at the close of the bar
    /// `horizon` bars after it, as a fraction of the entry price; NaN where the bars end or break before.
    public double forward(int bar, int horizon) {
        int exit = bar + horizon;
        return exit > runEnd[bar] ? Double.NaN : close[exit] / open[bar + 1] - 1;
    }

    /// These prices with other indicators.
    StudyBars withIndicators(double[] ofi, double[] cvd, double[] fusion) {
        return new StudyBars(this, ofi, cvd, fusion);
    }

    private double[] line(Source source) {
        return switch (source) {
            case OFI -> zOfi;
            case CVD -> zCvd;
            case FUSION -> zFusion;
        };
    }

    private StudyBars(StudyBars prices, double[] zOfi, double[] zCvd, double[] zFusion) {
        this.symbol = prices.symbol;
        this.interval = prices.interval;
        this.closeMillis = prices.closeMillis;
        this.open = prices.open;
        this.high = prices.high;
        this.low = prices.low;
        this.close = prices.close;
        this.volume = prices.volume;
        this.zOfi = zOfi;
        this.zCvd = zCvd;
        this.zFusion = zFusion;
        this.liquidity = prices.liquidity;
        this.runEnd = prices.runEnd;
    }
}

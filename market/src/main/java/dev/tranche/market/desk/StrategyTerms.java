package dev.tranche.market.desk;

import dev.tranche.market.hedge.HedgeTerms;
import dev.tranche.market.quoting.AvellanedaStoikov;
import dev.tranche.market.quoting.Glft;
import dev.tranche.market.quoting.QuotingModel;
import dev.tranche.market.regime.GaussianHmm;
import dev.tranche.market.regime.RegimeSwitch;
import dev.tranche.market.risk.BreakerLimits;
import dev.tranche.market.risk.OrderLimits;
import dev.tranche.market.spread.SpreadLimits;
import dev.tranche.market.volatility.CovarianceTerms;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A version of a strategy: what it quotes, how, and within which limits. docs/reference/strategy.md says each
/// key. Immutable.
///
/// @param name of the version: `btc_mm_glft_v1.0`
/// @param quotes contracts quoted, at least one
/// @param limits of the orders of this strategy, hedges too
/// @param hedge absent: this strategy does not hedge
/// @param breaker absent: it asks for nothing beyond the desk's; else the stricter of both holds for the desk
public record StrategyTerms(
        String name,
        List<Named> quotes,
        Fair fair,
        Quoting quoting,
        Spread spread,
        Volatility volatility,
        Regime regime,
        Optional<Hedge> hedge,
        OrderLimits limits,
        Optional<BreakerLimits> breaker) {
    public StrategyTerms {
        quotes = List.copyOf(quotes);
        if (name.isBlank() || quotes.isEmpty()) {
            throw new IllegalArgumentException(
                    "a strategy needs a name and at least 1 contract to quote: '" + name + "', " + quotes);
        }
        if (quotes.stream().distinct().count() != quotes.size()) {
            throw new IllegalArgumentException("a contract is quoted twice: " + quotes);
        }
    }

    /// Reads a version's `strategy.yaml` in its canonical form.
    ///
    /// @throws IllegalArgumentException naming the key, the value and what is allowed
    public static StrategyTerms read(byte[] canonicalJson) {
        return StrategyFile.read(canonicalJson);
    }

    /// A contract by its venue and symbol.
    public record Named(String venue, String symbol) {
        @Override
        public String toString() {
            return venue + ":" + symbol;
        }
    }

    /// Which theory prices a quote.
    public enum Theory {
        AVELLANEDA_STOIKOV,
        GLFT
    }

    /// How quotes are made; distances are basis points of the underlying.
    ///
    /// @param gamma aversion to risk, for a basis point and a unit of quantity, above 0
    /// @param arrivalA orders a second that reach the fair value, above 0
    /// @param arrivalK how fast they become fewer with the distance, for a basis point, above 0
    /// @param horizon that Avellaneda and Stoikov look ahead
    /// @param size of one order, in the contract's unit of quantity, above 0
    /// @param levels quotes on each side, 1..8
    /// @param levelStepBps distance between levels, above 0 where there are several
    /// @param leastSpreadBps narrowest whole spread, at least 0
    /// @param mostSpreadBps widest, at least the narrowest
    /// @param mostShiftBps farthest that the inventory moves a quote, at least 0
    /// @param refresh least time between two improvements of one quote; a retreat does not wait
    /// @param moveTicks a price that moves by fewer of the contract's ticks is left alone, at least 1
    /// @param stale market data not heard for longer is not quoted on, above 0
    /// @param late market data that was under way for longer is not quoted on, above 0
    /// @param amend whether a quote is amended; else cancelled and replaced
    /// @param volOfVol how the volatility of options moves: points for a root second, at least 0
    /// @param correlation of the underlying with that, -1..1
    public record Quoting(
            Theory model,
            double gamma,
            double arrivalA,
            double arrivalK,
            Duration horizon,
            double size,
            int levels,
            double levelStepBps,
            double leastSpreadBps,
            double mostSpreadBps,
            double mostShiftBps,
            Duration refresh,
            long moveTicks,
            Duration stale,
            Duration late,
            boolean amend,
            double volOfVol,
            double correlation) {
        private static final int MOST_LEVELS = 8;

        public Quoting {
            positive("gamma", gamma);
            positive("arrival_a", arrivalA);
            positive("arrival_k", arrivalK);
            positive("size", size);
            positive("horizon", seconds(horizon));
            positive("stale", seconds(stale));
            positive("late", seconds(late));
            within("levels", levels, 1, MOST_LEVELS);
            within("level_step_bps", levelStepBps, levels > 1 ? 1e-6 : 0, 10_000);
            within("least_spread_bps", leastSpreadBps, 0, 10_000);
            within("most_spread_bps", mostSpreadBps, leastSpreadBps, 10_000);
            within("most_shift_bps", mostShiftBps, 0, 10_000);
            within("refresh seconds", seconds(refresh), 0, 3600);
            within("move_ticks", (double) moveTicks, 1, 1_000_000);
            within("vol_of_vol", volOfVol, 0, 1000);
            within("correlation", correlation, -1, 1);
        }

        /// The theory with its numbers.
        public QuotingModel theory() {
            return switch (model) {
                case AVELLANEDA_STOIKOV -> new AvellanedaStoikov(gamma, arrivalK, size);
                case GLFT -> Glft.of(gamma, arrivalA, arrivalK, size);
            };
        }
    }

    /// Where the spread comes from.
    public enum Source {
        /// The theory's own.
        THEORY,
        /// [SpreadLimits#heuristicBps].
        HEURISTIC,
        /// A model's, and the heuristic's where it does not answer.
        MODEL
    }

    /// What the spread comes from.
    ///
    /// @param product whose spread model is asked; empty without one
    /// @param sample length of a sample of its features, 10 ms..1 minute
    public record Spread(Source source, String product, Duration sample, SpreadLimits limits) {
        /// The theory's own.
        public static final Spread THEORY = new Spread(Source.THEORY, "", Duration.ofMillis(100), SpreadLimits.SEED);

        public Spread {
            if (product.isBlank() != (source != Source.MODEL)) {
                throw new IllegalArgumentException(
                        "a spread from a model needs its product, another has none: " + source + " '" + product + "'");
            }
            within("sample seconds", seconds(sample), 0.01, 60);
        }
    }

    /// How the volatility of a contract's price is measured: the exponentially weighted mean of squared
    /// changes of the fair value, sampled on a grid of time.
    ///
    /// @param sample distance of the grid, 100 ms..1 hour
    /// @param halfLife after which a change counts half, at least one sample
    /// @param warm changes needed before it is quoted on, at least 2
    public record Volatility(Duration sample, Duration halfLife, int warm) {
        /// Every second, halved after a minute, after ten changes.
        public static final Volatility USUAL = new Volatility(Duration.ofSeconds(1), Duration.ofMinutes(1), 10);

        public Volatility {
            within("sample seconds", seconds(sample), 0.1, 3600);
            within("half_life seconds", seconds(halfLife), seconds(sample), 1e7);
            within("warm", warm, 2, 100_000);
        }
    }

    /// What spreads are multiplied by in a calm, a usual and a wild market, and how the regime is known.
    ///
    /// @param low at least 0.1
    /// @param medium also while nothing is known
    /// @param high at most 10
    /// @param detector absent: always medium
    public record Regime(double low, double medium, double high, Optional<Detector> detector) {
        /// Seed 002's multipliers, without a detector.
        public static final Regime SEED = new Regime(0.8, 1.0, 1.5, Optional.empty());

        public Regime {
            within("low", low, 0.1, 10);
            within("medium", medium, low, 10);
            within("high", high, medium, 10);
        }

        /// The multiplier of a state 0, 1 or 2.
        public double multiplier(int state) {
            return state == 0 ? low : state == 1 ? medium : high;
        }
    }

    /// A hidden Markov model of three states over two features of each closed bar: its log-return, and the
    /// deviation of the last `window` log-returns. Only the forward filter is used.
    ///
    /// @param bars length of a bar, 100 ms..1 day
    /// @param window returns in the second feature, 2..1000
    public record Detector(Duration bars, int window, GaussianHmm model, RegimeSwitch.Terms change) {
        /// States that a regime has.
        public static final int STATES = 3;

        public Detector {
            within("bars seconds", seconds(bars), 0.1, 86_400);
            within("window", window, 2, 1000);
            if (model.states() != STATES || model.dimensions() != 2) {
                throw new IllegalArgumentException("a regime's model needs 3 states and 2 dimensions: " + model.states()
                        + ", " + model.dimensions());
            }
        }
    }

    /// When and with what the delta is hedged.
    ///
    /// @param with contracts to trade, at least one
    /// @param scales what of a base asset counts as a deviation of 1, in units of it; 1 where it is not named
    /// @param covariance of the assets' returns by a dynamic conditional correlation; else exponential weights
    /// @param limits of the orders in those of `with` that are not quoted; else the strategy's
    public record Hedge(
            List<Named> with,
            Map<String, Double> scales,
            HedgeTerms terms,
            Optional<Covariance> covariance,
            Optional<OrderLimits> limits) {
        public Hedge {
            with = List.copyOf(with);
            // In the order of the names: the terms are hashed as text, and that must be the same in every process.
            scales = Collections.unmodifiableMap(new TreeMap<>(scales));
            if (with.isEmpty() || with.stream().distinct().count() != with.size()) {
                throw new IllegalArgumentException("hedge: with needs at least 1 contract, none twice: " + with);
            }
            scales.forEach((asset, scale) -> positive("scale of " + asset, scale));
        }
    }

    /// How the covariance of the assets of a hedge moves.
    ///
    /// @param bars whose returns it goes on with, 1 s..1 day
    /// @param assets the series in their order, such as BTC, ETH
    /// @param terms estimated from returns in per cent, of logarithms of prices, as `tranche market dcc` writes
    ///     them
    public record Covariance(Duration bars, List<String> assets, CovarianceTerms terms) {
        private static final Duration LEAST_BARS = Duration.ofSeconds(1);
        private static final Duration MOST_BARS = Duration.ofDays(1);

        public Covariance {
            assets = List.copyOf(assets);
            if (bars.compareTo(LEAST_BARS) < 0 || bars.compareTo(MOST_BARS) > 0) {
                throw new IllegalArgumentException("covariance: bars must be within 1s..1d: " + bars);
            }
            if (assets.size() != terms.size() || assets.stream().distinct().count() != assets.size()) {
                throw new IllegalArgumentException(
                        "covariance: assets must name each of " + terms.size() + " series once: " + assets);
            }
        }
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static void positive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + " must be above 0: " + value);
        }
    }

    private static void within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " must be within " + least + ".." + most + ": " + value);
        }
    }
}

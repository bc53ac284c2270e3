package dev.tranche.batch.market.backtest;

import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.Capital;
import dev.tranche.market.desk.StrategyTerms;
import dev.tranche.market.simulation.FeedDelay;
import dev.tranche.market.simulation.Funding;
import dev.tranche.market.simulation.VenueTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a back-test is made of; docs/reference/backtest.md has the file's keys.
///
/// @param seed of the latencies and refusals
/// @param capital that each desk begins with
/// @param timer how often the desk is told the time
/// @param sample how often the account is read for the report
/// @param reading how often the desk's breaker looks at the risk
/// @param riskSample between two of the returns that its value at risk is of, not shorter than the timer
/// @param venues one for each of the contracts' venues, in their order
/// @param feeds one for each contract
/// @param spreadModel folder of a registered model's files
/// @param digest of the configuration with all it names but the data, SHA-256 in hex
record BacktestConfig(
        String name,
        long seed,
        Capital capital,
        Duration timer,
        Duration sample,
        Duration reading,
        Duration riskSample,
        Switches switches,
        Contracts contracts,
        List<VenueTerms> venues,
        List<Feed> feeds,
        List<StrategyTerms> strategies,
        Optional<Path> spreadModel,
        String digest) {
    BacktestConfig {
        venues = List.copyOf(venues);
        feeds = List.copyOf(feeds);
        strategies = List.copyOf(strategies);
    }

    /// What of the desk is in force.
    ///
    /// @param breaker off: its limits are never reached
    /// @param hedge off: no strategy hedges
    /// @param regime off: every regime's multiplier is 1
    record Switches(boolean breaker, boolean hedge, boolean regime) {
        static final Switches ON = new Switches(true, true, true);

        @Override
        public String toString() {
            return "breaker " + word(breaker) + ", hedge " + word(hedge) + ", regime " + word(regime);
        }

        private static String word(boolean on) {
            return on ? "on" : "off";
        }
    }

    /// Where a contract's market data comes from.
    record Feed(Source source, FeedDelay delay, Funding funding) {}

    /// What the data is.
    sealed interface Source {
        /// Its files.
        List<Path> files();

        /// Trades, best prices and books as they were recorded.
        record Events(List<Path> files) implements Source {}

        /// Bars, in order of time; at each close the best prices are told around it.
        ///
        /// @param intervalMillis length of a bar; 0 when the file tells
        /// @param halfSpreadBps from the close to either best price
        /// @param shown quantity at the best prices
        record Bars(List<Path> files, long intervalMillis, double halfSpreadBps, double shown) implements Source {}

        /// Snapshots of Deribit's chains; the best bid and ask of one option or future at each.
        ///
        /// @param shown quantity at the best prices, which the snapshots do not say
        record Chains(List<Path> files, double shown) implements Source {}
    }

    BacktestConfig with(Switches other) {
        return new BacktestConfig(
                name,
                seed,
                capital,
                timer,
                sample,
                reading,
                riskSample,
                other,
                contracts,
                venues,
                feeds,
                strategies,
                spreadModel,
                digest);
    }

    BacktestConfig seeded(long other) {
        return new BacktestConfig(
                name,
                other,
                capital,
                timer,
                sample,
                reading,
                riskSample,
                switches,
                contracts,
                venues,
                feeds,
                strategies,
                spreadModel,
                digest);
    }
}

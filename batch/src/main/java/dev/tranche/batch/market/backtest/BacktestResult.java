package dev.tranche.batch.market.backtest;

import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.desk.GreekWatch;
import dev.tranche.market.risk.BreakerState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What came of a back-test. All of it but `took` and the trader's watch is the same for the same
/// configuration, seed and recordings.
///
/// @param begins epoch nanoseconds of the first event
/// @param ends of the last thing that happened
/// @param events told to venue and desk, each counted
/// @param hash of the desk at the end
/// @param greeks the desk's own account of where its profit came from
/// @param took nanoseconds of this machine
record BacktestResult(
        BacktestConfig config,
        long begins,
        long ends,
        long events,
        long hash,
        Account account,
        GreekWatch greeks,
        Recorder recorder,
        Trader trader,
        long took) {
    double usd(Part part) {
        return account.usd(part, account.ledger().whole());
    }

    /// Whether an option is among the contracts.
    boolean options() {
        return config.contracts().all().stream().anyMatch(each -> each.terms() instanceof Terms.CoinOption);
    }

    double[] equity() {
        return trader.series.column(Trader.EQUITY);
    }

    double profit() {
        return account.equity() - capital();
    }

    /// Capital paid in, dollars; coins at their first price.
    double capital() {
        return account.capital();
    }

    double drawdown() {
        return Days.drawdown(equity());
    }

    List<Days.Day> days() {
        return Days.of(trader.series, Trader.EQUITY);
    }

    /// Mean of what stood at the venues over the readings, dollars, of the smaller side: what could be sold to and
    /// bought from us.
    double quoted() {
        Series series = trader.series;
        double sum = 0;
        for (int row = 0; row < series.size(); row++) {
            sum += Math.min(series.value(row, Trader.BID_QUOTED), series.value(row, Trader.ASK_QUOTED));
        }
        return sum / Math.max(1, series.size());
    }

    /// Share of the readings at which something of ours stood on both sides.
    double twoSided() {
        Series series = trader.series;
        long both = 0;
        for (int row = 0; row < series.size(); row++) {
            both += series.value(row, Trader.BID_QUOTED) > 0 && series.value(row, Trader.ASK_QUOTED) > 0 ? 1 : 0;
        }
        return both / (double) Math.max(1, series.size());
    }

    /// Share of the time in each state of the breaker.
    Map<BreakerState, Double> breakerShares() {
        Map<BreakerState, Long> readings = new EnumMap<>(BreakerState.class);
        Series series = trader.series;
        BreakerState[] states = BreakerState.values();
        for (int row = 0; row < series.size(); row++) {
            readings.merge(states[(int) series.value(row, Trader.BREAKER)], 1L, Long::sum);
        }
        Map<BreakerState, Double> shares = new EnumMap<>(BreakerState.class);
        readings.forEach((state, count) -> shares.put(state, count / (double) series.size()));
        return shares;
    }
}

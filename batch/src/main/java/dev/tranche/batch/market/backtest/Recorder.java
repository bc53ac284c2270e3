package dev.tranche.batch.market.backtest;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.desk.Notice;
import dev.tranche.market.desk.Pulled;
import dev.tranche.market.hedge.HedgePlan;
import dev.tranche.market.quoting.QuoteTarget;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.Refusal;
import dev.tranche.market.spread.SpreadReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Writes down what a desk tells during a run, and books its fills. One writer.
final class Recorder implements DeskSink {
    private final Account account;
    final Fills fills = new Fills();
    final Map<Pulled, Long> pulled = new EnumMap<>(Pulled.class);
    final Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
    final Map<Notice, Long> notices = new EnumMap<>(Notice.class);
    final Map<SpreadReason, Long> spreads = new EnumMap<>(SpreadReason.class);
    final List<BreakerChange> breaker = new ArrayList<>();
    /// Best bid and ask that we want to show in each contract, in ticks; 0 for none.
    final long[] bids;

    final long[] asks;
    final int[] regimes;
    long quotes;
    long hedges;
    long regimeChanges;

    /// @param at epoch nanoseconds
    record BreakerChange(long at, BreakerState before, BreakerState after, String why) {}

    Recorder(Contracts contracts, Account account) {
        this.account = account;
        this.bids = new long[contracts.size()];
        this.asks = new long[contracts.size()];
        this.regimes = new int[contracts.size()];
    }

    @Override
    public void quote(long nowNanos, int strategy, int contract, QuoteTarget quote, SpreadReason spread) {
        quotes++;
        spreads.merge(spread, 1L, Long::sum);
        bids[contract] = quote.levels() > 0 && quote.lots(Side.BUY, 0) > 0 ? quote.ticks(Side.BUY, 0) : 0;
        asks[contract] = quote.levels() > 0 && quote.lots(Side.SELL, 0) > 0 ? quote.ticks(Side.SELL, 0) : 0;
    }

    @Override
    public void pulled(long nowNanos, int strategy, int contract, Pulled why) {
        pulled.merge(why, 1L, Long::sum);
        bids[contract] = 0;
        asks[contract] = 0;
    }

    @Override
    public void refused(
            long nowNanos,
            int strategy,
            int contract,
            Intent intent,
            Side side,
            long priceTicks,
            long quantityLots,
            Refusal refusal) {
        refusals.merge(refusal, 1L, Long::sum);
    }

    @Override
    public void filled(
            long nowNanos,
            int strategy,
            int contract,
            long orderId,
            long tradeId,
            Side side,
            long priceTicks,
            long quantityLots,
            long fee,
            boolean maker,
            Intent intent) {
        fills.add(new Fills.Fill(nowNanos, strategy, contract, side, priceTicks, quantityLots, fee, maker, intent));
        Ledger ledger = account.ledger();
        ledger.fill(
                nowNanos,
                Math.min(strategy, ledger.house()),
                contract,
                tradeId,
                side,
                priceTicks,
                quantityLots,
                fee,
                intent);
    }

    @Override
    public void hedge(long nowNanos, int strategy, int contract, int leg, HedgePlan plan) {
        hedges++;
    }

    @Override
    public void breaker(long nowNanos, BreakerState before, BreakerState after, String why) {
        breaker.add(new BreakerChange(nowNanos, before, after, why));
    }

    @Override
    public void regime(long nowNanos, int strategy, int contract, int before, int after, double probability) {
        regimeChanges++;
        regimes[contract] = after;
    }

    @Override
    public void notice(long nowNanos, Notice notice, int contract, long found, long expected) {
        notices.merge(notice, 1L, Long::sum);
    }
}

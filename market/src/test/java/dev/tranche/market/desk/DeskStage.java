package dev.tranche.market.desk;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.market.quoting.QuoteTarget;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.Refusal;
import dev.tranche.market.spread.SpreadReason;
import java.util.ArrayList;
import java.util.List;

/// A desk by hand: what it sends and says is kept as lines, what the venue says is said by the test. Two
/// perpetuals of one venue, prices in tenths of a dollar, quantities in thousandths of a coin.
final class DeskStage implements OrderSink, DeskSink {
    static final long SECOND = 1_000_000_000L;
    static final long MILLI = 1_000_000L;
    static final Contracts TWO = Contracts.of(List.of(
            perpetual("BTCUSDT", "BTC", new Fees(0.0002, 0.0005, Double.POSITIVE_INFINITY)),
            perpetual("ETHUSDT", "ETH", new Fees(0.0002, 0.0005, Double.POSITIVE_INFINITY))));

    /// Sent and said since the last [#heard].
    final List<String> lines = new ArrayList<>();
    final List<Long> placed = new ArrayList<>();
    final List<Long> cancels = new ArrayList<>();
    final List<long[]> amends = new ArrayList<>();
    final Desk desk;
    boolean quotes;
    long now = 1_700_000_000L * SECOND;
    private long update;

    private DeskStage(Contracts contracts, DeskTerms terms) {
        this.desk = Desk.of(contracts, terms, this, this);
    }

    static Contract perpetual(String symbol, String base, Fees fees) {
        return new Contract(
                new Instrument(symbol, 1, 3), "binance", new Terms.Linear(base, "USDT", true), 1, 1, 1, fees);
    }

    static DeskStage of(DeskTerms terms) {
        return new DeskStage(TWO, terms);
    }

    static DeskStage of() {
        return of(DeskTerms.usual("btc_mm", 100_000));
    }

    static DeskStage of(Contracts contracts, DeskTerms terms) {
        return new DeskStage(contracts, terms);
    }

    static DeskStage of(Contracts contracts) {
        return of(contracts, DeskTerms.usual("btc_mm", 100_000));
    }

    /// A strategy without throttle, warm after two changes of the price.
    static String json(String quoting, String more) {
        return """
            {"strategy":{"name":"btc_mm_glft_v1.0","quotes":[{"venue":"binance","symbol":"BTCUSDT"}],"fair":"mid",
            "quoting":{"model":"glft","gamma":0.01,"arrival_a":1,"arrival_k":0.5,"size":0.01,"refresh":"0ms",
              "least_spread_bps":4%s},
            "volatility":{"sample":"100ms","half_life":"10s","warm":2},
            "limits":{"quantity":0.05,"position":0.03,"collar_bps":500,"orders_a_second":1000}%s}}""".formatted(quoting, more);
    }

    static StrategyTerms terms(String quoting, String more) {
        return StrategyTermsTest.read(json(quoting, more));
    }

    /// With a strategy in force, its venue heard and in accord, and a market that it has warmed up on.
    static DeskStage quoting() {
        return quoting("", "");
    }

    static DeskStage quoting(String quoting, String more) {
        return of().begin(terms(quoting, more));
    }

    DeskStage begin(StrategyTerms terms) {
        desk.strategy(now, 0, terms);
        desk.connected(now, 0);
        accord();
        return warm();
    }

    DeskStage warm() {
        for (int i = 0; i < 4; i++) {
            after(100);
            top(0, 600_000 + i % 2, 600_010 + i % 2);
            top(1, 30_000 + i % 2, 30_002 + i % 2);
        }
        return this;
    }

    /// The venue's truth: nothing is open, positions as ours.
    DeskStage accord() {
        desk.truth(now, 0, now);
        for (int i = 0; i < 2; i++) {
            desk.position(now, i, desk.ledger().lots(desk.ledger().whole(), i));
        }
        desk.truthEnds(now, 0);
        return this;
    }

    DeskStage after(long millis) {
        now += millis * MILLI;
        desk.time(now);
        return this;
    }

    DeskStage top(int contract, long bid, long ask) {
        MarketSink market = desk.market(contract);
        market.top(now / MILLI, now, ++update, bid, 5_000, ask, 5_000);
        return this;
    }

    /// The venue does everything that it was asked for.
    DeskStage accept() {
        while (!placed.isEmpty() || !cancels.isEmpty() || !amends.isEmpty()) {
            if (!amends.isEmpty()) {
                long[] amend = amends.removeFirst();
                desk.amended(now, amend[0], (int) amend[1], amend[2], amend[3]);
            } else if (!placed.isEmpty()) {
                desk.accepted(now, placed.removeFirst(), 0);
            } else {
                long id = cancels.removeFirst();
                int slot = desk.orders().find(id);
                desk.cancelled(now, id, 0, slot < 0 ? 0 : desk.orders().filled(slot));
            }
        }
        return this;
    }

    /// What was sent and said since the last time, and forgets it.
    List<String> heard() {
        List<String> copy = List.copyOf(lines);
        lines.clear();
        return copy;
    }

    List<String> sent() {
        return heard().stream().filter(DeskStage::isSent).toList();
    }

    static boolean isSent(String line) {
        return line.startsWith("place")
                || line.startsWith("amend")
                || line.startsWith("cancel")
                || line.startsWith("reconcile");
    }

    long position(int contract) {
        return desk.ledger().lots(desk.ledger().whole(), contract);
    }

    @Override
    public void place(
            long orderId,
            int contract,
            Side side,
            long priceTicks,
            long quantityLots,
            TimeInForce force,
            boolean reduceOnly) {
        placed.add(orderId);
        String how = force == TimeInForce.POST_ONLY ? "" : " " + force;
        lines.add("place " + orderId + " " + contract + " " + side + " " + quantityLots + "@" + priceTicks + how
                + (reduceOnly ? " reduce only" : ""));
    }

    @Override
    public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
        amends.add(new long[] {orderId, contract, priceTicks, quantityLots});
        lines.add("amend " + orderId + " " + contract + " " + quantityLots + "@" + priceTicks);
    }

    @Override
    public void cancel(long orderId, int contract) {
        cancels.add(orderId);
        lines.add("cancel " + orderId + " " + contract);
    }

    @Override
    public void cancelAll(int contract) {
        lines.add("cancel all " + contract);
    }

    @Override
    public void reconcile(int venue, long sinceNanos) {
        lines.add("reconcile " + venue);
    }

    @Override
    public void quote(long nowNanos, int strategy, int contract, QuoteTarget quote, SpreadReason spread) {
        if (quotes) {
            lines.add("quote " + quote.text(desk.contracts().get(contract).instrument()));
        }
    }

    @Override
    public void pulled(long nowNanos, int strategy, int contract, Pulled why) {
        lines.add("pulled " + strategy + " " + contract + " " + why);
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
        lines.add("refused " + strategy + " " + contract + " " + side + " " + refusal);
    }

    @Override
    public void regime(long nowNanos, int strategy, int contract, int before, int after, double probability) {
        lines.add("regime " + strategy + " " + contract + " " + before + " " + after);
    }

    @Override
    public void spread(long nowNanos, int strategy, int contract, SpreadReason reason, double basisPoints) {
        lines.add("spread " + strategy + " " + contract + " " + reason);
    }

    @Override
    public void breaker(long nowNanos, BreakerState before, BreakerState after, String why) {
        lines.add("breaker " + before + " " + after);
    }

    @Override
    public void notice(long nowNanos, Notice notice, int contract, long found, long expected) {
        lines.add("notice " + notice + " " + contract + " " + found + " " + expected);
    }
}

package dev.tranche.batch.market.backtest;

import dev.tranche.market.Side;
import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.desk.Desk;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.simulation.Participant;
import dev.tranche.market.simulation.SimulatedVenue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The desk as a simulation's participant: passes everything on, takes the time of each call, and reads the
/// account on a grid.
final class Trader implements Participant {
    /// Columns of the readings; those of a contract follow, [#OF_CONTRACT] each.
    static final int EQUITY = 0;

    static final int SPREAD = 1;
    static final int ADVERSE = 2;
    static final int INVENTORY = 3;
    static final int HEDGE = 4;
    static final int FEES = 5;
    static final int FUNDING = 6;
    static final int BREAKER = 7;
    static final int BID_QUOTED = 8;
    static final int ASK_QUOTED = 9;
    static final int DELTA = 10;
    static final int GAMMA = 11;
    static final int VEGA = 12;
    static final int FIRST = 13;

    /// Of a contract: the market's middle, our best bid and ask, the position.
    static final int MID = 0;

    static final int BID = 1;
    static final int ASK = 2;
    static final int POSITION = 3;
    static final int OF_CONTRACT = 4;

    private static final double PERCENT = 0.01;
    private static final long NANOS_A_MILLI = 1_000_000;

    private static final Part[] PARTS = {Part.SPREAD, Part.ADVERSE, Part.INVENTORY, Part.HEDGE, Part.FEES, Part.FUNDING
    };

    private final Contracts contracts;
    private final Desk desk;
    private final SimulatedVenue venue;
    private final Account account;
    private final Recorder recorder;
    private final long sampleNanos;
    private final List<MarketSink> markets = new ArrayList<>();
    final Series series;
    final Stopwatch watch = new Stopwatch();
    final Map<Rejection, Long> rejections = new EnumMap<>(Rejection.class);
    private final boolean[] expired;
    private long nextSample = Long.MIN_VALUE;

    Trader(Contracts contracts, Desk desk, SimulatedVenue venue, Account account, Recorder recorder, long sampleNanos) {
        this.contracts = contracts;
        this.desk = desk;
        this.venue = venue;
        this.account = account;
        this.recorder = recorder;
        this.sampleNanos = sampleNanos;
        this.expired = new boolean[contracts.size()];
        this.series = new Series(FIRST + OF_CONTRACT * contracts.size());
        for (int i = 0; i < contracts.size(); i++) {
            markets.add(new Timed(desk.market(i)));
        }
    }

    @Override
    public MarketSink market(int contract) {
        return markets.get(contract);
    }

    @Override
    public void time(long nowNanos) {
        account.mark(nowNanos, venue);
        expire(nowNanos);
        long from = System.nanoTime();
        desk.time(nowNanos);
        watch.add(System.nanoTime() - from);
        if (nowNanos >= nextSample) {
            sample(nowNanos);
            nextSample = nowNanos - Math.floorMod(nowNanos, sampleNanos) + sampleNanos;
        }
    }

    /// Options that are over are paid out at the middle of their underlying, as soon as there is one.
    private void expire(long nowNanos) {
        for (int i = 0; i < contracts.size(); i++) {
            if (!expired[i]
                    && contracts.get(i).terms() instanceof Terms.CoinOption option
                    && nowNanos >= option.option().expiry().toEpochMilli() * NANOS_A_MILLI) {
                int underlying = contracts
                        .find(contracts.get(i).venue(), option.underlying())
                        .orElse(i);
                long bid = venue.best(underlying, Side.BUY);
                long ask = venue.best(underlying, Side.SELL);
                if (bid > 0 && ask > 0) {
                    expired[i] = true;
                    venue.settle(i, (bid + ask) / 2);
                }
            }
        }
    }

    /// Reads the account.
    void sample(long nowNanos) {
        account.mark(nowNanos, venue);
        if (Double.isNaN(account.capital())) {
            return; // a coin of the capital has no price yet
        }
        int row = series.add(nowNanos);
        int whole = account.ledger().whole();
        series.set(row, EQUITY, account.equity());
        for (int i = 0; i < PARTS.length; i++) {
            series.set(row, SPREAD + i, account.usd(PARTS[i], whole));
        }
        series.set(row, BREAKER, level());
        double bid = 0;
        double ask = 0;
        for (int i = 0; i < contracts.size(); i++) {
            long bidLots = venue.resting(i, Side.BUY);
            long askLots = venue.resting(i, Side.SELL);
            bid += bidLots == 0 ? 0 : account.notional(i, bidLots);
            ask += askLots == 0 ? 0 : account.notional(i, askLots);
            int first = FIRST + OF_CONTRACT * i;
            series.set(row, first + MID, account.mid(i));
            series.set(row, first + BID, price(i, recorder.bids[i]));
            series.set(row, first + ASK, price(i, recorder.asks[i]));
            series.set(row, first + POSITION, account.position(i));
        }
        greeks(row);
        series.set(row, BID_QUOTED, bid);
        series.set(row, ASK_QUOTED, ask);
    }

    /// Of all strategies and assets, in dollars; an asset without a price counts for nothing.
    private void greeks(int row) {
        double delta = 0;
        double gamma = 0;
        double vega = 0;
        for (int asset = 0; asset < desk.assets().size(); asset++) {
            String name = desk.assets().get(asset);
            double price = desk.price(asset);
            for (int strategy = 0; price > 0 && strategy < account.ledger().strategies(); strategy++) {
                delta += desk.gate().delta(strategy, name) * price;
                gamma += desk.gate().gamma(strategy, name) * price * price * PERCENT;
                vega += desk.gate().vega(strategy, name);
            }
        }
        series.set(row, DELTA, delta);
        series.set(row, GAMMA, gamma);
        series.set(row, VEGA, vega);
    }

    private int level() {
        return switch (desk.breaker()) {
            case NORMAL -> 0;
            case WARNING -> 1;
            case RESTRICTED -> 2;
            case HALTED -> 3;
            case KILLED -> 4;
        };
    }

    private double price(int contract, long ticks) {
        return ticks == 0 ? Double.NaN : contracts.get(contract).instrument().price(ticks);
    }

    /// Takes the time of each event of the market.
    private final class Timed implements MarketSink {
        private final MarketSink next;
        private long from;

        Timed(MarketSink next) {
            this.next = next;
        }

        @Override
        public void trade(
                long eventMillis,
                long receivedNanos,
                long tradeId,
                long priceTicks,
                long quantityLots,
                @Nullable Side aggressor) {
            long start = System.nanoTime();
            next.trade(eventMillis, receivedNanos, tradeId, priceTicks, quantityLots, aggressor);
            watch.add(System.nanoTime() - start);
        }

        @Override
        public void noTrade(long eventMillis, long receivedNanos, long tradeId) {
            next.noTrade(eventMillis, receivedNanos, tradeId);
        }

        @Override
        public void top(
                long eventMillis,
                long receivedNanos,
                long updateId,
                long bidTicks,
                long bidLots,
                long askTicks,
                long askLots) {
            long start = System.nanoTime();
            next.top(eventMillis, receivedNanos, updateId, bidTicks, bidLots, askTicks, askLots);
            watch.add(System.nanoTime() - start);
        }

        @Override
        public void depth(long eventMillis, long receivedNanos, long firstId, long lastId, long previousId) {
            from = System.nanoTime();
            next.depth(eventMillis, receivedNanos, firstId, lastId, previousId);
        }

        @Override
        public void snapshot(long eventMillis, long receivedNanos, long lastId) {
            from = System.nanoTime();
            next.snapshot(eventMillis, receivedNanos, lastId);
        }

        @Override
        public void level(Side side, long priceTicks, long quantityLots) {
            next.level(side, priceTicks, quantityLots);
        }

        @Override
        public void end() {
            next.end();
            watch.add(System.nanoTime() - from);
        }

        @Override
        public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
            next.fault(fault, eventMillis, receivedNanos, found, expected);
        }
    }

    @Override
    public void accepted(long nowNanos, long orderId, int contract) {
        desk.accepted(nowNanos, orderId, contract);
    }

    @Override
    public void rejected(long nowNanos, long orderId, int contract, Rejection why) {
        rejections.merge(why, 1L, Long::sum);
        desk.rejected(nowNanos, orderId, contract, why);
    }

    @Override
    public void amended(long nowNanos, long orderId, int contract, long priceTicks, long quantityLots) {
        desk.amended(nowNanos, orderId, contract, priceTicks, quantityLots);
    }

    @Override
    public void amendRefused(long nowNanos, long orderId, int contract, Rejection why) {
        rejections.merge(why, 1L, Long::sum);
        desk.amendRefused(nowNanos, orderId, contract, why);
    }

    @Override
    public void cancelRefused(long nowNanos, long orderId, int contract, Rejection why) {
        rejections.merge(why, 1L, Long::sum);
        desk.cancelRefused(nowNanos, orderId, contract, why);
    }

    @Override
    public void cancelled(long nowNanos, long orderId, int contract, long filledLots) {
        desk.cancelled(nowNanos, orderId, contract, filledLots);
    }

    @Override
    public void filled(
            long nowNanos,
            long orderId,
            int contract,
            long tradeId,
            Side side,
            long priceTicks,
            long quantityLots,
            long fee,
            boolean maker) {
        account.mark(nowNanos, venue);
        desk.filled(nowNanos, orderId, contract, tradeId, side, priceTicks, quantityLots, fee, maker);
    }

    @Override
    public void corrected(long nowNanos, int contract, long tradeId, long priceTicks, long quantityLots, long fee) {
        account.ledger().correct(nowNanos, contract, tradeId, priceTicks, quantityLots, fee);
        desk.corrected(nowNanos, contract, tradeId, priceTicks, quantityLots, fee);
    }

    @Override
    public void funding(long nowNanos, int contract, long dueNanos, long paid) {
        account.ledger().funding(contract, dueNanos, paid);
        desk.funding(nowNanos, contract, dueNanos, paid);
    }

    @Override
    public void settled(long nowNanos, int contract, long underlyingTicks) {
        account.ledger().settle(nowNanos, contract, underlyingTicks);
        desk.settled(nowNanos, contract, underlyingTicks);
    }

    @Override
    public void connected(long nowNanos, int place) {
        desk.connected(nowNanos, place);
    }

    @Override
    public void disconnected(long nowNanos, int place) {
        desk.disconnected(nowNanos, place);
    }

    @Override
    public void truth(long nowNanos, int place, long asOfNanos) {
        desk.truth(nowNanos, place, asOfNanos);
    }

    @Override
    public void openOrder(
            long nowNanos, long orderId, int contract, Side side, long priceTicks, long quantityLots, long filledLots) {
        desk.openOrder(nowNanos, orderId, contract, side, priceTicks, quantityLots, filledLots);
    }

    @Override
    public void position(long nowNanos, int contract, long lots) {
        desk.position(nowNanos, contract, lots);
    }

    @Override
    public void truthEnds(long nowNanos, int place) {
        desk.truthEnds(nowNanos, place);
    }
}

package dev.tranche.market.desk;

import dev.tranche.inference.Artifact;
import dev.tranche.market.Side;
import dev.tranche.market.account.Booking;
import dev.tranche.market.account.Intent;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.simulation.Participant;
import dev.tranche.market.spread.SpreadSchema;
import java.util.Optional;

/// A desk: a state machine that turns market data, what venues say, the passing of time and the hands of people
/// into orders. The same inputs in the same order give the same orders, the same words to [DeskSink] and the
/// same [#hash], live, in a replay of the journal and in a back-test: it asks no clock and knows no chance.
///
/// ```java
/// Desk desk = Desk.of(contracts, DeskTerms.usual("btc_mm", 100_000), orders, told);
/// desk.strategy(now, 0, StrategyTerms.read(bytes));      // strategy 0 of up to 100
/// desk.connected(now, 0);                                 // venue 0 can be heard: its truth is asked for
/// MarketSink btc = desk.market(0);                        // contract 0's data goes in here
/// desk.time(now);                                         // every 10 ms or so, and before each event batch
/// ```
///
/// Every input carries the time at which it was heard, epoch nanoseconds; the desk's clock is the latest of
/// them and never goes back. Orders and words are said during the call that causes them, which must not call
/// back. One writer; nothing is allocated once it runs. Hot: `tranche bench market`.
public final class Desk extends DeskReadings implements Participant {
    /// What [#time] does is done so often at most.
    private static final long SWEEP = 5_000_000L;

    private static final long TIME = 16;
    private static final long STRATEGY = 17;
    private static final long STOP = 18;
    private static final long QUOTING = 19;
    private static final long KILL = 20;
    private static final long RELEASE = 21;
    private static final long LIQUIDATE = 22;
    private static final long RESUME = 23;
    private static final long ADOPT = 24;
    private static final long MODEL = 25;
    private static final long TOOK = 26;
    private static final long COVARIANCE = 27;
    private static final long REPORT = 32;

    private final Digest digest = new Digest();
    private long sweptAt = Long.MIN_VALUE;
    private long readAt = Long.MIN_VALUE;
    private long adopted;

    private Desk(Floor floor) {
        super(floor);
    }

    /// A desk without strategies, all its venues unheard.
    ///
    /// @param out where orders go
    /// @param told who hears what was decided and why
    /// @throws IllegalArgumentException when an option's underlying is not among the contracts, or no contract
    ///     settles in a currency of the capital, or none says what it is worth
    public static Desk of(Contracts contracts, DeskTerms terms, OrderSink out, DeskSink told) {
        return new Desk(new Floor(contracts, terms, out, told));
    }

    /// Where the market data of a contract goes in, already watched by a [dev.tranche.market.feed.FeedMonitor];
    /// and what the desk knows of its market.
    @Override
    public Market market(int contract) {
        return floor.markets.get(contract);
    }

    /// Time has come this far: stale quotes are pulled, throttled ones made, risk read, hedges looked at, answers
    /// missed, truths asked for.
    @Override
    public void time(long nowNanos) {
        hear(TIME, nowNanos);
        if (sweptAt != Long.MIN_VALUE && floor.now - sweptAt < SWEEP) {
            return;
        }
        sweptAt = floor.now;
        floor.assets.time(floor.now);
        floor.smiles.time(floor.now);
        boolean due = readAt == Long.MIN_VALUE
                || floor.now - readAt >= floor.terms.reading().toNanos();
        if (due && floor.funded()) {
            readAt = floor.now;
            BreakerState before = floor.breaker();
            floor.risk().step(floor.now);
            floor.greeks.read();
            changed(before);
        }
        floor.dealer.sweep();
        for (int i = 0; i < floor.venues.size(); i++) {
            floor.venues.get(i).time();
        }
        for (Strategy strategy : floor.strategies) {
            if (strategy != null) {
                strategy.time();
            }
        }
    }

    /// Puts a version in force at a place, in the stead of the one that is there: that one's quotes are
    /// cancelled, position and PnL stay with the place, and so does a liquidation under way.
    ///
    /// @param place 0 to the number of places less 1
    /// @throws IllegalArgumentException when there is no such place, or a contract is not known to the desk or
    ///     cannot be quoted so; nothing has changed then
    public void strategy(long nowNanos, int place, StrategyTerms terms) {
        within("place", place, floor.strategies.length);
        Strategy next = new Strategy(floor, place, terms);
        hear(STRATEGY, nowNanos);
        floor.heard.add(place).add(terms.toString());
        Strategy old = floor.strategies[place];
        if (old != null) {
            old.end();
            next.inherit(old);
        }
        next.limit();
        floor.strategies[place] = next;
        floor.strictest();
        floor.told.strategy(floor.now, place, terms.name());
        next.begin();
    }

    /// Takes the strategy at a place out of force and its quotes off the market; its position stays, and may
    /// still be liquidated. Its limits of the breaker stay with the position until another version takes the
    /// place: stopping it may not widen the limits of that risk.
    ///
    /// @throws IllegalArgumentException when there is no such place
    public void stop(long nowNanos, int place) {
        within("place", place, floor.strategies.length);
        hear(STOP, nowNanos);
        floor.heard.add(place);
        Strategy old = floor.strategies[place];
        if (old != null) {
            old.end();
            floor.told.strategy(floor.now, place, "");
        }
    }

    /// Allows quoting, or pulls every quote until it is allowed again. Hedging goes on.
    ///
    /// @param who not blank
    /// @param reason not blank
    public void quoting(long nowNanos, boolean allowed, String who, String reason) {
        signed(QUOTING, nowNanos, who, reason);
        floor.heard.add(allowed ? 1 : 0);
        floor.allowed = allowed;
        floor.requote();
    }

    /// Stops everything until a release: all orders are cancelled, none is placed.
    ///
    /// @param who not blank
    /// @param reason not blank
    public void kill(long nowNanos, String who, String reason) {
        signed(KILL, nowNanos, who, reason);
        BreakerState before = floor.breaker();
        floor.risk().kill(floor.now, who, reason);
        floor.dealer.cancelEverything();
        changed(before);
    }

    /// Ends a kill, into RESTRICTED.
    ///
    /// @param who not blank
    /// @param reason not blank
    /// @throws IllegalArgumentException when nothing was killed
    public void release(long nowNanos, String who, String reason) {
        if (floor.breaker() != BreakerState.KILLED) {
            throw new IllegalArgumentException("only a kill is released: " + floor.breaker());
        }
        signed(RELEASE, nowNanos, who, reason);
        BreakerState before = floor.breaker();
        floor.risk().release(floor.now, who, reason);
        changed(before);
    }

    /// Brings the position of a place in a contract towards 0 with orders that only reduce, one after the other,
    /// each within the limits of its strategy; the place does not quote there until [#resume]. Allowed in every
    /// state but KILLED.
    ///
    /// @param who not blank
    /// @param reason not blank
    /// @throws IllegalArgumentException when there never was a strategy at the place, or no such contract
    public void liquidate(long nowNanos, int place, int contract, String who, String reason) {
        Strategy strategy = at(place);
        within("contract", contract, floor.markets.size());
        signed(LIQUIDATE, nowNanos, who, reason);
        floor.heard.add(place).add(contract);
        strategy.liquidate(contract);
    }

    /// Lets a place quote again after [#liquidate], or after it was filled more often than its limits allow.
    ///
    /// @param who not blank
    /// @param reason not blank
    /// @throws IllegalArgumentException when there never was a strategy at the place
    public void resume(long nowNanos, int place, String who, String reason) {
        Strategy strategy = at(place);
        signed(RESUME, nowNanos, who, reason);
        floor.heard.add(place);
        floor.gate.release(place);
        strategy.resume();
        strategy.requote();
    }

    /// Books what the venue's position had more than ours, when its truth was held against ours last, to nobody's
    /// account, so that both agree: for a position from before the desk, or one that nobody can explain.
    ///
    /// @param priceTicks at which it is booked, 1 or more
    /// @param who not blank
    /// @param reason not blank
    /// @return the lots booked, below 0 for a sale, 0 when both agreed
    /// @throws IllegalArgumentException when there is no such contract, the price is below 1 tick, or the venue has
    ///     not said yet what it holds
    public long adopt(long nowNanos, int contract, long priceTicks, String who, String reason) {
        within("contract", contract, floor.markets.size());
        if (priceTicks < 1) {
            throw new IllegalArgumentException("a position is booked at 1 or more ticks: " + priceTicks);
        }
        if (!floor.venueOf(contract).told()) {
            throw new IllegalArgumentException("the venue has not said yet what it holds: "
                    + floor.contracts.get(contract).symbol());
        }
        signed(ADOPT, nowNanos, who, reason);
        floor.heard.add(contract).add(priceTicks);
        Ledger ledger = floor.ledger;
        long more = floor.venueOf(contract).apart(contract);
        if (more != 0) {
            Side side = more > 0 ? Side.BUY : Side.SELL;
            adopted++;
            ledger.adopt(floor.now, ledger.house(), contract, priceTicks, more);
            floor.told.filled(
                    floor.now,
                    ledger.house(),
                    contract,
                    0,
                    -adopted,
                    side,
                    priceTicks,
                    Math.abs(more),
                    0,
                    true,
                    Intent.LIQUIDATION);
            floor.venueOf(contract).adopted(contract);
            floor.venueOf(contract).ask();
        }
        return more;
    }

    /// The spread model of a product from now on; empty: there is none, and the heuristic stands in.
    ///
    /// @throws IllegalArgumentException when it is no model of a spread; nothing has changed then
    public void spreadModel(long nowNanos, String product, Optional<Artifact> artifact) {
        artifact.ifPresent(SpreadSchema::places);
        hear(MODEL, nowNanos);
        floor.heard
                .add(product)
                .add(artifact.map(each -> each.identity().name()).orElse(""));
        if (artifact.isPresent()) {
            floor.artifacts.put(product, artifact.get());
        } else {
            floor.artifacts.remove(product);
        }
        for (Market market : floor.markets) {
            market.modelled(product);
        }
    }

    /// How long the desk took for its last event of a contract, measured outside: an answer of the spread model
    /// that took too long is not used again. Only needs to be said when it was longer than is allowed.
    public void took(long nowNanos, int contract, long nanos) {
        hear(TOOK, nowNanos);
        floor.heard.add(contract).add(nanos);
        floor.markets.get(contract).took(nanos);
    }

    /// A forecast of the covariance of the returns of two base assets (the variance of one) a second, such as
    /// that of a dynamic conditional correlation, in the stead of the desk's own estimate. NaN: no forecast.
    ///
    /// @throws IllegalArgumentException when the desk does not know an asset
    public void covariance(long nowNanos, String one, String other, double perSecond) {
        int first = floor.assets.names().indexOf(one);
        int second = floor.assets.names().indexOf(other);
        if (first < 0 || second < 0) {
            throw new IllegalArgumentException(
                    "assets must be among " + floor.assets.names() + ": " + one + ", " + other);
        }
        hear(COVARIANCE, nowNanos);
        floor.heard.add(first).add(second).add(perSecond);
        floor.assets.forecast(first, second, perSecond);
    }

    /// 64 bits over everything that decides: clock, books, orders, positions, breaker, indicators, strategies,
    /// and every input and order so far. Two desks with one hash will, with overwhelming probability, decide
    /// alike for ever. Costs a walk over all of it.
    public long hash() {
        digest.clear().add(floor.now).add(sweptAt).add(readAt).add(adopted).add(floor.allowed);
        digest.add(floor.heard.value()).add(floor.ledger.hash()).add(floor.gate.hash());
        digest.add(floor.risk == null ? 0 : floor.risk.hash());
        floor.dealer.digest(digest);
        floor.assets.digest(digest);
        floor.smiles.digest(digest);
        floor.greeks.digest(digest);
        for (Venue venue : floor.venues) {
            venue.digest(digest);
        }
        for (Market market : floor.markets) {
            market.digest(digest);
        }
        for (Strategy strategy : floor.strategies) {
            if (strategy != null) {
                strategy.digest(digest);
            }
        }
        return digest.value();
    }

    @Override
    public void accepted(long nowNanos, long orderId, int contract) {
        hear(REPORT, nowNanos);
        floor.heard.add(orderId);
        floor.dealer.accepted(orderId);
    }

    @Override
    public void rejected(long nowNanos, long orderId, int contract, Rejection why) {
        hear(REPORT + 1, nowNanos);
        floor.heard.add(orderId).add(why.compareTo(Rejection.WOULD_TAKE));
        floor.dealer.rejected(orderId, contract, why);
    }

    @Override
    public void amended(long nowNanos, long orderId, int contract, long priceTicks, long quantityLots) {
        hear(REPORT + 2, nowNanos);
        floor.heard.add(orderId).add(priceTicks).add(quantityLots);
        floor.dealer.amended(orderId, priceTicks, quantityLots);
    }

    @Override
    public void amendRefused(long nowNanos, long orderId, int contract, Rejection why) {
        hear(REPORT + 3, nowNanos);
        floor.heard.add(orderId).add(why.compareTo(Rejection.WOULD_TAKE));
        floor.dealer.amendRefused(orderId, why);
    }

    @Override
    public void cancelRefused(long nowNanos, long orderId, int contract, Rejection why) {
        hear(REPORT + 4, nowNanos);
        floor.heard.add(orderId).add(why.compareTo(Rejection.WOULD_TAKE));
        floor.dealer.cancelRefused(orderId, why);
    }

    @Override
    public void cancelled(long nowNanos, long orderId, int contract, long filledLots) {
        hear(REPORT + 5, nowNanos);
        floor.heard.add(orderId).add(filledLots);
        floor.dealer.cancelled(orderId, filledLots);
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
        hear(REPORT + 6, nowNanos);
        floor.heard.add(orderId).add(contract).add(tradeId).add(side.sign() * quantityLots);
        floor.heard.add(priceTicks).add(fee).add(maker);
        floor.dealer.filled(orderId, contract, tradeId, side, priceTicks, quantityLots, fee, maker);
    }

    @Override
    public void corrected(long nowNanos, int contract, long tradeId, long priceTicks, long quantityLots, long fee) {
        hear(REPORT + 7, nowNanos);
        floor.heard.add(contract).add(tradeId).add(priceTicks).add(quantityLots).add(fee);
        Booking booking = floor.ledger.correct(floor.now, contract, tradeId, priceTicks, quantityLots, fee);
        switch (booking) {
            case BOOKED, REPEATED, AWAITED -> {}
            case CONFLICTING, UNDECIDED -> floor.notice(Notice.DISPUTED_FILL, contract, tradeId, 0);
        }
        floor.venueOf(contract).ask();
        for (int place = 0; place < floor.strategies.length; place++) {
            floor.dealer.moved(place, contract);
        }
    }

    @Override
    public void funding(long nowNanos, int contract, long dueNanos, long paid) {
        hear(REPORT + 8, nowNanos);
        floor.heard.add(contract).add(dueNanos).add(paid);
        floor.ledger.funding(contract, dueNanos, paid);
    }

    @Override
    public void settled(long nowNanos, int contract, long underlyingTicks) {
        hear(REPORT + 9, nowNanos);
        floor.heard.add(contract).add(underlyingTicks);
        floor.ledger.settle(floor.now, contract, underlyingTicks);
        floor.markets.get(contract).expire();
    }

    @Override
    public void connected(long nowNanos, int venue) {
        hear(REPORT + 10, nowNanos);
        floor.heard.add(venue);
        floor.venues.get(venue).connected();
    }

    @Override
    public void disconnected(long nowNanos, int venue) {
        hear(REPORT + 11, nowNanos);
        floor.heard.add(venue);
        floor.venues.get(venue).disconnected();
    }

    @Override
    public void truth(long nowNanos, int venue, long asOfNanos) {
        hear(REPORT + 12, nowNanos);
        floor.heard.add(venue).add(asOfNanos);
        floor.venues.get(venue).truth(asOfNanos);
    }

    @Override
    public void openOrder(
            long nowNanos, long orderId, int contract, Side side, long priceTicks, long quantityLots, long filledLots) {
        hear(REPORT + 13, nowNanos);
        floor.heard.add(orderId).add(contract).add(side.sign() * quantityLots);
        floor.heard.add(priceTicks).add(filledLots);
        floor.venueOf(contract).openOrder(orderId, contract, side, priceTicks, quantityLots);
    }

    @Override
    public void position(long nowNanos, int contract, long lots) {
        hear(REPORT + 14, nowNanos);
        floor.heard.add(contract).add(lots);
        floor.venueOf(contract).position(contract, lots);
    }

    @Override
    public void truthEnds(long nowNanos, int venue) {
        hear(REPORT + 15, nowNanos);
        floor.heard.add(venue);
        floor.venues.get(venue).truthEnds();
    }

    private static void within(String name, int place, int size) {
        if (place < 0 || place >= size) {
            throw new IllegalArgumentException(name + " must be within 0.." + (size - 1) + ": " + place);
        }
    }

    private Strategy at(int place) {
        Strategy strategy = place < 0 || place >= floor.strategies.length ? null : floor.strategies[place];
        if (strategy == null) {
            throw new IllegalArgumentException("there never was a strategy at this place: " + place);
        }
        return strategy;
    }

    private void signed(long code, long nowNanos, String who, String reason) {
        if (who.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("a name and a reason are needed: '" + who + "', '" + reason + "'");
        }
        hear(code, nowNanos);
        floor.heard.add(who).add(reason);
    }

    private void hear(long code, long nowNanos) {
        floor.clock(nowNanos);
        floor.heard.add(code).add(nowNanos);
    }

    /// Tells of the breaker's state when it is another one, and acts on it.
    private void changed(BreakerState before) {
        BreakerState after = floor.breaker();
        if (after != before) {
            floor.told.breaker(floor.now, before, after, floor.risk().breaker().why());
            floor.requote();
        }
    }
}

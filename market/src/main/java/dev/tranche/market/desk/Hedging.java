package dev.tranche.market.desk;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.hedge.HedgeHold;
import dev.tranche.market.hedge.HedgePlan;
import dev.tranche.market.hedge.Hedger;
import dev.tranche.market.hedge.Urgency;
import dev.tranche.market.order.Orders;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.market.risk.Activity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The hedges of one strategy: what its hedger asks for, as orders that take what is there and no more. One
/// writer.
///
/// Deltas count what is ordered and still open. An urgent hedge may pay up to ten basis points beyond the best
/// price, another only that. What has a price is hedged; what has none is left out, and a notice names it.
final class Hedging {
    /// Looked at so often; the hedger's own intervals decide.
    private static final long EVERY = 100_000_000L;

    private static final double URGENT = 1e-3;
    private static final double PERCENT = 0.01;

    private final Floor floor;
    private final int strategy;
    private final int[] legs;
    private final int[] assets;
    private final boolean[] told;
    private final Hedger hedger;
    private final HedgePlan plan;
    private final @Nullable CovarianceWatch covariance;
    private long lookedAt = Long.MIN_VALUE;
    private long orders;

    Hedging(Floor floor, int strategy, List<Integer> quoted, List<Integer> with, StrategyTerms.Hedge terms) {
        this.floor = floor;
        this.strategy = strategy;
        this.legs = with.stream().mapToInt(each -> each).toArray();
        LinkedHashSet<Integer> touched = new LinkedHashSet<>();
        quoted.forEach(each -> touched.add(floor.assets.of(each)));
        with.forEach(each -> touched.add(floor.assets.of(each)));
        List<Integer> order = new ArrayList<>(touched);
        this.assets = order.stream().mapToInt(each -> each).toArray();
        this.told = new boolean[assets.length];
        double[] scales = order.stream()
                .mapToDouble(
                        each -> terms.scales().getOrDefault(floor.assets.names().get(each), 1.0))
                .toArray();
        int[] legAssets = with.stream()
                .mapToInt(each -> order.indexOf(floor.assets.of(each)))
                .toArray();
        for (int leg : legs) {
            if (floor.contracts.get(leg).terms() instanceof Terms.CoinOption) {
                throw new IllegalArgumentException("a hedge is in futures or pairs, not in options: "
                        + floor.contracts.get(leg).symbol());
            }
        }
        this.hedger = Hedger.of(terms.terms(), scales, legAssets);
        this.plan = HedgePlan.of(legs.length);
        this.covariance = terms.covariance()
                .map(each -> new CovarianceWatch(floor.assets, each))
                .orElse(null);
        if (covariance != null) {
            for (int asset : assets) {
                if (!covariance.covers(asset)) {
                    throw new IllegalArgumentException("covariance: assets must name "
                            + floor.assets.names().get(asset) + ", which is hedged");
                }
            }
        }
    }

    /// Hedges ordered so far.
    long orders() {
        return orders;
    }

    /// What was decided last.
    HedgePlan plan() {
        return plan;
    }

    void time() {
        if (covariance != null) {
            covariance.time(floor.now);
        }
        boolean soon = lookedAt != Long.MIN_VALUE && floor.now - lookedAt < EVERY;
        if (soon || !floor.funded() || !floor.breaker().allows(Activity.HEDGING)) {
            return;
        }
        lookedAt = floor.now;
        boolean priced = false;
        for (int i = 0; i < assets.length; i++) {
            int asset = assets[i];
            String base = floor.assets.names().get(asset);
            double price = floor.assets.price(asset);
            if (Double.isNaN(price)) {
                hedger.unpriced(i);
                continue;
            }
            told[i] = false;
            priced = true;
            double delta = floor.gate.delta(strategy, base) + ordered(asset, price);
            hedger.book(i, delta, floor.gate.gamma(strategy, base) * price * PERCENT, price);
            for (int j = 0; j <= i; j++) {
                hedger.covariance(
                        i,
                        j,
                        covariance != null
                                ? covariance.covariance(asset, assets[j])
                                : floor.assets.covariance(asset, assets[j]));
            }
        }
        for (int i = 0; i < assets.length && priced; i++) {
            unpriced(i);
        }
        for (int leg = 0; leg < legs.length; leg++) {
            hedger.cost(leg, cost(legs[leg]));
        }
        hedger.decide(floor.now, plan);
        if (plan.hold() == HedgeHold.NONE) {
            trade();
        }
    }

    /// An asset that nobody knows the worth of is not hedged while the others are; said once.
    private void unpriced(int place) {
        boolean say = !told[place] && Double.isNaN(floor.assets.price(assets[place]));
        for (int i = 0; i < floor.contracts.size() && say && !told[place]; i++) {
            if (floor.assets.of(i) == assets[place]) {
                told[place] = true;
                floor.notice(Notice.UNPRICED, i, 0, 0);
            }
        }
    }

    private void trade() {
        boolean any = false;
        for (int leg = 0; leg < legs.length; leg++) {
            double coins = plan.coins(leg);
            Market market = floor.markets.get(legs[leg]);
            Contract contract = market.contract();
            Side side = coins > 0 ? Side.BUY : Side.SELL;
            long lots = Lots.down(contract, Math.abs(coins) * perCoin(contract, market));
            if (lots < contract.least() || !usable(market)) {
                continue;
            }
            floor.told.hedge(floor.now, strategy, legs[leg], leg, plan);
            boolean urgent = plan.urgency().compareTo(Urgency.HIGH) >= 0;
            long ticks = Takes.price(market, side, urgent ? URGENT : 0);
            int slot = floor.dealer.place(
                    null, strategy, legs[leg], side, ticks, lots, TimeInForce.IMMEDIATE_OR_CANCEL, Intent.HEDGE);
            if (slot != Orders.NONE) {
                any = true;
                orders++;
            }
        }
        if (any) {
            hedger.hedged(floor.now);
        }
    }

    private boolean usable(Market market) {
        return market.valid()
                && !market.expired()
                && floor.venueOf(market.place()).ready();
    }

    /// Coins of open hedges in an asset.
    private double ordered(int asset, double price) {
        double coins = 0;
        Orders all = floor.orders;
        for (int slot = all.firstOpen(); slot != Orders.NONE; slot = all.nextOpen(slot)) {
            if (all.intent(slot) == Intent.HEDGE
                    && all.strategy(slot) == strategy
                    && floor.assets.of(all.contract(slot)) == asset) {
                Contract contract = floor.contracts.get(all.contract(slot));
                double quantity = contract.instrument().quantity(all.rest(slot));
                coins += all.side(slot).sign() * quantity / perCoin(contract, price);
            }
        }
        return coins;
    }

    private double cost(int contract) {
        Market market = floor.markets.get(contract);
        if (!market.valid()) {
            return Double.NaN;
        }
        double half = 0.5 * market.contract().instrument().price(market.askTicks() - market.bidTicks()) / market.mid();
        return Math.max(0, market.contract().fees().taker() + half);
    }

    private static double perCoin(Contract contract, Market market) {
        return perCoin(contract, market.valid() ? market.mid() : Double.NaN);
    }

    /// Units of a contract that move like one coin.
    private static double perCoin(Contract contract, double price) {
        return switch (contract.terms()) {
            case Terms.Linear _ -> 1;
            case Terms.Inverse inverse -> price / inverse.unit();
            case Terms.CoinOption _ -> Double.NaN;
        };
    }

    void digest(Digest into) {
        into.add(lookedAt).add(orders).add(plan.deviation()).add(hedger.hash(0));
        if (covariance != null) {
            covariance.digest(into);
        }
    }
}

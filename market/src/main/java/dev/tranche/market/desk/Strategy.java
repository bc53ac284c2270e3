package dev.tranche.market.desk;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.order.Orders;
import dev.tranche.market.order.TimeInForce;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A strategy in force at a place: its seats and its hedges. One writer.
final class Strategy {
    /// A liquidation pays up to so much beyond the best price.
    private static final double BEYOND = 1e-3;
    /// One order of a liquidation follows another after so long at the soonest.
    private static final long PAUSE = 100_000_000L;

    /// Seats that look again in one turn, of those that wait.
    private static final int MOST_AT_ONCE = 64;

    private final Floor floor;
    private final int place;
    private final StrategyTerms terms;
    private final List<Seat> seats = new ArrayList<>();
    private final @Nullable Hedging hedging;
    private final boolean[] liquidating;
    private boolean liquidates;
    private int turn;
    private boolean ended;
    private long tried = Long.MIN_VALUE / 2;

    /// @throws IllegalArgumentException when a contract is not known or cannot be quoted so; nothing has
    ///     changed then
    Strategy(Floor floor, int place, StrategyTerms terms) {
        this.floor = floor;
        this.place = place;
        this.terms = terms;
        this.liquidating = new boolean[floor.contracts.size()];
        List<Integer> quoted = places(terms.quotes());
        this.hedging = terms.hedge().isPresent()
                ? new Hedging(
                        floor,
                        place,
                        quoted,
                        places(terms.hedge().get().with()),
                        terms.hedge().get())
                : null;
        for (int contract : quoted) {
            Lots.terms(floor.contracts.get(contract), terms);
            boolean option = floor.contracts.get(contract).terms() instanceof Terms.CoinOption;
            if (!option && terms.fair() == Fair.OPTION_MARK) {
                throw new IllegalArgumentException("fair option_mark is for options: "
                        + floor.contracts.get(contract).symbol());
            }
        }
    }

    /// Tells the checks its limits: its own, and others where it only hedges.
    void limit() {
        floor.gate.limits(place, terms.limits());
        List<Integer> quoted = places(terms.quotes());
        for (int contract = 0; contract < floor.contracts.size(); contract++) {
            floor.gate.limits(place, contract, null);
        }
        if (terms.hedge().isPresent() && terms.hedge().get().limits().isPresent()) {
            for (int leg : places(terms.hedge().get().with())) {
                if (!quoted.contains(leg)) {
                    floor.gate.limits(place, leg, terms.hedge().get().limits().get());
                }
            }
        }
    }

    /// Takes its seats; after this it quotes.
    void begin() {
        for (int contract : places(terms.quotes())) {
            seats.add(new Seat(floor, this, contract, terms));
        }
    }

    private List<Integer> places(List<StrategyTerms.Named> named) {
        return named.stream()
                .map(each -> floor.contracts
                        .find(each.venue(), each.symbol())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the desk does not know the contract " + each + "; it knows "
                                        + floor.contracts.all().stream()
                                                .map(one -> one.venue() + ":" + one.symbol())
                                                .toList())))
                .toList();
    }

    int place() {
        return place;
    }

    StrategyTerms terms() {
        return terms;
    }

    List<Seat> seats() {
        return seats;
    }

    @Nullable
    Hedging hedging() {
        return hedging;
    }

    /// Whether the position in a contract is being closed.
    boolean liquidates(int contract) {
        return liquidating[contract];
    }

    void liquidate(int contract) {
        liquidating[contract] = true;
        liquidates = true;
        tried = Long.MIN_VALUE / 2;
        moved(contract);
    }

    /// Goes on with what the version before it was liquidating.
    void inherit(Strategy before) {
        System.arraycopy(before.liquidating, 0, liquidating, 0, liquidating.length);
        liquidates = before.liquidates;
        tried = before.tried;
    }

    /// Ends what [#liquidate] began.
    void resume() {
        Arrays.fill(liquidating, false);
        liquidates = false;
    }

    void end() {
        seats.forEach(Seat::leave);
        seats.clear();
        ended = true;
    }

    /// A position of it changed: whatever depends on it looks again.
    void moved(int contract) {
        int asset = floor.assets.of(contract);
        for (int i = 0; i < seats.size(); i++) {
            if (floor.assets.of(seats.get(i).market().place()) == asset) {
                seats.get(i).requote();
            }
        }
    }

    void requote() {
        for (int i = 0; i < seats.size(); i++) {
            seats.get(i).requote();
        }
    }

    /// Looks after its seats, some at a time, its hedges and its liquidations.
    void time() {
        int left = MOST_AT_ONCE;
        for (int i = 0; i < seats.size() && left > 0; i++) {
            turn = turn + 1 < seats.size() ? turn + 1 : 0;
            left -= seats.get(turn).time() ? 1 : 0;
        }
        if (hedging != null && !ended) {
            hedging.time();
        }
        if (liquidates && floor.now - tried >= PAUSE) {
            tried = floor.now;
            for (int contract = 0; contract < liquidating.length; contract++) {
                if (liquidating[contract]) {
                    reduce(contract);
                }
            }
        }
    }

    private void reduce(int contract) {
        long lots = floor.ledger.lots(place, contract);
        Market market = floor.markets.get(contract);
        if (lots == 0 || !market.valid() || ordered(contract)) {
            return;
        }
        Side side = lots > 0 ? Side.SELL : Side.BUY;
        long most = Lots.down(market.contract(), terms.limits().quantity());
        floor.dealer.place(
                null,
                place,
                contract,
                side,
                Takes.price(market, side, BEYOND),
                Math.min(Math.abs(lots), most),
                TimeInForce.IMMEDIATE_OR_CANCEL,
                Intent.LIQUIDATION);
    }

    private boolean ordered(int contract) {
        Orders all = floor.orders;
        for (int slot = all.firstOpen(); slot != Orders.NONE; slot = all.nextOpen(slot)) {
            if (all.strategy(slot) == place && all.contract(slot) == contract) {
                return true;
            }
        }
        return false;
    }

    void digest(Digest into) {
        into.add((long) place).add(terms.name()).add(tried).add((long) turn);
        for (boolean each : liquidating) {
            into.add(each);
        }
        if (hedging != null) {
            hedging.digest(into);
        }
    }
}

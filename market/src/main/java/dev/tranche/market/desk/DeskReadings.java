package dev.tranche.market.desk;

import dev.tranche.market.account.Ledger;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.order.Orders;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.PreTrade;
import dev.tranche.market.risk.RiskMonitor;
import java.util.List;
import java.util.Optional;

/// What can be read of a desk; nothing here changes it. Of the desk's writer.
public abstract sealed class DeskReadings permits Desk {
    final Floor floor;

    DeskReadings(Floor floor) {
        this.floor = floor;
    }

    /// The state of the breaker.
    public BreakerState breaker() {
        return floor.breaker();
    }

    /// What reads the risk; empty before the first input.
    public Optional<RiskMonitor> risk() {
        return Optional.ofNullable(floor.risk);
    }

    /// The account; to be read only.
    public Ledger ledger() {
        return floor.ledger;
    }

    /// The checks before orders; to be read only.
    public PreTrade gate() {
        return floor.gate;
    }

    /// Where the profit came from by greek, as of the last reading of the risk; to be read only.
    public GreekWatch greeks() {
        return floor.greeks;
    }

    /// The orders; to be read only.
    public Orders orders() {
        return floor.orders;
    }

    /// Orders sent so far.
    public long sent() {
        return floor.dealer.sent();
    }

    public Contracts contracts() {
        return floor.contracts;
    }

    /// The latest time heard, epoch nanoseconds; far in the past before the first.
    public long now() {
        return floor.now;
    }

    /// Whether quoting is allowed by hand.
    public boolean allowed() {
        return floor.allowed;
    }

    /// Names of the base assets, by their places.
    public List<String> assets() {
        return List.copyOf(floor.assets.names());
    }

    /// A base asset's price in dollars; NaN while it is not known.
    public double price(int asset) {
        return floor.assets.price(asset);
    }

    /// Whether a venue can be heard and its truth is known.
    public boolean ready(int venue) {
        return floor.venues.get(venue).ready();
    }

    /// Whether a venue can be heard.
    public boolean heard(int venue) {
        return floor.venues.get(venue).heard();
    }

    /// When a venue's last truth was taken, epoch nanoseconds; far in the past before the first.
    public long lastTruth(int venue) {
        return floor.venues.get(venue).lastTruth();
    }

    /// Whether a venue has said what it holds, at least once.
    public boolean told(int venue) {
        return floor.venues.get(venue).told();
    }

    /// A contract's position by its venue's last truth, in lots; means nothing before one was [#told].
    public long venueLots(int contract) {
        return floor.ledger.lots(floor.ledger.whole(), contract)
                + floor.venueOf(contract).apart(contract);
    }

    /// The version that is or was in force at a place; empty when there never was one.
    public Optional<StrategyTerms> strategy(int place) {
        Strategy strategy = floor.strategies[place];
        return strategy == null ? Optional.empty() : Optional.of(strategy.terms());
    }

    /// The quotes of a place, one a contract; empty without a strategy in force. To be read only.
    public List<Seat> seats(int place) {
        Strategy strategy = floor.strategies[place];
        return strategy == null ? List.of() : List.copyOf(strategy.seats());
    }

    /// Hedges that a place ordered so far.
    public long hedges(int place) {
        Strategy strategy = floor.strategies[place];
        Hedging hedging = strategy == null ? null : strategy.hedging();
        return hedging == null ? 0 : hedging.orders();
    }
}

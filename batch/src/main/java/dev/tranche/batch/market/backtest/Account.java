package dev.tranche.batch.market.backtest;

import dev.tranche.market.Side;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.desk.Capital;
import dev.tranche.market.simulation.SimulatedVenue;
import java.util.Set;

/// The account as the report sees it: its own ledger, told of each fill and marked at the middle of what the
/// venues show, so that it would notice a desk that counts wrongly.
final class Account {
    private static final Set<String> DOLLARS = Set.of("USD", "USDT", "USDC", "BUSD", "FDUSD");

    private final Contracts contracts;
    private final Ledger ledger;
    private final double[] mids;

    private Account(Contracts contracts, Ledger ledger) {
        this.contracts = contracts;
        this.ledger = ledger;
        this.mids = new double[contracts.size()];
    }

    static Account of(Contracts contracts, int strategies, Capital capital) {
        Ledger ledger = Ledger.of(contracts, strategies);
        for (int i = 0; i < ledger.currencies().size(); i++) {
            if (DOLLARS.contains(ledger.currencies().get(i))) {
                ledger.index(i, 1);
            }
        }
        capital.deposit(ledger);
        return new Account(contracts, ledger);
    }

    Ledger ledger() {
        return ledger;
    }

    /// Marks everything at what the venues show now; a side that is empty leaves the mark as it was.
    void mark(long nowNanos, SimulatedVenue venue) {
        for (int i = 0; i < contracts.size(); i++) {
            long bid = venue.best(i, Side.BUY);
            long ask = venue.best(i, Side.SELL);
            if (bid > 0 && ask > 0) {
                Contract contract = contracts.get(i);
                ledger.mark(nowNanos, i, (bid + ask) / 2);
                mids[i] = (contract.instrument().price(bid)
                                + contract.instrument().price(ask))
                        / 2;
                index(contract, mids[i]);
            }
        }
    }

    /// A coin is worth what a contract on it that is priced in dollars shows.
    private void index(Contract contract, double mid) {
        boolean coin = switch (contract.terms()) {
            case Terms.Linear linear -> DOLLARS.contains(linear.quote());
            case Terms.Inverse inverse -> DOLLARS.contains(inverse.quote());
            case Terms.CoinOption ignored -> false;
        };
        int place = ledger.currencies().indexOf(contract.terms().base());
        if (coin && place >= 0) {
            ledger.index(place, mid);
        }
    }

    /// The middle of a contract's market, in its quote currency; 0 while unknown.
    double mid(int contract) {
        return mids[contract];
    }

    /// A position, in the unit of the quantity.
    double position(int contract) {
        return contracts.get(contract).instrument().quantity(1) * ledger.lots(ledger.whole(), contract);
    }

    /// What so many lots of a contract are on, in dollars.
    double notional(int contract, long lots) {
        Contract each = contracts.get(contract);
        double quantity = each.instrument().quantity(lots);
        return switch (each.terms()) {
            case Terms.Linear ignored -> quantity * mids[contract];
            case Terms.Inverse inverse -> quantity * inverse.unit();
            case Terms.CoinOption option -> quantity * coin(option.base());
        };
    }

    private double coin(String base) {
        int place = ledger.currencies().indexOf(base);
        return place < 0 ? Double.NaN : ledger.index(place);
    }

    /// Capital paid in, in dollars at the first price of its coins; NaN before that.
    double capital() {
        return ledger.capital();
    }

    /// What the capital is worth and what was made, in dollars.
    double equity() {
        return ledger.equity();
    }

    double usd(Part part, int strategy) {
        return ledger.usd(part, strategy);
    }
}

package dev.tranche.market.risk;

import dev.tranche.market.account.Ledger;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Terms;
import java.util.Arrays;
import java.util.List;

/// What positions and open orders are worth and how they move with their base assets, by references and greeks
/// that are handed in. A number that is not known is NaN, and so is every sum that needs it. Of [PreTrade]'s
/// writer.
final class Exposure {
    private final Ledger ledger;
    private final OpenOrders open;
    private final List<String> bases;
    private final int[] base;
    private final int[] quote;
    private final int[] underlying;
    private final boolean[] option;
    /// Quantity of a lot, in base; of an inverse contract in its quote currency.
    private final double[] lot;
    /// Price of a tick.
    private final double[] tick;
    private final boolean[] inverse;
    private final long[] ticks;
    private final long[] heardAt;
    /// The last reference, kept when it is taken back: what lies open is counted at it.
    private final long[] lastTicks;
    /// A lot's greeks.
    final double[] delta;
    final double[] gamma;
    final double[] vega;

    Exposure(Contracts contracts, Ledger ledger, OpenOrders open) {
        int size = contracts.size();
        this.ledger = ledger;
        this.open = open;
        this.bases = contracts.all().stream()
                .map(each -> each.terms().base())
                .distinct()
                .toList();
        this.base = new int[size];
        this.quote = new int[size];
        this.underlying = new int[size];
        this.option = new boolean[size];
        this.inverse = new boolean[size];
        this.lot = new double[size];
        this.tick = new double[size];
        this.ticks = new long[size];
        this.heardAt = new long[size];
        this.lastTicks = new long[size];
        this.delta = new double[size];
        this.gamma = new double[size];
        this.vega = new double[size];
        for (int i = 0; i < size; i++) {
            Contract contract = contracts.get(i);
            base[i] = bases.indexOf(contract.terms().base());
            quote[i] = ledger.currencies().indexOf(contract.terms().quote());
            tick[i] = contract.instrument().price(1);
            lot[i] = contract.instrument().quantity(1);
            underlying[i] = i;
            switch (contract.terms()) {
                case Terms.Linear linear -> delta[i] = lot[i];
                case Terms.Inverse terms -> {
                    inverse[i] = true;
                    lot[i] *= terms.unit();
                    delta[i] = Double.NaN;
                }
                case Terms.CoinOption terms -> {
                    option[i] = true;
                    underlying[i] =
                            contracts.find(contract.venue(), terms.underlying()).orElseThrow();
                    delta[i] = Double.NaN;
                    gamma[i] = Double.NaN;
                    vega[i] = Double.NaN;
                }
            }
        }
        Arrays.fill(heardAt, Long.MIN_VALUE);
    }

    void reference(long now, int contract, long at) {
        ticks[contract] = at;
        heardAt[contract] = now;
        if (at > 0) {
            lastTicks[contract] = at;
            if (inverse[contract]) {
                delta[contract] = lot[contract] / (at * tick[contract]);
            }
        }
    }

    void greeks(int contract, double ofDelta, double ofGamma, double ofVega) {
        delta[contract] = ofDelta;
        gamma[contract] = ofGamma;
        vega[contract] = ofVega;
    }

    /// Ticks; 0 while unknown.
    long reference(int contract) {
        return ticks[contract];
    }

    int underlying(int contract) {
        return underlying[contract];
    }

    /// How old the reference is, in nanoseconds.
    long age(long now, int contract) {
        return now - heardAt[contract];
    }

    /// USD that a lot stands for at a price: of an option, of its underlying; NaN while unknown.
    double notional(int contract, long atTicks) {
        if (inverse[contract]) {
            return lot[contract] * ledger.index(quote[contract]);
        }
        int of = underlying[contract];
        return lot[contract] * price(of, option[contract] ? lastTicks[of] : atTicks) * ledger.index(quote[of]);
    }

    private double price(int contract, long at) {
        return at > 0 ? at * tick[contract] : Double.NaN;
    }

    /// USD of everything that an owner has open.
    double openNotional(int owner) {
        double sum = 0;
        for (int row = open.firstRow(owner); row != OpenOrders.NONE; row = open.nextRow(row)) {
            long lots = open.buying(row) + open.selling(row);
            if (lots != 0) {
                int contract = open.contract(row);
                sum += lots * notional(contract, lastTicks[contract]);
            }
        }
        return sum;
    }

    /// What an owner's positions have of a greek, in the base of a contract.
    double held(int owner, int contract, double[] greek) {
        return heldOf(owner, base[contract], greek);
    }

    double held(int owner, String of, double[] greek) {
        return heldOf(owner, bases.indexOf(of), greek);
    }

    private double heldOf(int owner, int ofBase, double[] greek) {
        double sum = 0;
        for (int each = ledger.firstContract(owner); each >= 0; each = ledger.nextContract(owner, each)) {
            if (base[each] == ofBase) {
                long lots = ledger.lots(owner, each);
                sum += lots == 0 ? 0 : lots * greek[each];
            }
        }
        return sum;
    }

    /// The most that an owner's open orders may add to (`up`) or take from a greek, in the base of a contract.
    double open(int owner, int contract, double[] greek, boolean up) {
        double sum = 0;
        for (int row = open.firstRow(owner); row != OpenOrders.NONE; row = open.nextRow(row)) {
            int each = open.contract(row);
            if (base[each] == base[contract]) {
                long rising = greek[each] < 0 ? open.selling(row) : open.buying(row);
                long falling = greek[each] < 0 ? open.buying(row) : open.selling(row);
                long lots = up ? rising : -falling;
                sum += lots == 0 ? 0 : lots * Math.abs(greek[each]);
            }
        }
        return sum;
    }

    /// The exposure of a position to its base, in USD: lots times delta times the price of the base; NaN while
    /// unknown.
    double exposure(int contract, long lots) {
        int of = underlying[contract];
        return lots == 0 ? 0 : lots * delta[contract] * price(of, lastTicks[of]) * ledger.index(quote[of]);
    }

    /// How that exposure grows when the base rises by itself, in USD: lots times gamma times the squared price.
    double convexity(int contract, long lots) {
        int of = underlying[contract];
        double price = price(of, lastTicks[of]) * ledger.index(quote[of]);
        return lots == 0 || gamma[contract] == 0 ? 0 : lots * gamma[contract] * price * price;
    }

    long hash() {
        long hash = 0;
        for (int i = 0; i < ticks.length; i++) {
            hash = 31 * (31 * (31 * hash + ticks[i]) + heardAt[i]) + Double.doubleToLongBits(delta[i]);
        }
        return hash;
    }
}

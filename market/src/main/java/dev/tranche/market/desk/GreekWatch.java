package dev.tranche.market.desk;

import dev.tranche.market.account.GreekAttribution;
import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Terms;

/// Where a desk's profit came from, by greek: what was held is valued anew at each reading of the risk
/// ([DeskTerms#reading]), and each change of its value is laid to delta, gamma, vega and theta of the reading
/// before, with a residual that makes these five the change exactly ([GreekAttribution]).
///
/// Futures and pairs are valued at the middle of their market, options by Black's formula on the forward and the
/// volatility of their smile. What profit there was besides is [#other]: trades away from the value and between
/// readings, fees, funding, settlements, marks that differ from the smile, and coins already earned that are
/// worth more or less. So `delta + gamma + vega + theta + residual + other = profit`, by definition of the last.
/// All in dollars and as of the last reading. One writer, of the desk; nothing is allocated.
public final class GreekWatch {
    private static final double DAYS_A_YEAR = 365;

    private final Floor floor;
    private final GreekAttribution[] each;
    private double profit;

    GreekWatch(Floor floor) {
        this.floor = floor;
        this.each = floor.contracts.all().stream().map(GreekAttribution::of).toArray(GreekAttribution[]::new);
    }

    /// Ends a step and begins the next.
    void read() {
        for (int i = 0; i < each.length; i++) {
            double held = quantity(i);
            if (held != 0 || each[i].held() != 0) {
                look(i, held);
            }
        }
        profit = floor.ledger.usd(Part.TOTAL, floor.ledger.whole());
    }

    private double quantity(int contract) {
        long lots = floor.ledger.lots(floor.ledger.whole(), contract);
        return floor.contracts.get(contract).instrument().quantity(lots);
    }

    /// A value that is not known now lets the step go on to the next reading; the quantity of its beginning counts.
    private void look(int contract, double held) {
        Market market = floor.markets.get(contract);
        if (market.contract().terms() instanceof Terms.CoinOption) {
            OptionMark mark = floor.smiles.mark(contract);
            if (mark.volatility() >= 0) {
                each[contract].look(mark.years(), held, mark.forward(), mark.volatility());
            }
        } else if (market.valid()) {
            double price = market.mid() * dollars(market.contract().terms());
            if (price > 0) {
                each[contract].look(0, held, price, 0);
            }
        }
    }

    /// What the price's currency is worth; NaN while unknown.
    private double dollars(Terms terms) {
        return switch (terms) {
            case Terms.Linear linear ->
                floor.ledger.index(floor.ledger.currencies().indexOf(linear.quote()));
            case Terms.Inverse _, Terms.CoinOption _ -> 1;
        };
    }

    /// By moves of prices.
    public double byDelta() {
        double sum = 0;
        for (GreekAttribution one : each) {
            sum += one.byDelta();
        }
        return sum;
    }

    /// By the squares of these moves.
    public double byGamma() {
        double sum = 0;
        for (GreekAttribution one : each) {
            sum += one.byGamma();
        }
        return sum;
    }

    /// By moves of volatilities.
    public double byVega() {
        double sum = 0;
        for (GreekAttribution one : each) {
            sum += one.byVega();
        }
        return sum;
    }

    /// By the passage of time.
    public double byTheta() {
        double sum = 0;
        for (GreekAttribution one : each) {
            sum += one.byTheta();
        }
        return sum;
    }

    /// What these four leave of the change of the value of what was held.
    public double residual() {
        double sum = 0;
        for (GreekAttribution one : each) {
            sum += one.residual();
        }
        return sum;
    }

    /// The change of the value of what was held: the five above.
    public double held() {
        double sum = 0;
        for (GreekAttribution one : each) {
            sum += one.total();
        }
        return sum;
    }

    /// The ledger's whole profit; NaN while a price that it needs is not known.
    public double total() {
        return profit;
    }

    /// What of the profit is no change of the value of what was held.
    public double other() {
        return profit - held();
    }

    /// What the positions in a base asset gain by the passing of a day, as of the last reading: mostly below 0
    /// for options held. NaN while an option held was never valued.
    public double theta(String base) {
        double sum = 0;
        for (int i = 0; i < each.length; i++) {
            if (each[i].held() != 0 || quantity(i) != 0) {
                sum += theta(i, base);
            }
        }
        return sum;
    }

    private double theta(int contract, String base) {
        Terms terms = floor.contracts.get(contract).terms();
        return terms instanceof Terms.CoinOption && terms.base().equals(base)
                ? quantity(contract) * each[contract].theta() / DAYS_A_YEAR
                : 0;
    }

    void digest(Digest into) {
        into.add(profit);
        for (GreekAttribution one : each) {
            into.add(one.hash());
        }
    }
}

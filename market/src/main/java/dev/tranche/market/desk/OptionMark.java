package dev.tranche.market.desk;

import dev.tranche.market.pricing.InverseOption;

/// One option's value by the smile of its expiry and the forward of the moment. One writer.
final class OptionMark {
    /// A mark of an older smile or forward is no reference for orders.
    private static final long OLD = 5_000_000_000L;

    private final Floor floor;
    private final Market market;
    private final InverseOption option;
    private final Smile smile;
    private double forward;
    private double volatility = Double.NaN;
    private double years = Double.NaN;
    private double price = Double.NaN;
    private double delta = Double.NaN;
    private double gamma = Double.NaN;
    private double vega = Double.NaN;

    OptionMark(Floor floor, Market market, InverseOption option, Smile smile) {
        this.floor = floor;
        this.market = market;
        this.option = option;
        this.smile = smile;
        smile.add(this);
    }

    Market market() {
        return market;
    }

    Market underlying() {
        return smile.underlying();
    }

    InverseOption option() {
        return option;
    }

    /// Whether somebody holds or quotes it.
    boolean used() {
        return !market.seats().isEmpty() || floor.ledger.lots(floor.ledger.whole(), market.place()) != 0;
    }

    /// Values it now, and tells the checks what it moves.
    ///
    /// @return whether it could be valued
    boolean compute() {
        if (!underlying().valid() || smile.settling() || !smile.fit().known()) {
            return false;
        }
        double now = underlying().mid();
        double k = Math.log(option.strike() / now);
        if (!smile.fit().covers(k)) {
            return false;
        }
        forward = now;
        years = smile.years();
        volatility = Math.sqrt(smile.fit().totalVariance(k) / years);
        InverseOption.Value value = option.mark(forward, volatility, years);
        price = value.price();
        delta = value.netDelta();
        gamma = value.gamma();
        vega = value.vega();
        double unit = market.contract().instrument().quantity(1);
        floor.gate.greeks(market.place(), unit * delta, unit * gamma, unit * vega);
        if (!market.valid()) {
            long ticks = Math.round(price / market.contract().instrument().price(1));
            if (fresh(OLD)) {
                floor.gate.reference(floor.now, market.place(), ticks);
            }
            floor.ledger.mark(floor.now, market.place(), ticks);
        }
        return true;
    }

    /// Whether forward and smile are no older than this.
    boolean fresh(long ageNanos) {
        return floor.now - underlying().heardNanos() <= ageNanos && smile.fresh(ageNanos);
    }

    /// In coin.
    double price() {
        return price;
    }

    double forward() {
        return forward;
    }

    /// Per root of a year, of the last value; NaN before the first, as are the years to the expiry.
    double volatility() {
        return volatility;
    }

    double years() {
        return years;
    }

    /// Coins, the premium counted.
    double delta() {
        return delta;
    }

    /// Coins a dollar.
    double gamma() {
        return gamma;
    }

    /// Dollars a point of volatility.
    double vega() {
        return vega;
    }

    /// To the expiry.
    double seconds() {
        return smile.seconds();
    }

    void digest(Digest into) {
        into.add(forward)
                .add(volatility)
                .add(years)
                .add(price)
                .add(delta)
                .add(gamma)
                .add(vega);
    }
}

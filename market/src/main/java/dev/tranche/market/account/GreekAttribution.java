package dev.tranche.market.account;

import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.pricing.Black76;
import dev.tranche.market.pricing.InverseOption;
import java.time.Instant;

/// Where the change of a position's value came from, by greek: `delta dS + gamma dS² / 2 + vega dσ + theta dt`,
/// with the greeks at the beginning of each step, and a residual that is the change by full revaluation less
/// these four, so that the five always make up the whole. All in dollars (the quote currency of the underlying),
/// the currency of an option's coin being the forward of its expiry, so that an option's value is Black's.
///
/// Each [#look] ends a step and begins the next with the quantity held from then on: what is traded between
/// changes the quantity, not the value of what was held. One writer; a look with years to the expiry allocates
/// nothing.
public final class GreekAttribution {
    private final Contract contract;
    /// Price, delta, gamma, vega and theta of an option.
    private final double[] black = new double[5];
    private boolean begun;
    private double quantity;
    private double forward;
    private double volatility;
    private double years;
    private double value;
    private double delta;
    private double gamma;
    private double vega;
    private double theta;
    private double byDelta;
    private double byGamma;
    private double byVega;
    private double byTheta;
    private double residual;
    private double total;

    private GreekAttribution(Contract contract) {
        this.contract = contract;
    }

    /// Nothing held yet.
    public static GreekAttribution of(Contract contract) {
        return new GreekAttribution(contract);
    }

    /// Ends the step since the last look and begins the next.
    ///
    /// @param now not before the last
    /// @param held quantity from now on, below 0 when short
    /// @param price of the underlying; of an option the forward of its expiry; positive
    /// @param sigma volatility per root of a year, at least 0; of no use but for an option
    /// @throws IllegalArgumentException when a number is out of its range
    public void look(Instant now, double held, double price, double sigma) {
        look(
                contract.terms() instanceof Terms.CoinOption option
                        ? option.option().years(now)
                        : 0,
                held,
                price,
                sigma);
    }

    /// As the other, with the years to the expiry of an option, at least 0; of no use for anything else.
    public void look(double left, double held, double price, double sigma) {
        if (!(price > 0 && price < Double.POSITIVE_INFINITY) || !(Math.abs(held) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "price must be positive and finite and the quantity finite: " + price + ", " + held);
        }
        double before = value;
        double move = price - forward;
        double turned = sigma - volatility;
        double passed = years - left;
        value = switch (contract.terms()) {
            case Terms.Linear _ -> price;
            // What a contract of so many dollars gains in coin, at the price of the moment.
            case Terms.Inverse inverse -> begun ? value + inverse.unit() * move / forward : 0;
            case Terms.CoinOption option -> black(option.option(), price, sigma, left);
        };
        if (begun) {
            explain(value - before, move, turned, passed);
        }
        begun = true;
        quantity = held;
        forward = price;
        volatility = sigma;
        years = left;
        switch (contract.terms()) {
            case Terms.Linear _ -> delta = 1;
            case Terms.Inverse inverse -> delta = inverse.unit() / price;
            case Terms.CoinOption _ -> {
                delta = black[1];
                gamma = black[2];
                vega = black[3];
                theta = black[4];
            }
        }
    }

    private double black(InverseOption option, double price, double sigma, double left) {
        Black76.greeks(option.type(), price, option.strike(), left, sigma, black);
        return black[0];
    }

    /// By the greeks at the beginning of the step, which are still those.
    private void explain(double change, double move, double turned, double passed) {
        double first = quantity * delta * move;
        double second = quantity * 0.5 * gamma * move * move;
        double third = quantity * vega * turned;
        double fourth = quantity * theta * passed;
        double whole = quantity * change;
        byDelta += first;
        byGamma += second;
        byVega += third;
        byTheta += fourth;
        residual += whole - (first + second + third + fourth);
        total += whole;
    }

    /// The quantity held since the last look.
    public double held() {
        return quantity;
    }

    /// What one loses to a year's passing as of the last look, dollars, mostly below 0; NaN before the first.
    public double theta() {
        return begun ? theta : Double.NaN;
    }

    /// Over everything that later looks depend on.
    public long hash() {
        long hash = Double.doubleToLongBits(quantity);
        hash = 31 * hash + Double.doubleToLongBits(forward);
        hash = 31 * hash + Double.doubleToLongBits(volatility);
        hash = 31 * hash + Double.doubleToLongBits(years);
        hash = 31 * hash + Double.doubleToLongBits(value);
        hash = 31 * hash + Double.doubleToLongBits(byDelta);
        hash = 31 * hash + Double.doubleToLongBits(byGamma);
        hash = 31 * hash + Double.doubleToLongBits(byVega);
        hash = 31 * hash + Double.doubleToLongBits(byTheta);
        hash = 31 * hash + Double.doubleToLongBits(residual);
        return 31 * hash + Double.doubleToLongBits(total);
    }

    /// By moves of the underlying.
    public double byDelta() {
        return byDelta;
    }

    /// By the squares of these moves.
    public double byGamma() {
        return byGamma;
    }

    /// By moves of the volatility.
    public double byVega() {
        return byVega;
    }

    /// By the passage of time.
    public double byTheta() {
        return byTheta;
    }

    /// What the four do not explain.
    public double residual() {
        return residual;
    }

    /// The change by full revaluation.
    public double total() {
        return total;
    }
}

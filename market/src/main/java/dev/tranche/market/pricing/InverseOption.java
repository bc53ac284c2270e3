package dev.tranche.market.pricing;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/// An option that is quoted and settled in coin, as Deribit lists them: at expiry it pays `max(sign (S - K),
/// 0) / S` coins, where `S`, the delivery price, is the average of the index over the last [#WINDOW]. One
/// coin is the numeraire, so no interest on it appears: the price in coin is Black's price on the forward of
/// that expiry, divided by the forward.
///
/// Time is counted in seconds of a year of 365 days. An average moves less than what it is an average of: a
/// Brownian path of a variance `v` a year adds `v w / 3` to the average over its last `w` years instead of `v
/// w`, which is the first two moments of the average of a lognormal price up to terms of order `v w`, 1e-5
/// for half an hour at 100 %. Within the window the average so far is a constant: the option is one on what
/// is left, with its strike moved, and its delta decays to nothing. The ratio of the last index to the
/// average is taken as one.
///
/// @param strike in the quote currency, positive
/// @param expiry the end of the averaging
public record InverseOption(OptionType type, double strike, Instant expiry) {
    /// How long the delivery price is averaged: 30 minutes (Deribit, settlement of options).
    public static final Duration WINDOW = Duration.ofMinutes(30);

    private static final double SECONDS_A_YEAR = 365 * 86400;
    private static final double WINDOW_YEARS = WINDOW.toSeconds() / SECONDS_A_YEAR;

    public InverseOption {
        if (!(strike > 0 && strike < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("strike must be positive and finite: " + strike);
        }
    }

    /// Whether the delivery price is the average over the window, or the price at one moment, which is how
    /// the venue computes the mark price and the greeks it publishes.
    public enum Delivery {
        AVERAGE,
        MOMENT
    }

    /// What it is worth and how that changes.
    ///
    /// @param price in coin
    /// @param delta of Black's formula, in coin for a contract of one coin
    /// @param netDelta what a position moves with once its own premium in coin is counted: `delta - price`,
    ///     the term that the venue adds up to its DeltaTotal
    /// @param gamma change of `delta` for one unit of the quote currency
    /// @param vega in the quote currency for one percentage point of volatility
    /// @param theta in the quote currency for a day that passes
    /// @param rho in the quote currency for one percentage point of interest in the quote currency
    public record Value(
            double price, double delta, double netDelta, double gamma, double vega, double theta, double rho) {}

    /// Years from `now` to the expiry, at least 0.
    public double years(Instant now) {
        return Math.max(0, Duration.between(now, expiry).toNanos() / 1e9 / SECONDS_A_YEAR);
    }

    /// Its value.
    ///
    /// @param forward price for delivery at the expiry, in the quote currency, positive
    /// @param volatility per square root of a year, at least 0
    /// @param averageSoFar the mean index of the part of the window that has passed; needed within the
    ///     window
    /// @throws IllegalArgumentException when an argument is out of its range, or the average is missing
    public Value value(double forward, double volatility, Instant now, Delivery delivery, OptionalDouble averageSoFar) {
        double years = years(now);
        if (delivery == Delivery.MOMENT) {
            return value(forward, strike, years, volatility, 1, forward);
        }
        if (years >= WINDOW_YEARS) {
            return value(forward, strike, years - WINDOW_YEARS * 2 / 3, volatility, 1, forward);
        }
        double share = years / WINDOW_YEARS;
        double known = averageSoFar.orElseThrow(() -> new IllegalArgumentException(
                        "the average index so far is needed within the last " + WINDOW + " before " + expiry))
                * (1 - share);
        double expected = known + share * forward;
        if (share == 0) {
            double price = type.payoff(expected, strike) / expected;
            return new Value(price, 0, -price, 0, 0, 0, 0);
        }
        double moved = (strike - known) / share;
        if (moved <= 0) {
            // What is known already lies above the strike: a forward on the rest, or nothing.
            double price = type.payoff(expected, strike) / expected;
            double delta = type == OptionType.CALL ? share : 0;
            return new Value(price, delta, delta - price, 0, 0, 0, 0);
        }
        return value(forward, moved, years / 3, volatility, share, expected);
    }

    /// As [#value(double, double, Instant, Delivery, OptionalDouble)] at one moment: what the venue
    /// publishes.
    ///
    /// @throws IllegalArgumentException when an argument is out of its range
    public Value mark(double forward, double volatility, Instant now) {
        return value(forward, volatility, now, Delivery.MOMENT, OptionalDouble.empty());
    }

    /// As [#mark(double, double, Instant)] with the time to the expiry counted by somebody else, in years of
    /// at least 0.
    ///
    /// @throws IllegalArgumentException when an argument is out of its range
    public Value mark(double forward, double volatility, double years) {
        return value(forward, strike, years, volatility, 1, forward);
    }

    /// The volatility that explains a price in coin as the venue computes it.
    ///
    /// @throws IllegalArgumentException when the forward is out of its range or the option has expired
    public ImpliedVolatility impliedVolatility(double forward, double price, Instant now) {
        return Black76.impliedVolatility(type, forward, strike, years(now), price * forward);
    }

    /// @param share of the payoff that this option makes up
    /// @param numeraire the forward of what it is settled by
    private Value value(
            double forward, double strikeNow, double years, double volatility, double share, double numeraire) {
        Greeks greeks = Black76.greeks(type, forward, strikeNow, years, volatility);
        double price = share * greeks.price() / numeraire;
        double delta = share * greeks.delta();
        double paid = type.sign() * (delta * forward - share * greeks.price());
        return new Value(
                price,
                delta,
                delta - price,
                share * greeks.gamma(),
                share * greeks.vega() / 100,
                share * greeks.theta() / 365,
                type.sign() * paid * years / 100);
    }
}

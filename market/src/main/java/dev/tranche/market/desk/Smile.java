package dev.tranche.market.desk;

import dev.tranche.market.pricing.Black76;
import dev.tranche.market.pricing.ImpliedVolatility;
import dev.tranche.market.pricing.InverseOption;
import java.util.ArrayList;
import java.util.List;

/// The options of one underlying and expiry, and the smile through the middles of their books. One writer.
final class Smile {
    private static final double SECONDS_A_YEAR = 365 * 86_400.0;
    private static final long WINDOW = InverseOption.WINDOW.toNanos();

    private final Floor floor;
    private final Market underlying;
    private final long expiryNanos;
    private final List<OptionMark> marks = new ArrayList<>();
    private SmileFit fit = new SmileFit(0);
    private long laidAt = Long.MIN_VALUE;

    Smile(Floor floor, Market underlying, long expiryNanos) {
        this.floor = floor;
        this.underlying = underlying;
        this.expiryNanos = expiryNanos;
    }

    Market underlying() {
        return underlying;
    }

    long expiryNanos() {
        return expiryNanos;
    }

    SmileFit fit() {
        return fit;
    }

    void add(OptionMark mark) {
        marks.add(mark);
        fit = new SmileFit(marks.size());
    }

    /// Whether it was laid within an age, and enough of the quotes that it rests on were heard within it.
    boolean fresh(long ageNanos) {
        if (laidAt == Long.MIN_VALUE || floor.now - laidAt > ageNanos) {
            return false;
        }
        int heard = 0;
        for (int i = 0; i < marks.size(); i++) {
            Market market = marks.get(i).market();
            heard += market.valid() && floor.now - market.heardNanos() <= ageNanos ? 1 : 0;
        }
        return heard >= SmileFit.LEAST;
    }

    /// Seconds to the expiry, at least 0.
    double seconds() {
        return Math.max(0, (expiryNanos - floor.now) / 1e9);
    }

    double years() {
        return seconds() / SECONDS_A_YEAR;
    }

    /// Whether the price at the expiry is already being averaged: there the mark here is not right any more.
    boolean settling() {
        return expiryNanos - floor.now <= WINDOW;
    }

    /// Lays the smile anew and refreshes what the checks know of every option that is held or quoted.
    void refresh() {
        if (!underlying.valid() || settling()) {
            return;
        }
        double forward = underlying.mid();
        double years = years();
        fit.begin();
        for (int i = 0; i < marks.size(); i++) {
            quote(marks.get(i), forward, years);
        }
        fit.end();
        if (fit.count() >= SmileFit.LEAST) {
            laidAt = floor.now;
        }
        for (int i = 0; i < marks.size(); i++) {
            OptionMark mark = marks.get(i);
            if (mark.used()) {
                mark.compute();
            }
        }
    }

    /// The middle of an option's book as a total variance, worth more the nearer its bid and ask are.
    private void quote(OptionMark mark, double forward, double years) {
        Market market = mark.market();
        if (!market.valid()) {
            return;
        }
        InverseOption option = mark.option();
        double price = market.mid() * forward;
        ImpliedVolatility implied = Black76.impliedVolatility(option.type(), forward, option.strike(), years, price);
        switch (implied) {
            case ImpliedVolatility.OutOfBounds _ -> {}
            case ImpliedVolatility.Found(double volatility) -> {
                double total = volatility * volatility * years;
                double k = Math.log(option.strike() / forward);
                double d1 = -k / Math.sqrt(total) + 0.5 * Math.sqrt(total);
                double vega = forward * Math.sqrt(years) * Math.exp(-0.5 * d1 * d1);
                double spread = forward * market.contract().instrument().price(market.askTicks() - market.bidTicks());
                double slope = vega / (2 * volatility * years * spread);
                fit.quote(k, total, slope * slope);
            }
        }
    }

    void digest(Digest into) {
        into.add(expiryNanos).add(laidAt);
        fit.digest(into);
        marks.forEach(each -> each.digest(into));
    }
}

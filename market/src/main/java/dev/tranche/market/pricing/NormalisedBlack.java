package dev.tranche.market.pricing;

/// Black's formula without its units, and its inverse. With `x = ln(F/K) <= 0` and the total deviation `s =
/// volatility sqrt(years)` an out-of-the-money call is worth `sqrt(F K) b(x, s)`, where `b = N(h + t) e^(x/2)
/// - N(h - t) e^(-x/2)`, `h = x / s`, `t = s / 2`. A put is a call with the sign of `x` turned.
///
/// Written like that, `b` loses every digit where the two terms nearly cancel. With Mills' ratio `Y = N / n`
/// it is `b = n(h) e^(-t^2/2) [Y(h + t) - Y(h - t)]`, and where the difference is small it is the integral of
/// `Y'(z) = 1 + z Y(z) > 0` over it, in which nothing cancels: for `t` below one half by Gauss-Legendre with
/// eight points, whose error is below the precision of a double because `Y'` is entire and slow. So `b` is
/// right to about 1e-14 of itself wherever it is a normal number at all.
///
/// The inverse is a safeguarded Newton iteration on the scale in which the price is nearly a straight line,
/// as P. Jäckel advises ("Let's Be Rational", Wilmott 2015): `ln b` against `1/s^2` below the inflection `s =
/// sqrt(2|x|)`, the logarithm of what is missing to the highest price against `s^2` for prices above half of
/// the highest, and `b` itself between. It never leaves its bracket, and ends when the bracket or the step is
/// below one part in 1e15. Pure functions; benchmark: `tranche bench market`.
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits are those of the tables
final class NormalisedBlack {
    private static final double SMALL_T = 0.5;
    private static final double FAR = -5;
    private static final int FRACTION_TERMS = 40;
    private static final int MOST_STEPS = 100;
    private static final double PRECISE = 1e-15;
    /// Half of the nodes of Gauss-Legendre with eight points, and their weights (Abramowitz and Stegun, table
    /// 25.4).
    private static final double[] NODES = {
        0.1834346424956498049395, 0.5255324099163289858177, 0.7966664774136267395916, 0.9602898564975362316836
    };

    private static final double[] WEIGHTS = {
        0.3626837833783619829652, 0.3137066458778872873380, 0.2223810344533744705444, 0.1012285362903762591525
    };

    private NormalisedBlack() {}

    /// The price `b(x, s)`; `x <= 0`, `s >= 0`.
    static double price(double x, double s) {
        if (s <= 0) {
            return 0;
        }
        double h = x / s;
        double t = 0.5 * s;
        double front = Math.exp(-0.5 * (h * h + t * t)) / Normal.SQRT_2_PI;
        if (front == 0) {
            return 0;
        }
        return front * (t <= SMALL_T ? integral(h, t) : Normal.mills(h + t) - Normal.mills(h - t));
    }

    /// What is missing to the highest price: `e^(x/2) - b(x, s)`, without cancellation.
    static double missing(double x, double s) {
        double h = x / s;
        double t = 0.5 * s;
        return Math.exp(0.5 * x) * Normal.below(-h - t) + Math.exp(-0.5 * x) * Normal.below(h - t);
    }

    /// The derivative of the price by `s`.
    static double vega(double x, double s) {
        double h = x / s;
        double t = 0.5 * s;
        return Math.exp(-0.5 * (h * h + t * t)) / Normal.SQRT_2_PI;
    }

    /// The deviation at which the price is `b`; `0 < b < e^(x/2)`.
    static double deviation(double x, double b) {
        double turn = Math.sqrt(2 * Math.abs(x));
        if (turn > 0 && b < price(x, turn)) {
            return lower(x, b, turn);
        }
        return b < 0.5 * Math.exp(0.5 * x) ? middle(x, b, turn) : upper(x, b, turn);
    }

    /// Newton on `b` itself, which is concave from the inflection on: from there every step falls short of
    /// the goal, so that none leaves the bracket but by rounding.
    private static double middle(double x, double b, double turn) {
        double s = turn > 0 ? turn : b * Normal.SQRT_2_PI;
        for (int step = 0; step < MOST_STEPS; step++) {
            double next = s + (b - price(x, s)) / vega(x, s);
            if (Math.abs(next - s) <= PRECISE * s) {
                return next;
            }
            s = next;
        }
        return s;
    }

    /// Newton on `ln b` as a function of `y = 1 / s^2`, which falls.
    private static double lower(double x, double b, double turn) {
        double least = 0;
        double most = turn;
        double s = turn;
        double goal = Math.log(b);
        for (int step = 0; step < MOST_STEPS; step++) {
            double price = price(x, s);
            double error = Math.log(price) - goal;
            if (error > 0) {
                most = s;
            } else {
                least = s;
            }
            double slope = -0.5 * s * s * s * vega(x, s) / price;
            double y = 1 / (s * s) - error / slope;
            double next = 1 / Math.sqrt(y);
            // Not a number, infinite or outside: halve the bracket instead.
            if (!(next > least && next < most)) {
                next = 0.5 * (least + most);
            }
            if (done(s, next, least, most)) {
                return next;
            }
            s = next;
        }
        return s;
    }

    /// Newton on the logarithm of what is missing as a function of `q = s^2`, which falls.
    private static double upper(double x, double b, double turn) {
        double goal = Math.log(Math.exp(0.5 * x) - b);
        double least = turn;
        double most = Double.POSITIVE_INFINITY;
        double s = Math.max(turn, 1);
        for (int step = 0; step < MOST_STEPS; step++) {
            double missing = missing(x, s);
            double error = Math.log(missing) - goal;
            if (error < 0) {
                most = s;
            } else {
                least = s;
            }
            double slope = -vega(x, s) / (2 * s * missing);
            double next = Math.sqrt(s * s - error / slope);
            if (!(next > least && next < most)) {
                next = most == Double.POSITIVE_INFINITY ? 2 * s : 0.5 * (least + most);
            }
            if (done(s, next, least, most)) {
                return next;
            }
            s = next;
        }
        return s;
    }

    private static boolean done(double s, double next, double least, double most) {
        return Math.abs(next - s) <= PRECISE * s || most - least <= PRECISE * s;
    }

    /// `Y(h + t) - Y(h - t)` as the integral of `Y'` over it.
    private static double integral(double h, double t) {
        double sum = 0;
        for (int i = 0; i < NODES.length; i++) {
            sum += WEIGHTS[i] * (millsSlope(h + t * NODES[i]) + millsSlope(h - t * NODES[i]));
        }
        return t * sum;
    }

    /// `1 + z Y(z)`. Far below zero, where that cancels, by the continued fraction of Laplace
    /// `Y(-y) = 1/(y + 1/(y + 2/(y + 3/...)))`: with `k` its tail from the first `1/` on, it is `k / (y + k)`.
    private static double millsSlope(double z) {
        if (z > FAR) {
            return 1 + z * Normal.mills(z);
        }
        double y = -z;
        double tail = y;
        for (int n = FRACTION_TERMS; n >= 2; n--) {
            tail = y + n / tail;
        }
        double k = 1 / tail;
        return k / (y + k);
    }
}

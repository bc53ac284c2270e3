package dev.tranche.market.hedge;

import java.util.Arrays;

/// Decides which trades in perpetuals bring the variance of a book over several base assets down, as far as
/// it is worth what they cost.
///
/// With `x` the money that moves with each asset, `S` the covariance of their returns and `h` what is traded
/// in each leg, it minimises `(aversion seconds / 2) (x + h)^T S (x + h) + sum cost |h|`. Without costs that
/// is the hedge of least variance, `h = -S_hh^-1 S_h x`: all of it where each asset has a leg, `-cov / var`
/// where one asset is hedged with another. With costs each leg stops at the edge of a band around it, where
/// the variance still to be taken away is worth less than fee and spread; the band is never narrower than the
/// one of E. Whalley and P. Wilmott ("An asymptotic analysis of an optimal hedging model for option pricing
/// with transaction costs", Mathematical Finance 7, 1997), `(3 cost price gamma^2 / (2 aversion))^(1/3)`
/// coins, which is what gamma makes it worth waiting. The problem is convex; from the hedge without costs it
/// is solved leg by leg in turn.
///
/// When: see [HedgeTerms]. The deltas handed in count hedges that are ordered and still open, or they are
/// hedged twice. Allocates nothing after the start. One writer.
public final class Hedger {
    private static final int MOST_ROUNDS = 1000;
    private static final double SETTLED = 1e-12;
    /// A share of its variance below which a leg moves as the others do.
    private static final double ONE = 1e-10;

    private final HedgeTerms terms;
    private final int assets;
    private final int[] assetOf;
    private final double[] scale;
    private final double[] delta;
    private final double[] gamma;
    private final double[] price;
    private final double[] priceThen;
    private final double[] cost;
    private final double[] covariance;
    private final double[] free;
    private final double[] paid;
    private final double[] none;
    private final double[] matrix;
    private final double[] exposure;
    private final boolean[] without;
    private long lastNanos;
    private boolean begun;

    private Hedger(HedgeTerms terms, double[] scales, int[] legs) {
        this.terms = terms;
        this.assets = scales.length;
        this.assetOf = legs.clone();
        this.scale = scales.clone();
        this.delta = new double[assets];
        this.gamma = new double[assets];
        this.price = new double[assets];
        this.priceThen = new double[assets];
        this.cost = new double[legs.length];
        this.covariance = new double[assets * assets];
        this.free = new double[legs.length];
        this.paid = new double[legs.length];
        this.none = new double[legs.length];
        this.matrix = new double[legs.length * legs.length];
        this.exposure = new double[assets];
        this.without = new boolean[assets];
        Arrays.fill(price, Double.NaN);
        Arrays.fill(covariance, Double.NaN);
        Arrays.fill(cost, Double.NaN);
    }

    /// A hedger that knows no numbers yet.
    ///
    /// @param scales for each base asset the delta in coins that a deviation of 1 is, above 0
    /// @param legs for each leg the place of its asset
    public static Hedger of(HedgeTerms terms, double[] scales, int[] legs) {
        for (double each : scales) {
            if (!(each > 0 && each < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("scales must be positive and finite: " + Arrays.toString(scales));
            }
        }
        for (int each : legs) {
            if (each < 0 || each >= scales.length) {
                throw new IllegalArgumentException("legs must be places of assets within 0.." + (scales.length - 1)
                        + ": " + Arrays.toString(legs));
            }
        }
        return new Hedger(terms, scales, legs);
    }

    /// Number of legs.
    public int legs() {
        return assetOf.length;
    }

    /// What moves with an asset.
    ///
    /// @param delta net, in coins, hedges that are still open counted
    /// @param gamma change of the delta, in coins, by a move of the price of one per cent
    /// @param price in money, above 0
    public void book(int asset, double delta, double gamma, double price) {
        if (without[asset]) {
            without[asset] = false;
            priceThen[asset] = price;
        }
        this.delta[asset] = delta;
        this.gamma[asset] = gamma;
        this.price[asset] = price;
    }

    /// Nobody knows what an asset is worth: until [#book] it is left out, itself and the legs in it, and the
    /// others are hedged as if it were not there. The plan says so.
    public void unpriced(int asset) {
        without[asset] = true;
        delta[asset] = 0;
        gamma[asset] = 0;
        price[asset] = 1;
        for (int i = 0; i < assets; i++) {
            covariance[asset * assets + i] = 0;
            covariance[i * assets + asset] = 0;
        }
        covariance[asset * assets + asset] = 1;
    }

    /// Covariance of the returns of two assets (their variance when both are one), a second.
    public void covariance(int one, int other, double perSecond) {
        if (without[one] || without[other]) {
            return;
        }
        covariance[one * assets + other] = perSecond;
        covariance[other * assets + one] = perSecond;
    }

    /// What a trade in a leg costs now: fee and half of the spread, as a share of its money; at least 0.
    public void cost(int leg, double share) {
        cost[leg] = share;
    }

    /// A hedge was ordered at this time: intervals and moves of prices count from here.
    public void hedged(long nowNanos) {
        lastNanos = nowNanos;
        System.arraycopy(price, 0, priceThen, 0, assets);
    }

    /// Writes what should be traded now into `plan`. The first time counts as a hedge that was just made.
    public void decide(long nowNanos, HedgePlan plan) {
        plan.clear();
        for (int i = 0; i < assets; i++) {
            plan.without.set(i, without[i]);
        }
        if (!usable()) {
            plan.hold = HedgeHold.NO_NUMBER;
            return;
        }
        if (!begun) {
            begun = true;
            hedged(nowNanos);
        }
        for (int i = 0; i < assets; i++) {
            exposure[i] = delta[i] * price[i];
        }
        plan.varianceBefore = variance();
        plan.varianceAfter = plan.varianceBefore;
        if (!eliminate()) {
            Arrays.fill(free, 0);
            descend(free, none);
        }
        for (int leg = 0; leg < free.length; leg++) {
            int asset = assetOf[leg];
            plan.deviation = Math.max(plan.deviation, Math.abs(free[leg]) / price[asset] / scale[asset]);
        }
        if (plan.deviation == 0) {
            plan.hold = HedgeHold.NOTHING;
            return;
        }
        if (!due(nowNanos, plan)) {
            plan.hold = HedgeHold.WITHIN_BAND;
            return;
        }
        trade(plan);
    }

    private boolean usable() {
        for (int i = 0; i < assets; i++) {
            boolean known = Math.abs(delta[i]) < Double.POSITIVE_INFINITY
                    && Math.abs(gamma[i]) < Double.POSITIVE_INFINITY
                    && price[i] > 0
                    && price[i] < Double.POSITIVE_INFINITY
                    && covariance[i * assets + i] > 0;
            if (!known) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                double both = covariance[i * assets + j];
                if (!(both * both <= covariance[i * assets + i] * covariance[j * assets + j] * (1 + 1e-12))) {
                    return false;
                }
            }
        }
        for (int leg = 0; leg < cost.length; leg++) {
            if (!without[assetOf[leg]] && !(cost[leg] >= 0 && cost[leg] < 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean due(long nowNanos, HedgePlan plan) {
        double fall = 0;
        double rise = 0;
        double sharp = 0;
        for (int i = 0; i < assets; i++) {
            if (delta[i] != 0 || gamma[i] != 0) {
                double move = price[i] / priceThen[i] - 1;
                fall = Math.max(fall, -move);
                rise = Math.max(rise, move);
                sharp = Math.max(sharp, Math.abs(gamma[i]) / scale[i]);
            }
        }
        plan.causes = (fall >= terms.fall() ? HedgeCause.FALL.bit() : 0)
                | (rise >= terms.rise() ? HedgeCause.RISE.bit() : 0)
                | (sharp >= terms.gamma() ? HedgeCause.GAMMA.bit() : 0)
                | (plan.deviation >= terms.urgent() ? HedgeCause.DEVIATION.bit() : 0);
        plan.urgency = urgency(fall, rise, sharp, plan.deviation);
        double frequency = (fall >= terms.fall() || rise >= terms.rise() ? terms.moveFrequency() : 1)
                * (sharp >= terms.gamma() ? terms.gammaFrequency() : 1);
        double interval = terms.everyNanos() / Math.min(frequency, terms.mostFrequency());
        plan.band = terms.band() / Math.sqrt(Math.max(0, nowNanos - lastNanos) / interval);
        if (plan.deviation >= plan.band) {
            plan.causes |= HedgeCause.BAND.bit();
            return true;
        }
        return plan.urgency.compareTo(Urgency.HIGH) >= 0;
    }

    private Urgency urgency(double fall, double rise, double sharp, double deviation) {
        if (fall >= terms.deepFall() || (fall >= terms.fall() && sharp > terms.sharpGamma())) {
            return Urgency.CRITICAL;
        }
        if (fall >= terms.fall() || deviation >= terms.urgent()) {
            return Urgency.HIGH;
        }
        return rise >= terms.rise() || deviation >= terms.normal() ? Urgency.NORMAL : Urgency.LOW;
    }

    private void trade(HedgePlan plan) {
        for (int leg = 0; leg < paid.length; leg++) {
            paid[leg] = without[assetOf[leg]] ? 0 : bandOf(leg);
        }
        double[] wanted = free;
        double most = terms.mostShare() * money(wanted);
        descend(wanted, paid);
        double all = money(wanted);
        // On the straight way to the best everything gets better, so that a part of it is never worse than none.
        double share = all > most ? most / all : 1;
        boolean any = false;
        for (int leg = 0; leg < wanted.length; leg++) {
            double money = share * wanted[leg];
            double coins = money / price[assetOf[leg]];
            if (money != 0 && Math.abs(coins) >= terms.least()) {
                any = true;
                plan.coins[leg] = coins;
                plan.cost += cost[leg] * Math.abs(money);
                exposure[assetOf[leg]] += money;
            }
        }
        plan.hold = any ? HedgeHold.NONE : all > 0 ? HedgeHold.TOO_SMALL : HedgeHold.COST;
        plan.varianceAfter = variance();
    }

    private static double money(double[] trades) {
        double sum = 0;
        for (double each : trades) {
            sum += Math.abs(each);
        }
        return sum;
    }

    /// The marginal cost of a leg: fee and spread, or what makes its band as wide as Whalley's and Wilmott's.
    private double bandOf(int leg) {
        int asset = assetOf[leg];
        double perUnit = gamma[asset] / (0.01 * price[asset]);
        double coins = Math.cbrt(1.5 * cost[leg] * price[asset] * perUnit * perUnit / terms.aversion());
        return Math.max(
                cost[leg],
                coins * price[asset] * terms.aversion() * terms.seconds() * covariance[asset * assets + asset]);
    }

    /// The hedge without costs, by elimination; false where legs are as good as one, such as two perpetuals
    /// of one asset.
    private boolean eliminate() {
        int size = free.length;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                matrix[row * size + column] = covariance[assetOf[row] * assets + assetOf[column]];
            }
            free[row] = 0;
            for (int i = 0; i < assets; i++) {
                free[row] -= covariance[assetOf[row] * assets + i] * exposure[i];
            }
        }
        for (int pivot = 0; pivot < size; pivot++) {
            double head = matrix[pivot * size + pivot];
            if (!(head > ONE * covariance[assetOf[pivot] * assets + assetOf[pivot]])) {
                return false;
            }
            for (int row = pivot + 1; row < size; row++) {
                double factor = matrix[row * size + pivot] / head;
                for (int column = pivot; column < size; column++) {
                    matrix[row * size + column] -= factor * matrix[pivot * size + column];
                }
                free[row] -= factor * free[pivot];
            }
        }
        for (int row = size - 1; row >= 0; row--) {
            for (int column = row + 1; column < size; column++) {
                free[row] -= matrix[row * size + column] * free[column];
            }
            free[row] /= matrix[row * size + row];
        }
        return true;
    }

    /// Coordinate descent from where it stands: each leg in turn is set to its best, the others given.
    private void descend(double[] trades, double[] costs) {
        double weight = terms.aversion() * terms.seconds();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double moved = 0;
            double size = 0;
            for (int leg = 0; leg < trades.length; leg++) {
                int asset = assetOf[leg];
                double own = weight * covariance[asset * assets + asset];
                double pull = 0;
                for (int i = 0; i < assets; i++) {
                    pull += covariance[asset * assets + i] * exposure[i];
                }
                for (int other = 0; other < trades.length; other++) {
                    pull += other == leg ? 0 : covariance[asset * assets + assetOf[other]] * trades[other];
                }
                pull *= weight;
                double best = -Math.copySign(Math.max(0, Math.abs(pull) - costs[leg]), pull) / own;
                moved = Math.max(moved, Math.abs(best - trades[leg]));
                size = Math.max(size, Math.abs(best));
                trades[leg] = best;
            }
            if (moved <= SETTLED * size) {
                return;
            }
        }
    }

    private double variance() {
        double sum = 0;
        for (int i = 0; i < assets; i++) {
            for (int j = 0; j < assets; j++) {
                sum += exposure[i] * covariance[i * assets + j] * exposure[j];
            }
        }
        return Math.max(0, sum);
    }

    /// Mixes everything that decides into a hash.
    public long hash(long before) {
        long hash = (before * 31 + lastNanos) * 31 + (begun ? 1 : 0);
        hash = mixed(hash, delta);
        hash = mixed(hash, gamma);
        hash = mixed(hash, price);
        hash = mixed(hash, priceThen);
        hash = hash * 31 + Arrays.hashCode(without);
        hash = mixed(hash, cost);
        return mixed(hash, covariance);
    }

    private static long mixed(long before, double[] values) {
        long hash = before;
        for (double each : values) {
            hash = hash * 31 + Double.doubleToRawLongBits(each);
        }
        return hash;
    }
}

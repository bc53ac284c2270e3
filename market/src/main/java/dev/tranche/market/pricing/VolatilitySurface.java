package dev.tranche.market.pricing;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Smiles of several expiries and what lies between them. Along a line of equal log-moneyness the total
/// variance is interpolated straight in time, which keeps it rising when the smiles do not cross (J. Gatheral
/// and A. Jacquier, lemma 5.1); before the first expiry and after the last the volatility of that smile
/// holds. Immutable.
public final class VolatilitySurface {
    private final NavigableMap<Double, SviSmile> smiles;

    private VolatilitySurface(NavigableMap<Double, SviSmile> smiles) {
        this.smiles = smiles;
    }

    /// A surface of smiles by years to their expiry.
    ///
    /// @throws IllegalArgumentException when there is none, or an expiry is not above 0
    public static VolatilitySurface of(NavigableMap<Double, SviSmile> smiles) {
        TreeMap<Double, SviSmile> copy = new TreeMap<>(smiles);
        if (copy.isEmpty() || !(copy.firstKey() > 0 && copy.lastKey() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a surface needs expiries above 0 years: " + copy.keySet());
        }
        return new VolatilitySurface(copy);
    }

    /// Volatility at log-moneyness `k` for an expiry `years` away, above 0.
    public double volatility(double k, double years) {
        if (!(years > 0)) {
            throw new IllegalArgumentException("years must be above 0: " + years);
        }
        Map.Entry<Double, SviSmile> before = smiles.floorEntry(years);
        Map.Entry<Double, SviSmile> after = smiles.ceilingEntry(years);
        if (before == null || after == null) {
            Map.Entry<Double, SviSmile> nearest = before == null ? smiles.firstEntry() : before;
            return nearest.getValue().volatility(k, nearest.getKey());
        }
        double early = before.getValue().totalVariance(k);
        double late = after.getValue().totalVariance(k);
        double span = after.getKey() - before.getKey();
        double share = span == 0 ? 0 : (years - before.getKey()) / span;
        return Math.sqrt((early + share * (late - early)) / years);
    }

    /// The smiles in the order of their expiries.
    public List<SviSmile> smiles() {
        return List.copyOf(smiles.values());
    }

    /// What would let somebody earn without risk between the log-moneyness `low` and `high`, in words.
    public List<String> faults(double low, double high) {
        return SmileChecks.faults(smiles(), low, high);
    }
}

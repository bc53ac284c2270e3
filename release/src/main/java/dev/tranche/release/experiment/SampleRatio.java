package dev.tranche.release.experiment;

import java.util.List;
import org.hipparchus.special.Gamma;

/// Whether the arms got the traffic they should have got: if not (a sample ratio mismatch), something is
/// broken before any metric is read, and the comparison means nothing.
///
/// The mixture of multinomial likelihood ratios over a Dirichlet prior centred on the intended shares,
///
/// M = G(K) / G(K + n) * prod_i G(K s_i + n_i) / (G(K s_i) s_i^n_i) (G the gamma function, K = 1000)
///
/// is a martingale while the shares are kept, so it may be looked at all the time (Ville's inequality). M.
/// Lindon, A. Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022. Arms with a share of
/// zero must stay empty and do not enter the product.
public final class SampleRatio {
    /// A false alarm in a thousand experiments, as is customary for this check.
    public static final double ALPHA = 0.001;

    private static final double CONCENTRATION = 1_000;

    private SampleRatio() {}

    /// The logarithm of the evidence that the shares are not kept; infinite if an arm of share zero got
    /// anybody.
    public static double evidence(List<Arm> arms, List<Long> counts) {
        if (arms.size() != counts.size()) {
            throw new IllegalArgumentException("one count for each arm: " + arms.size() + " and " + counts.size());
        }
        double evidence = Gamma.logGamma(CONCENTRATION);
        long total = 0;
        for (int i = 0; i < arms.size(); i++) {
            double share = arms.get(i).share().fraction();
            long n = counts.get(i);
            total += n;
            if (share == 0) {
                if (n > 0) {
                    return Double.POSITIVE_INFINITY;
                }
                continue;
            }
            double prior = CONCENTRATION * share;
            evidence += Gamma.logGamma(prior + n) - Gamma.logGamma(prior) - n * StrictMath.log(share);
        }
        return evidence - Gamma.logGamma(CONCENTRATION + total);
    }

    /// Whether the shares are not kept, at a false-alarm rate of [#ALPHA] over the whole life of the
    /// experiment.
    public static boolean mismatch(List<Arm> arms, List<Long> counts) {
        return evidence(arms, counts) > -StrictMath.log(ALPHA);
    }
}

package dev.tranche.credit;

import java.util.Arrays;

/// A border between two bands, found from a target.
///
/// @param below approve when the probability of bad is below this, 0..1
/// @param approved share of the sample that lies below it, 0..1
public record Cutoff(double below, double approved) {

    /// The highest cutoff that approves no more than the wanted share of a sample. It lies half way between
    /// two neighbouring scores, so that the last digit of a score does not decide.
    ///
    /// @param probabilities probability of bad of a sample that resembles the applicants to come
    /// @param rate wanted share of approvals, 0..1
    /// @throws IllegalArgumentException when the sample is empty, or a value is not within 0..1
    public static Cutoff forApprovalRate(double[] probabilities, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("approval rate must be within 0..1: " + rate);
        }
        if (probabilities.length == 0) {
            throw new IllegalArgumentException("a cutoff needs at least one score");
        }
        double[] sorted = probabilities.clone();
        Arrays.sort(sorted);
        if (!(sorted[0] >= 0 && sorted[sorted.length - 1] <= 1)) {
            throw new IllegalArgumentException(
                    "scores must be within 0..1: " + sorted[0] + ".." + sorted[sorted.length - 1]);
        }
        int n = sorted.length;
        // The smallest step that a share of n rows can be wrong by in doubles is far below 1e-9.
        int approved = (int) Math.floor(rate * n + 1e-9);
        while (approved > 0 && approved < n && sorted[approved - 1] == sorted[approved]) {
            approved--;
        }
        if (approved == 0) {
            return new Cutoff(sorted[0] / 2, 0);
        }
        double below = approved == n ? (sorted[n - 1] + 1) / 2 : (sorted[approved - 1] + sorted[approved]) / 2;
        return new Cutoff(below, (double) approved / n);
    }
}

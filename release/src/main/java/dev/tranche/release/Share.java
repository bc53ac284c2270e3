package dev.tranche.release;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// A part of the traffic in basis points, so that shares add up exactly.
///
/// @param basisPoints 0 (nobody) to 10000 (everybody)
public record Share(int basisPoints) implements Comparable<Share> {
    /// How many basis points make the whole.
    public static final int WHOLE_BASIS_POINTS = 10_000;

    public static final Share NONE = new Share(0);
    public static final Share WHOLE = new Share(WHOLE_BASIS_POINTS);

    public Share {
        if (basisPoints < 0 || basisPoints > WHOLE_BASIS_POINTS) {
            throw new IllegalArgumentException("share must be within 0..10000 basis points: " + basisPoints);
        }
    }

    public static Share ofBasisPoints(int basisPoints) {
        return new Share(basisPoints);
    }

    /// A whole number of percent, 0 to 100.
    public static Share ofPercent(int percent) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("share must be within 0..100 percent: " + percent);
        }
        return new Share(percent * 100);
    }

    /// The share written as `5%`, `12.5%` or `0.01%`.
    ///
    /// @throws IllegalArgumentException for anything else, also for less than a basis point
    public static Share parse(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,2})?%")) {
            throw new IllegalArgumentException("share must be written as 5% or 12.5%, in steps of 0.01%: " + text);
        }
        BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
        return new Share(percent.movePointRight(2).intValueExact());
    }

    /// Shares in the proportion of these weights that add up to the whole exactly: each gets its rounded-down
    /// part, and the basis points left over go to the largest remainders (on a tie, to the earlier weight).
    ///
    /// @param weights positive, in any scale (`0.3, 0.7` or `3, 7`)
    public static List<Share> proportions(List<BigDecimal> weights) {
        BigDecimal total = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (weights.isEmpty() || weights.stream().anyMatch(weight -> weight.signum() <= 0)) {
            throw new IllegalArgumentException("weights must be positive numbers: " + weights);
        }
        List<BigDecimal> exact = weights.stream()
                .map(weight -> weight.multiply(BigDecimal.valueOf(WHOLE_BASIS_POINTS))
                        .divide(total, 20, RoundingMode.HALF_EVEN))
                .toList();
        int[] points = exact.stream().mapToInt(BigDecimal::intValue).toArray();
        int left = WHOLE_BASIS_POINTS - IntStream.of(points).sum();
        IntStream.range(0, points.length)
                .boxed()
                .sorted(Comparator.comparing(
                        (Integer i) -> exact.get(i).remainder(BigDecimal.ONE), Comparator.reverseOrder()))
                .limit(left)
                .forEach(i -> points[i]++);
        List<Share> shares = new ArrayList<>();
        for (int each : points) {
            shares.add(new Share(each));
        }
        return List.copyOf(shares);
    }

    public boolean whole() {
        return basisPoints == WHOLE_BASIS_POINTS;
    }

    /// The share as a fraction, 0 to 1.
    public double fraction() {
        return basisPoints / (double) WHOLE_BASIS_POINTS;
    }

    /// What is left of the whole.
    public Share complement() {
        return new Share(WHOLE_BASIS_POINTS - basisPoints);
    }

    /// @throws IllegalArgumentException if the sum exceeds the whole
    public Share plus(Share other) {
        return new Share(basisPoints + other.basisPoints);
    }

    @Override
    public int compareTo(Share other) {
        return Integer.compare(basisPoints, other.basisPoints);
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString() + "%";
    }
}

package dev.tranche.examples.credit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Weights of evidence: ln(share of the bad ÷ share of the good) of a bin, positive where it is worse than
/// average.
///
/// Half a case is added to each side, so that a bin without good or without bad applicants stays finite.
final class Woe {

    private static final double PRIOR = 0.5;

    /// Smallest share of the sample that a numeric bin keeps.
    private static final double SMALLEST = 0.08;

    /// Share of the sample below which a category is pooled with the other rare ones.
    private static final double RARE = 0.05;

    private Woe() {}

    /// A numeric feature in bins: `edges` are the lower ends of all bins but the first, so that a value equal
    /// to an edge belongs to the bin above it.
    ///
    /// @param edges ascending, one fewer than the weights
    /// @param weights one per bin
    record Steps(List<Double> edges, List<Double> weights) {

        Steps {
            edges = List.copyOf(edges);
            weights = List.copyOf(weights);
        }

        /// The bin of a value, from 0.
        int bin(double value) {
            int bin = 0;
            while (bin < edges.size() && value >= edges.get(bin)) {
                bin++;
            }
            return bin;
        }
    }

    /// The weight of each category, in the order of the declaration. Categories with fewer than 5 % of the
    /// rows share one bin: alone they would be noise.
    static Map<String, Double> words(List<Applicant> rows, Field field) {
        List<String> rare = new ArrayList<>();
        for (String word : field.categories()) {
            long count = rows.stream()
                    .filter(row -> word.equals(row.text(field.name())))
                    .count();
            if (count < RARE * rows.size()) {
                rare.add(word);
            }
        }
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String word : field.categories()) {
            List<String> bin = rare.contains(word) ? rare : List.of(word);
            long[] counts = new long[2];
            for (Applicant row : rows) {
                String text = row.text(field.name());
                if (text != null && bin.contains(text)) {
                    counts[row.bad() ? 1 : 0]++;
                }
            }
            weights.put(word, weight(counts[1], counts[0], rows));
        }
        return weights;
    }

    /// The information value of a feature of words.
    static double information(List<Applicant> rows, String feature, Map<String, Double> weights) {
        double bads = rows.stream().filter(Applicant::bad).count();
        double goods = rows.size() - bads;
        double information = 0;
        for (Applicant row : rows) {
            String text = row.text(feature);
            double weight = text == null ? 0 : weights.getOrDefault(text, 0.0);
            information += weight * (row.bad() ? 1 / bads : -1 / goods);
        }
        return information;
    }

    /// Cuts a numeric feature into bins whose weights only rise or only fall, whichever fits better: fine
    /// bins first, then neighbours are merged while they are too small or out of order (pool adjacent
    /// violators).
    static Steps steps(List<Applicant> rows, String feature) {
        double[] sorted =
                rows.stream().mapToDouble(row -> row.number(feature)).sorted().toArray();
        List<Double> edges = new ArrayList<>();
        for (int tenth = 1; tenth < 10; tenth++) {
            double edge = sorted[sorted.length * tenth / 10];
            if (edge > sorted[0] && (edges.isEmpty() || edge > edges.getLast())) {
                edges.add(edge);
            }
        }
        Steps rising = merged(rows, feature, edges, 1);
        Steps falling = merged(rows, feature, edges, -1);
        return information(rows, feature, rising) >= information(rows, feature, falling) ? rising : falling;
    }

    /// The information value of a numeric feature: Σ (share of bad − share of good) · weight; below 0.02 it
    /// says nothing.
    static double information(List<Applicant> rows, String feature, Steps steps) {
        long[][] counts = counts(rows, feature, steps);
        long bads = rows.stream().filter(Applicant::bad).count();
        long goods = rows.size() - bads;
        double information = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            information += ((double) counts[bin][1] / bads - (double) counts[bin][0] / goods)
                    * steps.weights().get(bin);
        }
        return information;
    }

    private static Steps merged(List<Applicant> rows, String feature, List<Double> fine, int direction) {
        List<Double> edges = new ArrayList<>(fine);
        while (true) {
            Steps steps = weighed(rows, feature, edges);
            long[][] counts = counts(rows, feature, steps);
            int victim = -1;
            for (int bin = 0; bin < counts.length && victim < 0 && !edges.isEmpty(); bin++) {
                if (counts[bin][0] + counts[bin][1] < SMALLEST * rows.size()) {
                    victim = Math.min(bin, edges.size() - 1);
                }
            }
            for (int edge = 0; edge < edges.size() && victim < 0; edge++) {
                if (direction * (steps.weights().get(edge + 1) - steps.weights().get(edge)) <= 0) {
                    victim = edge;
                }
            }
            if (victim < 0) {
                return steps;
            }
            edges.remove(victim);
        }
    }

    private static Steps weighed(List<Applicant> rows, String feature, List<Double> edges) {
        List<Double> weights = new ArrayList<>();
        for (long[] count : counts(rows, feature, new Steps(edges, List.of()))) {
            weights.add(weight(count[1], count[0], rows));
        }
        return new Steps(edges, weights);
    }

    /// Good and bad applicants of each bin.
    private static long[][] counts(List<Applicant> rows, String feature, Steps steps) {
        long[][] counts = new long[steps.edges().size() + 1][2];
        for (Applicant row : rows) {
            counts[steps.bin(row.number(feature))][row.bad() ? 1 : 0]++;
        }
        return counts;
    }

    private static double weight(long bads, long goods, List<Applicant> rows) {
        long allBads = rows.stream().filter(Applicant::bad).count();
        long allGoods = rows.size() - allBads;
        return StrictMath.log(((bads + PRIOR) / (allBads + PRIOR)) / ((goods + PRIOR) / (allGoods + PRIOR)));
    }
}

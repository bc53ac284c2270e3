package dev.tranche.inference.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.inference.Trials;
import dev.tranche.inference.format.Json;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TransformLawsTest {
    private static Edges edges(double[] edges, String closed) {
        String list = Arrays.stream(edges)
                .mapToObj(edge -> Json.of(edge).canonical())
                .collect(Collectors.joining(",", "[", "]"));
        return Edges.read(Bench.struct("{\"edges\":" + list + ",\"closed\":\"" + closed + "\"}")
                .keys("edges"));
    }

    private static double[] increasing(RandomGenerator random) {
        return random.doubles(random.nextInt(0, 12), -100, 100)
                .sorted()
                .distinct()
                .toArray();
    }

    @Test
    void theBinIsTheNumberOfEdgesPassed() {
        Trials.of(200, random -> {
            double[] cuts = increasing(random);
            Edges left = edges(cuts, "left");
            Edges right = edges(cuts, "right");
            double x = cuts.length > 0 && random.nextBoolean()
                    ? cuts[random.nextInt(cuts.length)]
                    : random.nextDouble(-150, 150);
            assertThat(left.bin(x))
                    .isEqualTo((int) Arrays.stream(cuts).filter(cut -> x >= cut).count());
            assertThat(right.bin(x))
                    .isEqualTo((int) Arrays.stream(cuts).filter(cut -> x > cut).count());
        });
    }

    @Test
    void everyNumberHasABinAndBinsRiseWithNumbers() {
        Trials.of(200, random -> {
            Edges edges = edges(increasing(random), random.nextBoolean() ? "left" : "right");
            double a = random.nextDouble(-150, 150);
            double b = a + random.nextDouble(0, 100);
            assertThat(edges.bin(a)).isBetween(0, edges.bins() - 1).isLessThanOrEqualTo(edges.bin(b));
            assertThat(edges.bin(-Double.MAX_VALUE)).isZero();
            assertThat(edges.bin(Double.MAX_VALUE)).isEqualTo(edges.bins() - 1);
        });
    }

    @Test
    void theScoreAtTheBaseOddsIsTheBaseScoreAndPdoDoublesThem() {
        Trials.of(200, random -> {
            double base = random.nextInt(200, 900);
            double odds = random.nextDouble(1, 100);
            double pdo = random.nextInt(5, 100);
            PointsScale scale = PointsScale.read(
                    Bench.struct("""
                    {"base_score": %s, "base_odds": %s, "odds": "good_to_bad", "pdo": %s}""".formatted(base, odds, pdo)).keys("scale"));
            assertThat(scale.points(-StrictMath.log(odds))).isEqualTo(base);
            double twice = scale.points(-StrictMath.log(2 * odds));
            assertThat(twice - base).isCloseTo(pdo, org.assertj.core.api.Assertions.within(1e-9));
            double z = random.nextDouble(-8, 8);
            assertThat(scale.logOddsOfBad(scale.points(z))).isCloseTo(z, org.assertj.core.api.Assertions.within(1e-9));
        });
    }

    @Test
    void calibrationsNeverTurnTheOrderRound() {
        Trials.of(200, random -> {
            double low = random.nextDouble(-6, 6);
            double high = low + random.nextDouble(0, 6);
            for (Calibration calibration : List.of(
                    new Calibration.PriorShift(random.nextDouble(-3, 3)),
                    new Calibration.Platt(random.nextDouble(0, 3), random.nextDouble(-2, 2)),
                    new Calibration.Isotonic(List.of(-2.0, 0.5, 3.0), List.of(0.01, 0.01, 0.9)))) {
                assertThat(calibration.apply(low))
                        .isLessThanOrEqualTo(calibration.apply(high))
                        .isBetween(0.0, 1.0);
                assertThat(calibration.apply(Double.NaN)).isNaN();
            }
        });
    }

    @Test
    void aWindowInsideAnotherNeverCountsMore() {
        Trials.of(100, random -> {
            StringBuilder events = new StringBuilder("[");
            for (int i = random.nextInt(40); i > 0; i--) {
                events.append("{\"at\":\"%s\",\"amount\":%d},"
                        .formatted(
                                java.time.LocalDate.of(2025, 1, 1).plusDays(random.nextInt(500)), random.nextInt(100)));
            }
            String list = (events.length() > 1 ? events.substring(0, events.length() - 1) : "[") + "]";
            String row = "{\"e\":" + list + "}";
            double before = 0;
            for (int months : new int[] {1, 3, 6, 24}) {
                String step = """
                        {"op":"window","input":"e","as_of":"2026-02-28","months":%d,"aggregate":"count","empty":0,"output":"n"}""".formatted(months);
                double count = Bench.of(step, row).numbers(Bench.struct(row), List.of("n"))[0];
                assertThat(count).isGreaterThanOrEqualTo(before);
                before = count;
            }
        });
    }
}

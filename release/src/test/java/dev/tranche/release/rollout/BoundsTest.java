package dev.tranche.release.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BoundsTest {
    private static final Instant NOW = Drive.START;

    private static String limit(String gate, Reading reading) {
        return Bounds.limit((Gate.Limit) Gate.parse(gate), reading).word();
    }

    private static String between(String gate, Reading reading) {
        return Bounds.between((Gate.Between) Gate.parse(gate), reading).word();
    }

    @Test
    void gaugesAndCountsAreJudgedByTheirValue() {
        assertThat(limit("memory_used < 80%", new Reading.Gauge(0.79, NOW))).isEqualTo("pass");
        assertThat(limit("memory_used < 80%", new Reading.Gauge(0.80, NOW))).isEqualTo("fail");
        assertThat(limit("health_failures < 3", new Reading.Count(2, NOW))).isEqualTo("pass");
        assertThat(limit("health_failures < 3", new Reading.Count(3, NOW))).isEqualTo("fail");
        assertThat(between("memory_used between 10% and 80%", new Reading.Gauge(0.5, NOW)))
                .isEqualTo("pass");
        assertThat(between("memory_used between 10% and 80%", new Reading.Gauge(0.9, NOW)))
                .isEqualTo("fail");
        assertThat(between("latency_p95 between 1ms and 50ms", new Reading.Quantile(0, 0, NOW)))
                .isEqualTo("wait");
    }

    @Test
    void meansWaitForAHundredValues() {
        assertThat(limit("score_mean < 0.5", new Reading.Sample(99, 0.1, 0.01, NOW)))
                .isEqualTo("wait");
        assertThat(limit("score_mean < 0.5", new Reading.Sample(100, 0.1, 0.01, NOW)))
                .isEqualTo("pass");
        assertThat(limit("score_mean > 0.5", new Reading.Sample(100, 0.1, 0.01, NOW)))
                .isEqualTo("fail");
        assertThat(between("score_mean between 0.2 and 0.4", new Reading.Sample(2_000, 0.3, 0.01, NOW)))
                .isEqualTo("pass");
        assertThat(between("score_mean between 0.2 and 0.4", new Reading.Sample(20, 0.3, 0.01, NOW)))
                .isEqualTo("wait");
    }

    @Test
    void whatCannotBeReadOrIsOfTheWrongFormIsBroken() {
        assertThat(limit("error_rate < 1%", new Reading.Unavailable("down"))).isEqualTo("broken");
        assertThat(limit("error_rate < 1%", new Reading.State("X", NOW))).isEqualTo("broken");
        assertThat(between("score_mean between 0 and 1", new Reading.Unavailable("down")))
                .isEqualTo("broken");
        assertThat(between("score_mean between 0 and 1", new Reading.State("X", NOW)))
                .isEqualTo("broken");
    }

    @Test
    void aLevelAcrossItsLimitsWaitsAndSaysHowMuchMoreItNeeds() {
        Reading few = new Reading.Proportion(8, 100, NOW);
        assertThat(Bounds.limit((Gate.Limit) Gate.parse("error_rate < 10%"), few)
                        .reason())
                .contains("more would settle it");
        assertThat(Bounds.between((Gate.Between) Gate.parse("outcome_rate between 7% and 20%"), few)
                        .reason())
                .contains("undecided at 7% to 20%");
        assertThat(between("outcome_rate between 1% and 9%", few)).isEqualTo("wait");
    }

    @Test
    void onlyQuantilesHaveARank() {
        assertThat(Bounds.leastForQuantile(Metric.LATENCY_P50)).isEqualTo(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.rank(Metric.REQUESTS))
                .withMessageContaining("requests");
    }

    @Test
    void chanceIsTheExactBinomialTail() {
        // P(X >= 2 | 10, 1 %) = 1 - 0.99^10 - 10 * 0.01 * 0.99^9 = 0.00427; P(X >= 1) = 0.0956.
        assertThat(Look.beyondChance(new Reading.Proportion(2, 10, NOW), Relation.ABOVE, 0.01))
                .isTrue();
        assertThat(Look.beyondChance(new Reading.Proportion(1, 10, NOW), Relation.ABOVE, 0.01))
                .isFalse();
        assertThat(Look.beyondChance(new Reading.Proportion(0, 2, NOW), Relation.BELOW, 0.99))
                .isTrue();
        assertThat(Look.beyondChance(new Reading.Proportion(0, 0, NOW), Relation.ABOVE, 0.01))
                .isFalse();
        assertThat(Look.beyondChance(new Reading.Proportion(1, 1, NOW), Relation.ABOVE, 0))
                .isTrue();
    }
}

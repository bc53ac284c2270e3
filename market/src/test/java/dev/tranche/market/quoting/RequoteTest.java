package dev.tranche.market.quoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import dev.tranche.market.quoting.Requote.Act;
import org.junit.jupiter.api.Test;

class RequoteTest {
    private static final Requote RULE = new Requote(50, 2);

    private static Act bid(long now, long ticks, long lots, long wantedTicks, long wantedLots) {
        return RULE.act(now, 0, Side.BUY, ticks, lots, wantedTicks, wantedLots);
    }

    @Test
    void whatIsAsWantedIsKept() {
        assertThat(bid(1000, 100, 5, 100, 5)).isEqualTo(Act.KEEP);
        assertThat(bid(1000, 100, 5, 101, 5)).as("a move below the least").isEqualTo(Act.KEEP);
        assertThat(bid(1000, 100, 5, 99, 5)).as("a retreat below the least").isEqualTo(Act.KEEP);
        assertThat(bid(1000, 0, 0, 0, 0)).isEqualTo(Act.KEEP);
    }

    @Test
    void anImprovementWaitsForTheThrottle() {
        assertThat(bid(49, 100, 5, 102, 5)).isEqualTo(Act.WAIT);
        assertThat(bid(50, 100, 5, 102, 5)).isEqualTo(Act.MOVE);
        assertThat(bid(49, 100, 5, 100, 6)).isEqualTo(Act.WAIT);
        assertThat(bid(50, 100, 5, 100, 6)).isEqualTo(Act.MOVE);
        assertThat(bid(49, 0, 0, 100, 5)).isEqualTo(Act.WAIT);
        assertThat(bid(50, 0, 0, 100, 5)).isEqualTo(Act.PLACE);
    }

    @Test
    void aRetreatNeverWaits() {
        assertThat(bid(1, 100, 5, 98, 5)).isEqualTo(Act.MOVE);
        assertThat(bid(1, 100, 5, 100, 4)).isEqualTo(Act.MOVE);
        assertThat(bid(1, 100, 5, 0, 0)).isEqualTo(Act.PULL);
        assertThat(RULE.act(1, 0, Side.SELL, 100, 5, 102, 5)).isEqualTo(Act.MOVE);
        assertThat(RULE.act(1, 0, Side.SELL, 100, 5, 98, 5)).isEqualTo(Act.WAIT);
    }

    @Test
    void improvementsOfOneOrderAreNeverCloserThanTheThrottle() {
        Trials.of(200, random -> {
            Requote rule = new Requote(random.nextLong(0, 100), random.nextLong(1, 5));
            long last = -1_000_000;
            long ticks = 0;
            long lots = 0;
            for (long now = 0; now < 500; now += random.nextInt(1, 9)) {
                long wanted = random.nextInt(8) == 0 ? 0 : random.nextLong(95, 105);
                long size = wanted == 0 ? 0 : random.nextLong(1, 4);
                boolean better = ticks > 0 && wanted >= ticks && size >= lots;
                Act act = rule.act(now, last, Side.BUY, ticks, lots, wanted, size);
                if (act == Act.PLACE || (act == Act.MOVE && better)) {
                    assertThat(now - last).isGreaterThanOrEqualTo(rule.refreshNanos());
                }
                if (act == Act.KEEP && ticks > 0) {
                    assertThat(ticks - wanted).isLessThan(rule.moveTicks());
                }
                if (act == Act.PLACE || act == Act.MOVE) {
                    ticks = wanted;
                    lots = size;
                    last = now;
                } else if (act == Act.PULL) {
                    ticks = 0;
                    lots = 0;
                }
            }
        });
    }

    @Test
    void freshnessIsSilenceAndLag() {
        Freshness rule = new Freshness(1_000_000, 5_000_000);
        assertThat(rule.age(100, -1, -1)).isEqualTo(Freshness.Age.SILENT);
        assertThat(rule.age(2_000_000_000, 1_999_000_000, 1_994)).isEqualTo(Freshness.Age.FRESH);
        assertThat(rule.age(2_000_000_001, 1_999_000_000, 1_994)).isEqualTo(Freshness.Age.SILENT);
        assertThat(rule.age(2_000_000_000, 1_999_000_001, 1_994)).isEqualTo(Freshness.Age.LATE);
        assertThat(rule.age(2_000_000_000, 1_999_500_000, -1)).isEqualTo(Freshness.Age.FRESH);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Freshness(0, 1))
                .withMessageContaining("must be at least 1: 0, 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Requote(-1, 1))
                .withMessageContaining("-1, 1");
    }
}

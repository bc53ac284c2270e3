package dev.tranche.server.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Work that nobody waits for, with a clock and requests of the test's own.
class PaceTest {
    private final List<Duration> rests = new ArrayList<>();
    private long asked;
    private long now;
    private final Pace.Stretch stretch =
            Pace.of(() -> asked, () -> now, this::rest).begin();

    private void rest(long nanos) {
        rests.add(Duration.ofNanos(nanos));
        now += nanos;
    }

    private void work(long micros) {
        now += micros * 1000;
        stretch.step();
    }

    @Test
    void itRestsThreeTimesAsLongAsItWorkedWhileRequestsCome() {
        for (int piece = 0; piece < 40; piece++) {
            asked++;
            work(500);
        }
        assertThat(rests).hasSize(20).containsOnly(Duration.ofMillis(3));
    }

    @Test
    void itDoesNotRestWhileNobodyAsks() {
        for (int piece = 0; piece < 40; piece++) {
            work(500);
        }
        asked++;
        work(500);
        work(500);
        assertThat(rests).as("once for the one who asked").containsExactly(Duration.ofMillis(3));
        work(5000);
        assertThat(rests).hasSize(1);
    }

    @Test
    void aPieceThatTookLongIsFollowedByALongerRestButNotByAnEndlessOne() {
        asked++;
        work(4000);
        asked++;
        work(60_000);
        assertThat(rests).containsExactly(Duration.ofMillis(12), Duration.ofMillis(20));
    }

    @Test
    void anUnbrokenPaceHasNoRests() {
        Pace.Stretch unbroken = Pace.unbroken().begin();
        long begun = System.nanoTime();
        int steps = 0;
        while (System.nanoTime() - begun < 3_000_000) {
            unbroken.step();
            steps++;
        }
        assertThat(steps).isPositive();
    }
}

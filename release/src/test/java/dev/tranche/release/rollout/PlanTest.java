package dev.tranche.release.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void theStagesOfTheSeedMakeAPlan() {
        Plan plan = Drive.plan(
                Strategy.CANARY, List.of("shadow 100% for 7d", "live 5% for 14d", "live 20%", "live 50%", "live 100%"));
        assertThat(plan.stages()).hasSize(5);
        assertThat(plan.last(4)).isTrue();
    }

    @Test
    void anAudienceNeverShrinksWithinAMode() {
        refused(Strategy.CANARY, "audiences grow", "live 20%", "live 5%");
        refused(Strategy.CANARY, "audiences grow", "live BTCUSDT,ETHUSDT", "live BTCUSDT");
        refused(Strategy.CANARY, "audiences grow", "live BTCUSDT", "live 50%");
        assertThat(Drive.plan(Strategy.CANARY, List.of("read-only A,B", "live A", "live A,B", "live 100%"))
                        .stages())
                .hasSize(4);
    }

    @Test
    void modesNeverGoBack() {
        refused(Strategy.CANARY, "modes go forward", "live 5%", "shadow 100%", "live 20%");
    }

    @Test
    void eachStrategyHasItsShape() {
        refused(Strategy.CANARY, "last is live", "shadow 100%");
        refused(Strategy.CANARY, "last is live");
        refused(Strategy.SHADOW, "none of them live", "shadow 100%", "live 5%");
        refused(Strategy.SHADOW, "none of them live");
        refused(Strategy.BLUE_GREEN, "everybody at once", "live 5%");
        refused(Strategy.FIRST, "no live version", "live 5%: approval_rate within 5pp of live");
        refused(Strategy.FIRST, "no live version", "shadow 100%: decision_flip_rate < 15%");
        assertThat(Drive.plan(Strategy.BLUE_GREEN, List.of("shadow 100% for 1h", "live 100% for 1h"))
                        .stages())
                .hasSize(2);
        assertThat(Drive.plan(Strategy.FIRST, List.of()).stages()).isEmpty();
    }

    @Test
    void aFirstReleaseHasNoGuardAgainstLive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Drive.plan(Strategy.FIRST, List.of(), "error_rate worse than live by 1pp"));
    }

    @Test
    void nothingIsAskedTwice() {
        refused(Strategy.CANARY, "once", "live 5%: approval; approval");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Drive.plan(Strategy.CANARY, List.of("live 5%"), "breaker = HALTED", "breaker = HALTED"))
                .withMessageContaining("once");
    }

    private static void refused(Strategy strategy, String reason, String... stages) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Drive.plan(strategy, List.of(stages)))
                .withMessageContaining(reason);
    }
}

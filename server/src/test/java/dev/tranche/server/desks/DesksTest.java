package dev.tranche.server.desks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DesksTest {
    private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Desks desks = Desks.none();

    private static DeskStatus status(String product, String engine, long seq) {
        return DeskStatus.of(
                product,
                JSON.readTree("{\"desk\": \"" + product + "\", \"engine\": \"" + engine + "\", \"seq\": " + seq
                        + ", \"at\": \"" + NOW + "\", \"state\": \"QUOTING\", \"strategies\": [],"
                        + " \"breaker\": {\"state\": \"NORMAL\"}}"),
                NOW);
    }

    @Test
    void anOldWordIsKeptWithItsAgeAndIsStaleAfterFiveSeconds() {
        assertThat(desks.take(status("btc_mm", "a-1", 1), NOW)).isTrue();
        Desks.Told told = desks.of("btc_mm").getFirst();
        assertThat(told.stale(NOW.plusSeconds(5))).isFalse();
        assertThat(told.stale(NOW.plusSeconds(6))).isTrue();
        assertThat(told.age(NOW.plusSeconds(6))).isEqualTo(Duration.ofSeconds(6));
        assertThat(told.age(NOW.minusSeconds(1)))
                .as("a clock that was set back")
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void ofOneEngineTheNewestNumberCountsAndOfAProductTheEngineHeardLastComesFirst() {
        desks.take(status("btc_mm", "a-1", 5), NOW);
        assertThat(desks.take(status("btc_mm", "a-1", 5), NOW.plusSeconds(1))).isFalse();
        assertThat(desks.take(status("btc_mm", "a-1", 4), NOW.plusSeconds(1))).isFalse();
        assertThat(desks.take(status("btc_mm", "b-2", 1), NOW.plusSeconds(2))).isTrue();
        assertThat(desks.of("btc_mm").stream().map(told -> told.status().engine()))
                .containsExactly("b-2", "a-1");
        assertThat(desks.of("nobody")).isEmpty();
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int i = 0; i < 3 * Desks.ENGINES; i++) {
            desks.take(status("btc_mm", "a-" + i, 1), NOW.plusSeconds(i));
        }
        assertThat(desks.of("btc_mm")).hasSize(Desks.ENGINES);
        assertThat(desks.of("btc_mm").getFirst().status().engine()).isEqualTo("a-" + (3 * Desks.ENGINES - 1));
        for (int i = 1; i < Desks.PRODUCTS; i++) {
            desks.take(status("p" + i, "a-1", 1), NOW);
        }
        assertThatThrownBy(() -> desks.take(status("one_more", "a-1", 1), NOW))
                .hasMessage("at most " + Desks.PRODUCTS + " desks are remembered");
    }
}

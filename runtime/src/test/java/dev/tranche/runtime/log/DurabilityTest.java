package dev.tranche.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DurabilityTest {
    @Test
    void wordsAreParsedAndOthersRefusedWithTheAllowedOnes() {
        assertThat(Durability.parse("async")).isEqualTo(Durability.ASYNC);
        assertThat(Durability.parse("written")).isEqualTo(Durability.WRITTEN);
        assertThat(Durability.parse("synced")).isEqualTo(Durability.SYNCED);
        assertThatThrownBy(() -> Durability.parse("fsync"))
                .hasMessageContaining("async, written, synced")
                .hasMessageContaining("fsync");
    }

    @Test
    void segmentsHaveASizeThatIsAllowed() {
        assertThatThrownBy(() -> LogSettings.of(Durability.ASYNC).withSegmentBytes(65_537))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65537");
        assertThat(LogSettings.of(Durability.ASYNC).maxPayload()).isEqualTo((16 << 20) - 20);
    }
}

package dev.tranche.release.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotTest {
    private static VersionName version(int minor) {
        return VersionName.of("consumer_apply", "xgb", 1, minor);
    }

    private static Slot filled(int versions) {
        Slot slot = Slot.empty("consumer_apply", VersionKind.MODEL);
        for (int i = 0; i < versions; i++) {
            slot = slot.promote(version(i));
        }
        return slot;
    }

    @Test
    void threePreviousVersionsStayWarm() {
        Slot slot = filled(6);
        assertThat(slot.live()).contains(version(5));
        assertThat(slot.previous()).containsExactly(version(4), version(3), version(2));
        assertThat(slot.warm()).containsExactly(version(5), version(4), version(3), version(2));
    }

    @Test
    void promotingTheLiveVersionChangesNothing() {
        assertThat(filled(3).promote(version(2))).isEqualTo(filled(3));
    }

    @Test
    void aVersionThatComesBackIsNotKeptTwice() {
        assertThat(filled(3).promote(version(0)).warm()).containsExactly(version(0), version(2), version(1));
    }

    @Test
    void goingBackMayTakeSeveralSteps() {
        Slot slot = filled(4).revert(version(1));
        assertThat(slot.live()).contains(version(1));
        assertThat(slot.previous()).containsExactly(version(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> slot.revert(version(3)))
                .withMessageContaining("v1.3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Slot(
                        "p", VersionKind.MODEL, slot.live(), List.of(version(1), version(2), version(3), version(4))));
    }
}

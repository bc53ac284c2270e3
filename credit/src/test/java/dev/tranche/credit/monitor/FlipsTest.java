package dev.tranche.credit.monitor;

import static dev.tranche.credit.Action.APPROVE;
import static dev.tranche.credit.Action.DECLINE;
import static dev.tranche.credit.Action.REVIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.credit.Action;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlipsTest {

    private static final List<Action> LIVE = List.of(APPROVE, APPROVE, REVIEW, DECLINE);

    @Test
    void countsWhoIsSwappedInAndOut() {
        Flips flips = Flips.of(LIVE, List.of(APPROVE, DECLINE, APPROVE, REVIEW));
        assertThat(flips.applicants()).isEqualTo(4);
        assertThat(flips.same()).isEqualTo(1);
        assertThat(flips.rate()).isEqualTo(0.75);
        assertThat(flips.swappedIn()).isEqualTo(1);
        assertThat(flips.swappedOut()).isEqualTo(1);
        assertThat(flips.approvalShift()).isZero();
        assertThat(flips.liveApproved()).isEqualTo(2);
    }

    @Test
    void fewerApprovalsAreANegativeShift() {
        Flips flips = Flips.of(LIVE, List.of(REVIEW, DECLINE, REVIEW, DECLINE));
        assertThat(flips.approvalShift()).isEqualTo(-0.5);
        assertThat(flips.rate()).isEqualTo(0.5);
    }

    @Test
    void twoVersionsMustDecideTheSameApplicants() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flips.of(LIVE, List.of(APPROVE)))
                .withMessageContaining("4 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flips.of(List.of(), List.of()))
                .withMessageContaining("at least 1");
    }
}

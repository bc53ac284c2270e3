package dev.tranche.batch.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Session;
import dev.tranche.market.divergence.Source;
import dev.tranche.market.study.Pass;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassTextTest {
    private static final List<Pass.Row> ROWS = List.of(
            new Pass.Row(
                    0, -1, Source.CVD, Session.DAY, Optional.empty(), 1.0 / 3, "BTCUSDT", List.of(0.1, Double.NaN)),
            new Pass.Row(
                    7,
                    1,
                    Source.FUSION,
                    Session.NIGHT,
                    Optional.of(Liquidity.QUIET),
                    100,
                    "ETH_PERP",
                    List.of(-1e-17, Math.nextUp(0.25))));

    @Test
    void aPassReadsBackToTheBit() {
        Pass pass = Pass.of(Parameters.SEED, 3, ROWS, 2);
        Pass again = PassText.parse(Parameters.SEED, PassText.of(pass), 2);
        assertThat(again.rows()).isEqualTo(ROWS);
        assertThat(again.conflicts()).isEqualTo(3);
        assertThat(PassText.of(pass)).doesNotContain("\n");
    }

    @Test
    void aPassWithoutEventsReadsBackToo() {
        Pass none = PassText.parse(Parameters.SEED, PassText.of(Pass.of(Parameters.SEED, 0, List.of(), 2)), 2);
        assertThat(none.size()).isZero();
    }

    @Test
    void anotherNumberOfHorizonsIsRefused() {
        String text = PassText.of(Pass.of(Parameters.SEED, 3, ROWS, 2));
        assertThatThrownBy(() -> PassText.parse(Parameters.SEED, text, 3)).hasMessageContaining("10 cells");
    }
}

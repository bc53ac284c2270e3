package dev.tranche.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {
    @ParameterizedTest
    @ValueSource(strings = {"0%", "5%", "12.5%", "0.01%", "99.99%", "100%"})
    void parseAndToStringAreInverse(String text) {
        assertThat(Share.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "0.05", "101%", "0.001%", "-1%", "5 %", "%"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Share.parse(text)).withMessageContaining("share");
    }

    @Test
    void theSeedsWeightsBecomeExactShares() {
        assertThat(Share.proportions(List.of(new BigDecimal("0.3"), new BigDecimal("0.7"))))
                .containsExactly(Share.ofPercent(30), Share.ofPercent(70));
    }

    @Test
    void whatDoesNotDivideGoesToTheEarlierArms() {
        assertThat(Share.proportions(List.of(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE)))
                .containsExactly(new Share(3334), new Share(3333), new Share(3333));
    }

    @Test
    void proportionsAlwaysSumToTheWholeAndStayWithinABasisPoint() {
        Trials.of(500, chance -> {
            List<BigDecimal> weights = new ArrayList<>();
            for (int i = 0; i <= chance.nextInt(8); i++) {
                weights.add(BigDecimal.valueOf(1 + chance.nextInt(100_000), chance.nextInt(6)));
            }
            List<Share> shares = Share.proportions(weights);
            double total = weights.stream().mapToDouble(BigDecimal::doubleValue).sum();
            assertThat(shares.stream().mapToInt(Share::basisPoints).sum()).isEqualTo(10_000);
            for (int i = 0; i < shares.size(); i++) {
                double exact = weights.get(i).doubleValue() / total * 10_000;
                assertThat(Math.abs(shares.get(i).basisPoints() - exact)).isLessThan(1);
            }
        });
    }

    @Test
    void sharesOutsideTheWholeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Share(12_000))
                .withMessage("share must be within 0..10000 basis points: 12000");
        assertThatIllegalArgumentException().isThrownBy(() -> Share.WHOLE.plus(new Share(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Share.ofPercent(101));
        assertThatIllegalArgumentException().isThrownBy(() -> Share.proportions(List.of(BigDecimal.ZERO)));
        assertThatIllegalArgumentException().isThrownBy(() -> Share.proportions(List.of()));
    }

    @Test
    void aShareAndItsComplementAreTheWhole() {
        Share share = Share.parse("12.5%");
        assertThat(share.plus(share.complement()).whole()).isTrue();
        assertThat(share.fraction()).isEqualTo(0.125);
    }
}

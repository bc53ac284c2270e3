package dev.tranche.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesFileTest {
    private static GoldenRow row(String numbers, Precision precision) {
        String line = "{\"input\":{},\"transformed\":[" + numbers + "],\"margin\":[1],\"output\":[1]}";
        return SamplesFile.read(line.getBytes(StandardCharsets.UTF_8), precision)
                .getFirst();
    }

    @Test
    void aFloatIsRoundedOnceFromTheText() {
        // As a double first, the last digit would be lost and the tie would go to the even float below.
        assertThat(row("16777217.0000000001", Precision.FLOAT).transformed()).containsExactly(16777218f);
        assertThat(row("16777217.0000000001", Precision.DOUBLE).transformed()).containsExactly(16777217.0);
        assertThat(row("0.1", Precision.FLOAT).transformed()).containsExactly(0.1f);
    }

    @Test
    void nullIsMissing() {
        assertThat(row("null, 2", Precision.DOUBLE).transformed()).containsExactly(Double.NaN, 2);
    }

    @Test
    void emptyLinesAndWindowsLineEndsAreNothing() {
        String line = "{\"input\":{},\"margin\":[1],\"output\":[1]}";
        List<GoldenRow> rows =
                SamplesFile.read(("\r\n" + line + "\r\n\n" + line).getBytes(StandardCharsets.UTF_8), Precision.DOUBLE);
        assertThat(rows).extracting(GoldenRow::line).containsExactly(2, 4);
        assertThat(rows.getFirst().transformed()).isEmpty();
        assertThat(SamplesFile.read(new byte[0], Precision.FLOAT)).isEmpty();
    }

    @Test
    void everyNotANumberHasTheSameBitsAndNegativeZeroItsOwn() {
        for (Precision precision : Precision.values()) {
            assertThat(precision.bits(Double.NaN)).isEqualTo(precision.bits(0.0 / 0.0));
            assertThat(precision.bits(-0.0)).isNotEqualTo(precision.bits(0.0));
        }
        assertThat(Precision.FLOAT.bits(0.1)).isEqualTo(Precision.FLOAT.bits(0.1f));
        assertThat(Precision.FLOAT.ulp(1)).isEqualTo(Math.ulp(1f));
        assertThat(Precision.DOUBLE.ulp(1)).isEqualTo(Math.ulp(1.0));
    }
}

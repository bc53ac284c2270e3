package dev.tranche.market.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Trials;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecimalsTest {
    @Test
    void aDecimalBecomesAWholeNumberOfSteps() {
        assertThat(scaled("61800.20", 2)).isEqualTo(6180020);
        assertThat(scaled("61800.20000000", 2)).isEqualTo(6180020);
        assertThat(scaled("0", 8)).isZero();
        assertThat(scaled("-1", 5)).isEqualTo(-100000);
        assertThat(scaled("5e-05", 5)).isEqualTo(5);
        assertThat(scaled("1.25E+2", 0)).isEqualTo(125);
        assertThat(scaled("9223372036854775807", 0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatLiesBetweenTwoStepsIsRefusedNotRounded() {
        assertThat(scaled("61800.205", 2)).isEqualTo(Decimals.BAD);
        assertThat(scaled("1e-30", 2)).isEqualTo(Decimals.BAD);
        assertThat(Decimals.nearest(ascii("-2.4459999999999997"), 0, 19, 3)).isEqualTo(-2446);
    }

    @Test
    void whatIsNoNumberOrDoesNotFitIsRefused() {
        List<String> refused = List.of(
                "",
                "-",
                ".",
                "1.",
                ".5",
                "+1",
                "1,5",
                "0x1",
                "NaN",
                "Infinity",
                "1e",
                "1e+",
                "1e999",
                "1e99",
                "--1",
                "1.2.3",
                "9223372036854775808",
                "99999999999999999999",
                " 1",
                "1 ",
                "١");
        for (String text : refused) {
            assertThat(scaled(text, 0)).as(text).isEqualTo(Decimals.BAD);
        }
        assertThat(scaled("92233720368547758.08", 2)).isEqualTo(Decimals.BAD);
    }

    @Test
    void onlyTimesOfThisCenturyAreTimes() {
        assertThat(millis("1723161257440")).isEqualTo(1723161257440L);
        assertThat(millis("1723161257")).isEqualTo(Decimals.BAD);
        assertThat(millis("1723161257440000")).isEqualTo(Decimals.BAD);
    }

    @Test
    void everyDecimalIsReadAsBigDecimalReadsIt() {
        Trials.of(2_000, chance -> {
            BigDecimal number =
                    new BigDecimal(BigInteger.valueOf(chance.nextLong() >> chance.nextInt(63)), chance.nextInt(-6, 25));
            String text = chance.nextBoolean() ? number.toPlainString() : number.toString();
            int decimals = chance.nextInt(0, 11);

            assertThat(scaled(text, decimals)).as("%s at %d", text, decimals).isEqualTo(readable(number, decimals));
        });
    }

    private static long readable(BigDecimal number, int decimals) {
        try {
            long value = number.movePointRight(decimals)
                    .setScale(0, RoundingMode.UNNECESSARY)
                    .longValueExact();
            return value == Long.MIN_VALUE ? Decimals.BAD : value;
        } catch (ArithmeticException offTheGridOrTooLarge) {
            return Decimals.BAD;
        }
    }

    private static long scaled(String text, int decimals) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Decimals.scaled(bytes, 0, bytes.length, decimals);
    }

    private static long millis(String text) {
        return Decimals.millis(ascii(text), 0, text.length());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}

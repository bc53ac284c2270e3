package dev.tranche.market.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.market.Trials;
import java.math.BigInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// 128-bit sums are BigInteger's.
class SumsLawsTest {
    @Test
    void sumsOfProductsAndSharesOfThemAreExact() {
        Trials.of(2_000, chance -> {
            Sums sums = new Sums(3);
            BigInteger right = BigInteger.ZERO;
            for (int i = 0; i < 20; i++) {
                long a = number(chance);
                long b = number(chance);
                sums.addProduct(1, a, b);
                right = right.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
                assertThat(sums.exact(1)).isEqualTo(right);
                assertThat(sums.value(1)).isCloseTo(right.doubleValue(), within(2 * Math.ulp(right.doubleValue())));
            }
            sums.subtract(2, sums, 1);
            assertThat(sums.exact(2)).isEqualTo(right.negate());
            sums.add(2, sums, 1);
            assertThat(sums.isZero(2)).isTrue();
        });
    }

    @Test
    void aReleasedShareIsCutOffTowardsNoughtAndTheWholeLeavesNothing() {
        Trials.of(2_000, chance -> {
            long whole = 1 + Math.abs(number(chance) >> 1);
            long part = chance.nextLong(whole + 1);
            Sums sums = new Sums(1);
            sums.addProduct(0, whole, number(chance));
            sums.addProduct(0, 1, chance.nextLong(whole));
            BigInteger before = sums.exact(0);
            sums.release(0, part, whole);
            BigInteger released = before.multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(whole));
            assertThat(sums.exact(0)).isEqualTo(before.subtract(released));
            if (part < whole) {
                sums.clear(0);
                sums.addProduct(0, whole, 7);
                sums.release(0, whole, whole);
            }
            assertThat(part == whole || sums.isZero(0)).isTrue();
        });
    }

    @Test
    void aShareIsTheWholePartOfTheProductOverTheDivisor() {
        Trials.of(2_000, chance -> {
            long a = number(chance);
            long b = number(chance);
            long c = number(chance) | 1;
            BigInteger right =
                    BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).divide(BigInteger.valueOf(c));
            long share = Sums.share(a, b, c);
            if (right.bitLength() < 63) {
                assertThat(share).isEqualTo(right.longValueExact());
            } else {
                assertThat(share == Long.MIN_VALUE || BigInteger.valueOf(share).equals(right))
                        .isTrue();
            }
        });
    }

    /// Of any size up to 2^61, either sign.
    private static long number(RandomGenerator chance) {
        return chance.nextLong() >> (2 + chance.nextInt(61));
    }
}

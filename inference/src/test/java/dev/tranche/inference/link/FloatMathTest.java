package dev.tranche.inference.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class FloatMathTest {
    /// Values of glibc 2.36's `expf` and `logf`, in bits, as C's `%a` prints them; made by calling them
    /// through Python's ctypes. At each the double function rounded to float gives another float.
    private static final float[][] EXP = {
        {0x1.4a35120000000p+3f, 0x1.d979220000000p+14f},
        {-0x1.4ab7840000000p+1f, 0x1.35375a0000000p-4f},
        {0x1.2262de0000000p+1f, 0x1.3552100000000p+3f},
        {0x1.dd4eda0000000p+3f, 0x1.6eda740000000p+21f},
        {0x1.fadfa00000000p+3f, 0x1.ce146a0000000p+22f},
        {0x1.3432ce0000000p+3f, 0x1.dc05da0000000p+13f},
        {-0x1.ad7fa80000000p+3f, 0x1.8def4c0000000p-20f},
        {0x1.b72d3e0000000p+3f, 0x1.bdb4140000000p+19f},
        {-0x1.ef67ee0000000p+3f, 0x1.95e8620000000p-23f},
        {0x1.5b68da0000000p+2f, 0x1.c7830c0000000p+7f}
    };
    private static final float[][] LOG = {
        {0x1.f741a60000000p-1f, -0x1.1a35e80000000p-6f},
        {0x1.07ffa40000000p+0f, 0x1.f813620000000p-6f},
        {0x1.e589ec0000000p-2f, -0x1.7e0f960000000p-1f},
        {0x1.0346260000000p+1f, 0x1.6965dc0000000p-1f},
        {0x1.fa29840000000p-1f, -0x1.77c4780000000p-7f},
        {0x1.f942f40000000p-1f, -0x1.b21ff40000000p-7f},
        {0x1.05b5f80000000p+0f, 0x1.6979a40000000p-6f},
        {0x1.79275a0000000p-2f, -0x1.ff65340000000p-1f},
        {0x1.1570160000000p+0f, 0x1.4965e60000000p-4f},
        {0x1.ba22d40000000p-1f, -0x1.2c74b80000000p-3f}
    };

    @Test
    void expEqualsTheLibraryWhereRoundingADoubleDoesNot() {
        for (float[] pair : EXP) {
            assertThat(FloatMath.exp(pair[0])).isEqualTo(pair[1]);
            assertThat((float) StrictMath.exp(pair[0])).isNotEqualTo(pair[1]);
        }
    }

    @Test
    void logEqualsTheLibraryWhereRoundingADoubleDoesNot() {
        for (float[] pair : LOG) {
            assertThat(FloatMath.log(pair[0])).isEqualTo(pair[1]);
            assertThat((float) StrictMath.log(pair[0])).isNotEqualTo(pair[1]);
        }
    }

    @Test
    void neitherIsEverFurtherThanOneUlpFromTheTruth() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        for (int i = 0; i < 200_000; i++) {
            float x = (float) (random.nextDouble() * 170 - 85);
            float exp = (float) StrictMath.exp(x);
            assertThat(Math.abs(FloatMath.exp(x) - exp)).isLessThanOrEqualTo(Math.ulp(exp));
            float y = (float) StrictMath.exp(random.nextDouble() * 100 - 50);
            float log = (float) StrictMath.log(y);
            assertThat(Math.abs(FloatMath.log(y) - log)).isLessThanOrEqualTo(Math.ulp(log));
        }
    }

    @Test
    void theEdgesAreThoseOfTheLibrary() {
        assertThat(FloatMath.exp(Float.NaN)).isNaN();
        assertThat(FloatMath.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FloatMath.exp(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(FloatMath.exp(89f)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FloatMath.exp(-104f)).isZero();
        assertThat(FloatMath.exp(0f)).isEqualTo(1f);
        assertThat(FloatMath.log(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(FloatMath.log(-1f)).isNaN();
        assertThat(FloatMath.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FloatMath.log(1f)).isZero();
        assertThat(FloatMath.log(Float.MIN_VALUE)).isEqualTo((float) StrictMath.log(Float.MIN_VALUE));
        assertThat(FloatMath.sigmoid(0f)).isEqualTo(0.5f);
        assertThat(FloatMath.sigmoid(-1000f)).isGreaterThan(0f);
        assertThat(FloatMath.sigmoid(1000f)).isEqualTo(1f);
    }

    @Test
    void theTableHoldsTheNearestDoublesToTheRootsOfTwo() {
        MathContext digits = new MathContext(60);
        BigDecimal root = BigDecimal.TWO;
        for (int i = 0; i < 5; i++) {
            root = root.sqrt(digits);
        }
        BigDecimal power = BigDecimal.ONE;
        for (int i = 0; i < 32; i++) {
            assertThat(FloatMath.root(i)).isEqualTo(power.doubleValue());
            power = power.multiply(root, digits);
        }
    }
}

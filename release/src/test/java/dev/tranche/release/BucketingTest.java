package dev.tranche.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketingTest {
    /// Keys that flagd's test bed publishes for the edges of the hash's range (murmur3_32, seed 0).
    @ParameterizedTest
    @CsvSource({"ejOoVL,0", "bY9fO-,1", "SI7p-,2147483647", "6LvT0,2147483648", "ceQdGm,4294967295"})
    void murmurMeetsTheEdgeKeysOfFlagd(String key, long expected) {
        assertThat(Integer.toUnsignedLong(Murmur3.hash(bytes(key), 0))).isEqualTo(expected);
    }

    /// The bucket numbers that Optimizely's SDKs agree on (murmur3_32, seed 1, floor(10000 h / 2^32)).
    @ParameterizedTest
    @CsvSource({
        "ppid1,1886780721,5254",
        "ppid2,1886780721,4299",
        "ppid2,1886780722,2434",
        "ppid3,1886780721,5439",
        "a very very very very very very very very very very very very very very very long ppd string,1886780721,6128"
    })
    void murmurMeetsTheBucketsOfOptimizely(String unit, String experiment, long expected) {
        long hash = Integer.toUnsignedLong(Murmur3.hash(bytes(unit + experiment), 1));
        assertThat((hash * 10_000) >>> 32).isEqualTo(expected);
    }

    /// Vectors of md5 mod 100 computed with Python's hashlib; the type slip of a float id moves the unit.
    @ParameterizedTest
    @CsvSource({"1,11", "u1,4", "LN20240001,68", "张三,35", "10001,77", "10001.0,75"})
    void theRuleOfSeed004GivesItsPercentiles(String unit, int percentile) {
        assertThat(Bucketing.md5Mod100().slot(unit)).isEqualTo(percentile * 100);
    }

    /// With floats, `hash % 100 < pct * 100` takes one bucket too many here: 0.07 * 100 is 7.000000000000001.
    @ParameterizedTest
    @ValueSource(ints = {7, 14, 28, 55, 56})
    void theRuleOfSeed004IsRightWhereItsFloatsAreWrong(int percent) {
        Share share = Share.ofPercent(percent);
        long exact = IntStream.range(0, 100)
                .filter(each -> each * 100 < share.basisPoints())
                .count();
        long withFloats = IntStream.range(0, 100)
                .filter(each -> each < percent / 100.0 * 100)
                .count();
        assertThat(exact).isEqualTo(percent);
        assertThat(withFloats).isEqualTo(percent + 1);
        int percentile = Bucketing.md5Mod100().slot("u1") / 100;
        assertThat(Bucketing.md5Mod100().includes("u1", share)).isEqualTo(percentile < percent);
    }

    /// Computed with an independent implementation in Python 3.11.
    @Test
    void theSlotIsPartOfTheContractAndNeverChanges() {
        Bucketing bucketing = Bucketing.murmur3("consumer_apply-2026-11");
        assertThat(IntStream.of(
                        bucketing.slot("LN20240001"),
                        bucketing.slot("LN20240002"),
                        bucketing.slot(""),
                        bucketing.slot("张三")))
                .containsExactly(2658, 3949, 9531, 4912);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"murmur3_32/1/utf-8/consumer_apply-2026-11", "murmur3_32/1/utf-8/a/b", "md5_mod_100/1/utf-8/"})
    void parseAndToStringAreInverse(String text) {
        assertThat(Bucketing.parse(text)).hasToString(text);
    }

    @Test
    void unknownRulesVersionsAndEncodingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bucketing.of("crc32", "s"))
                .withMessageContaining("crc32");
        assertThatIllegalArgumentException().isThrownBy(() -> Bucketing.parse("murmur3_32/2/utf-8/s"));
        assertThatIllegalArgumentException().isThrownBy(() -> Bucketing.parse("murmur3_32/1/utf-16/s"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bucketing(Bucketing.Algorithm.MD5_MOD_100, 1, "salt"))
                .withMessageContaining("salt");
        assertThatIllegalArgumentException().isThrownBy(() -> new Bucketing(Bucketing.Algorithm.MURMUR3_32, 2, ""));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.tranche.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BucketingLawsTest {
    @Test
    void aUnitKeepsItsArmWhenTheShareGrows() {
        Trials.of(2_000, chance -> {
            Bucketing bucketing =
                    chance.nextBoolean() ? Bucketing.murmur3("salt" + chance.nextInt(50)) : Bucketing.md5Mod100();
            String unit = Long.toString(chance.nextLong(), 36);
            Share small = new Share(chance.nextInt(10_001));
            Share large = new Share(small.basisPoints() + chance.nextInt(10_001 - small.basisPoints()));
            if (bucketing.includes(unit, small)) {
                assertThat(bucketing.includes(unit, large)).isTrue();
            }
            assertThat(bucketing.includes(unit, Share.WHOLE)).isTrue();
            assertThat(bucketing.includes(unit, Share.NONE)).isFalse();
        });
    }

    /// Chi-square over 100 equal bins of 200,000 units: 99 degrees of freedom, 99.9 % quantile 148.2.
    @Test
    void unitsSpreadEvenly() {
        for (Bucketing bucketing : new Bucketing[] {Bucketing.murmur3("even"), Bucketing.md5Mod100()}) {
            int[] bins = new int[100];
            for (int i = 0; i < 200_000; i++) {
                bins[bucketing.slot("LN" + i) / 100]++;
            }
            double chi = 0;
            for (int each : bins) {
                chi += (each - 2_000.0) * (each - 2_000.0) / 2_000;
            }
            assertThat(chi).as(bucketing.toString()).isBetween(50.0, 148.2);
        }
    }

    /// Unsalted, the same people are always the guinea pigs; with two salts, 5 % of 5 % meet both.
    @Test
    void saltsMakeRolloutsIndependent() {
        Bucketing one = Bucketing.murmur3("one");
        Bucketing two = Bucketing.murmur3("two");
        Share share = Share.ofPercent(5);
        int both = 0;
        for (int i = 0; i < 200_000; i++) {
            if (one.includes("u" + i, share) && two.includes("u" + i, share)) {
                both++;
            }
        }
        assertThat(both).isBetween(400, 600);
    }
}

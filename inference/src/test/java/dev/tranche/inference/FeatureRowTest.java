package dev.tranche.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.inference.format.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FeatureRowTest {
    private static final Schema SCHEMA = Schema.of(List.of(
            Feature.number("n"),
            Feature.of("b", FeatureType.BOOLEAN),
            Feature.of("c", FeatureType.CATEGORY),
            Feature.of("t", FeatureType.TEXT),
            Feature.of("d", FeatureType.DATE),
            Feature.of("e", FeatureType.EVENTS)));

    @Test
    void aJournalledRowComesBackBitForBit() {
        Trials.of(200, random -> {
            FeatureRow row = random(random);
            FeatureRow back = SCHEMA.read(Json.parse(row.toJson().canonical()).asStruct("row"));
            for (int position = 0; position < SCHEMA.size(); position++) {
                assertThat(Double.doubleToLongBits(back.number(position)))
                        .isEqualTo(Double.doubleToLongBits(row.number(position)));
                assertThat(back.text(position)).isEqualTo(row.text(position));
                assertThat(back.missing(position)).isEqualTo(row.missing(position));
            }
            assertThat(SCHEMA.admit(back)).isInstanceOf(Admission.Admitted.class);
        });
    }

    @Test
    void theFirstFaultIsKept() {
        FeatureRow row = SCHEMA.row();
        row.flag(0, true);
        row.number(1, 1);
        assertThat(SCHEMA.admit(row)).isEqualTo(new Admission.Rejected("n", "takes a number, not a boolean"));
    }

    @Test
    void aLongTextIsShownShort() {
        FeatureRow row = SCHEMA.row();
        row.text(0, "x".repeat(10_000));
        assertThat(SCHEMA.admit(row))
                .isInstanceOfSatisfying(
                        Admission.Rejected.class,
                        rejected -> assertThat(rejected.reason()).hasSizeLessThan(100));
    }

    @Test
    void infinityIsNoNumberAndNotANumberIsMissing() {
        FeatureRow row = SCHEMA.row();
        row.number(0, Double.NEGATIVE_INFINITY);
        assertThat(SCHEMA.admit(row)).isInstanceOf(Admission.Rejected.class);
        row.clear();
        row.number(0, Double.NaN);
        assertThat(SCHEMA.admit(row))
                .isInstanceOfSatisfying(
                        Admission.Admitted.class,
                        admitted -> assertThat(admitted.missing()).contains("n"));
    }

    private static FeatureRow random(RandomGenerator random) {
        FeatureRow row = SCHEMA.row();
        List<Runnable> setters = new ArrayList<>(List.of(
                () -> row.number(0, (random.nextDouble() - 0.5) * StrictMath.pow(10, random.nextInt(-300, 300))),
                () -> row.number(0, -0.0),
                () -> row.flag(1, random.nextBoolean()),
                () -> row.text(2, "车\"\\\u0001" + random.nextInt()),
                () -> row.text(3, ""),
                () -> row.date(4, LocalDate.ofEpochDay(random.nextInt(-20_000, 40_000))),
                () -> row.text(5, "[{\"amount\":1.5,\"at\":\"2026-01-01\"}]")));
        for (Runnable setter : setters) {
            if (random.nextBoolean()) {
                setter.run();
            }
        }
        return row;
    }
}

package dev.tranche.examples.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WoeTest {

    private static final Field HOUSING = GermanCredit.field("housing");

    private static void add(List<Applicant> rows, int count, String feature, String value, boolean bad) {
        for (int i = 0; i < count; i++) {
            rows.add(new Applicant(Map.of(feature, value), bad));
        }
    }

    @Test
    void aWeightIsTheLogOfTheShareOfBadOverTheShareOfGood() {
        List<Applicant> rows = new ArrayList<>();
        add(rows, 60, "housing", "own", false);
        add(rows, 20, "housing", "own", true);
        add(rows, 10, "housing", "rent", false);
        add(rows, 30, "housing", "rent", true);
        Map<String, Double> weights = Woe.words(rows, HOUSING);
        assertThat(weights.get("own")).isEqualTo(Math.log((20.5 / 50.5) / (60.5 / 70.5)), within(1e-12));
        assertThat(weights.get("rent")).isPositive();
        assertThat(Woe.information(rows, "housing", weights)).isGreaterThan(0.3);
    }

    @Test
    void rareCategoriesShareOneWeight() {
        List<Applicant> rows = new ArrayList<>();
        add(rows, 70, "purpose", "car", false);
        add(rows, 70, "purpose", "new car", false);
        add(rows, 50, "purpose", "new car", true);
        add(rows, 3, "purpose", "repairs", true);
        add(rows, 4, "purpose", "other", false);
        Map<String, Double> weights = Woe.words(rows, GermanCredit.field("purpose"));
        assertThat(weights.get("repairs")).isEqualTo(weights.get("other")).isEqualTo(weights.get("vacation"));
        assertThat(weights.get("new car")).isNotEqualTo(weights.get("repairs"));
    }

    @Test
    void numericBinsOnlyRiseOrOnlyFallAndAreNotTiny() {
        List<Applicant> training = Shipped.rows("training.csv");
        for (Field field : GermanCredit.FIELDS) {
            if (!field.numeric()) {
                continue;
            }
            Woe.Steps steps = Woe.steps(training, field.name());
            List<Double> sorted = steps.weights().stream().sorted().toList();
            assertThat(steps.weights()).as(field.name()).isIn(sorted, sorted.reversed());
            for (int bin = 0; bin <= steps.edges().size(); bin++) {
                int wanted = bin;
                long count = training.stream()
                        .filter(row -> steps.bin(row.number(field.name())) == wanted)
                        .count();
                assertThat(count).as(field.name()).isGreaterThanOrEqualTo(training.size() * 8 / 100);
            }
        }
    }

    @Test
    void aValueOnAnEdgeBelongsToTheBinAbove() {
        Woe.Steps steps = new Woe.Steps(List.of(10.0, 20.0), List.of(0.5, 0.0, -0.5));
        assertThat(steps.bin(9.999)).isZero();
        assertThat(steps.bin(10)).isEqualTo(1);
        assertThat(steps.bin(20)).isEqualTo(2);
    }
}

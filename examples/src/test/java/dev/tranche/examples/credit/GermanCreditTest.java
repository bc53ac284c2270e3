package dev.tranche.examples.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GermanCreditTest {

    private static final List<Applicant> ALL = Shipped.rows("german-credit.csv");

    @Test
    void theDataIsTheOneThatWasPublished() {
        assertThat(ALL).hasSize(1000);
        assertThat(ALL.stream().filter(Applicant::bad)).hasSize(300);
        for (Applicant applicant : ALL) {
            for (Field field : GermanCredit.FIELDS) {
                String text = applicant.text(field.name());
                assertThat(text).isNotNull();
                if (field.numeric()) {
                    assertThat(applicant.number(field.name())).isBetween(field.low(), field.high());
                } else {
                    assertThat(field.categories()).contains(text);
                }
            }
        }
    }

    @Test
    void thePartsHoldEveryRowOnceWithTheSameShareOfBad() {
        GermanCredit.Split split = GermanCredit.split(ALL);
        assertThat(split.training()).hasSize(500);
        assertThat(split.validation()).hasSize(200);
        assertThat(split.traffic()).hasSize(300);
        for (List<Applicant> part : List.of(split.training(), split.validation(), split.traffic())) {
            assertThat(part.stream().filter(Applicant::bad)).hasSize(part.size() * 3 / 10);
        }
        List<Applicant> together = new ArrayList<>(split.training());
        together.addAll(split.validation());
        together.addAll(split.traffic());
        assertThat(together).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void thePartsThatAreShippedAreTheSplit() {
        GermanCredit.Split split = GermanCredit.split(ALL);
        assertThat(Shipped.rows("training.csv")).isEqualTo(split.training());
        assertThat(Shipped.rows("validation.csv")).isEqualTo(split.validation());
        assertThat(Shipped.rows("traffic.csv")).isEqualTo(split.traffic());
    }

    @Test
    void blankingIsTheSameEachTimeAndTouchesOnlyWhatMayBeMissing() {
        List<Applicant> blanked = Boosted.blanked(ALL);
        assertThat(blanked).isEqualTo(Boosted.blanked(ALL)).isNotEqualTo(ALL);
        for (Field field : GermanCredit.FIELDS) {
            long missing = blanked.stream()
                    .filter(row -> row.text(field.name()) == null)
                    .count();
            if (field.missing().equals("allow")) {
                assertThat(missing).as(field.name()).isBetween(25L, 80L);
            } else {
                assertThat(missing).as(field.name()).isZero();
            }
        }
    }

    @Test
    void aTornLineIsRefused(@TempDir Path folder) throws IOException {
        Path csv = folder.resolve("torn.csv");
        Files.writeString(csv, "age,bad\n30,1\n30\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> GermanCredit.read(csv))
                .withMessageContaining("a line must have 2 cells: 30");
    }

    @Test
    void anUnknownFeatureIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GermanCredit.field("income"))
                .withMessageContaining("income");
    }
}

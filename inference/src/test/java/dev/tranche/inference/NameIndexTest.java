package dev.tranche.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameIndexTest {
    @Test
    void findsEveryNameAndNoOther() {
        Trials.of(50, random -> {
            List<String> names = new ArrayList<>();
            for (int i = random.nextInt(300); i > 0; i--) {
                names.add("n" + i + (random.nextBoolean() ? "_m3" : ""));
            }
            NameIndex index = NameIndex.of(names);
            assertThat(index.size()).isEqualTo(names.size());
            for (int i = 0; i < names.size(); i++) {
                assertThat(index.find(names.get(i))).isEqualTo(i);
                assertThat(index.find(names.get(i), random.nextInt(-2, 400))).isEqualTo(i);
            }
            assertThat(index.find("other")).isEqualTo(-1);
        });
    }

    @Test
    void namesWithTheSameHashAreToldApart() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        NameIndex index = NameIndex.of(List.of("Aa", "BB", "AaAa", "BBBB", "AaBB"));
        assertThat(index.find("BB")).isEqualTo(1);
        assertThat(index.find("BBBB")).isEqualTo(3);
        assertThat(index.find("BBAa")).isEqualTo(-1);
    }

    @Test
    void aNameTwiceIsRefused() {
        assertThatThrownBy(() -> NameIndex.of(List.of("a", "b", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a appears twice");
    }
}

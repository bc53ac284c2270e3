package dev.tranche.server.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalYamlTest {
    private static String canonical(String yaml) {
        return new String(CanonicalYaml.canonical("f.yaml", Zips.utf8(yaml)), StandardCharsets.UTF_8);
    }

    @Test
    void keysAreSortedAndWhiteSpaceIsGone() {
        assertThat(canonical("b: 1\na: {d: x, c: [1, 2.50, true, null, 违约]}\n"))
                .isEqualTo("{\"a\":{\"c\":[1,2.5,true,null,\"违约\"],\"d\":\"x\"},\"b\":1}");
    }

    @Test
    void layoutDoesNotChangeTheBytes() {
        assertThat(canonical("# comment\nx:\n  - 1\n  - y: z\n")).isEqualTo(canonical("{\"x\":[1,{\"y\":\"z\"}]}"));
    }

    @Test
    void canonicalJsonIsAFixedPoint() {
        String once = canonical("bands: [{name: LOW, below: 0.20}, {name: HIGH}]\nbig: 123456789012345678901234567890");
        assertThat(canonical(once)).isEqualTo(once);
        assertThat(once).contains("123456789012345678901234567890", "0.2");
    }

    @Test
    void wordsThatLookLikeSwitchesStayWords() {
        assertThat(canonical("{country: no, answer: yes, on: off}"))
                .isEqualTo("{\"answer\":\"yes\",\"country\":\"no\",\"on\":\"off\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &x [1]\nb: *x",
                "a: &x 1\nb: *x",
                "a: !!java.net.URL [http://x]",
                "a: !secret x",
                "a: 1\na: 2",
                "a: {b: 1, b: 2}",
                "a: 1\n---\nb: 2",
                "a: .nan",
                "a: .inf",
                "a: 1e999",
                "<<: {a: 1}",
                "a: [1, 2",
                "a: b: c",
                ""
            })
    void whatIsNotPlainDataIsRefused(String yaml) {
        Refused refused = catchThrowableOfType(Refused.class, () -> canonical(yaml));
        assertThat(refused).as("canonical form of %s", yaml).isNotNull();
        assertThat(refused.code()).isEqualTo("bad_yaml");
        assertThat(refused).hasMessageStartingWith("f.yaml: ");
    }

    @Test
    void anAnchorBombIsRefusedAtItsFirstAnchor() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(catchThrowableOfType(Refused.class, () -> canonical(bomb.toString())))
                .hasMessageContaining("anchors are not taken");
    }

    @Test
    void deepNestingIsRefused() {
        Refused refused = catchThrowableOfType(Refused.class, () -> canonical("[".repeat(40) + "1" + "]".repeat(40)));
        assertThat(refused).hasMessageContaining("nested deeper than 32");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        Refused refused = catchThrowableOfType(
                Refused.class, () -> CanonicalYaml.canonical("f.yaml", new byte[] {'a', ':', (byte) 0xff}));
        assertThat(refused).hasMessageContaining("not UTF-8");
    }

    @Test
    void aMappingIsAskedForByName() {
        assertThat(CanonicalYaml.mapping("f.yaml", Zips.utf8("a: [1]"))).isEqualTo(Map.of("a", List.of(1L)));
        Refused refused = catchThrowableOfType(Refused.class, () -> CanonicalYaml.mapping("f.yaml", Zips.utf8("- a")));
        assertThat(refused).hasMessage("f.yaml: expected a mapping, found a list of 1");
    }
}

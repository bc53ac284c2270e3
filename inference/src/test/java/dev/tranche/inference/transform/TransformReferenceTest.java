package dev.tranche.inference.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.format.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The examples of `docs/reference/transform.md` are true.
class TransformReferenceTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("```json\n(\\{.*?)```\n\n((?:\\* `[^\n]*\n)+)", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("\\* `(\\{.*\\})` → (refused|`(\\[.*\\])`)");

    @TestFactory
    List<DynamicTest> everyExampleGivesWhatItSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Matcher examples = EXAMPLE.matcher(page());
        while (examples.find()) {
            String step = examples.group(1);
            String rows = examples.group(2);
            tests.add(DynamicTest.dynamicTest(step, () -> check(step, rows)));
        }
        assertThat(tests).hasSizeGreaterThan(40);
        return tests;
    }

    @Test
    void everyOperationHasAnExample() throws IOException {
        Set<String> shown = new TreeSet<>();
        Matcher examples = EXAMPLE.matcher(page());
        while (examples.find()) {
            shown.add(Bench.struct(examples.group(1)).keys("example").text("op"));
        }
        assertThat(shown).isEqualTo(Operations.ALL.keySet());
    }

    private static void check(String step, String rows) {
        List<Json.Struct> inputs = new ArrayList<>();
        Matcher lines = ROW.matcher(rows);
        while (lines.find()) {
            inputs.add(Bench.struct(lines.group(1)));
        }
        assertThat(inputs).hasSameSizeAs(rows.lines().toList());
        Bench bench = Bench.of(List.of(Bench.struct(step)), inputs);
        lines.reset();
        for (Json.Struct input : inputs) {
            assertThat(lines.find()).isTrue();
            if (lines.group(2).equals("refused")) {
                assertThatThrownBy(() -> bench.run(input)).isInstanceOf(RowRefusedException.class);
            } else {
                assertThat(new Json.Items(bench.run(input)).canonical())
                        .as(input.canonical())
                        .isEqualTo(Json.parse(lines.group(3)).canonical());
            }
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of(System.getProperty("tranche.root", ".."), "docs/reference/transform.md"));
    }
}

package dev.tranche.inference.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonKeys;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The same numbers as scikit-learn, numpy and pandas; `sklearn/make_vectors.py` made the vectors and names
/// the versions.
class SklearnParityTest {
    @TestFactory
    List<DynamicTest> agrees() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream file = SklearnParityTest.class.getResourceAsStream("/sklearn/vectors.json")) {
            assertThat(file).isNotNull();
            JsonKeys vectors =
                    Json.parse(file.readAllBytes()).asStruct("vectors").keys("vectors");
            for (Json item : vectors.items("cases")) {
                JsonKeys one = item.asStruct("case").keys("case");
                tests.add(DynamicTest.dynamicTest(one.text("name"), () -> check(one)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests;
    }

    private static void check(JsonKeys vectors) {
        List<Json.Struct> inputs = structs(vectors.items("inputs"));
        List<String> names = vectors.texts("output");
        List<Json> expected = vectors.items("expected");
        double ulps = vectors.number("ulps");
        Bench bench = Bench.of(structs(vectors.items("steps")), inputs);
        assertThat(inputs).hasSameSizeAs(expected);
        for (int i = 0; i < inputs.size(); i++) {
            double[] wanted = numbers(expected.get(i));
            double[] found = bench.numbers(inputs.get(i), names);
            assertThat(found).hasSameSizeAs(wanted);
            for (int j = 0; j < found.length; j++) {
                boolean same = Double.compare(found[j] + 0.0, wanted[j] + 0.0) == 0;
                boolean near = Math.abs(found[j] - wanted[j]) <= ulps * Math.ulp(wanted[j]);
                assertThat(same || near)
                        .as("%s of row %d: %s, expected %s", names.get(j), i, found[j], wanted[j])
                        .isTrue();
            }
        }
    }

    private static double[] numbers(Json row) {
        return ((Json.Items) row)
                .values().stream()
                        .mapToDouble(value -> value instanceof Json.Num num ? num.doubleValue() : Double.NaN)
                        .toArray();
    }

    private static List<Json.Struct> structs(List<Json> items) {
        return items.stream().map(item -> item.asStruct("test")).toList();
    }
}

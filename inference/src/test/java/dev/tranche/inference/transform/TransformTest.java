package dev.tranche.inference.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.Admission;
import dev.tranche.inference.Feature;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.FeatureType;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.Schema;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformTest {
    private static final Schema SCHEMA = Schema.of(List.of(
            Feature.number("x"),
            Feature.number("y"),
            Feature.of("t", FeatureType.TEXT),
            Feature.of("d", FeatureType.DATE),
            Feature.of("e", FeatureType.EVENTS)));

    private static Program compile(String json) {
        return Program.compile(Json.parse(json).asStruct("transform.yaml"), SCHEMA);
    }

    private static double[] run(Program program, String row) {
        FeatureRow features = SCHEMA.read(Json.parse(row).asStruct("row"));
        assertThat(SCHEMA.admit(features)).isInstanceOf(Admission.Admitted.class);
        return program.run(features);
    }

    @Test
    void aStepThatKeepsTheNameHidesTheColumnFromLaterStepsOnly() {
        Program program = compile("""
                {"steps": [
                  {"op": "standardise", "input": "x", "output": "before", "mean": 0, "scale": 2},
                  {"op": "clip", "input": "x", "upper": 10},
                  {"op": "standardise", "input": "x", "output": "after", "mean": 0, "scale": 2}],
                 "output": ["before", "x", "after"]}""");
        assertThat(run(program, "{\"x\": 100}")).containsExactly(50, 10, 5);
        assertThat(program.outputs()).containsExactly("before", "x", "after");
    }

    @Test
    void everyOutputKnowsTheFeaturesItWasMadeFrom() {
        Program program = compile("""
                {"steps": [
                  {"op": "ratio", "numerator": "x", "denominator": "y", "zero": null, "output": "r"},
                  {"op": "flag", "input": "t", "is": "missing", "output": "f"},
                  {"op": "sum", "inputs": ["r", "f"], "output": "s"}],
                 "output": ["s", "x"]}""");
        assertThat(program.features()).containsExactly(List.of("x", "y", "t"), List.of("x"));
    }

    @Test
    void aGroupedCategoryGoesInAsItsPlace() {
        Program program = compile("""
                {"steps": [{"op": "group", "input": "t", "groups": {"b": ["b1", "b2"], "a": ["a1"]}, "other": "rest"}],
                 "output": ["t"]}""");
        assertThat(program.levels()).containsExactly(List.of("b", "a", "rest"));
        assertThat(run(program, "{\"t\": \"b2\"}")).containsExactly(0);
        assertThat(run(program, "{\"t\": \"a1\"}")).containsExactly(1);
        assertThat(run(program, "{\"t\": \"zz\"}")).containsExactly(2);
        assertThat(run(program, "{}")).containsExactly(Double.NaN);
    }

    @Test
    void theSameProgramServesManyThreads() throws InterruptedException {
        Program program = compile("""
                {"steps": [{"op": "linear", "intercept": 1, "terms": [{"input": "x", "coefficient": 3}], "output": "z"}],
                 "output": ["z"]}""");
        boolean[] right = new boolean[4];
        Thread[] threads = new Thread[right.length];
        for (int i = 0; i < threads.length; i++) {
            int x = i;
            threads[i] = Thread.ofPlatform().start(() -> {
                boolean all = true;
                for (int n = 0; n < 2000; n++) {
                    all &= run(program, "{\"x\": " + x + "}")[0] == 1 + 3 * x;
                }
                right[x] = all;
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(right).containsOnly(true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"op":"tfidf","input":"t"}                             | op must be one of [age, bin, clip
            {"input":"t"}                                          | needs the key "op"
            {"op":"sqrt","input":"z"}                              | no column is named "z"; there are [x, y, t, d, e]
            {"op":"sqrt","input":"t"}                              | must be a column of kind number: t is of kind text
            {"op":"sqrt","input":"d"}                              | of kind date
            {"op":"woe","input":"e"}                               | must be a number or text column
            {"op":"sqrt","input":"x","inptu":"y"}                  | has no key "inptu"
            {"op":"sqrt","input":"x","output":""}                  | at least one character
            {"op":"standardise","input":"x","mean":0,"scale":0}    | scale must be positive
            {"op":"min_max","input":"x","min":1,"max":1}           | must be below max
            {"op":"min_max","input":"x","min":0,"max":1,"range":[1,0]} | two increasing
            {"op":"clip","input":"x"}                              | lower or upper must be there
            {"op":"clip","input":"x","lower":2,"upper":1}          | at most upper
            {"op":"bin","input":"x","closed":"left","edges":[1,1]} | must increase
            {"op":"bin","input":"x","edges":[1]}                   | needs the key "closed"
            {"op":"bin","input":"x","closed":"left","edges":[1],"labels":["a"]} | one text a bin, 2
            {"op":"woe","input":"x","closed":"left","edges":[1],"woe":[1,2],"missing":0}  | needs the key "special"
            {"op":"woe","input":"x","closed":"left","edges":[1],"woe":[1,2],"special":[]} | needs the key "missing"
            {"op":"woe","input":"t","categories":[{"values":["a"],"woe":1}],"missing":0}  | needs the key "unseen"
            {"op":"woe","input":"t","categories":[{"values":["a","a"],"woe":1}],"missing":0,"unseen":0} | once: "a"
            {"op":"woe","input":"t","categories":[{"values":["a"],"woe":1}],"missing":0,"unseen":"zero"} | "refuse"
            {"op":"ordinal","input":"t","order":["a","a"],"missing":0,"unseen":0} | a appears twice
            {"op":"one_hot","input":"t","categories":["a"],"missing":"zeros"} | needs the key "unseen"
            {"op":"one_hot","input":"t","categories":["a"],"outputs":["p","q"],"missing":"zeros","unseen":"zeros"} | one name a category
            {"op":"parse","input":"x","type":"boolean"}            | must be number or text
            {"op":"parse","input":"t","type":"text","on_error":"refuse"} | must differ from the input's
            {"op":"parse","input":"d","type":"number","on_error":"refuse"} | number or text column
            {"op":"parse","input":"t","type":"number"}             | needs the key "on_error"
            {"op":"parse","input":"t","type":"boolean","true":["1"],"on_error":"refuse"} | must each list texts
            {"op":"parse","input":"t","type":"date","layout":"instant","on_error":"refuse"} | needs the key "zone"
            {"op":"parse","input":"t","type":"date","layout":"instant","zone":"Mars","on_error":"refuse"} | zone must be like
            {"op":"parse","input":"t","type":"date","layout":"qqqqqq","on_error":"refuse"} | layout must be
            {"op":"impute","input":"x","strategy":"mean","value":"a"}  | must be a column of kind text
            {"op":"impute","input":"t","strategy":"mean","value":1}    | must be a column of kind number
            {"op":"impute","input":"x","strategy":"guess","value":1}   | must be one of [constant, mean
            {"op":"flag","input":"x","is":"~","value":1,"missing":0,"output":"f"}   | must be one of [<, <=
            {"op":"flag","input":"x","is":"<","value":1,"output":"f"}  | needs the key "missing"
            {"op":"flag","input":"t","is":"<","value":"a","missing":0,"output":"f"} | must be =, != or in for a text
            {"op":"difference","inputs":["x"],"output":"f"}        | at least 2 columns
            {"op":"difference","inputs":["x","y","x"],"output":"f"} | must name two columns
            {"op":"sum","inputs":[],"output":"f"}                  | at least 1 columns
            {"op":"ratio","numerator":"x","denominator":"y","output":"r"} | needs the key "zero"
            {"op":"linear","intercept":0,"terms":[{"coefficient":1}],"output":"z"} | needs the key "input"
            {"op":"date_difference","from":"d","to":"today","unit":"days","output":"n"} | no column is named "today"
            {"op":"date_difference","from":"d","to":"2026-13-01","unit":"days","output":"n"} | must be a column or a date
            {"op":"date_difference","from":"d","to":"d","unit":"seconds","output":"n"} | must be one of [days, weeks
            {"op":"window","input":"e","as_of":"d","months":0.5,"aggregate":"sum","value":"a","empty":0,"output":"w"} | whole number within 1..1200
            {"op":"window","input":"e","as_of":"d","months":1,"aggregate":"sum","empty":0,"output":"w"} | needs the key "value"
            {"op":"window","input":"e","as_of":"d","months":1,"aggregate":"p95","value":"a","empty":0,"output":"w"} | must be one of [sum, mean
            {"op":"prior_shift","input":"x","trained_rate":1,"target_rate":0.5} | within 0..1, both excluded
            {"op":"prior_shift","input":"x","positive_weight":0}   | must be positive
            {"op":"isotonic","input":"x","x":[1,1],"y":[0,1]}      | x must increase
            {"op":"isotonic","input":"x","x":[1,2],"y":[1,0]}      | y must not fall
            {"op":"isotonic","input":"x","x":[],"y":[]}            | not empty
            """)
    void aStepThatCannotBeMeantIsRefusedByName(String step, String message) {
        assertThatThrownBy(() -> compile("{\"steps\":[" + step + "],\"output\":[\"x\"]}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theMessageNamesTheStep() {
        assertThatThrownBy(
                        () -> compile(
                                "{\"steps\":[{\"op\":\"sqrt\",\"input\":\"x\"},{\"op\":\"sqrt\",\"input\":\"q\"}],\"output\":[\"x\"]}"))
                .hasMessageStartingWith("step 2 (sqrt): no column is named \"q\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"steps\":[]}",
                "{\"steps\":[],\"output\":[]}",
                "{\"steps\":[],\"output\":[\"t\"]}",
                "{\"steps\":[],\"output\":[\"d\"]}",
                "{\"steps\":[],\"output\":[\"q\"]}",
                "{\"steps\":{},\"output\":[\"x\"]}",
                "{\"steps\":[1],\"output\":[\"x\"]}",
                "{\"steps\":[],\"output\":[\"x\"],\"more\":1}"
            })
    void aSpecWithoutAVectorOfNumbersIsRefused(String spec) {
        assertThatThrownBy(() -> compile(spec)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a": 1}                                 | must be an array
            "x"                                      | must be an array
            [1]                                      | must hold objects
            [{"amount": 1}]                          | must have a date "at"
            [{"at": 3, "amount": 1}]                 | must have a date "at"
            [{"at": "yesterday", "amount": 1}]       | must have dates like
            [{"at": "2026-03-01", "amount": "1"}]    | must have a number "amount"
            [{"at": "2026-03-01", "amount": 1e999}]  | must have a number "amount"
            [                                        | is not JSON
            """)
    void anEventListThatIsNoneIsRefused(String events, String message) {
        Program program = compile("""
                {"steps": [{"op": "window", "input": "e", "value": "amount", "as_of": "2026-03-31", "months": 3,
                  "aggregate": "sum", "empty": 0, "output": "w"}], "output": ["w"]}""");
        FeatureRow row = SCHEMA.row();
        row.text(SCHEMA.position("e"), events);
        assertThatThrownBy(() -> program.run(row))
                .isInstanceOfSatisfying(
                        RowRefusedException.class,
                        refusal -> assertThat(refusal.column()).isEqualTo("e"))
                .hasMessageContaining(message);
    }
}

package dev.tranche.batch.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.batch.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ParityCommandTest {
    private static final String HEADER =
            "case,family,format,model,input,encoding,expected,expect,rounds,tolerance_abs,tolerance_rel,policy\n";
    private static final String MODEL = """
            tree
            version=v4
            num_class=1
            num_tree_per_iteration=1
            label_index=0
            max_feature_idx=1
            objective=regression
            feature_names=age job
            feature_infos=[0:1] 0:1
            tree_sizes=1

            Tree=0
            num_leaves=2
            num_cat=0
            split_feature=0
            threshold=30.5
            decision_type=8
            left_child=-1
            right_child=-2
            leaf_value=-0.25 0.75
            leaf_count=1 3
            internal_count=4
            shrinkage=1

            end of trees

            pandas_categorical:[["clerk","cook"]]
            """;

    @TempDir
    private Path folder = Path.of(".");

    private String printed = "";

    private int run(String cases, String... options) throws IOException {
        Files.writeString(folder.resolve("cases.csv"), HEADER + cases);
        Files.writeString(folder.resolve("model.txt"), MODEL);
        Files.writeString(folder.resolve("rows.csv"), "job,age\ncook,20\nNA,40\nclerk,NA\n");
        Files.writeString(folder.resolve("right.csv"), "_target\n-0.25\n0.75\n0.75\n");
        Files.writeString(folder.resolve("wrong.csv"), "_target\n-0.25\n0.75\n0.5\n");
        String[] arguments = new String[options.length + 2];
        arguments[0] = "parity";
        arguments[1] = folder.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            return Main.run(arguments);
        } finally {
            System.setOut(before);
            printed = out.toString(StandardCharsets.UTF_8);
        }
    }

    private static String line(String id, String format, String model, String expected, String expect, String policy) {
        return id + ",own," + format + "," + model + ",rows.csv,columns-pandas," + expected + "," + expect
                + ",all,1e-12,1e-12," + policy + "\n";
    }

    @Test
    void aCaseThatMatchesPasses() throws IOException {
        assertThat(run(line("one", "lightgbm", "model.txt", "right.csv", "output", "score")))
                .isZero();
        assertThat(printed)
                .contains("one", "passed", "1 form read, 3 values")
                .endsWith("1 passed, 0 failed, 0 refused\n");
    }

    @Test
    void aCaseThatDiffersFailsWithTheFirstDifference() throws IOException {
        assertThat(run(line("one", "lightgbm", "model.txt", "wrong.csv", "output", "score")))
                .isEqualTo(1);
        assertThat(printed)
                .contains("output of row 3, place 0: 0.75, known is 0.5")
                .endsWith("0 passed, 1 failed, 0 refused\n");
    }

    @Test
    void aRefusalFailsUnlessTheCaseAllowsIt() throws IOException {
        assertThat(run(line("a", "onnx", "model.txt", "right.csv", "output", "score")
                        + line("b", "onnx", "model.txt", "right.csv", "output", "may-refuse")
                        + line("c", "onnx", "model.txt", "right.csv", "output", "refuse")
                        + line("d", "lightgbm", "model.txt", "", "none", "refuse")
                        + line("e", "lightgbm", "model.txt", "", "none", "load")))
                .isEqualTo(1);
        assertThat(printed)
                .contains("outside the scope", "accepted, but must be refused")
                .endsWith("1 passed, 2 failed, 2 refused\n");
    }

    @Test
    void aFileThatIsNotThereFailsOnlyItsCase() throws IOException {
        assertThat(run(line("a", "lightgbm", "none.txt", "right.csv", "output", "score")
                        + line("b", "lightgbm", "model.txt", "right.csv", "output", "score")))
                .isEqualTo(1);
        assertThat(printed).contains("cannot be read").endsWith("1 passed, 1 failed, 0 refused\n");
    }

    @Test
    void programsReadOneObjectALine() throws IOException {
        assertThat(run(line("one", "lightgbm", "model.txt", "right.csv", "output", "score"), "--json"))
                .isZero();
        String[] lines = printed.split("\n");
        JsonNode first = JsonMapper.shared().readTree(lines[0]);
        assertThat(first.get("case").asString()).isEqualTo("one");
        assertThat(first.get("largest_error").asDouble()).isZero();
        assertThat(JsonMapper.shared().readTree(lines[1]).get("passed").asInt()).isEqualTo(1);
    }

    @Test
    void aFolderWithoutCasesIsAUsageError() {
        assertThat(Main.run("parity", folder.resolve("nowhere").toString())).isEqualTo(2);
    }
}

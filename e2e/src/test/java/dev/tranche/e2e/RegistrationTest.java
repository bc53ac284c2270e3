package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is taken in as a version, and what is refused with a reason.
class RegistrationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String XGB = "consumer_apply_xgb_v1.0";
    private static final String LGBM = "consumer_apply_lgbm_v1.0";

    private static final Path DEBIAN = Path.of("/usr/bin/python3");
    private static final Pattern FIRST_ANSWER = Pattern.compile("the first with \\[([0-9.E-]+)]");
    /// XGBoost computes the logistic in single precision.
    private static final double LOGISTIC_TOLERANCE = 1e-6;

    @TempDir
    static Path data;

    @TempDir
    Path work;

    private static Product product;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        product = Product.start(data);
        product.must("register", Product.CREDIT.resolve(XGB).toString());
        product.must("register", Product.CREDIT.resolve(LGBM).toString());
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    @Promise({
        "000 §2.2 a trained model is registered",
        "004 §8.2.1 an artifact is the model, its preprocessing, its feature list and its meta information",
        "004 §8.2.2 a version is named product_type_vmajor.minor"
    })
    void theExampleArtifactsAreCheckedAndRegistered() throws IOException, InterruptedException {
        for (String name : List.of("consumer_apply_scorecard_v1.0", XGB, "consumer_apply_xgb_v2.0", LGBM)) {
            JsonNode version = product.must(
                            "register", Product.CREDIT.resolve(name).toString(), "--json")
                    .json();
            assertThat(version.path("name").asString()).isEqualTo(name);
            assertThat(version.path("product").asString()).isEqualTo("consumer_apply");
            assertThat(version.path("state").asString()).isEqualTo("VALIDATED");
            assertThat(check(version, "parses")).isEqualTo("pass");
            assertThat(check(version, "schema")).isEqualTo("pass");
            assertThat(check(version, "golden_rows")).isEqualTo("pass");
            assertThat(version.toString()).contains("324 rows reproduce, margins bit for bit");
        }
        assertThat(product.get("/api/v1/routes").json().path("routes"))
                .as("registering releases nothing")
                .isEmpty();
    }

    @Test
    @Promise(
            "000 §2.1 ModelRegistry keeps model versions: the same bytes are the same version, other bytes are refused")
    void theSameBytesAreTheSameVersionAndOtherBytesAreRefused() throws IOException, InterruptedException {
        JsonNode first = product.get("/api/v1/versions/" + XGB).json();
        Path same = copy(XGB, XGB);
        assertThat(product.must("register", same.toString(), "--json")
                        .json()
                        .path("digest")
                        .asString())
                .isEqualTo(first.path("digest").asString());
        Files.writeString(same.resolve("card.md"), "another card\n");
        Product.Ran refused = product.run("register", same.toString(), "--json");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output()).contains("version_taken");
        assertThat(product.get("/api/v1/versions/" + XGB).json().path("digest")).isEqualTo(first.path("digest"));
    }

    @Test
    @Promise("004 §8.2.2 a minor changes no structure: other features, output or label need a new major")
    void aMinorThatChangesTheFeaturesIsRefused() throws IOException, InterruptedException {
        Path minor = copy(XGB, "consumer_apply_xgb_v1.1");
        ObjectNode features = (ObjectNode) JSON.readTree(Files.readString(minor.resolve("features.json")));
        ((ArrayNode) features.path("features"))
                .addObject()
                .put("name", "shoe_size")
                .put("type", "number")
                .put("missing", "allow");
        Files.writeString(minor.resolve("features.json"), features.toString());
        Product.Ran refused = product.run("register", minor.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output()).contains("shoe_size").contains("major");
        assertThat(product.get("/model/consumer_apply_xgb_v1.1").status()).isEqualTo(404);
    }

    @Test
    @Promise("004 §8.2.2 a minor with the same features, output and label is taken")
    void aMinorOfTheSameShapeIsTaken() throws IOException, InterruptedException {
        Path minor = copy(XGB, "consumer_apply_xgb_v1.7");
        Files.writeString(minor.resolve("card.md"), "tuned\n");
        product.must("register", minor.toString());
        assertThat(product.must("models", "list").output()).contains("consumer_apply_xgb_v1.7");
        assertThat(product.must("models", "show", "consumer_apply_xgb_v1.7").output())
                .contains("VALIDATED");
    }

    @Test
    @Promise("004 §8.1 what runs locally runs the same online: golden rows must reproduce bit for bit")
    void aGoldenRowThatIsOffByOneBitIsRefused() throws IOException, InterruptedException {
        Path folder = copy(XGB, "consumer_apply_xgb_v4.0");
        List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("samples.jsonl")));
        ObjectNode row = (ObjectNode) JSON.readTree(lines.getFirst());
        float margin = (float) row.path("margin").path(0).asDouble();
        row.putArray("margin").add((double) Math.nextUp(margin));
        lines.set(0, row.toString());
        Files.write(folder.resolve("samples.jsonl"), lines);
        Product.Ran refused = product.run("register", folder.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output())
                .contains("samples.jsonl line 1: margin[0] is")
                .contains("the trainer saw");
    }

    @Test
    @Promise("004 §8.2.1 a pickled model is no artifact: it is refused with advice on how to export it")
    void aPickleIsRefusedWithAdvice() throws IOException, InterruptedException {
        Path folder = copy(XGB, "consumer_apply_xgb_v5.0");
        Files.write(folder.resolve("model.pkl"), new byte[] {(byte) 0x80, 4, 'N', '.'});
        Product.Ran refused = product.run("register", folder.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output()).contains("model.pkl").contains("save_model");
    }

    @Test
    @Promise({
        "004 §8.2.1 an MLflow model of the xgboost flavour is taken as it was logged",
        "004 §8.2.1 the input example of an MLflow model is its smoke test"
    })
    void anMlflowXgboostFolderRegistersUnderAGivenName() throws IOException, InterruptedException {
        mlflow(XGB, "model.ubj", "xgboost", "model_class: xgboost.core.Booster", "consumer_apply_xgb_v8.0");
    }

    @Test
    @Promise("004 §8.2.1 an MLflow model of the lightgbm flavour is taken as it was logged")
    void anMlflowLightgbmFolderRegistersUnderAGivenName() throws IOException, InterruptedException {
        mlflow(LGBM, "model.txt", "lightgbm", "model_class: lightgbm.basic.Booster", "consumer_apply_lgbm_v8.0");
    }

    /// Logs an example model the way MLflow does and registers the folder; its first golden row is the input
    /// example.
    private void mlflow(String example, String file, String flavour, String model, String name)
            throws IOException, InterruptedException {
        Path source = Product.CREDIT.resolve(example);
        Path folder = Files.createDirectories(work.resolve("mlflow"));
        Files.copy(source.resolve(file), folder.resolve(file));
        JsonNode golden = JSON.readTree(
                Files.readAllLines(source.resolve("samples.jsonl")).getFirst());
        String transform = Files.readString(source.resolve("transform.yaml"));
        JsonNode columns = JSON.readTree(transform.substring(transform.lastIndexOf("output: ") + "output: ".length()));
        ArrayNode signature = JSON.createArrayNode();
        columns.forEach(column -> signature
                .addObject()
                .put("type", "double")
                .put("name", column.asString())
                .put("required", true));
        ObjectNode input = JSON.createObjectNode();
        input.set("columns", columns);
        input.putArray("data").add(golden.path("transformed"));
        Files.writeString(folder.resolve("input_example.json"), input.toString());
        Files.writeString(folder.resolve("conda.yaml"), "name: mlflow-env\n");
        Files.writeString(folder.resolve("MLmodel"), """
                artifact_path: model
                flavors:
                  python_function: {data: %1$s, env: {conda: conda.yaml}, loader_module: mlflow.%2$s}
                  %2$s: {code: null, data: %1$s, %3$s}
                mlflow_version: 3.4.0
                run_id: 0123456789abcdef0123456789abcdef
                saved_input_example_info: {artifact_path: input_example.json, pandas_orient: split, type: dataframe}
                signature:
                  inputs: '%4$s'
                  outputs: '[{"type": "double", "required": true}]'
                  params: null
                utc_time_created: '2026-11-02 09:00:00.000000'
                """.formatted(file, flavour, model, signature));

        Product.Ran nameless = product.run("register", folder.toString());
        assertThat(nameless.exit()).isEqualTo(1);
        assertThat(nameless.output()).contains("name");
        JsonNode version = product.must("register", folder.toString(), "--name", name, "--json")
                .json();
        assertThat(version.path("name").asString()).isEqualTo(name);
        assertThat(version.path("state").asString())
                .as("no golden rows, so it cannot be released")
                .isEqualTo("REGISTERED");
        assertThat(check(version, "smoke_test")).isEqualTo("pass");
        double margin = golden.path("margin").path(0).asDouble();
        Matcher answered = FIRST_ANSWER.matcher(version.toString());
        assertThat(answered.find()).as(version.toString()).isTrue();
        assertThat(Double.parseDouble(answered.group(1)))
                .as("the smoke test answers what the trainer saw")
                .isCloseTo(1 / (1 + Math.exp(-margin)), within(LOGISTIC_TOLERANCE));
    }

    @Test
    @Promise(
            "004 §8.2.1 a scikit-learn pipeline with its model is exported from Python and registered as it answers there")
    void aPipelineExportedFromPythonIsRegisteredWithItsGoldenRows() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                ran("-c", "import sklearn, xgboost, pandas").exit() == 0,
                "needs Debian's python3-sklearn, python3-xgboost and python3-pandas");
        Path folder = work.resolve("german_credit_xgb_v1.0");
        Product.Ran exported = ran(
                "-W",
                "ignore",
                Product.ROOT.resolve("python/examples/german_credit.py").toString(),
                Product.CREDIT.resolve("german-credit.csv").toString(),
                folder.toString());
        assertThat(exported.exit()).as(exported.output()).isZero();
        JsonNode version = product.must("register", folder.toString(), "--json").json();
        assertThat(version.path("state").asString()).isEqualTo("VALIDATED");
        assertThat(check(version, "golden_rows")).isEqualTo("pass");
        assertThat(version.toString()).contains("rows reproduce, margins bit for bit");
    }

    /// Debian's Python with the exporter on its path.
    private static Product.Ran ran(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(Files.exists(DEBIAN) ? DEBIAN.toString() : "python3"));
        all.addAll(List.of(words));
        ProcessBuilder python = new ProcessBuilder(all).redirectErrorStream(true);
        python.environment().put("PYTHONPATH", Product.ROOT.resolve("python").toString());
        python.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        python.environment().put("OMP_NUM_THREADS", "1");
        Process process = python.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Product.Ran(process.waitFor(), output);
    }

    private static String check(JsonNode version, String name) {
        for (JsonNode check : version.path("checks")) {
            if (check.path("name").asString().equals(name))
                return check.path("verdict").asString();
        }
        return "no check " + name + " in " + version;
    }

    private Path copy(String example, String name) throws IOException {
        return copy(example, name, work);
    }

    /// A copy of an example artifact under another version name.
    static Path copy(String example, String name, Path work) throws IOException {
        Path folder = Files.createDirectories(work.resolve(name));
        try (Stream<Path> files = Files.list(Product.CREDIT.resolve(example))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Path yaml = folder.resolve("model.yaml");
        Files.write(
                yaml,
                Files.readString(yaml, StandardCharsets.UTF_8)
                        .replace(example, name)
                        .getBytes(StandardCharsets.UTF_8));
        return folder;
    }
}

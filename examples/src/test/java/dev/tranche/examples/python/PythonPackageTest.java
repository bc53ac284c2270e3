package dev.tranche.examples.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.Verification;
import dev.tranche.inference.embedded.EmbeddedModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The package in `python/`: its own tests run with the machine's Python, and every artifact folder that they
/// leave is opened here. scikit-learn, XGBoost and LightGBM computed the golden rows; the JVM must come to
/// the same bits.
class PythonPackageTest {
    private static final Path ROOT =
            Path.of(System.getProperty("tranche.root", "..")).toAbsolutePath().normalize();
    private static final String LIBRARIES = "sklearn, xgboost, pandas, joblib";

    @TempDir
    static Path work;

    private static String said = "";
    private static int exit;
    private static boolean complete;

    @BeforeAll
    static void runItsTests() throws IOException, InterruptedException {
        String python = python();
        assumeTrue(!python.isEmpty(), "needs a python3 to run the tests of python/");
        complete = imports(python, LIBRARIES);
        Path log = work.resolve("log");
        ProcessBuilder tests = new ProcessBuilder(
                        python, "-W", "ignore", "-m", "unittest", "discover", "-t", ".", "tests")
                .directory(ROOT.resolve("python").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = tests.environment();
        environment.put(
                "TRANCHE_EXPORTED",
                Files.createDirectory(work.resolve("exported")).toString());
        environment.put("TRANCHE_SHARED", System.getProperty("tranche.shared", "../shared"));
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("OMP_NUM_THREADS", "1");
        environment.put("TRANCHE_LIGHTGBM", lightgbm());
        exit = tests.start().waitFor();
        said = Files.readString(log);
    }

    @Test
    void itsOwnTestsPass() {
        assertThat(exit).as(said).isZero();
        assertThat(said).contains("OK");
    }

    @Test
    void everyFolderThatItWroteComesOutBitForBit() throws IOException {
        assumeTrue(complete, "needs Debian's python3-sklearn, python3-xgboost and python3-pandas for real pipelines");
        List<Path> folders;
        try (Stream<Path> list = Files.list(work.resolve("exported"))) {
            folders = list.sorted().toList();
        }
        assertThat(folders).hasSizeGreaterThan(30);
        for (Path folder : folders) {
            Artifact artifact = Artifact.open(files(folder));
            assertThat(artifact.verify())
                    .as(folder.getFileName().toString())
                    .isEqualTo(new Verification.Reproduced(artifact.goldenRows().size()));
            assertThat(artifact.goldenRows()).hasSizeGreaterThanOrEqualTo(1000);
        }
    }

    @Test
    void anExportedPipelineIsEmbeddedInThreeLines() throws IOException {
        assumeTrue(complete, "needs Debian's python3-sklearn, python3-xgboost and python3-pandas for real pipelines");
        EmbeddedModel model = EmbeddedModel.open(work.resolve("exported/german_early_v1.0"));
        Map<String, Object> applicant = Map.of("duration", 24, "credit_amount", 3000, "age", 40);
        assertThat(model.score(applicant)).isBetween(0.0, 1.0);
    }

    /// The genuine LightGBM library out of lightgbm4j, which Debian has no package of; empty on another
    /// machine.
    private static String lightgbm() throws IOException {
        boolean here = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        try (InputStream library =
                PythonPackageTest.class.getResourceAsStream("/lightgbm4j/linux/x86_64/lib_lightgbm.so")) {
            if (!here || library == null) {
                return "";
            }
            Path copy = work.resolve("lib_lightgbm.so");
            Files.copy(library, copy);
            return copy.toString();
        }
    }

    /// Debian's own Python where it has the libraries: another one may stand before it on the path.
    private static String python() throws IOException, InterruptedException {
        for (String python : List.of("/usr/bin/python3", "python3")) {
            if (runs(python) && imports(python, LIBRARIES)) {
                return python;
            }
        }
        return runs("python3") ? "python3" : "";
    }

    private static boolean runs(String python) throws InterruptedException {
        try {
            return imports(python, "sys");
        } catch (IOException absent) {
            // No such program: the answer, not a failure.
            return false;
        }
    }

    private static boolean imports(String python, String modules) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(python, "-c", "import " + modules)
                .redirectErrorStream(true)
                .start();
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> {});
        return process.waitFor() == 0;
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }
}

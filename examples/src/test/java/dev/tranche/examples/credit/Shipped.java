package dev.tranche.examples.credit;

import dev.tranche.inference.Admission;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.Schema;
import dev.tranche.inference.format.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What `examples/credit` ships, read as registration reads it: YAML as canonical JSON.
final class Shipped {

    static final Path FOLDER = Path.of(System.getProperty("tranche.root"), "examples/credit");

    static final List<String> MODELS = List.of(
            "consumer_apply_scorecard_v1.0",
            "consumer_apply_xgb_v1.0",
            "consumer_apply_xgb_v2.0",
            "consumer_apply_lgbm_v1.0");

    private Shipped() {}

    static Map<String, byte[]> files(String model) {
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> paths = Files.list(FOLDER.resolve(model))) {
            for (Path path : paths.toList()) {
                byte[] bytes = Files.readAllBytes(path);
                String name = path.getFileName().toString();
                files.put(name, name.endsWith(".yaml") ? canonical(bytes) : bytes);
            }
            return files;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static byte[] policy() {
        try {
            return canonical(Files.readAllBytes(FOLDER.resolve("policy.yaml")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<Applicant> rows(String file) {
        try {
            return GermanCredit.read(FOLDER.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The applicant as the schema admits him.
    static FeatureRow admitted(Schema schema, Applicant applicant) {
        FeatureRow row = schema.row();
        for (Field field : GermanCredit.FIELDS) {
            String text = applicant.text(field.name());
            if (text != null && field.numeric()) {
                row.number(schema.position(field.name()), Double.parseDouble(text));
            } else if (text != null) {
                row.text(schema.position(field.name()), text);
            }
        }
        if (schema.admit(row) instanceof Admission.Admitted admitted) {
            return admitted.row();
        }
        throw new IllegalStateException("every row of the data must be admitted: " + applicant);
    }

    static byte[] canonical(byte[] yaml) {
        String json = new YAMLMapper().readTree(yaml).toString();
        return Json.parse(json).canonical().getBytes(StandardCharsets.UTF_8);
    }
}

package dev.tranche.inference.embedded;

import dev.tranche.inference.Admission;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.Schema;
import dev.tranche.inference.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A model that lives in the caller's JVM, for when the way to a server is longer than the answer.
///
/// ```java
/// EmbeddedModel model = EmbeddedModel.open(Path.of("german_credit_xgb_v1.0"));
/// Map<String, Object> applicant = Map.of("duration", 24, "purpose", "car");
/// double bad = model.score(applicant);
/// ```
///
/// The same schema, transform and model as on the server, and so the same bits. Immutable, safe for any
/// number of threads. Who counts nanoseconds takes [#artifact] and keeps a [FeatureRow] and a scorer for each
/// thread.
///
/// This is the one class of the module that reads from disk: it is a door, as the server's are.
public final class EmbeddedModel {
    private final Artifact artifact;

    private EmbeddedModel(Artifact artifact) {
        this.artifact = artifact;
    }

    /// Opens a folder as the Python exporter writes it, with `model.yaml` and `transform.yaml` as JSON, and
    /// recomputes its golden rows: a folder that opens answers here as it did where it was trained.
    ///
    /// @throws IOException when the folder or a file of it cannot be read
    /// @throws ArtifactException when it is no artifact, or `golden_rows_differ` when a golden row comes out
    ///     otherwise
    public static EmbeddedModel open(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = path.getFileName().toString();
                byte[] bytes = Files.readAllBytes(path);
                requireJson(name, bytes);
                files.put(name, bytes);
            }
        }
        Artifact artifact = Artifact.open(files);
        if (artifact.verify() instanceof Verification.Differs differs) {
            throw ArtifactException.of("golden_rows_differ", folder.getFileName() + ": " + differs);
        }
        return new EmbeddedModel(artifact);
    }

    /// There is no YAML reader in the jar: what begins otherwise than JSON is said to be YAML, not to be
    /// broken.
    private static void requireJson(String name, byte[] bytes) {
        if (name.endsWith(".yaml")
                && !new String(bytes, StandardCharsets.UTF_8).stripLeading().startsWith("{")) {
            throw ArtifactException.of(
                    "yaml_not_json",
                    name + " is written as YAML, and an embedded model reads its files as JSON: write it once with "
                            + "python3 -c 'import sys, json, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))' < "
                            + name);
        }
    }

    /// The first output: the probability, the value or the points.
    ///
    /// @param features by name: a number, a boolean, a text, a `LocalDate`, or null for missing; a feature
    ///     that is not named is missing
    /// @throws RowRefusedException when the schema, the transform or the model refuses the row
    /// @throws IllegalArgumentException for a name that is no feature, or a value of no such type
    public double score(Map<String, ? extends @Nullable Object> features) {
        return predict(features).score();
    }

    /// All outputs and margins.
    ///
    /// @throws RowRefusedException when the schema, the transform or the model refuses the row
    /// @throws IllegalArgumentException for a name that is no feature, or a value of no such type
    public Prediction predict(Map<String, ? extends @Nullable Object> features) {
        Schema schema = artifact.schema();
        FeatureRow row = schema.row();
        features.forEach((name, value) -> set(row, position(schema, name), name, value));
        return switch (schema.admit(row)) {
            case Admission.Admitted admitted -> artifact.score(admitted.row(), Deadline.NONE);
            case Admission.Rejected(String feature, String reason) -> throw RowRefusedException.of(feature, reason);
            case Admission.FallBack(String feature, String reason) -> throw RowRefusedException.of(feature, reason);
        };
    }

    /// The artifact itself: schema, golden rows, explanations, and scoring without a map.
    public Artifact artifact() {
        return artifact;
    }

    private static int position(Schema schema, String name) {
        int position = schema.position(name);
        if (position < 0) {
            List<String> known = schema.features().stream().map(f -> f.name()).toList();
            throw new IllegalArgumentException("no feature is named \"" + name + "\"; there are " + known);
        }
        return position;
    }

    private static void set(FeatureRow row, int position, String name, @Nullable Object value) {
        switch (value) {
            case null -> row.erase(position);
            case Number number -> row.number(position, number.doubleValue());
            case Boolean flag -> row.flag(position, flag);
            case CharSequence text -> row.text(position, text.toString());
            case LocalDate date -> row.date(position, date);
            case Object other ->
                throw new IllegalArgumentException(
                        name + " must be a number, boolean, text, LocalDate or null: " + other.getClass());
        }
    }
}

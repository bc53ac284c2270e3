package dev.tranche.inference;

import java.util.List;
import java.util.Map;

/// A registered folder as one pure function: features in, prediction out, explained and verified. Immutable,
/// safe for any number of threads.
@SuppressWarnings("DoNotCallSuggester")
public final class Artifact {
    private Artifact() {}

    /// Reads a folder.
    ///
    /// @param files the bytes by file name; `model.yaml`, `transform.yaml` as canonical JSON
    /// @throws ArtifactException when a file is missing, broken or contradicts another
    public static Artifact open(Map<String, byte[]> files) {
        throw ArtifactException.of("unfinished", "not read yet: " + files.size());
    }

    /// SHA-256 in lower-case hex over the lines `name TAB sha256-of-bytes LF` sorted by name.
    public static String digest(Map<String, byte[]> files) {
        throw ArtifactException.of("unfinished", "not digested yet: " + files.size());
    }

    /// Who the model says it is.
    public Identity identity() {
        throw ArtifactException.of("unfinished", "no identity yet");
    }

    /// What a request may carry.
    public Schema schema() {
        throw ArtifactException.of("unfinished", "no schema yet");
    }

    /// The model itself, calibration included.
    public Model model() {
        throw ArtifactException.of("unfinished", "no model yet");
    }

    /// The model's input for an admitted row: the transform's output, in double precision.
    public double[] vector(FeatureRow row) {
        throw ArtifactException.of("unfinished", "no vector yet");
    }

    /// The answer for an admitted row.
    ///
    /// @throws DeadlinePassedException when the deadline passed first
    public Prediction score(FeatureRow row, Deadline deadline) {
        return model().predict(vector(row), deadline);
    }

    /// The rows of `samples.jsonl`; empty without the file.
    public List<GoldenRow> goldenRows() {
        throw ArtifactException.of("unfinished", "no golden rows yet");
    }

    /// Recomputes every golden row.
    public Verification verify() {
        throw ArtifactException.of("unfinished", "not verified yet");
    }

    /// Why an admitted row scores as it does.
    ///
    /// @throws ArtifactException `not_explainable` when the model has no method
    public Contributions explain(FeatureRow row) {
        throw ArtifactException.of("unfinished", "no explanation yet");
    }
}

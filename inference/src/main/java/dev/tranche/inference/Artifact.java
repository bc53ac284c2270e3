package dev.tranche.inference;

import dev.tranche.inference.transform.Program;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A registered folder as one pure function: features in, prediction out, explained and verified. Immutable,
/// safe for any number of threads until it is closed.
///
/// ```java
/// Artifact artifact = Artifact.open(files);
/// FeatureRow row = artifact.schema().row();
/// row.number(artifact.schema().position("age"), 30);
/// if (artifact.schema().admit(row) instanceof Admission.Admitted admitted) {
///     double score = artifact.score(admitted.row(), Deadline.NONE).score();
/// }
/// ```
public final class Artifact implements AutoCloseable {
    private final Identity identity;
    private final Schema schema;
    private final Program program;
    private final Model model;
    private final Explained explained;
    private final List<GoldenRow> goldenRows;

    Artifact(
            Identity identity,
            Schema schema,
            Program program,
            Model model,
            Explained explained,
            List<GoldenRow> goldenRows) {
        this.identity = identity;
        this.schema = schema;
        this.program = program;
        this.model = model;
        this.explained = explained;
        this.goldenRows = goldenRows;
    }

    /// Reads a folder; `docs/reference/artifact.md` explains its files.
    ///
    /// @param files the bytes by file name; `model.yaml` and `transform.yaml` as canonical JSON
    /// @throws ArtifactException when a file is missing, broken or contradicts another
    public static Artifact open(Map<String, byte[]> files) {
        return open(files, List.of());
    }

    /// Reads a folder whose model may need one of these readers.
    ///
    /// @param files the bytes by file name; `model.yaml` and `transform.yaml` as canonical JSON
    /// @param readers for formats, or models of a format, that this module does not read by itself
    /// @throws ArtifactException when a file is missing, broken or contradicts another
    public static Artifact open(Map<String, byte[]> files, List<ModelReader> readers) {
        return new ArtifactReader(files, readers).read();
    }

    /// SHA-256 in lower-case hex over the lines `name TAB sha256-of-bytes LF` sorted by name.
    public static String digest(Map<String, byte[]> files) {
        MessageDigest sha = sha256();
        new TreeMap<>(files)
                .forEach((name, bytes) -> sha.update(
                        (name + "\t" + hex(sha256().digest(bytes)) + "\n").getBytes(StandardCharsets.UTF_8)));
        return hex(sha.digest());
    }

    /// SHA-256 in lower-case hex of what a folder computes: of its model, features and transform, without its
    /// name, provenance, golden rows and card. Folders of one essence can share one model in memory, see
    /// [#twin].
    ///
    /// @throws ArtifactException when `model.yaml` is missing or not JSON, or names a file that is missing
    public static String essence(Map<String, byte[]> files) {
        return digest(new ArtifactReader(files, List.of()).essence());
    }

    /// The artifact of another folder of the same essence, which shares this one's schema, transform and
    /// model: only its name and its golden rows are its own. Closing either closes the shared model.
    ///
    /// @throws ArtifactException when a file is missing, broken or says something else than this artifact
    public Artifact twin(Map<String, byte[]> files) {
        return new ArtifactReader(files, List.of()).twin(this);
    }

    Artifact named(Identity other, List<GoldenRow> rows) {
        return new Artifact(other, schema, program, model, explained, rows);
    }

    /// Gives back what the model holds outside the heap. The owner calls it once, when no call is under way
    /// and none will follow.
    @Override
    public void close() {
        model.close();
    }

    /// Who the model says it is.
    public Identity identity() {
        return identity;
    }

    /// What a request may carry.
    public Schema schema() {
        return schema;
    }

    /// The model itself, calibration included.
    public Model model() {
        return model;
    }

    /// The model's input for an admitted row: the transform's output, in double precision.
    ///
    /// @throws RowRefusedException when the transform declares that such a row is refused
    public double[] vector(FeatureRow row) {
        return program.run(row);
    }

    /// The answer for an admitted row.
    ///
    /// @throws RowRefusedException when the transform or the model declares that such a row is refused
    /// @throws DeadlinePassedException when the deadline passed first
    public Prediction score(FeatureRow row, Deadline deadline) {
        return model.predict(program.run(row), deadline);
    }

    /// The rows of `samples.jsonl`; empty without the file. Kept as the text of the file, which is a tenth of
    /// the size: a row is read anew each time it is asked for.
    public List<GoldenRow> goldenRows() {
        return goldenRows;
    }

    /// Recomputes every golden row.
    public Verification verify() {
        return new Verifier(this).verify();
    }

    /// Recomputes one of its golden rows.
    public Verification verify(GoldenRow row) {
        return new Verifier(this).verify(row);
    }

    /// Why an admitted row scores as it does.
    ///
    /// @throws ArtifactException `not_explainable` when no method is known for the model
    /// @throws RowRefusedException when the transform or the model declares that such a row is refused
    public Contributions explain(FeatureRow row) {
        return explain(row, Deadline.NONE);
    }

    /// Why an admitted row scores as it does, if there is time.
    ///
    /// @throws ArtifactException `not_explainable` when no method is known for the model
    /// @throws RowRefusedException when the transform or the model declares that such a row is refused
    /// @throws DeadlinePassedException when the deadline passed first
    public Contributions explain(FeatureRow row, Deadline deadline) {
        return explain(program.run(row), deadline);
    }

    /// Why a vector of [#vector] scores as it does, if there is time.
    ///
    /// @throws ArtifactException `not_explainable` when no method is known for the model
    /// @throws RowRefusedException when the model declares that such a row is refused
    /// @throws DeadlinePassedException when the deadline passed first
    public Contributions explain(double[] vector, Deadline deadline) {
        return explained.explain(vector, deadline);
    }

    /// How this artifact explains itself, whatever the row.
    ///
    /// @throws ArtifactException `not_explainable` when no method is known for the model; the message says
    ///     why
    public Explanation explanation() {
        return explained.explanation();
    }

    static String sha256(byte[] bytes) {
        return hex(sha256().digest(bytes));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}

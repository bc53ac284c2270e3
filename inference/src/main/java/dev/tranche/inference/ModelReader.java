package dev.tranche.inference;

/// Reads models of a format that needs more than this module may lean on, such as a native library.
///
/// ```java
/// Artifact artifact = Artifact.open(files, List.of(new OnnxReader()));
/// ```
///
/// This module reads what it can by itself; only what it cannot goes to a reader. Stateless, safe for any
/// number of threads.
public interface ModelReader {
    /// The word of `model.yaml`, `format: onnx`.
    String format();

    /// Reads and compiles a model.
    ///
    /// @return a model that the caller closes
    /// @throws ArtifactException when the bytes are broken, hostile or not supported
    Model read(ModelSource source);
}

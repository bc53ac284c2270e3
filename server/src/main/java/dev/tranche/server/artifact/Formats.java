package dev.tranche.server.artifact;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.ModelReader;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/// Opens model folders with the readers that this installation has: those of `inference`, and one for each
/// module on the class path that brings a reader of its own, such as ONNX Runtime's. Without that module its
/// jar is not missed until a model needs it, and then by name.
public final class Formats {
    private static final List<ModelReader> INSTALLED = ServiceLoader.load(ModelReader.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    private Formats() {}

    /// The artifact of these files; the caller closes it.
    ///
    /// @throws ArtifactException when a file is missing or broken, contradicts another, or needs a reader
    ///     that is not installed
    public static Artifact open(Map<String, byte[]> files) {
        return Artifact.open(files, INSTALLED);
    }
}

package dev.tranche.inference.onnx;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Model;
import dev.tranche.inference.ModelReader;
import dev.tranche.inference.ModelSource;
import dev.tranche.inference.format.onnx.OnnxAnswer;
import dev.tranche.inference.format.onnx.OnnxGraph;
import dev.tranche.inference.format.onnx.OnnxOptions;

/// Reads ONNX files for ONNX Runtime. Found by `ServiceLoader`, so that a program which has this module on
/// its class path has the format.
///
/// ```java
/// Artifact artifact = Artifact.open(files, List.of(new OnnxReader()));
/// ```
public record OnnxReader() implements ModelReader {
    @Override
    public String format() {
        return "onnx";
    }

    /// Loads a graph, runs it once on zeros to learn its columns, and makes a model of it.
    ///
    /// @throws ArtifactException `onnx_runtime_missing` where this machine has no native library,
    ///     `model_invalid` when ONNX Runtime cannot load or run the graph, another code when its inputs or
    ///     outputs do not fit a table
    @Override
    public Model read(ModelSource source) {
        OnnxGraph graph = OnnxGraph.read(source.bytes());
        OnnxOptions options = OnnxOptions.read(source.options());
        OnnxAnswer answer = OnnxAnswer.of(graph, options, source.output());
        Feeds feeds = Feeds.of(graph, source);
        Session session = Session.open(source.bytes(), graph);
        try {
            return OnnxModel.of(session, graph, feeds, answer, source, options);
        } catch (RuntimeException | Error failed) {
            session.close();
            throw failed;
        }
    }
}

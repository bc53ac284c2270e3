package dev.tranche.fuzz;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// ONNX files as our own engine reads them: answered, left to ONNX Runtime (which is not here), or refused.
public final class OnnxTarget {
    private static final Map<String, byte[]> FOLDER = Map.of(
            "model.yaml",
            text(
                    "{\"file\":\"model.onnx\",\"format\":\"onnx\",\"inputs\":\"by_position\",\"label\":{\"definition\":\"d\","
                            + "\"name\":\"bad\",\"positive\":\"bad\"},\"name\":\"p_onnx_v1.0\",\"output\":\"value\"}"),
            "features.json",
            text("{\"features\":[\"a\",\"b\"]}"));

    private OnnxTarget() {}

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        Map<String, byte[]> folder = new TreeMap<>(FOLDER);
        folder.put("model.onnx", bytes);
        try (Artifact artifact = Artifact.open(folder)) {
            artifact.model().predict(new double[] {1, Double.NaN}, Deadline.NONE);
        } catch (ArtifactException refused) {
            return;
        }
    }
}

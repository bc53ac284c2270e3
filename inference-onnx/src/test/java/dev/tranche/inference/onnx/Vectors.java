package dev.tranche.inference.onnx;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.format.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The committed graphs with what scikit-learn answers for their rows, and folders around them. `make.py`
/// beside them made them.
final class Vectors {
    private Vectors() {}

    static byte[] bytes(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no vector " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[][] rows(String name) {
        return table(name, "rows");
    }

    static double[][] probabilities(String name) {
        return table(name, "probabilities");
    }

    private static double[][] table(String name, String key) {
        List<Json> rows =
                Json.parse(bytes(name + ".json")).asStruct(name).keys(name).items(key);
        double[][] table = new double[rows.size()][];
        for (int i = 0; i < table.length; i++) {
            List<Json> row = ((Json.Items) rows.get(i)).values();
            table[i] = row.stream()
                    .mapToDouble(each -> ((Json.Num) each).doubleValue())
                    .toArray();
        }
        return table;
    }

    /// A folder of four numbers around a graph.
    ///
    /// @param onnx the member of model.yaml, for example `"onnx": {"class": 1}, `
    static Map<String, byte[]> folder(byte[] model, String output, String positive, String onnx) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("model.onnx", model);
        text(files, "features.json", """
                {"features": ["a", "b", "c", "d"]}""");
        text(files, "model.yaml", """
                {"name": "consumer_apply_nn_v1.0", "format": "onnx", "file": "model.onnx", "output": "%s", %s
                 "label": {"name": "bad", "definition": "90 dpd in 12 months", "positive": "%s"}}""".formatted(output, onnx, positive));
        return files;
    }

    static Artifact open(String name, String positive, String onnx) {
        return Artifact.open(folder(bytes(name + ".onnx"), "probability", positive, onnx), List.of(new OnnxReader()));
    }

    static void text(Map<String, byte[]> files, String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.tranche.server.serving;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.Model;
import dev.tranche.inference.ModelReader;
import dev.tranche.inference.ModelSource;
import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Folders of [Press] models, which a test can hold up, break and watch; and the artifacts over them.
public final class Workshop {
    private final Map<Digest, Map<String, byte[]>> folders = new ConcurrentHashMap<>();
    private final Queue<Press> made = new ConcurrentLinkedQueue<>();
    private final Artifacts artifacts = Artifacts.of(
            digest -> Optional.ofNullable(folders.get(digest)), files -> Artifact.open(files, List.of(new Reader())));

    public static Workshop open() {
        return new Workshop();
    }

    private Workshop() {}

    private final class Reader implements ModelReader {
        @Override
        public String format() {
            return "onnx";
        }

        @Override
        public Model read(ModelSource source) {
            Press press = new Press();
            made.add(press);
            return press;
        }
    }

    /// A folder whose only feature is `x` and whose score is `x + 1`.
    ///
    /// @param content bytes of the model file; the same bytes have the same essence
    /// @param golden lines of `samples.jsonl`
    public Digest folder(String name, String content, String golden) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("model.yaml", bytes("""
                {"name": "%s", "format": "onnx", "file": "model.onnx", "output": "value",
                 "label": {"name": "sum", "definition": "x and one", "positive": "none"}}""".formatted(name)));
        files.put("features.json", bytes("""
                {"features": [{"name": "x", "type": "number", "missing": "reject", "range": [-1000000, 1000000]}]}"""));
        files.put("model.onnx", onnx(content));
        files.put("samples.jsonl", bytes(golden));
        Digest digest = Digest.parse(Artifact.digest(files));
        folders.put(digest, files);
        return digest;
    }

    /// The smallest ONNX file that is one, `y = Relu(x)`, so that the reader is asked.
    ///
    /// @param producer who made it
    private static byte[] onnx(String producer) {
        byte[] one = {8, 11, 18, 4, 10, 2, 8, 1}; // a tensor of doubles with one dimension of length 1
        byte[] type = field(2, field(1, one));
        byte[] node = joined(field(1, bytes("x")), field(2, bytes("y")), field(4, bytes("Relu")));
        byte[] graph = joined(
                field(1, node),
                field(11, joined(field(1, bytes("x")), type)),
                field(12, joined(field(1, bytes("y")), type)));
        return joined(field(2, bytes(producer)), field(7, graph));
    }

    /// A field of a protocol buffer that holds bytes; at most 127 of them.
    private static byte[] field(int number, byte[] value) {
        return joined(new byte[] {(byte) (number << 3 | 2), (byte) value.length}, value);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A version without golden rows: nothing is known of its cost, so it runs in a lane.
    LoadedVersion slow(String name) {
        return artifacts.load(VersionName.parse(name), folder(name, name, ""));
    }

    public Artifacts artifacts() {
        return artifacts;
    }

    /// Every model that was ever opened, in order.
    public List<Press> made() {
        return List.copyOf(made);
    }

    public Press last() {
        return made().getLast();
    }
}

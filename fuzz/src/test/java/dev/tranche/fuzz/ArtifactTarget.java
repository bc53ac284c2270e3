package dev.tranche.fuzz;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A folder of which one file is not what it should be: the first byte says which.
public final class ArtifactTarget {
    private static final List<String> FILES =
            List.of("model.yaml", "features.json", "transform.yaml", "samples.jsonl", "scorecard.json");
    private static final Map<String, byte[]> SCORECARD = Examples.folder("consumer_apply_scorecard_v1.0");
    private static final Map<String, byte[]> TREES = Examples.folder("consumer_apply_xgb_v1.0");

    static {
        // A few golden rows are as good as hundreds, and quicker.
        for (Map<String, byte[]> folder : List.of(SCORECARD, TREES)) {
            byte[] rows = folder.getOrDefault("samples.jsonl", new byte[0]);
            folder.put("samples.jsonl", Arrays.copyOf(rows, first(rows) + 1));
        }
    }

    private ArtifactTarget() {}

    private static int first(byte[] rows) {
        int at = 0;
        while (rows[at] != '\n') {
            at++;
        }
        return at;
    }

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        String file = FILES.get((bytes[0] & 255) % FILES.size());
        Map<String, byte[]> folder = new TreeMap<>(file.equals("transform.yaml") ? TREES : SCORECARD);
        folder.put(file, Arrays.copyOfRange(bytes, 1, bytes.length));
        try {
            Artifact.open(folder).verify();
        } catch (ArtifactException refused) {
            return;
        }
    }
}

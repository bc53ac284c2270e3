package dev.tranche.fuzz;

import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import java.nio.charset.StandardCharsets;

/// JSON: what is read and written is read the same again.
public final class JsonTarget {
    private JsonTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        Json read;
        try {
            read = Json.parse(bytes);
        } catch (JsonException refused) {
            return;
        }
        String text = read.canonical();
        Json again = Json.parse(text.getBytes(StandardCharsets.UTF_8));
        if (!again.canonical().equals(text)) {
            throw new AssertionError("written as " + text + ", read as " + again.canonical());
        }
    }
}

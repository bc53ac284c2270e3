package dev.tranche.server.journal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Records of the decision journal, whose checksums a hostile disk may have got right; the first byte is the
/// type.
public final class RecordTarget {
    private static final Layout LAYOUT = Layout.of("consumer_apply", List.of("age", "purpose"));

    private RecordTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        try {
            Codec.read(bytes[0], ByteBuffer.wrap(Arrays.copyOfRange(bytes, 1, bytes.length)), _ -> LAYOUT);
        } catch (JournalException refused) {
            return;
        }
    }
}

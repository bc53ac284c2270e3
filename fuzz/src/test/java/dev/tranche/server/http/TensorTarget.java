package dev.tranche.server.http;

import dev.tranche.server.protocol.ProtocolException;
import java.util.Arrays;
import tools.jackson.core.JacksonException;

/// The body of `POST /v2/models/…/infer`; the first byte says how many binary bytes follow the JSON.
public final class TensorTarget {
    private TensorTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        byte[] body = Arrays.copyOfRange(bytes, 1, bytes.length);
        try {
            TensorReader.read(body, Math.max(0, body.length - (bytes[0] & 63)));
        } catch (ProtocolException | JacksonException refused) {
            return;
        }
    }
}

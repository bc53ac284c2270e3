package dev.tranche.server.grpc;

import dev.tranche.server.protocol.ProtocolException;

/// The message of `ModelInfer` in its wire form.
public final class InferMessageTarget {
    private InferMessageTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            InferMessages.read(ProtoReader.over(bytes, 0, bytes.length));
        } catch (ProtocolException refused) {
            return;
        }
    }
}

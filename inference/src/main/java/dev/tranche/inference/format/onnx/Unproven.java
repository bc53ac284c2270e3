package dev.tranche.inference.format.onnx;

/// It is not proven that our own engine would answer with the same bits, so ONNX Runtime shall. Thrown and
/// caught within this package; carries no stack trace.
final class Unproven extends RuntimeException {
    private final String reason;

    private Unproven(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    static Unproven because(String reason) {
        return new Unproven(reason);
    }

    String reason() {
        return reason;
    }
}

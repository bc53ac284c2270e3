package dev.tranche.inference;

import org.jspecify.annotations.Nullable;

/// Recomputes golden rows: vectors and margins bit for bit in the model's precision, outputs nearly so,
/// because the same link written in two ways, or in two mathematical libraries, differs in its last bits. A
/// model whose arithmetic is another on another machine says by how much ([Model#tolerance()]).
final class Verifier {
    private static final int FLOAT_ULPS = 2;
    // Points to log-odds, offset against base: 4 units seen, and exp widens what it is given; 64 are 1e-14.
    private static final int DOUBLE_ULPS = 64;
    private final Artifact artifact;
    private final Precision precision;
    private final double tolerance;

    Verifier(Artifact artifact) {
        this.artifact = artifact;
        this.precision = artifact.model().precision();
        this.tolerance = artifact.model().tolerance();
    }

    Verification verify() {
        for (GoldenRow row : artifact.goldenRows()) {
            Verification.Differs difference = check(row);
            if (difference != null) {
                return difference;
            }
        }
        return artifact.goldenRows().isEmpty()
                ? new Verification.Absent()
                : new Verification.Reproduced(artifact.goldenRows().size());
    }

    Verification verify(GoldenRow row) {
        Verification.Differs difference = check(row);
        return difference != null ? difference : new Verification.Reproduced(1);
    }

    private Verification.@Nullable Differs check(GoldenRow golden) {
        Schema schema = artifact.schema();
        for (String name : golden.input().members().keySet()) {
            if (schema.position(name) < 0) {
                return new Verification.Differs(
                        golden.line(), "input." + name, "a feature of features.json", "unknown");
            }
        }
        return switch (schema.admit(schema.read(golden.input()))) {
            case Admission.Admitted admitted -> numbers(golden, admitted.row());
            case Admission.Rejected(String feature, String reason) -> refused(golden, feature + " " + reason);
            case Admission.FallBack(String feature, String reason) -> refused(golden, feature + " " + reason);
        };
    }

    private Verification.@Nullable Differs numbers(GoldenRow golden, FeatureRow row) {
        try {
            double[] vector = artifact.vector(row);
            Prediction prediction = artifact.model().predict(vector, Deadline.NONE);
            double[] expected = golden.transformed().length == 0 ? vector : golden.transformed();
            Verification.Differs first = compare(golden, "transformed", expected, vector, 0, 0);
            if (first == null && golden.margins().length > 0) {
                first = compare(golden, "margin", golden.margins(), prediction.margins(), 0, tolerance);
            }
            return first != null
                    ? first
                    : compare(golden, "output", golden.outputs(), prediction.outputs(), outputUlps(), tolerance);
        } catch (RowRefusedException refusal) {
            return refused(golden, String.valueOf(refusal.getMessage()));
        }
    }

    private Verification.@Nullable Differs compare(
            GoldenRow golden, String what, double[] expected, double[] actual, int ulps, double share) {
        if (expected.length != actual.length) {
            return new Verification.Differs(
                    golden.line(), what, expected.length + " values", actual.length + " values");
        }
        for (int i = 0; i < expected.length; i++) {
            boolean same = precision.bits(expected[i]) == precision.bits(actual[i]);
            double allowed = Math.max(ulps * precision.ulp(expected[i]), share * Math.max(1, Math.abs(expected[i])));
            boolean near = Math.abs(expected[i] - actual[i]) <= allowed;
            if (!same && !(allowed > 0 && near)) {
                return new Verification.Differs(
                        golden.line(), what + "[" + i + "]", shown(expected[i]), shown(actual[i]));
            }
        }
        return null;
    }

    private int outputUlps() {
        return switch (precision) {
            case FLOAT -> FLOAT_ULPS;
            case DOUBLE -> DOUBLE_ULPS;
        };
    }

    private String shown(double value) {
        return switch (precision) {
            case FLOAT -> Float.toString((float) value);
            case DOUBLE -> Double.toString(value);
        };
    }

    private static Verification.Differs refused(GoldenRow golden, String reason) {
        return new Verification.Differs(golden.line(), "admission", "admitted", reason);
    }
}

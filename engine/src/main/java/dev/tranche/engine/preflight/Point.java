package dev.tranche.engine.preflight;

/// One thing that was looked at.
///
/// @param name what
/// @param verdict how it is
/// @param detail what was found, one sentence
public record Point(String name, Verdict verdict, String detail) {
    /// How a point is.
    public enum Verdict {
        OK("ok"),
        FAILED("FAILED"),
        /// There is nothing to look at: no server, no calibration is used.
        NOT_ASKED("-");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// It is right.
    public static Point ok(String name, String detail) {
        return new Point(name, Verdict.OK, detail);
    }

    /// It is wrong.
    public static Point failed(String name, String detail) {
        return new Point(name, Verdict.FAILED, detail);
    }

    /// There is nothing to look at.
    public static Point notAsked(String name, String detail) {
        return new Point(name, Verdict.NOT_ASKED, detail);
    }

    /// Whether it stands in nobody's way.
    public boolean passed() {
        return verdict != Verdict.FAILED;
    }
}

package dev.tranche.inference.format.onnx;

import java.util.Arrays;

/// What a node of an ONNX tree asks of its feature; yes leads to the true node.
enum Mode {
    LEQ("BRANCH_LEQ"),
    LT("BRANCH_LT"),
    GTE("BRANCH_GTE"),
    GT("BRANCH_GT"),
    EQ("BRANCH_EQ"),
    NEQ("BRANCH_NEQ"),
    MEMBER("BRANCH_MEMBER"),
    LEAF("LEAF");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    /// The mode by its word in the older operators.
    static Mode parse(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.word.equals(word) && mode != MEMBER)
                .findFirst()
                .orElseThrow(() -> Unproven.because("a node has the mode " + word));
    }

    /// The mode by its number in `TreeEnsemble`.
    static Mode numbered(long number) {
        return switch (Math.clamp(number, -1, 7)) {
            case 0 -> LEQ;
            case 1 -> LT;
            case 2 -> GTE;
            case 3 -> GT;
            case 4 -> EQ;
            case 5 -> NEQ;
            case 6 -> MEMBER;
            default -> throw Unproven.because("a node has the mode " + number);
        };
    }
}

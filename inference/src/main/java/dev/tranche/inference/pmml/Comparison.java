package dev.tranche.inference.pmml;

/// How a value is compared with another.
enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST;

    /// The comparison of PMML's word.
    static Comparison of(String word, Element at) {
        return switch (word) {
            case "equal" -> EQUAL;
            case "notEqual" -> NOT_EQUAL;
            case "lessThan" -> LESS;
            case "lessOrEqual" -> AT_MOST;
            case "greaterThan" -> GREATER;
            case "greaterOrEqual" -> AT_LEAST;
            default -> throw at.unread("a comparison named " + word + " is not read");
        };
    }

    /// Whether texts can be compared so, which have no order here.
    boolean ordered() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    boolean holds(double left, double right) {
        return switch (this) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case AT_MOST -> left <= right;
            case GREATER -> left > right;
            case AT_LEAST -> left >= right;
        };
    }
}

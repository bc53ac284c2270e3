package dev.tranche.inference.pmml;

/// What a predicate says: a missing value makes it unknown.
enum Truth {
    TRUE,
    FALSE,
    UNKNOWN;

    static Truth of(boolean holds) {
        return holds ? TRUE : FALSE;
    }
}

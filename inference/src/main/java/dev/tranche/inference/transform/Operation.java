package dev.tranche.inference.transform;

import dev.tranche.inference.format.JsonKeys;

/// Turns the keys of one step into its compiled form, entering the columns it makes.
@FunctionalInterface
interface Operation {
    /// @throws dev.tranche.inference.format.JsonException when a key is missing, wrong or names no column
    Step compile(JsonKeys keys, Columns columns);
}

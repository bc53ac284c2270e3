package dev.tranche.release.registry;

import java.util.List;

/// What callers rely on, and so what every minor of one major must keep (seed 004 §8.2.2). For a version that
/// is no model, the features are the names it reads and the output is what it yields.
///
/// @param features names in order
/// @param output the kind of output, such as `probability` or `score`
/// @param label the definition of what is predicted; empty when there is none
public record Signature(List<String> features, String output, String label) {
    public Signature {
        features = List.copyOf(features);
    }
}

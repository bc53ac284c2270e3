package dev.tranche.inference;

/// The moment after which an answer is worthless; asked, never waited for.
@FunctionalInterface
public interface Deadline {
    /// A deadline that never passes.
    Deadline NONE = () -> false;

    /// Whether the moment has passed.
    boolean passed();
}

package dev.tranche.server.journal;

/// Gives the positions of the rows of later records their names.
///
/// @param layout the layout
public record LayoutRecord(Layout layout) implements JournalRecord {}

package dev.tranche.server.journal;

/// Anything the decision journal holds.
public sealed interface JournalRecord permits DecisionRecord, ShadowRecord, OutcomeRecord, LayoutRecord {}

package dev.tranche.server.measured;

/// Whose measurements: a version of a product at work on an entity.
record SeriesKey(String product, String version, String entity) {}

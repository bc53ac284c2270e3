package dev.tranche.engine.feed;

/// What the thread that keeps a venue's connection is told by others.
sealed interface VenueEvent {
    /// The connection ended.
    record Over(String reason, VenueSocket socket) implements VenueEvent {}

    /// The stream's worker wants a fresh snapshot.
    record Resynchronise(String reason) implements VenueEvent {}

    /// Nobody wants the venue any more.
    record Close() implements VenueEvent {}
}

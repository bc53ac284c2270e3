package dev.tranche.server.measured;

/// Seconds in which an entity was up, of the seconds that are looked at; those of several entities add
/// up.
record Coverage(long up, long of) {
    static final Coverage NONE = new Coverage(0, 0);

    Coverage plus(Coverage other) {
        return new Coverage(up + other.up, of + other.of);
    }
}

package dev.tranche.server;

/// The wings of the product's server, in the order they start. The one place where a wing is added.
final class Wings {
    private Wings() {}

    static Wing.Builder[] all() {
        return new Wing.Builder[] {new ControlWing.Builder()};
    }
}

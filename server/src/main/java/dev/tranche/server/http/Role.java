package dev.tranche.server.http;

import java.util.Locale;
import java.util.Optional;

/// What a token may do. `ADMIN` may do everything; the others are separate rights, because who watches need
/// not be able to move anything, and who starts a rollout must not approve it alone.
public enum Role {
    /// Ask for predictions and scores, and post outcomes.
    PREDICT,
    /// Read everything.
    VIEW,
    /// Register versions, start and move rollouts, ask pinned versions.
    OPERATE,
    /// Tell what an engine elsewhere measures, how its desk does and in which state its breaker is, and keep
    /// its configuration; whoever may operate may do this too.
    MEASURE,
    /// Approve a stage.
    APPROVE,
    /// Everything, and hand out tokens.
    ADMIN;

    /// The word used in files and answers, for instance `predict`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads a word; empty when it names no role.
    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}

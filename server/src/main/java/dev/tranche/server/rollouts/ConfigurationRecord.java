package dev.tranche.server.rollouts;

import dev.tranche.server.artifact.Bytes;
import java.time.Instant;

/// The configuration an engine told to be in force.
///
/// @param product what it works on
/// @param sender where: a name that stays over restarts
/// @param file its name there
/// @param text the whole file
/// @param at when it was told
public record ConfigurationRecord(String product, String sender, String file, String text, Instant at) {
    /// SHA-256 of the text.
    public String digest() {
        return Bytes.sha256(Bytes.utf8(text));
    }
}

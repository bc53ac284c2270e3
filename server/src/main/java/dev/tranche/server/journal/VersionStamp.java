package dev.tranche.server.journal;

/// A version as it is stamped on a record: its exact name and the SHA-256 of its bytes, so that a decision
/// can be replayed years later even if the name was retired.
///
/// @param name exact name, for instance `consumer_apply_xgb_v2.1`
/// @param digest 64 hexadecimal digits
public record VersionStamp(String name, String digest) {

    /// @throws IllegalArgumentException when the digest is not 64 hexadecimal digits
    public VersionStamp {
        if (digest.length() != 64) {
            throw new IllegalArgumentException("digest must be 64 hexadecimal digits: " + digest);
        }
    }
}

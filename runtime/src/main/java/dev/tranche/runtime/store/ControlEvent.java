package dev.tranche.runtime.store;

import java.time.Instant;

/// A recorded change: a link of the hash chain.
///
/// @param seq      its number, from 1 without gaps
/// @param at       when it was decided, to the microsecond
/// @param actor    who decided
/// @param subject  what it is about
/// @param kind     what happened
/// @param payload  canonical JSON text, as it was appended
/// @param epoch    the leader's epoch it was recorded under
/// @param prevHash hash of the event before, 64 hex digits; zeros for the first
/// @param hash     SHA-256 over all of the above, 64 hex digits
public record ControlEvent(
        long seq,
        Instant at,
        String actor,
        String subject,
        String kind,
        String payload,
        long epoch,
        String prevHash,
        String hash) {}

package dev.tranche.credit;

import org.jspecify.annotations.Nullable;

/// A rule that answers when no model did. The first one that holds wins.
///
/// @param when the question; null in the last rule, which always holds
/// @param score the placeholder score, 0..1; no probability
/// @param band the band, given and not computed from the score
/// @param reason what the applicant is told when the band's action is adverse
record FallbackRule(@Nullable Condition when, double score, Band band, Reason reason) {}

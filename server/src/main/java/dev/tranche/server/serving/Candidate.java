package dev.tranche.server.serving;

import dev.tranche.release.Audience;
import dev.tranche.release.Bucketing;
import dev.tranche.release.Mode;

/// A version that a rollout is moving in, as far as serving needs to know.
///
/// @param rollout id of the rollout
/// @param version the version: a model or a policy
/// @param mode shadow and read-only are computed beside the answer; live answers
/// @param audience whom it reaches
/// @param bucketing how units fall into slots
public record Candidate(String rollout, Loaded version, Mode mode, Audience audience, Bucketing bucketing) {}

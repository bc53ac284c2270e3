package dev.tranche.release.rollout;

import dev.tranche.release.VersionName;
import java.time.Instant;
import java.util.Optional;

/// What stays the same from the start of a rollout to its end.
///
/// @param live the version that was live at the start; none for a first release
public record Charter(
        String id, Plan plan, Optional<VersionName> live, String startedBy, String reason, Instant startedAt) {}

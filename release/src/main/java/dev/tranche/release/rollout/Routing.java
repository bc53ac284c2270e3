package dev.tranche.release.rollout;

import dev.tranche.release.Audience;
import dev.tranche.release.Bucketing;
import dev.tranche.release.Mode;
import dev.tranche.release.VersionName;
import java.util.Optional;

/// Who answers, as it follows from the state of a rollout: the live version, and the candidate for its
/// audience. An immutable value to be swapped as a whole.
///
/// @param live the version that answers everybody else; none for a first release that is not yet live
/// @param trial the candidate's part, if it has one now
public record Routing(Optional<VersionName> live, Optional<Trial> trial) {
    /// The candidate before some of the requests.
    public record Trial(VersionName version, Mode mode, Audience audience, Bucketing bucketing) {}

    /// What happens to one request.
    ///
    /// @param answers the version whose answer counts; none when nothing is live for it
    /// @param beside the candidate, when it is computed beside the answer, with its mode (shadow or read-only)
    /// @param slot the unit's slot 0..9999; -1 when no candidate is tried
    public record Choice(Optional<VersionName> answers, Optional<Trial> beside, int slot) {}

    /// Nobody but this version.
    public static Routing only(Optional<VersionName> live) {
        return new Routing(live, Optional.empty());
    }

    /// What happens to a request of this unit about this entity (empty when it has none).
    public Choice choose(String unit, String entity) {
        if (trial.isEmpty()) {
            return new Choice(live, Optional.empty(), -1);
        }
        Trial tried = trial.get();
        int slot = tried.bucketing().slot(unit);
        if (!tried.audience().includes(slot, entity)) {
            return new Choice(live, Optional.empty(), slot);
        }
        return tried.mode() == Mode.LIVE
                ? new Choice(Optional.of(tried.version()), Optional.empty(), slot)
                : new Choice(live, trial, slot);
    }

    /// Whether the version may answer anybody.
    public boolean serves(VersionName version) {
        return live.filter(version::equals).isPresent()
                || trial.filter(each -> each.version().equals(version) && each.mode() == Mode.LIVE)
                        .isPresent();
    }
}

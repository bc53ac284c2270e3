package dev.tranche.server.journal;

import dev.tranche.release.Horizon;
import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import java.time.Instant;

/// What every version did lately and since its stage began: a fold over the journal.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Windows {
    private Windows() {}

    /// Windows over a journal.
    public static Windows over(DecisionJournal journal) {
        throw new UnsupportedOperationException(journal.toString());
    }

    /// Begins to count a product's versions from the start of a rollout and of its stage; a past instant is counted
    /// again from the journal.
    public void follow(String product, Instant rolloutStarted, Instant stageEntered) {
        throw new UnsupportedOperationException(product + rolloutStarted + stageEntered);
    }

    /// A measurement of a version.
    ///
    /// @param version exact name of a model or a policy
    /// @return [Reading.Unavailable] with the reason when it cannot be measured
    public Reading reading(String product, String version, Metric metric, Horizon horizon, Instant now) {
        throw new UnsupportedOperationException(product + version + metric + horizon + now);
    }
}

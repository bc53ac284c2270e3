package dev.tranche.server.serving;

import dev.tranche.release.VersionName;
import dev.tranche.server.journal.RawRow;
import org.jspecify.annotations.Nullable;

/// One request, understood but not yet answered.
///
/// @param route the route that was in force when it was read; its layout gives the row's positions
/// @param row the features as they came
/// @param unit what assignment hashes, null when the caller did not say
/// @param loanId the caller's id of the application, null when there is none
/// @param entity the symbol, product or branch it is about, empty when there is none
/// @param pinned the version asked for by name, null for the route's choice
/// @param operate true when the caller may ask any loaded version
/// @param arrivedNanos when it arrived, on the monotonic clock of [System#nanoTime()]
/// @param receivedMicros when it arrived, microseconds since 1970
/// @param limitNanos the caller's own deadline, counted from the arrival; the earlier of it and the policy's
///     holds
public record Question(
        Route route,
        RawRow row,
        @Nullable String unit,
        @Nullable String loanId,
        String entity,
        @Nullable VersionName pinned,
        boolean operate,
        long arrivedNanos,
        long receivedMicros,
        long limitNanos) {

    /// A question whose only deadline is the policy's.
    public Question(
            Route route,
            RawRow row,
            @Nullable String unit,
            @Nullable String loanId,
            String entity,
            @Nullable VersionName pinned,
            boolean operate,
            long arrivedNanos,
            long receivedMicros) {
        this(route, row, unit, loanId, entity, pinned, operate, arrivedNanos, receivedMicros, Long.MAX_VALUE);
    }

    /// What assignment hashes: the unit of the request, else the feature the policy names, else the loan id,
    /// else a digest of the features.
    String assigned() {
        if (unit != null) {
            return unit;
        }
        if (route.policy() != null) {
            int position = row.layout().position(route.policy().policy().unit());
            if (position >= 0) {
                switch (row.kind(position)) {
                    case TEXT -> {
                        return row.text(position);
                    }
                    case NUMBER -> {
                        return Double.toString(row.number(position));
                    }
                    case MISSING, FLAG, ITEMS -> {}
                }
            }
        }
        return loanId != null ? loanId : row.fingerprint();
    }
}

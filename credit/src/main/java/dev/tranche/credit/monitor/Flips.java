package dev.tranche.credit.monitor;

import dev.tranche.credit.Action;
import java.util.List;

/// What changes for applicants when another version decides: the swap set a credit committee asks for.
///
/// @param applicants how many were decided by both, at least 1
/// @param same how many keep their action
/// @param swappedIn how many are approved by the candidate only
/// @param swappedOut how many are approved by the live version only
/// @param liveApproved how many the live version approves
public record Flips(long applicants, long same, long swappedIn, long swappedOut, long liveApproved) {

    /// @throws IllegalArgumentException when the lists differ in length or are empty
    public static Flips of(List<Action> live, List<Action> candidate) {
        if (live.size() != candidate.size() || live.isEmpty()) {
            throw new IllegalArgumentException("both versions must decide the same applicants, at least 1: "
                    + live.size() + " and " + candidate.size());
        }
        long same = 0;
        long in = 0;
        long out = 0;
        long approved = 0;
        for (int i = 0; i < live.size(); i++) {
            boolean before = live.get(i) == Action.APPROVE;
            boolean after = candidate.get(i) == Action.APPROVE;
            same += live.get(i) == candidate.get(i) ? 1 : 0;
            in += after && !before ? 1 : 0;
            out += before && !after ? 1 : 0;
            approved += before ? 1 : 0;
        }
        return new Flips(live.size(), same, in, out, approved);
    }

    /// Share of applicants whose action changes, 0..1.
    public double rate() {
        return (double) (applicants - same) / applicants;
    }

    /// Change of the approval rate, −1..1; +0.05 is five points more approvals.
    public double approvalShift() {
        return (double) (swappedIn - swappedOut) / applicants;
    }
}

package dev.tranche.release.rollout;

import dev.tranche.release.Verdict;

/// One point of the checklist, executed, with what came out.
public record Check(ChecklistPoint point, Verdict verdict) {}

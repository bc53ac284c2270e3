package dev.tranche.server.http;

/// Carries a [Problem] to the place that renders it. It has no stack trace: it is an answer, not a defect.
public final class ProblemException extends RuntimeException {
    private final Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /// What to tell the caller.
    public Problem problem() {
        return problem;
    }
}

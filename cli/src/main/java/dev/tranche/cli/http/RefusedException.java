package dev.tranche.cli.http;

import java.util.Objects;

/// The server, or this side before asking it, said no: exit code 1.
public final class RefusedException extends RuntimeException {
    private final transient Problem problem;

    public static RefusedException because(Problem problem) {
        return new RefusedException(problem);
    }

    public static RefusedException because(String code, String detail) {
        return new RefusedException(Problem.local(code, detail));
    }

    private RefusedException(Problem problem) {
        super(problem.sentences());
        this.problem = Objects.requireNonNull(problem);
    }

    public Problem problem() {
        return problem;
    }
}

package dev.tranche.runtime.config;

import java.util.List;

/// Configuration that was refused, with every problem that was found; values of secrets are never in it.
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    ConfigException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /// One sentence each, with file and line where known.
    public List<String> problems() {
        return problems;
    }
}

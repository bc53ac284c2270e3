package dev.tranche.server.serving;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The injected faults by version name. Empty, and closed to additions, unless the server runs with `--test-faults`.
public final class Faults {
    private final boolean allowed;
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();

    private Faults(boolean allowed) {
        this.allowed = allowed;
    }

    /// The faults of a server.
    ///
    /// @param allowed true with `--test-faults`
    public static Faults of(boolean allowed) {
        return new Faults(allowed);
    }

    /// True when faults may be set.
    public boolean allowed() {
        return allowed;
    }

    /// Sets a version's fault; [Fault#NONE] takes it back.
    ///
    /// @throws IllegalStateException when the server was not started with `--test-faults`
    public void set(String version, Fault fault) {
        if (!allowed) {
            throw new IllegalStateException("faults can only be set in a server started with --test-faults");
        }
        if (fault.active()) {
            faults.put(version, fault);
        } else {
            faults.remove(version);
        }
    }

    /// What is set now.
    public Map<String, Fault> all() {
        return Map.copyOf(faults);
    }

    /// True when a version has a fault; costs one look at an empty map otherwise.
    boolean active(String version) {
        return allowed && faults.containsKey(version);
    }

    /// Takes one use of a version's fault.
    Fault use(String version) {
        Fault[] used = {Fault.NONE};
        faults.computeIfPresent(version, (_, fault) -> {
            used[0] = fault;
            Fault left = fault.afterOne();
            return left.active() ? left : null;
        });
        return used[0];
    }
}

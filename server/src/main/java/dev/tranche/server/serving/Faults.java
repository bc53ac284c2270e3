package dev.tranche.server.serving;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// The injected faults by version name. Empty, and closed to additions, unless the server runs with
/// `--test-faults`.
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

    /// Lets a version's fault, if it has one, have its effect on one answer: it waits as long as was set, but
    /// not beyond the deadline, and then perhaps fails.
    ///
    /// @throws DeadlinePassedException when the deadline passed while waiting
    /// @throws InjectedFaultException when this answer is to fail
    void strike(LoadedVersion version, Deadline deadline) {
        String name = version.stamp().name();
        if (!active(name)) {
            return;
        }
        Fault fault = use(name);
        long until = System.nanoTime() + fault.delayMillis() * 1_000_000L;
        while (System.nanoTime() - until < 0) {
            if (deadline.passed()) {
                throw DeadlinePassedException.after(
                        0, version.artifact().model().trees());
            }
            LockSupport.parkNanos(Math.min(1_000_000, Math.max(1, until - System.nanoTime())));
        }
        if (fault.fails(ThreadLocalRandom.current())) {
            throw new InjectedFaultException(name);
        }
    }

    /// Lets a version's fault have its effect on a health check: it fails as often as answers do. Nothing is
    /// waited and no use is taken.
    ///
    /// @throws InjectedFaultException when this check is to fail
    public void strikeCheck(String version) {
        if (faults.getOrDefault(version, Fault.NONE).fails(ThreadLocalRandom.current())) {
            throw new InjectedFaultException(version);
        }
    }

    /// The failure of a version that was told to fail.
    static final class InjectedFaultException extends RuntimeException {
        private InjectedFaultException(String version) {
            super("injected fault in " + version, null, false, false);
        }
    }

    /// Takes one use of a version's fault.
    private Fault use(String version) {
        Fault[] used = {Fault.NONE};
        faults.computeIfPresent(version, (_, fault) -> {
            used[0] = fault;
            Fault left = fault.afterOne();
            return left.active() ? left : null;
        });
        return used[0];
    }
}

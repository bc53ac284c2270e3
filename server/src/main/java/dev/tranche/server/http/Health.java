package dev.tranche.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// The components of this node and how each of them is. Thread-safe.
public final class Health {
    /// How a component is.
    public enum State {
        /// Works.
        OK,
        /// Works with less than it should have; still serves.
        DEGRADED,
        /// Does not work.
        DOWN
    }

    /// How a component is, and why.
    ///
    /// @param state how it is
    /// @param detail one sentence
    public record Component(State state, String detail) {}

    private final Map<String, Supplier<Component>> components = new ConcurrentSkipListMap<>();
    private final AtomicInteger failuresInARow = new AtomicInteger();

    private Health() {}

    /// No components yet.
    public static Health create() {
        return new Health();
    }

    /// Adds a component.
    ///
    /// @param state asked each time; must not wait
    public void component(String name, Supplier<Component> state) {
        components.put(name, state);
    }

    /// Every component and how it is, by name. One that cannot tell is down.
    public Map<String, Component> check() {
        Map<String, Component> found = new LinkedHashMap<>();
        components.forEach((name, state) -> found.put(name, ask(name, state)));
        return found;
    }

    private static Component ask(String name, Supplier<Component> state) {
        try {
            return state.get();
        } catch (RuntimeException e) {
            return new Component(State.DOWN, name + " could not be asked: " + e.getMessage());
        }
    }

    /// The worst state among components.
    public static State worst(Map<String, Component> components) {
        State worst = State.OK;
        for (Component component : components.values()) {
            worst = component.state().compareTo(worst) > 0 ? component.state() : worst;
        }
        return worst;
    }

    /// Checks once and counts failures in a row, for guards that look at them. Called on a fixed beat.
    ///
    /// @return failures in a row, 0 when the check passed
    public int beat() {
        return worst(check()) == State.DOWN ? failuresInARow.incrementAndGet() : reset();
    }

    private int reset() {
        failuresInARow.set(0);
        return 0;
    }

    /// Checks that failed in a row, as of the last beat.
    public int failuresInARow() {
        return failuresInARow.get();
    }
}

package dev.tranche.server.http;

/// Whether this node wants requests. It says no first when it stops, so that a load balancer turns away
/// before the doors close; until they close it still answers.
public final class Readiness {
    /// The states a node goes through, in this order.
    public enum State {
        /// Not everything is up yet.
        STARTING,
        /// Wants requests.
        READY,
        /// Stops: asks to be left alone, still answers.
        DRAINING,
        /// Answers no more.
        STOPPED
    }

    private volatile State state = State.STARTING;

    /// A node that is starting.
    public static Readiness starting() {
        return new Readiness();
    }

    private Readiness() {}

    /// The state now.
    public State state() {
        return state;
    }

    /// Goes on to a later state; an earlier one is ignored.
    public synchronized void enter(State next) {
        if (next.compareTo(state) > 0) {
            state = next;
        }
    }

    /// @throws ProblemException 503 when the doors are closed
    void refuseWhenStopping() {
        if (state == State.STOPPED) {
            throw Problem.of(503, "stopping", "the server is stopping")
                    .retryAfter(5)
                    .raised();
        }
    }
}

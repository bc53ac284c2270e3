package dev.tranche.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was built, taken down in the reverse order: whole at a stop, as far as it got at a failed start. A
/// step that fails is logged and does not keep the others from being done. One thread.
final class Teardown implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Teardown.class);

    private final Deque<AutoCloseable> steps = new ArrayDeque<>();

    /// Adds something to take down before everything added so far.
    <T extends AutoCloseable> T add(T step) {
        steps.push(step);
        return step;
    }

    @Override
    public void close() {
        while (!steps.isEmpty()) {
            try {
                steps.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.error("a part of the server did not stop cleanly", e);
            }
        }
    }
}

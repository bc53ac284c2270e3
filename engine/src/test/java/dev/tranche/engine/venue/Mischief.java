package dev.tranche.engine.venue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What an exchange does wrong with messages on their way out. All is right until something is switched on;
/// thread-safe.
public final class Mischief {
    private final RandomGenerator chance;
    private final List<Predicate<String>> losing = new ArrayList<>();
    private double drop;
    private double duplicate;
    private double reorder;
    private Predicate<String> touched = text -> true;

    private Mischief(RandomGenerator chance) {
        this.chance = chance;
    }

    public static Mischief of(RandomGenerator chance) {
        return new Mischief(chance);
    }

    /// The next message of which this is true never leaves.
    public synchronized void loseNext(Predicate<String> which) {
        losing.add(which);
    }

    /// Shares of the messages `which` that are lost, sent twice, or sent after the next one.
    public synchronized void storm(Predicate<String> which, double dropped, double twice, double late) {
        touched = which;
        drop = dropped;
        duplicate = twice;
        reorder = late;
    }

    /// All is right again.
    public synchronized void calm() {
        losing.clear();
        drop = 0;
        duplicate = 0;
        reorder = 0;
    }

    public synchronized boolean lostAll() {
        return losing.isEmpty();
    }

    /// One connection's way out: holds the message that is to come late.
    public final class Way {
        private @Nullable String late;

        /// Passes on what becomes of a message.
        public void pass(String text, Consumer<String> out) {
            synchronized (Mischief.this) {
                for (Iterator<Predicate<String>> each = losing.iterator(); each.hasNext(); ) {
                    if (each.next().test(text)) {
                        each.remove();
                        return;
                    }
                }
                boolean mine = touched.test(text);
                if (mine && chance.nextDouble() < drop) {
                    return;
                }
                String before = late;
                late = null;
                if (before == null && mine && chance.nextDouble() < reorder) {
                    late = text;
                    return;
                }
                out.accept(text);
                if (mine && chance.nextDouble() < duplicate) {
                    out.accept(text);
                }
                if (before != null) {
                    out.accept(before);
                }
            }
        }
    }

    public Way way() {
        return new Way();
    }
}

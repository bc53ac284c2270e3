package dev.tranche.server.journal;

import dev.tranche.server.journal.OutcomeRecord.Score;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The decisions of the recent past, in bounded memory: by loan id, with their shadow scores and outcomes.
/// What is no longer here is looked up in the [Archive]. The journal's tail writes; any thread may read.
public final class Recent implements JournalTail.Fold {
    /// About 30 MB of loan ids and as much of shadow scores.
    private static final int LOANS = 1 << 18;

    private static final int OUTCOMES = 1 << 20;
    private static final int LATEST = 1000;

    private final int node;
    private final Map<String, DecisionId> loans = bounded(LOANS);
    private final Map<DecisionId, List<Score>> shadows = bounded(LOANS);
    private final Map<DecisionId, Integer> outcomes = bounded(OUTCOMES);
    private final Map<String, Deque<DecisionId>> latest = new HashMap<>();

    private Recent(int node) {
        this.node = node;
    }

    /// Nothing yet.
    public static Recent of(int node) {
        return new Recent(node);
    }

    private static <K, V> Map<K, V> bounded(int limit) {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > limit;
            }
        };
    }

    @Override
    public synchronized void take(long position, JournalRecord journalRecord) {
        switch (journalRecord) {
            case DecisionRecord decision -> {
                DecisionId id = new DecisionId(node, position);
                if (decision.loanId() != null) {
                    String key = key(decision.product(), decision.loanId());
                    loans.remove(key);
                    loans.put(key, id);
                }
                Deque<DecisionId> ring = latest.computeIfAbsent(decision.product(), _ -> new ArrayDeque<>());
                ring.addFirst(id);
                if (ring.size() > LATEST) {
                    ring.removeLast();
                }
            }
            case ShadowRecord shadow -> {
                if (shadow.error() == null && Double.isFinite(shadow.score())) {
                    shadows.computeIfAbsent(shadow.decision(), _ -> new ArrayList<>(1))
                            .add(new Score(shadow.subject(), shadow.score(), true, null, null));
                }
            }
            case OutcomeRecord outcome -> outcomes.put(outcome.decision(), outcome.outcome());
            case LayoutRecord _ -> {}
        }
    }

    private static String key(String product, String loanId) {
        return product + '\u0000' + loanId;
    }

    /// The latest decision on an application.
    synchronized Optional<DecisionId> decision(String product, String loanId) {
        return Optional.ofNullable(loans.get(key(product, loanId)));
    }

    /// The shadow scores of a decision.
    synchronized List<Score> shadows(DecisionId decision) {
        return List.copyOf(shadows.getOrDefault(decision, List.of()));
    }

    /// The outcome of a decision, when it is known here.
    synchronized OptionalInt outcome(DecisionId decision) {
        Integer outcome = outcomes.get(decision);
        return outcome == null ? OptionalInt.empty() : OptionalInt.of(outcome);
    }

    /// Remembers an outcome at once, before the tail has seen its record, so that two reports at the same
    /// time are told apart.
    ///
    /// @return the outcome that was known already, null when none was
    synchronized @Nullable Integer claim(DecisionId decision, int outcome) {
        return outcomes.putIfAbsent(decision, outcome);
    }

    /// Takes a claim back whose record could not be written.
    synchronized void release(DecisionId decision) {
        outcomes.remove(decision);
    }

    /// The newest decisions, newest first.
    ///
    /// @param product null for all products
    /// @param limit at most so many
    public synchronized List<DecisionId> latest(@Nullable String product, int limit) {
        if (product != null) {
            List<DecisionId> found = new ArrayList<>();
            Iterator<DecisionId> newest =
                    latest.getOrDefault(product, new ArrayDeque<>()).iterator();
            while (newest.hasNext() && found.size() < limit) {
                found.add(newest.next());
            }
            return found;
        }
        return latest.values().stream()
                .flatMap(Deque::stream)
                .sorted((one, other) -> Long.compare(other.position(), one.position()))
                .limit(limit)
                .toList();
    }
}

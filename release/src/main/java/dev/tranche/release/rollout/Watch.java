package dev.tranche.release.rollout;

import dev.tranche.release.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What measuring has left behind: for how long each pending guard has been bad and each sustained gate has
/// held, and how each gate was judged last. A value; every change is an event.
///
/// @param guards pending guards only
/// @param gates sustained gates that hold now
/// @param judged the last recorded verdict of each gate of the current stage
public record Watch(Map<Guard, Sustained> guards, Map<Gate, Sustained> gates, Map<Gate, Judged> judged) {
    static final Watch EMPTY = new Watch(Map.of(), Map.of(), Map.of());

    /// A recorded verdict and when it was recorded.
    public record Judged(Verdict verdict, Instant at) {}

    public Watch {
        guards = Collections.unmodifiableMap(new LinkedHashMap<>(guards));
        gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
        judged = Collections.unmodifiableMap(new LinkedHashMap<>(judged));
    }

    Optional<Sustained> of(Guard guard) {
        return Optional.ofNullable(guards.get(guard));
    }

    Optional<Sustained> of(Gate gate) {
        return Optional.ofNullable(gates.get(gate));
    }

    /// The guards keep their time from stage to stage; the gates start anew.
    Watch nextStage() {
        return new Watch(guards, Map.of(), Map.of());
    }

    Watch pending(Guard guard, Instant now) {
        return guards.containsKey(guard) ? this : new Watch(with(guards, guard, Sustained.from(now)), gates, judged);
    }

    /// Time never runs backwards: a repeated or late event with less time is ignored.
    Watch accrued(Guard guard, Duration badFor, Instant now) {
        Sustained before = guards.get(guard);
        return before == null || badFor.compareTo(before.held()) < 0
                ? this
                : new Watch(with(guards, guard, new Sustained(badFor, Optional.of(now))), gates, judged);
    }

    Watch unmeasured(Guard guard) {
        Sustained before = guards.get(guard);
        return before == null ? this : new Watch(with(guards, guard, before.interrupted()), gates, judged);
    }

    Watch cleared(Guard guard) {
        return new Watch(without(guards, guard), gates, judged);
    }

    Watch accrued(Gate gate, Duration held, Instant now) {
        Sustained before = gates.get(gate);
        return before != null && held.compareTo(before.held()) < 0
                ? this
                : new Watch(guards, with(gates, gate, new Sustained(held, Optional.of(now))), judged);
    }

    Watch unmeasured(Gate gate) {
        Sustained before = gates.get(gate);
        return before == null ? this : new Watch(guards, with(gates, gate, before.interrupted()), judged);
    }

    Watch lapsed(Gate gate) {
        return new Watch(guards, without(gates, gate), judged);
    }

    Watch judged(Gate gate, Verdict verdict, Instant now) {
        return new Watch(guards, gates, with(judged, gate, new Judged(verdict, now)));
    }

    Watch interrupted() {
        return new Watch(all(guards, Sustained::interrupted), all(gates, Sustained::interrupted), judged);
    }

    Watch gatesInterrupted() {
        return new Watch(guards, all(gates, Sustained::interrupted), judged);
    }

    private static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        Map<K, V> changed = new LinkedHashMap<>(map);
        changed.put(key, value);
        return changed;
    }

    private static <K, V> Map<K, V> without(Map<K, V> map, K key) {
        Map<K, V> changed = new LinkedHashMap<>(map);
        changed.remove(key);
        return changed;
    }

    private static <K, V> Map<K, V> all(Map<K, V> map, UnaryOperator<V> change) {
        Map<K, V> changed = new LinkedHashMap<>();
        map.forEach((key, value) -> changed.put(key, change.apply(value)));
        return changed;
    }
}

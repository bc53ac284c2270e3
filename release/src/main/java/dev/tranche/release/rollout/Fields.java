package dev.tranche.release.rollout;

import dev.tranche.release.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The text fields of one event, while it is written or read; one writer.
record Fields(SortedMap<String, String> map) {
    Fields put(String name, Object value) {
        map.put(name, value.toString());
        return this;
    }

    Fields who(String actor, String reason) {
        return put("actor", actor).put("reason", reason);
    }

    Fields verdict(String prefix, Verdict verdict) {
        put(prefix + "verdict", verdict.word()).put(prefix + "reason", verdict.reason());
        verdict.numbers().forEach((name, value) -> put(prefix + "number." + name, value));
        return this;
    }

    Fields checks(List<Check> checks) {
        for (int i = 0; i < checks.size(); i++) {
            put("check." + i + ".point", checks.get(i).point())
                    .verdict("check." + i + ".", checks.get(i).verdict());
        }
        return this;
    }

    Optional<String> maybe(String name) {
        return Optional.ofNullable(map.get(name));
    }

    String take(String name) {
        return maybe(name)
                .orElseThrow(() -> new IllegalArgumentException("rollout event without '" + name + "': " + map));
    }

    int number(String name) {
        return Integer.parseInt(take(name));
    }

    Duration held() {
        return Duration.ofMillis(Long.parseLong(take("held")));
    }

    String actor() {
        return take("actor");
    }

    String reason() {
        return take("reason");
    }

    Gate gate() {
        return Gate.parse(take("gate"));
    }

    Guard guard() {
        return Guard.parse(take("guard"));
    }

    Verdict verdict(String prefix) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        String number = prefix + "number.";
        for (Map.Entry<String, String> each : map.tailMap(number).entrySet()) {
            if (!each.getKey().startsWith(number)) {
                break;
            }
            numbers.put(each.getKey().substring(number.length()), Double.valueOf(each.getValue()));
        }
        return Verdict.of(take(prefix + "verdict"), take(prefix + "reason"), numbers);
    }

    List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        while (maybe("check." + checks.size() + ".point").isPresent()) {
            String prefix = "check." + checks.size() + ".";
            checks.add(new Check(ChecklistPoint.parse(take(prefix + "point")), verdict(prefix)));
        }
        return checks;
    }
}

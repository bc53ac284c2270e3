package dev.tranche.release.rollout;

import dev.tranche.release.Audience;
import dev.tranche.release.DurationText;
import dev.tranche.release.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A step of a rollout: who meets the candidate, in which mode, for how long at least, and what must hold to
/// leave. Written as `live 5% for 14d: requests >= 500; error_rate no worse than live by 0.5pp`.
///
/// @param dwell the least time in the stage; pauses do not count
/// @param gates all must pass to leave; none means that dwell alone decides
public record Stage(Mode mode, Audience audience, Duration dwell, List<Gate> gates) {
    public Stage {
        if (dwell.isNegative()) {
            throw new IllegalArgumentException("dwell must be 0s or more: " + dwell);
        }
        gates = List.copyOf(gates);
        if (gates.stream().distinct().count() != gates.size()) {
            throw new IllegalArgumentException("a stage asks each gate once: " + gates);
        }
    }

    /// The inverse of [#toString()].
    public static Stage parse(String text) {
        int colon = text.indexOf(": ");
        Words head = new Words(colon < 0 ? text : text.substring(0, colon));
        Mode mode = Mode.parse(head.take("a mode"));
        Audience audience = Audience.parse(head.take("a share or a list of entities"));
        Duration dwell = head.duration("for").orElse(Duration.ZERO);
        head.end("MODE AUDIENCE [for DWELL][: GATE; GATE ...]");
        List<Gate> gates = new ArrayList<>();
        if (colon >= 0) {
            for (String gate : text.substring(colon + 2).split(";", -1)) {
                gates.add(Gate.parse(gate));
            }
        }
        return new Stage(mode, audience, dwell, gates);
    }

    @Override
    public String toString() {
        String asked = gates.stream().map(Gate::toString).collect(Collectors.joining("; "));
        return mode + " " + audience + (dwell.isZero() ? "" : " for " + DurationText.print(dwell))
                + (gates.isEmpty() ? "" : ": " + asked);
    }
}

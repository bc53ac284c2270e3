package dev.tranche.server.http;

import dev.tranche.release.VersionName;
import dev.tranche.runtime.log.LogFullException;
import dev.tranche.server.measured.Measured;
import dev.tranche.server.measured.Precision;
import dev.tranche.server.rollouts.ControlPlane;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The doors of engines that serve elsewhere: what they measure, and how it stands.
public final class MeasureDoors {
    private static final long BODY_LIMIT = 1L << 20;

    private final ControlPlane plane;
    private final InstantSource clock;

    private MeasureDoors(ControlPlane plane, InstantSource clock) {
        this.plane = plane;
        this.clock = clock;
    }

    /// Hangs them.
    public static void hang(Doors doors, ControlPlane plane, InstantSource clock) {
        MeasureDoors own = new MeasureDoors(plane, clock);
        doors.post("/write", Role.MEASURE, BODY_LIMIT, own::write);
        doors.get("/api/v1/measured", Role.VIEW, own::measured);
    }

    private Reply write(Call call) {
        try {
            Measured.Taken taken = plane.measured()
                    .take(
                            text(call),
                            Precision.parse(call.parameter("precision").orElse("ns")),
                            name -> plane.state().versions().containsKey(VersionName.parse(name)),
                            clock.instant());
            if (taken.refused() > 0) {
                throw partial(taken);
            }
            return Reply.nothing();
        } catch (LogFullException full) {
            throw Problem.of(503, "measurements_full", String.valueOf(full.getMessage()))
                    .retryAfter(5)
                    .raised();
        } catch (IllegalArgumentException wrong) {
            throw Problem.of(400, "bad_value", String.valueOf(wrong.getMessage()))
                    .raised();
        }
    }

    private static String text(Call call) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(call.body().bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the body must be UTF-8 text, not compressed", e);
        }
    }

    private static ProblemException partial(Measured.Taken taken) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("written", taken.written());
        more.put(
                "refused",
                taken.reasons().stream()
                        .map(each -> Map.of("line", each.line(), "reason", each.reason()))
                        .toList());
        return Problem.of(
                        400,
                        "partial_write",
                        taken.refused() + " of " + (taken.refused() + taken.written())
                                + " lines are refused, the others are taken; line "
                                + taken.reasons().getFirst().line() + ": "
                                + taken.reasons().getFirst().reason())
                .with(more)
                .raised();
    }

    private Reply measured(Call call) {
        List<String> products = call.parameter("product").map(List::of).orElseGet(plane.measured()::products);
        Map<String, Object> tree = new LinkedHashMap<>();
        products.forEach(product -> tree.put(product, plane.measured().snapshot(product, clock.instant())));
        return Reply.json(Map.of("at", clock.instant().toString(), "products", tree));
    }
}

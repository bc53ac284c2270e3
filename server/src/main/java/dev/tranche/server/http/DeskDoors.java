package dev.tranche.server.http;

import dev.tranche.server.desks.DeskStatus;
import dev.tranche.server.desks.Desks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// The doors of trading desks: an engine tells how its desk does, and whoever looks is told, with the age of
/// what is known. The server passes on what the engine said and computes nothing.
public final class DeskDoors {
    private static final String PATH = "/api/v1/desks";

    private final Desks desks;
    private final BiConsumer<String, Map<String, Object>> events;
    private final InstantSource clock;

    private DeskDoors(Desks desks, BiConsumer<String, Map<String, Object>> events, InstantSource clock) {
        this.desks = desks;
        this.events = events;
        this.clock = clock;
    }

    /// Hangs them.
    ///
    /// @param events takes a name and a body for whoever listens to `/api/v1/events`
    public static void hang(
            Doors doors, Desks desks, BiConsumer<String, Map<String, Object>> events, InstantSource clock) {
        DeskDoors own = new DeskDoors(desks, events, clock);
        doors.post(PATH + "/{product}", Role.MEASURE, DeskStatus.BYTES, own::take);
        doors.get(PATH, Role.VIEW, own::all);
        doors.get(PATH + "/{product}", Role.VIEW, own::one);
    }

    private Reply take(Call call) {
        Instant now = clock.instant();
        try {
            DeskStatus status =
                    DeskStatus.of(call.segment("product"), call.body().object(), now);
            if (desks.take(status, now)) {
                events.accept("desk", head(new Desks.Told(status, now), now));
            }
            return Reply.nothing();
        } catch (IllegalArgumentException wrong) {
            throw Problem.of(400, "bad_value", String.valueOf(wrong.getMessage()))
                    .raised();
        }
    }

    private Reply all(Call call) {
        Instant now = clock.instant();
        List<Map<String, Object>> heads = desks.products().stream()
                .flatMap(product -> desks.of(product).stream().limit(1))
                .map(told -> head(told, now))
                .toList();
        return Reply.json(Map.of("at", now.toString(), "desks", heads));
    }

    private Reply one(Call call) {
        String product = call.segment("product");
        Instant now = clock.instant();
        List<Desks.Told> told = desks.of(product);
        if (told.isEmpty()) {
            throw Problem.of(
                            404,
                            "unknown_desk",
                            "no engine has told anything of this desk since this server started",
                            product,
                            String.join(", ", desks.products()))
                    .raised();
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("product", product);
        tree.put("at", now.toString());
        tree.put("engines", told.stream().map(each -> whole(each, now)).toList());
        return Reply.json(tree);
    }

    private static Map<String, Object> whole(Desks.Told told, Instant now) {
        Map<String, Object> tree = head(told, now);
        tree.put("status", told.status().tree());
        return tree;
    }

    private static Map<String, Object> head(Desks.Told told, Instant now) {
        DeskStatus status = told.status();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("product", status.product());
        tree.put("engine", status.engine());
        tree.put("seq", status.seq());
        tree.put("state", status.state());
        tree.put("breaker", status.tree().at("/breaker/state").stringValue());
        tree.put("told_at", status.at().toString());
        tree.put("received_at", told.received().toString());
        tree.put("age_seconds", told.age(now).toMillis() / 1e3);
        tree.put("stale", told.stale(now));
        return tree;
    }
}

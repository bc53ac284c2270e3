package dev.tranche.cli.watch;

import dev.tranche.cli.Exit;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import dev.tranche.cli.http.RefusedException;
import dev.tranche.cli.http.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Looks at a rollout until it ends. A server that goes away in between, for a restart say, is waited for.
public final class Watch {
    /// A restart with recovery takes seconds; after this the server is gone.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Session session;
    private final String id;
    private final Duration every;
    private @Nullable RolloutState before;
    private @Nullable Instant silentSince;

    public static Watch of(Session session, String id, Duration every) {
        return new Watch(session, id, every);
    }

    private Watch(Session session, String id, Duration every) {
        this.session = session;
        this.id = id;
        this.every = every;
    }

    /// Returns when the rollout has ended: DONE when it completed, REFUSED when it came back.
    public Exit run() {
        Client server = session.server();
        if (session.json()) {
            return follow(server, (answer, _, news) -> {
                if (news) {
                    session.say(answer.toString());
                }
            });
        }
        if (!session.world().screen().terminal()) {
            return follow(server, (answer, _, _) -> tell(RolloutState.of(answer)));
        }
        return watch(server);
    }

    private Exit watch(Client server) {
        Look last = new Look();
        Exit exit;
        try (Canvas canvas = Canvas.on(session.world().out(), session.world().screen())) {
            exit = follow(server, (answer, traffic, _) -> {
                last.picture = picture(answer, traffic);
                canvas.draw(last.picture, session.ink().dim(footer()));
            });
        }
        last.picture.forEach(session::say);
        return exit;
    }

    private Exit follow(Client server, Onlooker onlooker) {
        String path = "/api/v1/rollouts/" + Client.escaped(id);
        JsonNode known = null;
        while (true) {
            Optional<JsonNode> answer = look(() -> server.get(path));
            if (answer.isPresent()) {
                JsonNode now = answer.get();
                RolloutState state = RolloutState.of(now);
                boolean draws = session.world().screen().terminal() && !session.json();
                onlooker.see(now, draws ? traffic(server, state) : Traffic.NONE, news(known, now));
                known = now;
                before = state;
                if (state.state().ended()) {
                    return state.state() == State.COMPLETED ? Exit.DONE : Exit.REFUSED;
                }
            }
            rest();
        }
    }

    /// Asks once; no answer is no look, until patience ends.
    private Optional<JsonNode> look(Supplier<JsonNode> question) {
        try {
            JsonNode answer = question.get();
            if (silentSince != null) {
                silentSince = null;
                session.world().err().println("The server answers again.");
            }
            return Optional.of(answer);
        } catch (UnreachableException silent) {
            Instant now = session.world().clock().instant();
            if (silentSince == null && before == null) {
                throw silent;
            }
            if (silentSince == null) {
                silentSince = now;
                session.world()
                        .err()
                        .println(silent.getMessage() + "; looking again for " + PATIENCE.toSeconds() + " s.");
            }
            if (now.isAfter(silentSince.plus(PATIENCE))) {
                throw silent;
            }
            return Optional.empty();
        }
    }

    /// Traffic is shown when it can be had; a server without windows is no reason to stop looking.
    private static Traffic traffic(Client server, RolloutState state) {
        try {
            return Traffic.of(server.get("/api/v1/windows?product=" + Client.escaped(state.product())), state);
        } catch (RefusedException | UnreachableException unavailable) {
            return Traffic.NONE;
        }
    }

    private List<String> picture(JsonNode answer, Traffic traffic) {
        int columns = session.world().screen().columns();
        return Frame.of(session.ink(), columns, session::moment).lines(RolloutState.of(answer), traffic);
    }

    private void tell(RolloutState now) {
        List<String> lines = before == null ? Changes.first(now) : Changes.between(before, now);
        String at = session.moment(session.world().clock().instant().toString());
        lines.forEach(line -> session.say(at + "  " + line));
    }

    private String footer() {
        return "looked at " + session.moment(session.world().clock().instant().toString())
                + " · Ctrl-C ends looking, not the rollout";
    }

    private void rest() {
        try {
            session.world().pause().of(every);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw RefusedException.because("interrupted", "stopped looking before the rollout ended");
        }
    }

    /// Whether two answers differ in more than the time that has passed.
    private static boolean news(@Nullable JsonNode known, JsonNode now) {
        if (known == null) {
            return true;
        }
        return !Changes.between(RolloutState.of(known), RolloutState.of(now)).isEmpty();
    }

    private interface Onlooker {
        void see(JsonNode answer, Traffic traffic, boolean news);
    }

    private static final class Look {
        private List<String> picture = List.of();
    }
}

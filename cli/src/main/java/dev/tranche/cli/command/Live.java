package dev.tranche.cli.command;

import dev.tranche.cli.Exit;
import dev.tranche.cli.MisuseException;
import dev.tranche.cli.Session;
import dev.tranche.cli.http.Client;
import dev.tranche.cli.screen.Table;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `tranche live`
@Command(description = "Which version was live at a time, since when, by whom and why.")
final class Live extends Action {
    @Option(
            names = "--at",
            paramLabel = "TIME",
            defaultValue = "",
            description =
                    "2026-03-03, 2026-03-03T14:00 (this machine's zone) or 2026-03-03T14:00:00Z; now when left out.")
    private String at = "";

    @Option(names = "--product", paramLabel = "PRODUCT", defaultValue = "", description = "Only this product.")
    private String product = "";

    Live(Supplier<Session> sessions) {
        super(sessions);
    }

    @Override
    Exit run(Session session) {
        String query = at.isEmpty()
                ? ""
                : "at=" + Client.escaped(instant(at, session.world().zone()).toString());
        if (!product.isEmpty()) {
            query += (query.isEmpty() ? "" : "&") + "product=" + Client.escaped(product);
        }
        JsonNode answer = session.server().get("/api/v1/live" + (query.isEmpty() ? "" : "?" + query));
        return session.answer(answer, () -> session.show(table(session, answer), "Nothing was live."));
    }

    private static Table table(Session session, JsonNode answer) {
        Table table = Table.of("product", "kind", "version", "role", "since", "by", "why");
        for (JsonNode live : Answers.items(answer)) {
            table.row(
                    Answers.text(live, "product"),
                    Answers.text(live, "kind"),
                    Answers.text(live, "version"),
                    role(live),
                    session.moment(Answers.text(live, "since")),
                    Answers.text(live, "by"),
                    Answers.text(live, "why"));
        }
        return table;
    }

    /// `live`, or how far a candidate reached: `candidate, shadow`, `candidate, 5%`.
    private static String role(JsonNode live) {
        String role = Answers.text(live, "role");
        if (role.equals("live")) {
            return role;
        }
        String mode = Answers.text(live, "mode");
        return role + ", " + (mode.equals("live") ? Answers.text(live, "audience") : mode);
    }

    /// A time as people write it. A date alone means its first instant.
    static Instant instant(String text, ZoneId zone) {
        try {
            if (text.length() == "2026-03-03".length()) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            boolean offset = text.endsWith("Z") || text.matches(".*T.*[+-]\\d\\d:?\\d\\d");
            return offset
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text.replace(" ", "T")).atZone(zone).toInstant();
        } catch (DateTimeException unreadable) {
            throw MisuseException.because(
                    "--at must be a time like 2026-03-03, 2026-03-03T14:00 or 2026-03-03T14:00:00Z: " + text);
        }
    }
}

package dev.tranche.cli.watch;

import dev.tranche.cli.screen.Spoken;
import dev.tranche.cli.screen.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Requests of the last minute, by version.
///
/// @param rows a version each
public record Traffic(List<Row> rows) {
    public static final Traffic NONE = new Traffic(List.of());

    /// One version's minute. A number that was not measured is NaN.
    ///
    /// @param version   its name
    /// @param role      live, candidate or shadow
    /// @param perSecond requests a second
    /// @param p50       median latency, ms
    /// @param p95       95th percentile, ms
    /// @param p99       99th percentile, ms
    /// @param errors    how many failed
    /// @param fallbacks how many the fallback rules answered
    /// @param approved  share approved
    public record Row(
            String version,
            String role,
            double perSecond,
            double p50,
            double p95,
            double p99,
            double errors,
            double fallbacks,
            double approved) {}

    private record Column(String heading, boolean onlyWide, Function<Row, String> cell) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("version", false, Row::version),
            new Column("role", false, Row::role),
            new Column("req/s", false, row -> Spoken.number(row.perSecond(), 1)),
            new Column("p50 ms", true, row -> Spoken.number(row.p50(), 2)),
            new Column("p95 ms", false, row -> Spoken.number(row.p95(), 2)),
            new Column("p99 ms", false, row -> Spoken.number(row.p99(), 2)),
            new Column("errors", false, row -> Spoken.number(row.errors(), 0)),
            new Column("fallback", false, row -> Spoken.number(row.fallbacks(), 0)),
            new Column("approved", false, row -> Spoken.percent(row.approved())));

    /// The rows of the two versions a rollout is about.
    static Traffic of(JsonNode windows, RolloutState rollout) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode window : windows.path("products").path(rollout.product())) {
            String version = window.path("version").asString("");
            boolean shadow = window.path("shadow").asBoolean(false);
            if (version.equals(rollout.candidate())) {
                rows.add(row(version, shadow ? "shadow" : "candidate", window));
            } else if (version.equals(rollout.live())) {
                rows.add(row(version, "live", window));
            }
        }
        rows.sort(Comparator.comparing(row -> !row.role().equals("live")));
        return new Traffic(List.copyOf(rows));
    }

    private static Row row(String version, String role, JsonNode window) {
        JsonNode minute = window.path("minute");
        return new Row(
                version,
                role,
                number(window.path("requests_per_second")),
                number(minute.path("latency_p50_ms")),
                number(minute.path("latency_p95_ms")),
                number(minute.path("latency_p99_ms")),
                number(minute.path("errors")),
                number(minute.path("fallbacks")),
                number(minute.path("approval_rate")));
    }

    /// The rows as a table; versions without the product's name in front, which the frame says already.
    ///
    /// @param wide whether there is room for the median too
    Table table(String product, boolean wide) {
        List<Column> columns =
                COLUMNS.stream().filter(column -> wide || !column.onlyWide()).toList();
        Table table = Table.of(columns.stream().map(Column::heading).toArray(String[]::new));
        String prefix = product + "_";
        for (Row row : rows) {
            table.row(columns.stream()
                    .map(column -> column.cell().apply(row))
                    .map(cell -> cell.startsWith(prefix) ? cell.substring(prefix.length()) : cell)
                    .toArray(String[]::new));
        }
        return table;
    }

    private static double number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : Double.NaN;
    }
}

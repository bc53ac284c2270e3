package dev.tranche.engine.feed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns one line of a recording into what arrived; a line that cannot be read is an `Arrival.Unreadable`.
interface RecordedLine {
    Arrival read(byte[] line, long number, long nowNanos);

    /// Lines `<receive time in ns> <JSON>`.
    static RecordedLine captured() {
        return (line, number, nowNanos) -> {
            long nanos = 0;
            int at = 0;
            while (at < line.length && at < 19 && line[at] >= '0' && line[at] <= '9') {
                nanos = nanos * 10 + (line[at] - '0');
                at++;
            }
            if (at == 0 || at >= line.length - 1 || line[at] != ' ') {
                return new Arrival.Unreadable("line " + number + " is not `<nanoseconds> <JSON>`", nowNanos);
            }
            return new Arrival.Message(Arrays.copyOfRange(line, at + 1, line.length), nanos, nowNanos);
        };
    }

    /// Lines of a table whose `header` names the columns.
    ///
    /// @throws IllegalArgumentException when a column that is needed is missing
    static RecordedLine table(byte @Nullable [] header) {
        List<String> columns = Arrays.asList(
                new String(header == null ? new byte[0] : header, StandardCharsets.UTF_8).split(",", -1));
        int event = column(columns, "event_ts_ms");
        int received = column(columns, "recv_ts_ms");
        int price = column(columns, "price");
        int quantity = column(columns, "qty");
        int signed = column(columns, "signed_qty");
        return (line, number, nowNanos) -> {
            String[] cells = new String(line, StandardCharsets.UTF_8).split(",", -1);
            try {
                if (cells.length != columns.size()) {
                    return new Arrival.Unreadable(
                            "line " + number + " has " + cells.length + " cells, the header " + columns.size(),
                            nowNanos);
                }
                double amount = Double.parseDouble(cells[quantity]);
                double taken = Double.parseDouble(cells[signed]);
                if (Math.abs(taken) != amount) {
                    return new Arrival.Unreadable(
                            "line " + number + " says both " + cells[quantity] + " and " + cells[signed], nowNanos);
                }
                return new Arrival.Trade(
                        Long.parseLong(cells[event]),
                        Math.multiplyExact(Long.parseLong(cells[received]), 1_000_000L),
                        Double.parseDouble(cells[price]),
                        taken,
                        nowNanos);
            } catch (NumberFormatException | ArithmeticException e) {
                return new Arrival.Unreadable("line " + number + " has a bad number: " + e.getMessage(), nowNanos);
            }
        };
    }

    private static int column(List<String> columns, String name) {
        int at = columns.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("recorded trades need the column " + name + ": " + columns);
        }
        return at;
    }
}

package dev.tranche.engine.feed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// One line of a recording, and when it was received.
///
/// @param text the line without its receive time, where that stands before it
/// @param receivedNanos nanoseconds since 1970; 0 when the line does not say
@SuppressWarnings("ArrayRecordComponent") // lines are never compared
record RecordedLine(byte[] text, long receivedNanos) {
    private static final int MOST_DIGITS = 19;
    /// Columns that say when a row was received or, failing that, when it happened; the first that is
    /// there counts.
    private static final List<String> TIMES =
            List.of("recv_ts_ms", "TimestampOfReceive", "event_ts_ms", "event_time_ms", "EventTime", "timestamp");

    /// A line `<receive time in ns> <JSON>`. One that is not keeps its text, and whoever decodes it names
    /// the fault.
    static RecordedLine captured(byte[] line) {
        long nanos = 0;
        int at = 0;
        while (at < line.length && at < MOST_DIGITS && line[at] >= '0' && line[at] <= '9') {
            nanos = nanos * 10 + (line[at] - '0');
            at++;
        }
        return at > 0 && at < line.length && line[at] == ' '
                ? new RecordedLine(Arrays.copyOfRange(line, at + 1, line.length), nanos)
                : new RecordedLine(line, 0);
    }

    /// The number of the column that says when a row of this table was received; -1 when there is none.
    static int timeColumn(String header) {
        List<String> columns =
                Stream.of(header.split(",", -1)).map(String::strip).toList();
        return TIMES.stream()
                .mapToInt(columns::indexOf)
                .filter(at -> at >= 0)
                .findFirst()
                .orElse(-1);
    }

    /// A row of a table whose column `time` holds milliseconds (or seconds with a fraction) since 1970.
    static RecordedLine row(byte[] line, int time) {
        String[] cells = time < 0 ? new String[0] : new String(line, StandardCharsets.UTF_8).split(",", time + 2);
        String cell = cells.length > time && time >= 0 ? cells[time] : "";
        if (cell.matches("[0-9]{10,15}")) {
            return new RecordedLine(line, Long.parseLong(cell) * 1_000_000L);
        }
        return new RecordedLine(
                line, cell.matches("[0-9]{9,11}\\.[0-9]+") ? (long) (Double.parseDouble(cell) * 1e9) : 0);
    }
}

package dev.tranche.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    @TempDir
    Path folder;

    private List<Arrival> play(String text, boolean compressed, Recording.Form form, Pace pace) throws Exception {
        Path file = folder.resolve("stream");
        try (OutputStream out =
                compressed ? new GZIPOutputStream(Files.newOutputStream(file)) : Files.newOutputStream(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return play(Recording.of(file, form, pace, Ticks.system()));
    }

    private static List<Arrival> play(Recording recording) throws Exception {
        Inbox inbox = Inbox.of(1000);
        recording.run(inbox);
        List<Arrival> arrivals = new ArrayList<>();
        for (Arrival next = inbox.take(0, 0); next != null; next = inbox.take(0, 0)) {
            arrivals.add(next);
        }
        return arrivals;
    }

    private static String words(Arrival arrival) {
        return switch (arrival) {
            case Arrival.Message(byte[] json, long received, long _) ->
                received + " " + new String(json, StandardCharsets.UTF_8);
            case Arrival.Row(byte[] line, long _) -> "row " + new String(line, StandardCharsets.UTF_8);
            case Arrival.Header(String columns, long _) -> "header " + columns;
            case Arrival.Broken broken -> "broken " + broken.reason();
            case Arrival.Unreadable unreadable -> "unreadable " + unreadable.reason();
            case Arrival.Ended ended -> (ended.failed() ? "failed " : "ended ") + ended.reason();
        };
    }

    @Test
    void linesComeInOrderCompressedOrNotAndWithAnyLineEnd() throws Exception {
        String text = "1000 {\"a\":1}\r\n\n2000 {}\n3000 {\"last\":true}";
        for (boolean compressed : new boolean[] {false, true}) {
            assertThat(play(text, compressed, Recording.Form.BINANCE, Pace.FAST))
                    .extracting(RecordingTest::words)
                    .containsExactly(
                            "1000 {\"a\":1}", "2000 {}", "3000 {\"last\":true}", "ended all 4 lines were played");
        }
    }

    @Test
    void aLineWithoutAReceiveTimeIsHandedOverAsItIsForTheDecoderToName() throws Exception {
        assertThat(play("nonsense\n12x {}\n", false, Recording.Form.BINANCE, Pace.FAST))
                .extracting(RecordingTest::words)
                .startsWith("0 nonsense", "0 12x {}");
    }

    @Test
    void aTableBeginsWithItsHeaderAndIsPlayedByItsReceiveTimes() throws Exception {
        String text = "event_ts_ms,recv_ts_ms,price\n1760999625000,1760999625000,1\n1760999625000,1760999625060,2\n";
        long began = System.nanoTime();
        assertThat(play(text, true, Recording.Form.CSV, Pace.parse("2x")))
                .extracting(RecordingTest::words)
                .containsExactly(
                        "header event_ts_ms,recv_ts_ms,price",
                        "row 1760999625000,1760999625000,1",
                        "row 1760999625000,1760999625060,2",
                        "ended all 3 lines were played");
        assertThat(System.nanoTime() - began)
                .isGreaterThan(Duration.ofMillis(30).toNanos());
    }

    @Test
    void timesOfTheKnownTablesAreFound() {
        assertThat(RecordedLine.timeColumn("part,recv_ts_ms,event_ts_ms")).isEqualTo(1);
        assertThat(RecordedLine.timeColumn("timestamp,event_time_ms,price")).isEqualTo(1);
        assertThat(RecordedLine.timeColumn("a,b")).isEqualTo(-1);
        assertThat(RecordedLine.row("1,1760760973.5,3".getBytes(StandardCharsets.UTF_8), 1)
                        .receivedNanos())
                .isEqualTo(1_760_760_973_500_000_000L);
        assertThat(RecordedLine.row("1,x,3".getBytes(StandardCharsets.UTF_8), 1).receivedNanos())
                .isZero();
        assertThat(RecordedLine.row("1".getBytes(StandardCharsets.UTF_8), 1).receivedNanos())
                .isZero();
    }

    @Test
    void aFileThatIsMissingTornOrHostileEndsTheStreamWithAReason() throws Exception {
        assertThat(play(Recording.of(folder.resolve("none"), Recording.Form.BINANCE, Pace.FAST, Ticks.system())))
                .extracting(RecordingTest::words)
                .singleElement()
                .asString()
                .startsWith("failed ")
                .contains("none");
        Path torn = folder.resolve("torn.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(torn))) {
            out.write("1 {}\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(torn);
        Files.write(torn, java.util.Arrays.copyOf(bytes, bytes.length - 12));
        assertThat(play(Recording.of(torn, Recording.Form.BINANCE, Pace.FAST, Ticks.system()))
                        .getLast())
                .isInstanceOfSatisfying(
                        Arrival.Ended.class, ended -> assertThat(ended.failed()).isTrue());
        assertThat(play("1 " + "x".repeat(Lines.LONGEST), false, Recording.Form.BINANCE, Pace.FAST)
                        .getLast())
                .extracting(RecordingTest::words)
                .asString()
                .contains("longer than 4194304 bytes");
    }

    @Test
    void aClosedRecordingEndsThoughItsNextLineIsDueInAYear() throws Exception {
        Path file = folder.resolve("slow");
        Files.writeString(file, "1 {}\n31536000000000000 {}\n");
        Recording recording = Recording.of(file, Recording.Form.BINANCE, Pace.REAL, Ticks.system());
        Inbox inbox = Inbox.of(10);
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                recording.run(inbox);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(inbox.take(5000, 0)).isInstanceOf(Arrival.Message.class);
        recording.close();
        thread.join();
        Arrival last = inbox.take(5000, 0);
        if (last instanceof Arrival.Message) { // it waited for this one already
            last = inbox.take(5000, 0);
        }
        assertThat(last).isInstanceOf(Arrival.Ended.class);
        assertThat(inbox.size()).isZero();
    }

    @Test
    void whatFindsNoRoomIsDroppedAndSaidBeforeAnythingElse() throws Exception {
        Inbox inbox = Inbox.of(2);
        for (int i = 0; i < 5; i++) {
            inbox.offer(new Arrival.Unreadable("number " + i, i));
        }
        assertThat(inbox.dropped()).isEqualTo(3);
        assertThat(inbox.take(0, 7))
                .isEqualTo(new Arrival.Broken("3 messages were dropped because 2 waited already", 7));
        assertThat(inbox.take(0, 7)).isNull();
        inbox.offer(new Arrival.Unreadable("after", 9));
        assertThat(inbox.take(0, 7)).isEqualTo(new Arrival.Unreadable("after", 9));
    }

    static void write(Path file, List<String> messages, long firstNanos, long stepNanos) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            long nanos = firstNanos;
            for (String message : messages) {
                out.write((nanos + " " + message + "\n").getBytes(StandardCharsets.UTF_8));
                nanos += stepNanos;
            }
        }
    }
}

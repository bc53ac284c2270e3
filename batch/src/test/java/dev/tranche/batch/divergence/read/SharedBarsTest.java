package dev.tranche.batch.divergence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tranche.market.Bar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The klines of `../shared/data/crypto`: what their `SOURCE.txt` says of them.
class SharedBarsTest {
    private static final Path CRYPTO = Path.of(System.getProperty("tranche.shared", "../shared"), "data", "crypto");

    private final List<Bar> bars = new ArrayList<>();

    private FileFacts read(String name) throws IOException {
        Path file = CRYPTO.resolve(name);
        assumeTrue(Files.isRegularFile(file), "skipped: " + file + " is not there, so no real bars were read");
        return BarFile.read(Named.of(file), OptionalLong.empty(), Optional.empty(), (symbol, bar) -> bars.add(bar))
                .getFirst();
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    private static void isWhole(FileFacts facts, long rows, long interval, String from, String to) {
        assertThat(facts.rows()).isEqualTo(rows);
        assertThat(facts.bars()).isEqualTo(rows);
        assertThat(facts.bad()).isEmpty();
        assertThat(facts.gaps()).isZero();
        assertThat(facts.intervalMillis()).isEqualTo(interval);
        assertThat(facts.from()).isEqualTo(at(from));
        assertThat(facts.to()).isEqualTo(at(to));
    }

    @Test
    void fiveMinutesWithTakers() throws IOException {
        FileFacts facts = read("klines_5m_taker_2024-12/ETHUSDT_5m.csv.gz");
        isWhole(facts, 7200, 300_000, "2024-12-01T00:00:00Z", "2024-12-26T00:00:00Z");
        assertThat(facts.takerBars()).isEqualTo(7200);
        assertThat(facts.symbol()).isEqualTo("ETHUSDT");
    }

    @Test
    void fiveMinutesWithoutTakers() throws IOException {
        FileFacts facts = read("klines_5m_2025q2/BTCUSDT_5m.csv.gz");
        isWhole(facts, 17651, 300_000, "2025-04-03T17:05:00Z", "2025-06-04T00:00:00Z");
        assertThat(facts.takerBars()).isZero();
    }

    @Test
    void minutesByTheirStart() throws IOException {
        isWhole(
                read("klines_1m_2025-06/ETHUSDT_1m.csv.gz"),
                27757,
                60_000,
                "2025-06-01T17:23:00Z",
                "2025-06-21T00:00:00Z");
    }

    /// The two downloads are of one market: minutes whose time is their end in another zone add up to the
    /// five minutes whose time is their start.
    @Test
    void minutesByTheirEndInAnotherZoneAddUpToTheOtherDownload() throws IOException {
        isWhole(
                read("klines_1m_btc_2024-12/BTCUSDT_1m.csv.gz"),
                41761,
                60_000,
                "2024-11-30T23:00:00Z",
                "2024-12-29T23:01:00Z");
        Map<Long, List<Bar>> minutes = bars.stream().collect(Collectors.groupingBy(bar -> bar.openMillis() / 300_000));
        bars.clear();
        read("klines_5m_taker_2024-12/BTCUSDT_5m.csv.gz");
        Map<Long, Bar> fives =
                bars.stream().collect(Collectors.toMap(bar -> bar.openMillis() / 300_000, Function.identity()));
        long same = fives.entrySet().stream()
                .filter(five -> same(minutes.getOrDefault(five.getKey(), List.of()), five.getValue()))
                .count();
        assertThat(same).isEqualTo(fives.size()).isEqualTo(1728);
    }

    private static boolean same(List<Bar> minutes, Bar five) {
        return minutes.size() == 5
                && minutes.getFirst().open() == five.open()
                && minutes.getLast().close() == five.close()
                && minutes.stream().mapToDouble(Bar::high).max().orElse(0) == five.high()
                && minutes.stream().mapToDouble(Bar::low).min().orElse(0) == five.low()
                && Math.abs(minutes.stream().mapToDouble(Bar::volume).sum() - five.volume()) < 1e-6;
    }
}

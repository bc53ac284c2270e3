package dev.tranche.market.divergence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Bar;
import dev.tranche.market.Instrument;
import dev.tranche.market.Recording;
import dev.tranche.market.Trials;
import dev.tranche.market.feed.BarSink;
import dev.tranche.market.feed.BinanceDecoder;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Faults put into a clean recording, by seed: each is named, and no bar comes out that differs from the
/// clean one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultInjectionTest {
    private static final Instrument ETH = new Instrument("ETHUSDT", 2, 3);
    private static final int LINES = 6_000;
    /// The seconds of every time in the recording.
    private static final Pattern TIME = Pattern.compile("\\b1723161\\d{3}");

    private static final int TRIALS = 8;
    private final List<String> clean = clean();
    private final Run whole = run(clean);

    private record Run(Map<Fault, Long> faults, List<Bar> bars) {}

    @Test
    void theCleanRunHasBarsAndNoFaultButTheClock() {
        assertThat(whole.faults()).isEqualTo(Map.of(Fault.CLOCK_BEHIND, 1L));
        assertThat(whole.bars().size()).isGreaterThan(15);
        assertThat(whole.bars().stream().filter(bar -> !Double.isNaN(bar.orderFlowImbalance())))
                .hasSizeGreaterThan(15);
    }

    @Test
    void aRepeatedTradeOrChangeIsDroppedAndNothingElseChanges() {
        everyTrial(chance -> {
            List<String> lines = new ArrayList<>(clean);
            int at = of(chance, chance.nextBoolean() ? "@trade" : "@depth");
            lines.add(at + chance.nextInt(1, 20), lines.get(at));
            Run run = run(lines);

            assertThat(run.faults()).isEqualTo(with(Fault.DUPLICATE, 1));
            assertThat(run.bars()).isEqualTo(whole.bars());
        });
    }

    @Test
    void aLostTradeIsAGap() {
        everyTrial(chance -> {
            List<String> lines = new ArrayList<>(clean);
            lines.remove(of(chance, "@trade"));
            Run run = run(lines);

            assertThat(run.faults()).isEqualTo(with(Fault.GAP, 1));
            partOfTheWhole(run);
        });
    }

    @Test
    void aLostChangeIsASequenceBreakAndTheBookIsNotUsedAnyMore() {
        everyTrial(chance -> {
            List<String> lines = new ArrayList<>(clean);
            int at = of(chance, "@depth");
            lines.remove(at);
            Run run = run(lines);

            assertThat(run.faults()).isEqualTo(with(Fault.SEQUENCE_BREAK, 1));
            partOfTheWhole(run);
            assertThat(run.bars().getLast().orderFlowImbalance()).isNaN();
        });
    }

    @Test
    void twoChangesInTheWrongOrderAreABreakAndADuplicate() {
        everyTrial(chance -> {
            List<String> lines = new ArrayList<>(clean);
            int at = of(chance, "@depth");
            String change = lines.remove(at);
            int next = at;
            while (!lines.get(next).contains("@depth")) {
                next++;
            }
            lines.add(next + 1, change);
            Run run = run(lines);

            assertThat(run.faults()).containsEntry(Fault.SEQUENCE_BREAK, 1L).containsEntry(Fault.DUPLICATE, 1L);
            partOfTheWhole(run);
        });
    }

    @Test
    void aRestartOfTheVenueIsNamed() {
        everyTrial(chance -> {
            List<String> lines = new ArrayList<>(clean);
            int at = of(chance, "@trade");
            for (int i = at; i < lines.size(); i++) {
                lines.set(i, lines.get(i).replaceFirst("\"t\":4\\d+(\\d{5}),", "\"t\":$1,"));
            }
            Run run = run(lines);

            assertThat(run.faults()).containsEntry(Fault.RESTART, 1L);
            partOfTheWhole(run);
        });
    }

    @Test
    void aCrossedBookIsNamed() {
        everyTrial(chance -> {
            List<String> lines = new ArrayList<>(clean);
            int at = of(chance, "@depth");
            lines.set(
                    at,
                    lines.get(at)
                            .replaceFirst("\"b\":\\[", "\"b\":[[\"9000.00\",\"1.000\"],")
                            .replace(",]", "]"));
            Run run = run(lines);

            assertThat(run.faults()).isEqualTo(with(Fault.CROSSED_BOOK, 1));
            partOfTheWhole(run);
        });
    }

    @Test
    void wildLinesBetweenSoundOnesAreNamedAndChangeNothing() {
        List<String> wild = List.of(
                "\0\1\2 garbage",
                clean.getFirst().substring(0, 200),
                "1723161255088208167 {\"e\":\"trade\",\"é\":1,é}",
                "1723161255088208167 {\"a\":" + "{\"a\":".repeat(5_000),
                "1723161255088208167 {\"e\":\"trade\",\"T\":1723161256333,\"s\":\"ETHUSDT\",\"t\":1,\"p\":\""
                        + "9".repeat(400) + "\",\"q\":\"1\",\"m\":true}",
                "1723161255088208167 {\"e\":\"trade\",\"T\":1723161256333,\"s\":\"BTCUSDT\",\"t\":1,\"p\":\"1\","
                        + "\"q\":\"1\",\"m\":true}");
        everyTrial(chance -> {
            List<String> lines = new ArrayList<>(clean);
            for (String line : wild) {
                lines.add(chance.nextInt(lines.size()), line);
            }
            Run run = run(lines);

            Map<Fault, Long> expected = new EnumMap<>(whole.faults());
            expected.put(Fault.BAD_TIME, 1L);
            expected.put(Fault.TRUNCATED, 1L);
            expected.put(Fault.MALFORMED, 2L);
            expected.put(Fault.BAD_PRICE, 1L);
            expected.put(Fault.WRONG_SYMBOL, 1L);
            assertThat(run.faults()).isEqualTo(expected);
            assertThat(run.bars()).isEqualTo(whole.bars());
        });
    }

    @Test
    void aHoleInTimeIsSilence() {
        everyTrial(chance -> {
            List<String> lines = new ArrayList<>(clean);
            int at = of(chance, "@depth");
            Run run = run(lines.subList(0, at), lines.subList(at, lines.size()), 3_600_000);

            assertThat(run.faults()).isEqualTo(with(Fault.SILENCE, 1));
        });
    }

    private static void everyTrial(Consumer<RandomGenerator> trial) {
        Trials.of(TRIALS, trial);
    }

    /// A line of a stream, behind the snapshot and before the end.
    private int of(RandomGenerator chance, String stream) {
        int at = chance.nextInt(2_000, LINES - 1_000);
        while (!clean.get(at).contains(stream)) {
            at++;
        }
        return at;
    }

    private Map<Fault, Long> with(Fault fault, long count) {
        Map<Fault, Long> all = new EnumMap<>(whole.faults());
        all.put(fault, count);
        return all;
    }

    /// What was invalid never entered a bar: each bar is the clean one, perhaps without its imbalance.
    private void partOfTheWhole(Run run) {
        assertThat(run.bars()).isNotEmpty().hasSizeLessThan(whole.bars().size());
        Map<Long, Bar> sound = new HashMap<>();
        whole.bars().forEach(bar -> sound.put(bar.openMillis(), bar));
        for (Bar bar : run.bars()) {
            Bar same = Objects.requireNonNull(sound.get(bar.openMillis()));

            assertThat(bar).isEqualTo(Double.isNaN(bar.orderFlowImbalance()) ? withoutImbalance(same) : same);
        }
    }

    private static Bar withoutImbalance(Bar bar) {
        return new Bar(
                bar.openMillis(),
                bar.closeMillis(),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.volume(),
                bar.takerBuyVolume(),
                Double.NaN);
    }

    private static Run run(List<String> lines) {
        return run(lines, List.of(), 0);
    }

    private static Run run(List<String> lines, List<String> later, long shiftMillis) {
        List<Bar> bars = new ArrayList<>();
        OrderFlow flow = OrderFlow.of(
                ETH, OrderFlow.Source.BOOK, 1_000, BarSink.of(bars::add), (fault, at, heard, found, expected) -> {});
        BinanceDecoder decoder =
                BinanceDecoder.of(ETH, BinanceDecoder.Trades.EACH, FeedMonitor.before(FeedLimits.USUAL, flow));
        for (String line : lines) {
            byte[] bytes = line.getBytes(UTF_8);
            decoder.line(bytes, 0, bytes.length);
        }
        for (String line : later) {
            byte[] bytes = shifted(line, shiftMillis).getBytes(UTF_8);
            decoder.line(bytes, 0, bytes.length);
        }
        return new Run(flow.faults().seen(), bars);
    }

    /// The same line so much later.
    private static String shifted(String line, long millis) {
        return TIME.matcher(line).replaceAll(time -> Long.toString(Long.parseLong(time.group()) + millis / 1_000));
    }

    private static List<String> clean() {
        List<String> lines = new ArrayList<>();
        Recording.level2("usdm", "ethusdt")
                .lines(0, LINES, (bytes, from, to) -> lines.add(new String(bytes, from, to - from, US_ASCII)));
        return lines;
    }
}

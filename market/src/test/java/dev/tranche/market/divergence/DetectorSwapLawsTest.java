package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DetectorSwapLawsTest {
    private static final Set<Source> ALL = Set.of(Source.values());

    private static List<DivergenceEvent> run(Tape tape, NavigableMap<Integer, Parameters> rules) {
        return run(tape, rules, Set.of());
    }

    private static List<DivergenceEvent> run(Tape tape, NavigableMap<Integer, Parameters> rules, Set<Integer> resets) {
        List<DivergenceEvent> events = new ArrayList<>();
        Detector detector = Detector.of(rules.firstEntry().getValue(), ALL, events::add);
        for (int bar = 0; bar < tape.bars(); bar++) {
            Parameters next = rules.get(bar);
            if (bar > 0 && next != null) {
                detector.swap(next);
            }
            if (resets.contains(bar)) {
                detector.reset();
            }
            tape.feed(detector, bar);
        }
        return events;
    }

    @Test
    void fromTheSwapOnItTellsWhatTheNewParametersWouldHaveToldFromTheStart() {
        Trials.of(150, chance -> {
            Tape tape = Tape.random(chance, 400);
            NavigableMap<Integer, Parameters> rules = new TreeMap<>(Map.of(0, Tape.parameters(chance)));
            for (int swaps = chance.nextInt(1, 5); swaps > 0; swaps--) {
                rules.put(chance.nextInt(1, 400), Tape.parameters(chance));
            }

            assertThat(run(tape, rules)).isEqualTo(new ReadableDetector(tape, rules, new TreeSet<>(), ALL).events());
        });
    }

    @Test
    void soItIsOnALongStreamWithGapsWhereTheHistoryWentRoundManyTimes() {
        Trials.of(6, chance -> {
            Tape tape = Tape.random(chance, 4 * History.BARS);
            NavigableMap<Integer, Parameters> rules = new TreeMap<>(Map.of(0, Tape.parameters(chance)));
            NavigableSet<Integer> resets = new TreeSet<>();
            for (int i = 0; i < 20; i++) {
                rules.put(chance.nextInt(1, tape.bars()), Tape.parameters(chance));
                if (i % 5 == 0) {
                    resets.add(chance.nextInt(1, tape.bars()));
                }
            }

            assertThat(run(tape, rules, resets))
                    .isEqualTo(new ReadableDetector(tape, rules, resets, ALL).events())
                    .hasSizeGreaterThan(100);
        });
    }

    @Test
    void withoutCooldownTheEventsAfterTheSwapAreThoseOfADetectorThatAlwaysHadTheNewParameters() {
        Trials.of(50, chance -> {
            Tape tape = Tape.random(chance, 400);
            Parameters before = Tape.parameters(chance).with(Map.of("cooldown", 0, "weak_threshold", 100));
            Parameters after = Tape.parameters(chance).with(Map.of("cooldown", 0));
            int swap = chance.nextInt(100, 300);

            assertThat(run(tape, new TreeMap<>(Map.of(0, before, swap, after))).stream()
                            .filter(event -> event.confirmedBar() >= swap))
                    .containsExactlyElementsOf(tape.events(after, Source.values()).stream()
                            .filter(event -> event.confirmedBar() >= swap)
                            .toList());
        });
    }

    @Test
    void swappingAtEveryBarToTheSameParametersChangesNothing() {
        Trials.of(20, chance -> {
            Tape tape = Tape.random(chance, 300);
            Parameters rules = Tape.parameters(chance);
            NavigableMap<Integer, Parameters> often = new TreeMap<>();
            for (int bar = 0; bar < tape.bars(); bar++) {
                often.put(bar, rules.with(Map.of()));
            }

            assertThat(run(tape, often)).isEqualTo(tape.events(rules, Source.values()));
        });
    }

    @Test
    void aWiderSwingDoesNotTellAPairAgain() {
        Trials.of(100, chance -> {
            Tape tape = Tape.random(chance, 400);
            Parameters rules = Tape.parameters(chance).with(Map.of("swing_L", 4, "max_lag", 1, "cooldown", 0));
            NavigableMap<Integer, Parameters> widening = new TreeMap<>(Map.of(0, rules));
            for (int bar = 50; bar < 400; bar += 50) {
                widening.put(bar, rules.with(Map.of("swing_L", 4 + bar / 50)));
            }

            assertThat(run(tape, widening).stream().map(DetectorLawsTest::pair)).doesNotHaveDuplicates();
        });
    }

    /// The one thing that a swap of `swing_L` loses: a first pivot more than 1024 bars ago.
    @Test
    void onlyAFirstPivotFartherBackThanTheHistoryIsLost() {
        int bars = 2 * History.BARS;
        Tape tape = new Tape(new long[bars], new double[bars], new double[bars], new double[bars], new double[3][bars]);
        for (int bar = 0; bar < bars; bar++) {
            // One low at bar 100, then a slow climb, then a lower low.
            double price = bar <= 100 ? 5000 - bar : bar <= 1900 ? 4900 + bar - 100 : 6700 - 100 * (bar - 1900);
            if (bar > 1930) {
                price = 3700 + bar - 1930;
            }
            tape.millis()[bar] = 1000L * bar;
            tape.high()[bar] = price + 1;
            tape.low()[bar] = price - 1;
            tape.close()[bar] = price;
            for (int source = 0; source < 3; source++) {
                tape.z()[source][bar] = 1;
            }
        }
        Parameters wide = Parameters.SEED.with(Map.of("swing_L", 8, "warmup", 0));
        Parameters stricter = wide.with(Map.of("z_mid", 1));
        Parameters narrow = wide.with(Map.of("swing_L", 4));

        assertThat(run(tape, new TreeMap<>(Map.of(0, wide)))).hasSize(3).allMatch(event -> event.separation() == 1830);
        assertThat(run(tape, new TreeMap<>(Map.of(0, wide, 1800, stricter)))).hasSize(3);
        assertThat(run(tape, new TreeMap<>(Map.of(0, wide, 1000, narrow)))).hasSize(3);
        assertThat(run(tape, new TreeMap<>(Map.of(0, wide, 1800, narrow)))).isEmpty();
    }
}

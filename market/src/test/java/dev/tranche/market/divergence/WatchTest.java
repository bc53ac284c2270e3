package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.market.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Parameters BUSY =
            Parameters.SEED.with(Map.of("swing_L", 4, "warmup", 10, "weak_threshold", 0));
    private static final ParameterBook BOOK = ParameterBook.of(
            BUSY,
            List.of(new Adjustment(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Liquidity.QUIET),
                    Optional.of(Source.CVD),
                    Map.of("swing_L", 6.0))));

    @Test
    void eachSourceGoesByTheParametersOfTheContextOfTheBar() {
        Trials.of(20, chance -> {
            Tape tape = Tape.random(chance, 600);
            List<DivergenceEvent> events = new ArrayList<>();
            Watch watch = Watch.of("BTCUSDT", BOOK, Set.of(Source.OFI, Source.CVD), events::add);
            NavigableMap<Integer, Parameters> rules = new TreeMap<>();
            for (int bar = 0; bar < tape.bars(); bar++) {
                Liquidity liquidity = bar / 40 % 2 == 0 ? Liquidity.ACTIVE : Liquidity.QUIET;
                rules.put(bar, liquidity == Liquidity.ACTIVE ? BUSY : BUSY.with(Map.of("swing_L", 6)));
                on(watch, tape, bar, liquidity);
            }

            assertThat(of(events, Source.CVD))
                    .isEqualTo(new ReadableDetector(tape, rules, new TreeSet<>(), Set.of(Source.CVD)).events());
            assertThat(of(events, Source.OFI)).isEqualTo(tape.events(BUSY, Source.OFI));
        });
    }

    @Test
    void anotherBookIsInForceFromTheNextBarOn() {
        Tape tape = Tape.random(Trials.chance(3), 600);
        Parameters strict = BUSY.with(Map.of("z_mid", 1.2));
        List<DivergenceEvent> events = new ArrayList<>();
        Watch watch = Watch.of("BTCUSDT", ParameterBook.of(BUSY), Set.of(Source.OFI), events::add);
        for (int bar = 0; bar < tape.bars(); bar++) {
            if (bar == 300) {
                watch.swap(ParameterBook.of(strict));
            }
            on(watch, tape, bar, Liquidity.ACTIVE);
        }

        assertThat(events)
                .isEqualTo(new ReadableDetector(
                                tape, new TreeMap<>(Map.of(0, BUSY, 300, strict)), new TreeSet<>(), Set.of(Source.OFI))
                        .events())
                .isNotEqualTo(tape.events(BUSY, Source.OFI));
    }

    @Test
    void aResetReachesEverySource() {
        Tape tape = Tape.random(Trials.chance(4), 600);
        List<DivergenceEvent> events = new ArrayList<>();
        Watch watch = Watch.of("BTCUSDT", BOOK, Set.of(Source.OFI, Source.FUSION), events::add);
        for (int bar = 0; bar < tape.bars(); bar++) {
            if (bar == 300) {
                watch.reset();
            }
            on(watch, tape, bar, Liquidity.ACTIVE);
        }

        assertThat(events).anyMatch(event -> event.confirmedBar() > 300);
        assertThat(events).noneMatch(event -> event.first().bar() < 310 && event.confirmedBar() >= 300);
    }

    @Test
    void aWatchOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Watch.of("BTCUSDT", BOOK, Set.of(), event -> {}))
                .withMessage("sources must name at least one");
    }

    private static void on(Watch watch, Tape tape, int bar, Liquidity liquidity) {
        double[][] z = tape.z();
        watch.on(
                tape.millis()[bar],
                tape.high()[bar],
                tape.low()[bar],
                tape.close()[bar],
                z[0][bar],
                z[1][bar],
                z[2][bar],
                liquidity);
    }

    private static List<DivergenceEvent> of(List<DivergenceEvent> events, Source source) {
        return events.stream().filter(event -> event.source() == source).toList();
    }
}

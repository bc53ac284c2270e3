package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DetectorLawsTest {
    private static final Source[] ALL = Source.values();

    private static List<DivergenceEvent> readable(Tape tape, Parameters parameters) {
        return new ReadableDetector(tape, new TreeMap<>(Map.of(0, parameters)), new TreeSet<>(), Set.of(ALL)).events();
    }

    @Test
    void barByBarItTellsOnEveryPrefixWhatTheReadableOneTells() {
        int[] told = new int[1];
        Trials.of(150, chance -> {
            Tape tape = Tape.random(chance, 250);
            Parameters parameters = Tape.parameters(chance);
            List<DivergenceEvent> events = new ArrayList<>();
            Detector detector = Detector.of(parameters, Set.of(ALL), events::add);
            for (int bar = 0; bar < tape.bars(); bar++) {
                int before = events.size();
                tape.feed(detector, bar);
                if (events.size() > before || bar % 100 == 99) {
                    assertThat(events).as("after bar " + bar).isEqualTo(readable(tape.first(bar + 1), parameters));
                }
            }
            told[0] += events.size();
        });
        assertThat(told[0]).as("events seen").isGreaterThan(1000);
    }

    @Test
    void whatComesLaterChangesNothingThatWasTold() {
        Trials.of(100, chance -> {
            Parameters parameters = Tape.parameters(chance);
            Tape tape = Tape.random(chance, 300);
            int cut = chance.nextInt(50, 300);
            Tape other = Tape.random(chance, 300);
            List<DivergenceEvent> past = tape.first(cut).events(parameters, ALL);
            Tape appended = tape.first(300);
            for (int bar = cut; bar < 300; bar++) {
                appended.high()[bar] = 3 * other.high()[bar];
                appended.low()[bar] = other.low()[bar] / 3;
                appended.close()[bar] = other.close()[bar];
                for (int source = 0; source < 3; source++) {
                    appended.z()[source][bar] = 4 * other.z()[source][bar];
                }
            }

            List<DivergenceEvent> told = appended.events(parameters, ALL);

            assertThat(told.stream().filter(event -> event.confirmedBar() < cut))
                    .containsExactlyElementsOf(past);
        });
    }

    @Test
    void anEventIsKnownNotBeforeItsPivotIsConfirmed() {
        Trials.of(50, chance -> {
            Parameters parameters = Tape.parameters(chance);
            Tape tape = Tape.random(chance, 400);
            for (DivergenceEvent event : tape.events(parameters, ALL)) {
                assertThat(event.confirmedBar() - event.second().bar()).isEqualTo(parameters.swingL());
                assertThat(event.confirmedMillis()).isEqualTo(tape.millis()[(int) event.confirmedBar()]);
                assertThat(event.pivotMillis())
                        .isEqualTo(tape.millis()[(int) event.second().bar()]);
                assertThat(event.separation()).isGreaterThan(parameters.swingL());
                assertThat(event.lag()).isLessThanOrEqualTo(parameters.maxLag());
            }
        });
    }

    @Test
    void anEventIsToldOnce() {
        Trials.of(50, chance -> {
            Parameters parameters = Tape.parameters(chance).with(Map.of("cooldown", 0, "weak_threshold", 0));
            List<DivergenceEvent> events = Tape.random(chance, 400).events(parameters, ALL);

            assertThat(events.stream().map(DetectorLawsTest::pair)).doesNotHaveDuplicates();
        });
    }

    /// A pair of bars may be one of lows and one of highs: the prices tell which.
    static List<Object> pair(DivergenceEvent event) {
        return List.of(
                event.source(),
                event.kind(),
                event.first().bar(),
                event.second().bar(),
                event.first().price());
    }

    @Test
    void neitherTheUnitNorTheZeroOfThePriceMatters() {
        Trials.of(50, chance -> {
            Parameters parameters = Tape.parameters(chance);
            Tape tape = Tape.random(chance, 300);
            Tape changed = tape.prices(price -> 4 * price + 1024);

            assertThat(changed.events(parameters, ALL).stream().map(DetectorLawsTest::priceless))
                    .containsExactlyElementsOf(tape.events(parameters, ALL).stream()
                            .map(DetectorLawsTest::priceless)
                            .toList());
        });
    }

    private static List<Object> priceless(DivergenceEvent event) {
        return List.of(
                event.source(),
                event.kind(),
                event.first().bar(),
                event.second().bar(),
                event.confirmedBar(),
                event.flows(),
                event.score());
    }

    @Test
    void inTheMirrorBullsAreBears() {
        Trials.of(100, chance -> {
            Parameters parameters = Tape.parameters(chance);
            Tape tape = Tape.random(chance, 300);

            assertThat(tape.mirrored().events(parameters, ALL))
                    .containsExactlyInAnyOrderElementsOf(tape.events(parameters, ALL).stream()
                            .map(DetectorLawsTest::mirrored)
                            .toList());
        });
    }

    private static DivergenceEvent mirrored(DivergenceEvent event) {
        Flows flows = event.flows();
        return new DivergenceEvent(
                event.source(),
                event.kind().mirrored(),
                mirrored(event.first()),
                mirrored(event.second()),
                event.confirmedBar(),
                event.confirmedMillis(),
                new Flows(0 - flows.ofi(), 0 - flows.cvd(), 0 - flows.fusion()),
                event.score());
    }

    private static Pivot mirrored(Pivot pivot) {
        return new Pivot(pivot.bar(), pivot.millis(), 0 - pivot.price(), pivot.lag(), 0 - pivot.flow());
    }

    @Test
    void afterAResetItIsAsNewButForItsCooldown() {
        Trials.of(100, chance -> {
            Parameters parameters = Tape.parameters(chance);
            Tape tape = Tape.random(chance, 400);
            int gap = chance.nextInt(400);
            List<DivergenceEvent> events = new ArrayList<>();
            Detector detector = Detector.of(parameters, Set.of(ALL), events::add);
            for (int bar = 0; bar < tape.bars(); bar++) {
                if (bar == gap) {
                    detector.reset();
                }
                tape.feed(detector, bar);
            }

            assertThat(events)
                    .isEqualTo(new ReadableDetector(
                                    tape, new TreeMap<>(Map.of(0, parameters)), new TreeSet<>(Set.of(gap)), Set.of(ALL))
                            .events());
            assertThat(events)
                    .noneMatch(event -> event.first().bar() < gap + parameters.warmup() && event.confirmedBar() >= gap);
        });
    }

    @Test
    void aSourceIsToldTheSameWhetherOthersAreAskedForOrNot() {
        Trials.of(50, chance -> {
            Parameters parameters = Tape.parameters(chance);
            Tape tape = Tape.random(chance, 300);
            List<DivergenceEvent> all = tape.events(parameters, ALL);
            for (Source source : ALL) {
                assertThat(tape.events(parameters, source))
                        .containsExactlyElementsOf(all.stream()
                                .filter(event -> event.source() == source)
                                .toList());
            }
        });
    }
}

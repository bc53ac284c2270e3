package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What the seed's numbers would be on noise: a price that walks without drift, and indicators that have
/// nothing to do with it. Counted from the confirmation a divergence is a coin; counted from the pivot,
/// which nobody knew then, it looks like a gift, because the pivot's own definition guarantees the sign
/// of what came next.
class DetectorPlaceboTest {
    private static final int BARS = 200_000;
    private static final int NEAR = 10;
    private static final int FAR = 20;

    /// Deviations allowed around one half. Three sources share their pivots and outcomes overlap, so that
    /// n events vary as about n / 4 coins would: the deviation of the rate is `1 / sqrt(n)`.
    private static final double DEVIATIONS = 4;

    private final double[] close = new double[BARS];
    private final List<DivergenceEvent> events = new ArrayList<>();

    private void walk(int swing) {
        RandomGenerator chance = Trials.chance(20_251_020);
        Parameters rules = Parameters.SEED.with(Map.of("swing_L", swing, "cooldown", 0, "weak_threshold", 0));
        events.clear();
        Detector detector = Detector.of(rules, Set.of(Source.values()), events::add);
        double price = 0;
        for (int bar = 0; bar < BARS; bar++) {
            price += chance.nextGaussian();
            close[bar] = price;
            double zOfi = chance.nextGaussian();
            double zCvd = chance.nextGaussian();
            detector.on(300_000L * bar, price, price, price, zOfi, zCvd, .6 * zOfi + .4 * zCvd);
        }
        events.removeIf(event -> event.kind() == Kind.CONFLICT || event.confirmedBar() + FAR >= BARS);
    }

    private double hits(boolean fromPivot, int horizon) {
        return events.stream()
                .mapToInt(event -> {
                    int from = (int) (fromPivot ? event.second().bar() : event.confirmedBar());
                    return event.kind().sign() * (close[from + horizon] - close[from]) > 0 ? 1 : 0;
                })
                .average()
                .orElseThrow();
    }

    @Test
    void onNoiseItIsACoinFromTheConfirmationAndAGiftFromThePivot() {
        double[][] gifts = {{8, .88, .74}, {13, 1, .84}, {21, 1, 1}};
        for (double[] gift : gifts) {
            walk((int) gift[0]);
            String swing = "swing_L " + gift[0];
            assertThat(events.size()).as(swing).isGreaterThan(2500);
            double band = DEVIATIONS / Math.sqrt(events.size());
            assertThat(hits(false, NEAR)).as(swing + " from confirmation").isBetween(.5 - band, .5 + band);
            assertThat(hits(false, FAR)).as(swing + " from confirmation").isBetween(.5 - band, .5 + band);
            assertThat(hits(true, NEAR)).as(swing + " from pivot").isBetween(gift[1], 1.0);
            assertThat(hits(true, FAR)).as(swing + " from pivot").isBetween(gift[2], 1.0);
        }
    }
}

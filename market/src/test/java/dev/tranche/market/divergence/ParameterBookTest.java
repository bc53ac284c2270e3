package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParameterBookTest {
    private static final Adjustment BTC =
            adjust(Optional.of("BTCUSDT"), Optional.empty(), Optional.empty(), Optional.empty(), Map.of("z_hi", 2.0));
    private static final Adjustment DAY = adjust(
            Optional.empty(),
            Optional.of(Session.DAY),
            Optional.empty(),
            Optional.empty(),
            Map.of("z_hi", 3.0, "swing_L", 13.0));
    private static final Adjustment QUIET = adjust(
            Optional.empty(), Optional.empty(), Optional.of(Liquidity.QUIET), Optional.empty(), Map.of("z_hi", 4.0));
    private static final Adjustment CVD =
            adjust(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Source.CVD), Map.of("z_hi", 5.0));

    private static Adjustment adjust(
            Optional<String> symbol,
            Optional<Session> session,
            Optional<Liquidity> liquidity,
            Optional<Source> source,
            Map<String, Double> values) {
        return new Adjustment(symbol, session, liquidity, source, values);
    }

    private static Context at(String symbol, Session session, Liquidity liquidity, Source source) {
        return new Context(symbol, session, liquidity, source);
    }

    @Test
    void theMostSpecificAdjustmentWinsWhateverTheOrderTheyAreWrittenIn() {
        for (List<Adjustment> order :
                List.of(List.of(BTC, DAY, QUIET, CVD), List.of(QUIET, CVD, BTC, DAY), List.of(CVD, QUIET, DAY, BTC))) {
            ParameterBook book = ParameterBook.of(Parameters.SEED, order);
            assertThat(book.at(at("BTCUSDT", Session.DAY, Liquidity.QUIET, Source.CVD))
                            .zHi())
                    .isEqualTo(2);
            assertThat(book.at(at("ETHUSDT", Session.DAY, Liquidity.QUIET, Source.CVD))
                            .zHi())
                    .isEqualTo(5);
            assertThat(book.at(at("ETHUSDT", Session.DAY, Liquidity.QUIET, Source.OFI))
                            .zHi())
                    .isEqualTo(3);
            assertThat(book.at(at("ETHUSDT", Session.NIGHT, Liquidity.QUIET, Source.OFI))
                            .zHi())
                    .isEqualTo(4);
            assertThat(book.at(at("ETHUSDT", Session.NIGHT, Liquidity.ACTIVE, Source.OFI)))
                    .isEqualTo(Parameters.SEED);
        }
    }

    @Test
    void anAdjustmentReplacesOnlyWhatItNames() {
        ParameterBook book = ParameterBook.of(Parameters.SEED, List.of(BTC, DAY));

        Parameters both = book.at(at("BTCUSDT", Session.DAY, Liquidity.ACTIVE, Source.OFI));

        assertThat(both).isEqualTo(Parameters.SEED.with(Map.of("z_hi", 2, "swing_L", 13)));
    }

    @Test
    void twoAdjustmentsForTheSameContextsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterBook.of(
                        Parameters.SEED,
                        List.of(
                                BTC,
                                adjust(
                                        Optional.of("BTCUSDT"),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Map.of("warmup", 50.0)))))
                .withMessageContaining("two adjustments for the same contexts");
    }

    @Test
    void aContextInWhichTheParametersDoNotFitIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterBook.of(
                        Parameters.SEED,
                        List.of(adjust(
                                Optional.empty(),
                                Optional.of(Session.NIGHT),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of("z_mid", 1.8)))))
                .withMessageContaining("session=NIGHT")
                .withMessageContaining("z_mid must be below z_hi 1.5: 1.8");
    }

    @Test
    void unknownNamesAndEmptyAdjustmentsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adjust(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of("zhi", 1.0)))
                .withMessageContaining("unknown parameter zhi");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> adjust(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of()))
                .withMessage("an adjustment must name at least one parameter");
    }
}

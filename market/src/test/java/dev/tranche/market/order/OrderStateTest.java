package dev.tranche.market.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderStateTest {
    /// What follows on each event (row) in each state (column), in the order of [OrderState]: N new, L live, A
    /// amend, C cancel, U unknown, F filled, X cancelled, R rejected.
    private static final String DECIDED = """
            event            N L A C U F X R
            AMEND_ASKED      A A A C U F X R
            CANCEL_ASKED     C C C C U F X R
            ACCEPTED         L L A C L F X U
            REJECTED         R R R R R F X R
            CONTRADICTED     U U U U U F X R
            AMENDED          L L L C L F X U
            AMEND_REFUSED    N L L C U F X R
            CANCEL_REFUSED   N L A L U F X R
            NOT_OPEN         U U U U U F X R
            CANCELLED        X X X X X F X R
            CANCELLED_AHEAD  U U U U U F X U
            PART_FILLED      L L A C U F X U
            ALL_FILLED       F F F F F F F F
            LATE             U L U U U F X R
            DISCONNECTED     U U U U U F X R
            SEEN             L L L L L U U U
            ABSENT           X X X X X F X R
            """;

    private static final String LETTERS = "NLACUFXR";

    private static Map<OrderEvent, String> decided() {
        Map<OrderEvent, String> rows = new EnumMap<>(OrderEvent.class);
        DECIDED.lines().skip(1).forEach(line -> {
            String[] words = line.strip().split(" +", 2);
            rows.put(OrderEvent.valueOf(words[0]), words[1].replace(" ", ""));
        });
        return rows;
    }

    @ParameterizedTest
    @EnumSource(OrderEvent.class)
    void everyStateAnswersEveryEvent(OrderEvent event) {
        String row = Arrays.stream(OrderState.values())
                .map(state -> LETTERS.charAt(List.of(OrderState.values()).indexOf(state.on(event))))
                .map(String::valueOf)
                .reduce("", String::concat);

        assertThat(row).isEqualTo(decided().get(event));
    }

    @Test
    void nothingIsOverOnAHint() {
        List<OrderEvent> hints =
                List.of(OrderEvent.NOT_OPEN, OrderEvent.LATE, OrderEvent.DISCONNECTED, OrderEvent.CONTRADICTED);

        assertThat(open())
                .allSatisfy(state -> assertThat(hints)
                        .allSatisfy(hint -> assertThat(state.on(hint).open()).isTrue()));
    }

    @Test
    void whatIsOverDoesNotRiseByWhatWeAsk() {
        assertThat(Arrays.stream(OrderState.values()).filter(state -> !state.open()))
                .allSatisfy(state -> {
                    assertThat(state.on(OrderEvent.AMEND_ASKED)).isEqualTo(state);
                    assertThat(state.on(OrderEvent.CANCEL_ASKED)).isEqualTo(state);
                });
    }

    @Test
    void theVenuesTruthDecidesEveryOpenOrder() {
        assertThat(open()).allSatisfy(state -> {
            assertThat(state.on(OrderEvent.SEEN)).isEqualTo(OrderState.LIVE);
            assertThat(state.on(OrderEvent.ABSENT)).isEqualTo(OrderState.CANCELLED);
        });
    }

    @Test
    void onlyWhatAwaitsAnAnswerCanBeLate() {
        assertThat(open().filter(state -> state.on(OrderEvent.LATE) != state)).allMatch(OrderState::pending);
    }

    private static Stream<OrderState> open() {
        return Arrays.stream(OrderState.values()).filter(OrderState::open);
    }
}

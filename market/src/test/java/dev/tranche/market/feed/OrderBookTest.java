package dev.tranche.market.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.market.Side;
import org.junit.jupiter.api.Test;

class OrderBookTest {
    private static final long SPOT = MarketSink.UNKNOWN;

    private final OrderBook book = OrderBook.of(16);

    @Test
    void aChangeHeardBeforeAnOlderSnapshotIsAppliedAfterIt() {
        change(8, 10, 7, Side.BUY, 100, 5);
        change(11, 14, 10, Side.SELL, 103, 2);

        snapshot(10);

        assertThat(book.state()).isEqualTo(BookState.VALID);
        assertThat(book.lastId()).isEqualTo(14);
        assertThat(ReadableBook.best(book, 2)).isEqualTo("[99=1] | [101=1, 103=2]");
    }

    @Test
    void betweenTwoIdsOfFuturesLieOnlyOtherSymbols() {
        snapshot(12);
        change(20, 25, 10, Side.BUY, 100, 5);
        assertThat(book.state()).isEqualTo(BookState.VALID);
        change(40, 45, 25, Side.BUY, 100, 6);
        assertThat(book.state()).isEqualTo(BookState.VALID);
        assertThat(book.bidLots(0)).isEqualTo(6);
    }

    @Test
    void aSnapshotThatEndsBeforeTheChangesBeginWaitsForANewerOne() {
        change(20, 25, 19, Side.BUY, 100, 5);
        snapshot(12);
        assertThat(book.state()).isEqualTo(BookState.OLD_SNAPSHOT);
        assertThat(book.found()).isEqualTo(19);
        assertThat(book.expected()).isEqualTo(12);

        snapshot(22);
        assertThat(book.state()).isEqualTo(BookState.VALID);
        assertThat(book.bidTicks(0)).isEqualTo(100);
    }

    @Test
    void aChangeThatDoesNotContinueTheLastBreaksTheBookUntilASnapshot() {
        snapshot(10);
        change(11, 12, 10, Side.BUY, 98, 1);
        change(15, 16, 14, Side.BUY, 97, 1);
        assertThat(book.state()).isEqualTo(BookState.SEQUENCE_BREAK);
        assertThat(book.found()).isEqualTo(14);
        assertThat(book.expected()).isEqualTo(12);

        change(17, 18, 16, Side.BUY, 96, 1);
        snapshot(15);
        assertThat(book.state()).isEqualTo(BookState.VALID);
        assertThat(book.lastId()).isEqualTo(18);
        assertThat(ReadableBook.best(book, 4)).isEqualTo("[99=1, 97=1, 96=1] | [101=1]");
    }

    @Test
    void onSpotAChangeMayOverlapButNotLeaveOut() {
        snapshot(10);
        change(9, 12, SPOT, Side.BUY, 98, 1);
        change(13, 13, SPOT, Side.BUY, 98, 2);
        assertThat(book.valid()).isTrue();
        change(15, 15, SPOT, Side.BUY, 98, 3);
        assertThat(book.state()).isEqualTo(BookState.SEQUENCE_BREAK);
    }

    @Test
    void aCrossedBookIsNotValid() {
        snapshot(10);
        change(11, 12, 10, Side.BUY, 101, 1);

        assertThat(book.state()).isEqualTo(BookState.CROSSED);
        assertThat(book.found()).isEqualTo(101);
        assertThat(book.expected()).isEqualTo(101);
    }

    @Test
    void aSnapshotOlderThanTheBookIsSkipped() {
        snapshot(10);
        change(11, 12, 10, Side.BUY, 100, 1);
        snapshot(11);

        assertThat(book.lastId()).isEqualTo(12);
        assertThat(book.bidTicks(0)).isEqualTo(100);
    }

    @Test
    void beyondItsCapacityABookForgetsWhatIsFarthestFromTheBest() {
        snapshot(10);
        for (int i = 0; i < 20; i++) {
            change(11 + i, 11 + i, 10 + i, Side.BUY, 80 + i % 19, 1 + i);
        }

        assertThat(book.levels(Side.BUY)).isEqualTo(16);
        assertThat(book.bidTicks(0)).isEqualTo(99);
        assertThat(book.bidTicks(15)).isEqualTo(84);
    }

    @Test
    void moreChangesThanAreKeptNeedANewerSnapshot() {
        for (int i = 1; i <= 100_000; i++) {
            change(i, i, i - 1, Side.BUY, 50 + i % 40, 1);
        }
        snapshot(10);
        assertThat(book.state()).isEqualTo(BookState.OLD_SNAPSHOT);
        snapshot(99_999);
        assertThat(book.state()).isEqualTo(BookState.VALID);
        assertThat(book.lastId()).isEqualTo(100_000);
    }

    @Test
    void oneChangeLargerThanAllThatIsKeptIsForgottenWhole() {
        book.depth(1, 5, 0);
        for (int i = 0; i < 200_000; i++) {
            book.level(Side.BUY, 1 + i % 90, 1);
        }
        book.end();
        change(6, 7, 5, Side.BUY, 98, 1);
        snapshot(5);

        assertThat(book.state()).isEqualTo(BookState.VALID);
        assertThat(book.lastId()).isEqualTo(7);
    }

    @Test
    void aCapacityOutOfRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrderBook.of(15))
                .withMessage("capacity must be within 16..65536 levels: 15");
    }

    private void snapshot(long last) {
        book.snapshot(last);
        book.level(Side.BUY, 99, 1);
        book.level(Side.SELL, 101, 1);
        book.end();
    }

    private void change(long first, long last, long previous, Side side, long ticks, long lots) {
        book.depth(first, last, previous);
        book.level(side, ticks, lots);
        book.end();
    }
}

package dev.tranche.market.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Instrument;
import dev.tranche.market.Listening;
import dev.tranche.market.Recording;
import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderBookParityTest {
    @Test
    void whateverIsHeardTheBookIsTheOneMadeAnewFromAllOfIt() {
        Trials.of(300, chance -> {
            boolean spot = chance.nextBoolean();
            OrderBook book = OrderBook.of(64);
            List<ReadableBook.Message> heard = new ArrayList<>();
            long id = 100;
            int snapshotAt = chance.nextInt(30);
            for (int i = 0; i < 60; i++) {
                long previous = id;
                id += chance.nextInt(1, 5);
                List<ReadableBook.Level> levels = new ArrayList<>();
                for (int k = chance.nextInt(4); k > 0; k--) {
                    boolean bid = chance.nextBoolean();
                    levels.add(new ReadableBook.Level(
                            bid ? Side.BUY : Side.SELL,
                            bid ? chance.nextInt(80, 101) : chance.nextInt(100, 121),
                            chance.nextInt(4)));
                }
                if (i == snapshotAt) {
                    say(book, heard, new ReadableBook.Message(-1, id - chance.nextInt(20), -1, levels));
                } else if (chance.nextInt(40) > 0) {
                    say(book, heard, new ReadableBook.Message(previous + 1, id, spot ? -1 : previous, levels));
                }
                ReadableBook expected = ReadableBook.after(heard);
                assertThat(book.valid()).as("after %s", heard).isEqualTo(expected.valid());
                if (book.valid()) {
                    assertThat(ReadableBook.best(book, 64)).isEqualTo(expected.best(64));
                }
                if (!book.valid() && i > snapshotAt) {
                    break;
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"usdm, ethusdt, 2, 3", "cm, btcusd_perp, 1, 0", "spot, btcusdt, 2, 8"})
    void onARealStreamTheBestLevelsAreThoseOfTheReadableBook(String market, String symbol, int price, int quantity) {
        Instrument instrument = new Instrument(symbol.toUpperCase(Locale.ROOT), price, quantity);
        Both both = new Both();
        BinanceDecoder decoder = BinanceDecoder.of(instrument, BinanceDecoder.Trades.EACH, both);

        Recording.level2(market, symbol).lines(0, 6_000, decoder::line);

        ReadableBook expected = ReadableBook.after(both.heard);
        assertThat(both.heard.size()).isGreaterThan(100);
        assertThat(both.book.valid()).isTrue();
        assertThat(ReadableBook.best(both.book, 1_000)).isEqualTo(expected.best(1_000));
    }

    private static void say(OrderBook book, List<ReadableBook.Message> heard, ReadableBook.Message message) {
        heard.add(message);
        if (message.snapshot()) {
            book.snapshot(message.last());
        } else {
            book.depth(message.first(), message.last(), message.previous());
        }
        message.levels().forEach(level -> book.level(level.side(), level.ticks(), level.lots()));
        book.end();
    }

    private static final class Both extends Listening {
        private final OrderBook book = OrderBook.of(4096);
        private final List<ReadableBook.Message> heard = new ArrayList<>();

        @Override
        public void depth(long at, long received, long first, long last, long previous) {
            heard.add(new ReadableBook.Message(first, last, previous, new ArrayList<>()));
            book.depth(first, last, previous);
        }

        @Override
        public void snapshot(long at, long received, long last) {
            heard.add(new ReadableBook.Message(-1, last, -1, new ArrayList<>()));
            book.snapshot(last);
        }

        @Override
        public void level(Side side, long ticks, long lots) {
            heard.getLast().levels().add(new ReadableBook.Level(side, ticks, lots));
            book.level(side, ticks, lots);
        }

        @Override
        public void end() {
            book.end();
        }
    }
}

package dev.tranche.market.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Laws of the account over random histories of fills, repetitions, corrections, busts, marks, funding and
/// expiries, in contracts of all three terms.
class LedgerLawsTest {
    private static final int STRATEGIES = 3;
    /// Corrections are of one of so many last fills: within the memory of every account here.
    private static final int RECENT = 8;
    private static final Duration HORIZON = Duration.ofNanos(50);
    private static final List<Part> BY_MARK = List.of(Part.CASH, Part.MARK);
    private static final List<Part> BY_COST = List.of(Part.REALISED, Part.UNREALISED);
    private static final List<Part> BY_CAUSE = List.of(Part.SPREAD, Part.ADVERSE, Part.INVENTORY, Part.HEDGE);
    private static final int[] DIGITS = {5, 16, 16, 16, 16};

    /// What is said to a ledger.
    private sealed interface Said {
        record Fill(long now, int strategy, long id, Side side, long ticks, long lots, long fee, Intent intent)
                implements Said {}

        record Correction(long now, long id, long ticks, long lots, long fee) implements Said {}

        record Mark(long now, long ticks) implements Said {}

        record Funding(long due, long paid) implements Said {}

        record Expiry(long now, long ticks) implements Said {}
    }

    private static void say(Ledger ledger, int contract, Said said) {
        switch (said) {
            case Said.Fill f ->
                ledger.fill(f.now, f.strategy, contract, f.id, f.side, f.ticks, f.lots, f.fee, f.intent);
            case Said.Correction c -> ledger.correct(c.now, contract, c.id, c.ticks, c.lots, c.fee);
            case Said.Mark m -> ledger.mark(m.now, contract, m.ticks);
            case Said.Funding f -> ledger.funding(contract, f.due, f.paid);
            case Said.Expiry e -> ledger.settle(e.now, contract, e.ticks);
        }
    }

    @Test
    void threeWaysToSplitAProfitGiveOneWholeAtEveryEventAndSubLedgersSumToIt() {
        Trials.of(60, chance -> {
            int contract = chance.nextInt(5);
            Ledger ledger = Ledger.of(Listed.ALL, STRATEGIES, 8 + chance.nextInt(200), HORIZON);
            for (Said each : history(chance, 150, true)) {
                say(ledger, contract, each);
                identities(ledger, contract);
            }
        });
    }

    private static void identities(Ledger ledger, int contract) {
        long lots = 0;
        for (int strategy = 0; strategy <= ledger.house(); strategy++) {
            lots += ledger.lots(strategy, contract);
        }
        assertThat(ledger.lots(ledger.whole(), contract)).isEqualTo(lots);
        for (int strategy = 0; strategy <= ledger.whole(); strategy++) {
            BigDecimal total = ledger.exact(Part.TOTAL, strategy, contract);
            for (List<Part> split : List.of(BY_MARK, BY_COST, BY_CAUSE)) {
                assertThat(sum(ledger, split, strategy, contract))
                        .as("%s of %s", split, strategy)
                        .isEqualByComparingTo(total);
            }
            assertThat(ledger.amount(Part.TOTAL, strategy, contract))
                    .isCloseTo(total.doubleValue(), withPercentage(1e-9));
        }
        for (Part part : Part.values()) {
            if (part == Part.REALISED || part == Part.UNREALISED) {
                continue; // each sub-ledger has its own average cost; the two together are TOTAL
            }
            BigDecimal sum = BigDecimal.ZERO;
            for (int strategy = 0; strategy <= ledger.house(); strategy++) {
                sum = sum.add(ledger.exact(part, strategy, contract));
            }
            assertThat(sum).as("%s", part).isEqualByComparingTo(ledger.exact(part, ledger.whole(), contract));
        }
    }

    private static BigDecimal sum(Ledger ledger, List<Part> parts, int strategy, int contract) {
        BigDecimal sum = ledger.exact(Part.FEES, strategy, contract)
                .add(ledger.exact(Part.FUNDING, strategy, contract))
                .negate();
        for (Part part : parts) {
            sum = sum.add(ledger.exact(part, strategy, contract));
        }
        return sum;
    }

    @Test
    void allFiguresAreThoseOfAnAccountThatKeepsEveryFillAndCountsAfresh() {
        Trials.of(60, chance -> {
            int contract = chance.nextInt(5);
            Ledger ledger = Ledger.of(Listed.ALL, STRATEGIES, 1_024, HORIZON);
            ReadableLedger oracle = new ReadableLedger(contract);
            boolean marked = false;
            for (Said each : history(chance, 120, false)) {
                if (each instanceof Said.Fill fill && !marked && oracle.trades().isEmpty()) {
                    oracle.mark = ReadableLedger.worth(contract, fill.ticks);
                }
                marked |= each instanceof Said.Mark;
                say(ledger, contract, each);
                tell(oracle, contract, each);
                for (int strategy = 0; strategy < STRATEGIES; strategy++) {
                    same(ledger, strategy, contract, oracle, strategy);
                }
                same(ledger, ledger.whole(), contract, oracle, -1);
            }
        });
    }

    private static void same(Ledger ledger, int strategy, int contract, ReadableLedger oracle, int its) {
        assertThat(ledger.lots(strategy, contract)).isEqualTo(oracle.lots(its));
        BigDecimal total =
                ledger.exact(Part.TOTAL, strategy, contract).add(ledger.exact(Part.FUNDING, strategy, contract));
        assertThat(total).isEqualByComparingTo(oracle.total(its));
        assertThat(ledger.exact(Part.SPREAD, strategy, contract)).isEqualByComparingTo(oracle.spread(its));
        assertThat(ledger.exact(Part.REALISED, strategy, contract))
                .isEqualByComparingTo(oracle.realised(its, DIGITS[contract]));
    }

    private static void tell(ReadableLedger oracle, int contract, Said said) {
        switch (said) {
            case Said.Fill f -> {
                if (oracle.trades().stream().noneMatch(each -> each.id == f.id)) {
                    oracle.add(new ReadableLedger.Trade(
                            f.strategy, f.id, f.intent, oracle.mark, f.side.sign() * f.lots, f.ticks, f.fee));
                }
            }
            case Said.Correction c ->
                oracle.trades().stream().filter(each -> each.id == c.id).forEach(each -> {
                    each.lots = each.sign * c.lots;
                    each.ticks = c.ticks;
                    each.fee = c.fee;
                });
            case Said.Mark m -> oracle.mark = ReadableLedger.worth(contract, m.ticks);
            case Said.Funding f -> {}
            case Said.Expiry e -> throw new IllegalArgumentException("the oracle knows of no expiry: " + e);
        }
    }

    @Test
    void aCorrectionIsAsIfTheRightFillHadBeenFirst() {
        Trials.of(80, chance -> {
            int contract = chance.nextInt(5);
            int memory = chance.nextBoolean() ? 16 : 1_024;
            // Funding is shared out by the positions that were known when it was paid, and stays so.
            List<Said> history = history(chance, 150, true).stream()
                    .filter(each -> !(each instanceof Said.Funding))
                    .toList();
            List<Said> right = new ArrayList<>();
            for (Said each : history) {
                if (each instanceof Said.Fill fill) {
                    right.add(last(history, fill));
                } else if (!(each instanceof Said.Correction)) {
                    right.add(each);
                }
            }
            Ledger corrected = told(contract, history, memory);
            Ledger first =
                    told(contract, right.stream().flatMap(LedgerLawsTest::plain).toList(), memory);
            corrected.time(Long.MAX_VALUE / 2);
            for (int strategy = 0; strategy <= corrected.whole(); strategy++) {
                for (Part part : Part.values()) {
                    assertThat(corrected.exact(part, strategy, contract))
                            .as("%s of %s", part, strategy)
                            .isEqualByComparingTo(first.exact(part, strategy, contract));
                }
            }
        });
    }

    /// Nothing can be bought by nothing: it is taken back in the same breath.
    private static Stream<Said> plain(Said said) {
        return said instanceof Said.Fill f && f.lots == 0
                ? Stream.of(
                        new Said.Fill(f.now, f.strategy, f.id, f.side, f.ticks, 1, f.fee, f.intent),
                        new Said.Correction(f.now, f.id, f.ticks, 0, f.fee))
                : Stream.of(said);
    }

    private static Said.Fill last(List<Said> history, Said.Fill fill) {
        Said.Fill right = fill;
        for (Said each : history) {
            if (each instanceof Said.Correction c && c.id == fill.id) {
                right = new Said.Fill(fill.now, fill.strategy, fill.id, fill.side, c.ticks, c.lots, c.fee, fill.intent);
            }
        }
        return right;
    }

    private static Ledger told(int contract, List<Said> history, int memory) {
        Ledger ledger = Ledger.of(Listed.ALL, STRATEGIES, memory, HORIZON);
        // A market that is there before the first fill, so that both accounts start from one mark.
        ledger.mark(0, contract, 50_000);
        history.forEach(each -> say(ledger, contract, each));
        return ledger;
    }

    @Test
    void repetitionsInAnyOrderChangeNothing() {
        Trials.of(60, chance -> {
            int contract = chance.nextInt(5);
            int memory = chance.nextBoolean() ? 16 : 1_024;
            List<Said> history = history(chance, 150, true);
            List<Said> repeated = new ArrayList<>();
            List<Said> heard = new ArrayList<>();
            for (Said each : history) {
                repeated.add(each);
                if (each instanceof Said.Fill) {
                    heard.add(each);
                }
                Collections.shuffle(heard, new Random(chance.nextLong()));
                repeated.addAll(heard.subList(0, Math.min(heard.size(), chance.nextInt(3))).stream()
                        .map(old -> now(old, each))
                        .toList());
            }
            assertThat(told(contract, repeated, memory).hash())
                    .isEqualTo(told(contract, history, memory).hash());
        });
    }

    private static Said now(Said old, Said latest) {
        long now = switch (latest) {
            case Said.Fill f -> f.now;
            case Said.Correction c -> c.now;
            case Said.Mark m -> m.now;
            case Said.Funding f -> ((Said.Fill) old).now;
            case Said.Expiry e -> e.now;
        };
        Said.Fill f = (Said.Fill) old;
        return new Said.Fill(now, f.strategy, f.id, f.side, f.ticks, f.lots, f.fee, f.intent);
    }

    /// A random history of one contract; trades are numbered upwards with gaps, corrections may come before
    /// their fills, times rise.
    private static List<Said> history(RandomGenerator chance, int events, boolean expires) {
        List<Said> all = new ArrayList<>();
        List<Said.Fill> fills = new ArrayList<>();
        long now = 1;
        long id = 1_000;
        int expiry = expires && chance.nextInt(3) == 0 ? events * 2 / 3 : events;
        for (int i = 0; i < events; i++) {
            now += chance.nextInt(30);
            int kind = chance.nextInt(100);
            if (i == expiry) {
                all.add(new Said.Expiry(now, 1 + chance.nextLong(1_000_000)));
            } else if (kind < 50) {
                id += 1 + chance.nextInt(3);
                Said.Fill fill = new Said.Fill(
                        now,
                        chance.nextInt(STRATEGIES),
                        id,
                        chance.nextBoolean() ? Side.BUY : Side.SELL,
                        price(chance),
                        1 + chance.nextLong(chance.nextBoolean() ? 10 : 1_000_000_000_000L),
                        chance.nextLong(-50, 100),
                        List.of(Intent.QUOTE, Intent.HEDGE, Intent.LIQUIDATION).get(chance.nextInt(3)));
                fills.add(fill);
                all.add(fill);
            } else if (kind < 60 && !fills.isEmpty()) {
                Said.Fill again = fills.get(chance.nextInt(fills.size()));
                all.add(now(again, new Said.Mark(now, 1)));
            } else if (kind < 75 && !fills.isEmpty()) {
                Said.Fill wrong = fills.get(fills.size() - 1 - chance.nextInt(Math.min(fills.size(), RECENT)));
                long lots = chance.nextInt(4) == 0 ? 0 : 1 + chance.nextLong(1_000_000);
                all.add(new Said.Correction(now, wrong.id, price(chance), lots, chance.nextLong(100)));
            } else if (kind < 80) {
                all.add(new Said.Funding(all.size(), chance.nextLong(-1_000_000, 1_000_000)));
            } else {
                all.add(new Said.Mark(now, price(chance)));
            }
        }
        return all;
    }

    private static long price(RandomGenerator chance) {
        return 1 + chance.nextLong(chance.nextInt(10) == 0 ? 10 : 10_000_000);
    }
}

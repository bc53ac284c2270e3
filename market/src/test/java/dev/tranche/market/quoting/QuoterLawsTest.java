package dev.tranche.market.quoting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Instrument;
import dev.tranche.market.Side;
import dev.tranche.market.Trials;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.risk.BreakerState;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class QuoterLawsTest {
    private static final List<BreakerState> STATES =
            List.of(BreakerState.NORMAL, BreakerState.WARNING, BreakerState.RESTRICTED);

    private static Contract contract(RandomGenerator random) {
        long step = random.nextLong(1, 8);
        return new Contract(
                new Instrument("X", random.nextInt(0, 6), 3),
                "venue",
                new Terms.Linear("X", "USD", true),
                random.nextLong(1, 30),
                step,
                step * random.nextLong(1, 4),
                Fees.NONE);
    }

    private static QuoteTerms terms(RandomGenerator random) {
        double gamma = Math.exp(random.nextDouble(-5, 2));
        double k = Math.exp(random.nextDouble(-2, 2));
        QuotingModel model = random.nextBoolean() ? Glft.of(gamma, 1, k, 0.1) : new AvellanedaStoikov(gamma, k, 0.1);
        return new QuoteTerms(
                model,
                60,
                random.nextLong(1, 100),
                random.nextInt(1, 6),
                random.nextDouble(0.1, 5),
                random.nextDouble(0, 5),
                random.nextDouble(5, 100),
                random.nextDouble(0, 60),
                random.nextLong(1, 300));
    }

    private static QuoteMoment moment(RandomGenerator random, double fair) {
        return QuoteMoment.empty()
                .fair(fair, fair / 10_000)
                .risk(random.nextDouble(0, 5), random.nextDouble(-5, 5), random.nextLong(-300, 300))
                .multipliers(random.nextDouble(0.2, 3), STATES.get(random.nextInt(3)));
    }

    @Test
    void pricesLieOnTheTickOutsideTheSpreadWantedAndNeverTake() {
        Trials.of(3000, random -> {
            Contract contract = contract(random);
            QuoteTerms terms = terms(random);
            double fair = Math.exp(random.nextDouble(3, 11));
            QuoteMoment moment = moment(random, fair);
            long bestBid = contract.down((long) (fair
                    * (1 + random.nextDouble(-3e-3, 3e-3))
                    / contract.instrument().price(1)));
            long bestAsk = bestBid + contract.tick() * random.nextLong(1, 5);
            if (random.nextBoolean()) {
                moment.book(bestBid, bestAsk);
            } else {
                bestBid = 0;
                bestAsk = Long.MAX_VALUE;
            }
            QuoteTarget target = QuoteTarget.empty();
            Quoter.of(contract, terms).quote(moment, target);
            long before = Long.MAX_VALUE;
            double slack = fair * 1e-12;
            for (int i = 0; i < target.levels(); i++) {
                long bid = target.ticks(Side.BUY, i);
                double gap = i * terms.levelGap() * fair / 10_000;
                if (bid > 0) {
                    assertThat(bid % contract.tick()).isZero();
                    assertThat(bid).isLessThan(bestAsk).isLessThan(before);
                    assertThat(contract.instrument().price(bid))
                            .isLessThanOrEqualTo(target.reservation() - target.half() * fair / 10_000 - gap + slack);
                    assertThat(target.lots(Side.BUY, i) % contract.step()).isZero();
                    assertThat(target.lots(Side.BUY, i)).isBetween(contract.least(), terms.lots());
                    before = bid;
                }
            }
            before = Long.MIN_VALUE;
            for (int i = 0; i < target.levels(); i++) {
                long ask = target.ticks(Side.SELL, i);
                double gap = i * terms.levelGap() * fair / 10_000;
                if (ask > 0) {
                    assertThat(ask % contract.tick()).isZero();
                    assertThat(ask).isGreaterThan(bestBid).isGreaterThan(before);
                    assertThat(contract.instrument().price(ask))
                            .isGreaterThanOrEqualTo(target.reservation() + target.half() * fair / 10_000 + gap - slack);
                    before = ask;
                }
            }
            if (target.quotes(Side.BUY) && target.quotes(Side.SELL)) {
                assertThat(target.ticks(Side.BUY, 0)).isLessThan(target.ticks(Side.SELL, 0));
            }
            assertThat(2 * target.half()).isBetween(terms.leastSpread(), terms.mostSpread());
            assertThat(Math.abs(target.shift())).isLessThanOrEqualTo(terms.mostShift());
        });
    }

    @Test
    void thePositionNeverPassesItsLimitWhenEverythingIsFilled() {
        Trials.of(2000, random -> {
            Contract contract = contract(random);
            QuoteTerms terms = terms(random);
            long position = random.nextLong(-400, 400);
            QuoteTarget target = QuoteTarget.empty();
            Quoter.of(contract, terms).quote(moment(random, 1000).risk(1, 0, position), target);
            long bids = 0;
            long asks = 0;
            for (int i = 0; i < target.levels(); i++) {
                bids += target.lots(Side.BUY, i);
                asks += target.lots(Side.SELL, i);
            }
            assertThat(bids == 0 || position + bids <= terms.positionLots()).isTrue();
            assertThat(asks == 0 || position - asks >= -terms.positionLots()).isTrue();
        });
    }

    @Test
    void moreInventoryNeverRaisesAQuote() {
        Trials.of(500, random -> {
            Contract contract = contract(random);
            Quoter quoter = Quoter.of(contract, terms(random));
            QuoteMoment moment = moment(random, 5000).book(0, 0);
            QuoteTarget target = QuoteTarget.empty();
            double volatility = random.nextDouble(0, 3);
            double before = Double.POSITIVE_INFINITY;
            for (double inventory = -3; inventory <= 3; inventory += 0.5) {
                quoter.quote(moment.risk(volatility, inventory, 0), target);
                assertThat(target.reservation()).isLessThanOrEqualTo(before);
                before = target.reservation();
            }
        });
    }

    @Test
    void oppositeInventoriesMirrorTheQuotes() {
        Trials.of(500, random -> {
            Quoter quoter = Quoter.of(Contracted.perpetual(), terms(random));
            QuoteMoment moment = moment(random, 60_000);
            double inventory = random.nextDouble(-3, 3);
            QuoteTarget one = QuoteTarget.empty();
            QuoteTarget other = QuoteTarget.empty();
            quoter.quote(moment.risk(1, inventory, 0), one);
            quoter.quote(moment.risk(1, -inventory, 0), other);
            assertThat(one.half()).isEqualTo(other.half());
            assertThat(one.shift()).isEqualTo(-other.shift());
            for (int i = 0; i < one.levels(); i++) {
                assertThat(one.lots(Side.BUY, i)).isEqualTo(other.lots(Side.SELL, i));
                if (one.lots(Side.BUY, i) > 0) {
                    assertThat(one.ticks(Side.BUY, i) + other.ticks(Side.SELL, i))
                            .isEqualTo(12_000_000);
                }
            }
        });
    }

    @Test
    void quotingAllocatesNothing() {
        Quoter quoter = Quoter.of(Contracted.perpetual(), Contracted.levels(Glft.of(0.1, 1.2, 0.5, 0.05), 5, 2));
        QuoteMoment moment = Contracted.moment();
        QuoteTarget target = QuoteTarget.empty();
        com.sun.management.ThreadMXBean thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 20 && bytes > 0; round++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                quoter.quote(moment.risk(1, i * 1e-4, i % 100).book(5_999_900 + i, 6_000_100 + i), target);
            }
            bytes = thread.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(bytes).isZero();
    }
}

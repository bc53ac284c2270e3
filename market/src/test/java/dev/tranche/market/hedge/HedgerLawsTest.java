package dev.tranche.market.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tranche.market.Trials;
import java.lang.management.ManagementFactory;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HedgerLawsTest {
    private static final long EVER = 1_000_000_000_000_000L;
    private static final HedgeTerms WHOLE =
            new HedgeTerms(1, 1e-9, 1, 2, 0.5, 0.9, 9, 1e9, 1e9, 1, 1, 1, 1, 0, 1e-3, 1000);

    /// A book over some assets with a random covariance, and its hedger.
    private static final class Book {
        private final int assets;
        private final int[] legs;
        private final double[][] covariance;
        private final double[] money;
        private final double[] cost;
        private final Hedger hedger;

        private Book(RandomGenerator random, boolean costly) {
            assets = random.nextInt(1, 4);
            legs = random.ints(0, assets)
                    .distinct()
                    .limit(random.nextInt(1, assets + 1))
                    .toArray();
            double[][] loads = new double[assets][assets + 1];
            covariance = new double[assets][assets];
            money = new double[assets];
            double[] scales = new double[assets];
            for (int i = 0; i < assets; i++) {
                scales[i] = 1;
                money[i] = random.nextDouble(-1e5, 1e5);
                for (int j = 0; j <= assets; j++) {
                    loads[i][j] = random.nextGaussian() * 1e-4;
                }
            }
            hedger = Hedger.of(WHOLE, scales, legs);
            for (int i = 0; i < assets; i++) {
                for (int j = 0; j < assets; j++) {
                    for (int k = 0; k <= assets; k++) {
                        covariance[i][j] += loads[i][k] * loads[j][k];
                    }
                }
            }
            cost = new double[legs.length];
            for (int i = 0; i < assets; i++) {
                hedger.book(i, 0, 0, 100);
                for (int j = 0; j <= i; j++) {
                    hedger.covariance(i, j, covariance[i][j]);
                }
            }
            for (int leg = 0; leg < legs.length; leg++) {
                cost[leg] = costly ? random.nextDouble(1e-3) : 0;
                hedger.cost(leg, cost[leg]);
            }
            hedger.decide(0, HedgePlan.of(legs.length));
            for (int i = 0; i < assets; i++) {
                hedger.book(i, money[i] / 100, 0, 100);
            }
        }

        /// The hedge without costs, from the hedger without costs.
        private double[] free() {
            for (int leg = 0; leg < legs.length; leg++) {
                hedger.cost(leg, 0);
            }
            HedgePlan plan = HedgePlan.of(legs.length);
            hedger.decide(EVER, plan);
            double[] free = new double[legs.length];
            for (int leg = 0; leg < legs.length; leg++) {
                free[leg] = plan.coins(leg) * 100;
                hedger.cost(leg, cost[leg]);
            }
            return free;
        }

        private double objective(double[] trades) {
            double[] x = money.clone();
            double paid = 0;
            for (int leg = 0; leg < legs.length; leg++) {
                x[legs[leg]] += trades[leg];
                paid += cost[leg] * Math.abs(trades[leg]);
            }
            double sum = 0;
            for (int i = 0; i < assets; i++) {
                for (int j = 0; j < assets; j++) {
                    sum += x[i] * covariance[i][j] * x[j];
                }
            }
            return 0.5 * WHOLE.aversion() * WHOLE.seconds() * sum + paid;
        }
    }

    @Test
    void noOtherTradesAreBetterOnceVarianceAndCostsAreCounted() {
        Trials.of(400, random -> {
            Book book = new Book(random, random.nextBoolean());
            HedgePlan plan = HedgePlan.of(book.legs.length);
            book.hedger.decide(EVER, plan);
            double[] found = new double[book.legs.length];
            for (int leg = 0; leg < found.length; leg++) {
                found[leg] = plan.coins(leg) * 100;
            }
            assertThat(plan.hold()).isIn(HedgeHold.NONE, HedgeHold.COST);
            double[] free = book.free();
            double most = 0;
            double traded = 0;
            for (int leg = 0; leg < found.length; leg++) {
                most += Math.abs(free[leg]);
                traded += Math.abs(found[leg]);
            }
            // A hedge that is cut to the money of the one without costs is the best one only in its direction.
            boolean cut = traded > most * (1 - 1e-6) && found.length > 1 && book.cost[0] > 0;
            double best = book.objective(found);
            for (int i = 0; i < 50 && !cut; i++) {
                double[] other = found.clone();
                double size = Math.exp(random.nextDouble(-8, 10));
                for (int leg = 0; leg < other.length; leg++) {
                    other[leg] += size * random.nextGaussian();
                }
                assertThat(book.objective(other)).isGreaterThanOrEqualTo(best * (1 - 1e-9));
            }
        });
    }

    @Test
    void noHedgeAddsVarianceOrCostsMoreThanItIsWorth() {
        Trials.of(400, random -> {
            Book book = new Book(random, true);
            HedgePlan plan = HedgePlan.of(book.legs.length);
            book.hedger.decide(EVER, plan);
            double[] found = new double[book.legs.length];
            for (int leg = 0; leg < found.length; leg++) {
                found[leg] = plan.coins(leg) * 100;
            }
            assertThat(plan.varianceAfter()).isLessThanOrEqualTo(plan.varianceBefore() * (1 + 1e-12));
            assertThat(book.objective(found))
                    .isLessThanOrEqualTo(book.objective(new double[found.length]) * (1 + 1e-12));
        });
    }

    @Test
    void decidingAllocatesNothing() {
        Book book = new Book(Trials.chance(3), true);
        HedgePlan plan = HedgePlan.of(book.legs.length);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 20 && bytes > 0; round++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2000; i++) {
                book.hedger.decide(EVER + i, plan);
            }
            bytes = thread.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(bytes).isZero();
    }
}

package dev.tranche.market.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.tranche.market.Instrument;
import dev.tranche.market.Trials;
import dev.tranche.market.account.GreekAttribution;
import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.pricing.Black76;
import dev.tranche.market.pricing.InverseOption;
import dev.tranche.market.pricing.OptionType;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// A desk that holds options and futures over random paths of price and volatility.
class GreekWatchTest {
    private static final Instant EXPIRY = Instant.ofEpochSecond(1_700_000_000L + 30 * 86_400L);
    private static final double[] STRIKES = {45_000, 50_000, 55_000, 60_000, 65_000, 70_000, 75_000};
    private static final int STEPS = 40;

    /// A linear and an inverse future, then the calls.
    private static Contracts chain() {
        List<Contract> all = new ArrayList<>();
        all.add(DeskStage.perpetual("BTCUSDT", "BTC", Fees.NONE));
        Terms inverse = new Terms.Inverse("BTC", "USD", 1, true);
        all.add(new Contract(new Instrument("BTC-PERP", 1, 0), "binance", inverse, 1, 1, 1, Fees.NONE));
        for (double strike : STRIKES) {
            Terms option = new Terms.CoinOption("BTC", "BTCUSDT", new InverseOption(OptionType.CALL, strike, EXPIRY));
            Instrument instrument = new Instrument("BTC-" + (int) strike + "-C", 8, 1);
            all.add(new Contract(instrument, "binance", option, 1, 1, 1, Fees.NONE));
        }
        return Contracts.of(all);
    }

    private static void markets(DeskStage stage, double forward, double sigma) {
        long middle = Math.round(forward * 10);
        stage.top(0, middle - 1, middle + 1).top(1, middle - 2, middle + 2);
        for (int i = 0; i < STRIKES.length; i++) {
            double k = Math.log(STRIKES[i] / forward);
            double price = new InverseOption(OptionType.CALL, STRIKES[i], EXPIRY)
                    .mark(middle / 10.0, sigma - 0.1 * k + 0.2 * k * k, Instant.ofEpochSecond(0, stage.now))
                    .price();
            long ticks = Math.max(20, Math.round(price * 1e8));
            stage.top(i + 2, ticks - 10, ticks + 10);
        }
    }

    /// The position becomes this, traded at the mark.
    private static void hold(DeskStage stage, int contract, long lots) {
        Market market = stage.desk.market(contract);
        stage.desk.truth(stage.now, 0, stage.now);
        for (int other = 0; other < stage.desk.contracts().size(); other++) {
            stage.desk.position(stage.now, other, other == contract ? lots : stage.position(other));
        }
        stage.desk.truthEnds(stage.now, 0);
        stage.desk.adopt(stage.now, contract, (market.bidTicks() + market.askTicks()) / 2, "tester", "a book");
    }

    private static DeskStage begun() {
        DeskStage stage = DeskStage.of(chain());
        stage.desk.time(stage.now);
        markets(stage, 60_000, 0.6);
        stage.after(60);
        markets(stage, 60_000, 0.6);
        return stage;
    }

    /// Option 4 is the one at 60,000.
    private static void book(DeskStage stage, RandomGenerator chance) {
        hold(stage, 0, chance.nextInt(-2_000, 2_000));
        hold(stage, 1, chance.nextInt(-90_000, 90_000));
        hold(stage, 4, chance.nextInt(-50, 50));
        hold(stage, 5, chance.nextInt(-50, 50));
        hold(stage, 6, chance.nextInt(-50, 50));
    }

    private static double terms(GreekWatch greeks) {
        return greeks.byDelta() + greeks.byGamma() + greeks.byVega() + greeks.byTheta();
    }

    private static double profit(DeskStage stage) {
        return stage.desk.ledger().usd(Part.TOTAL, stage.desk.ledger().whole());
    }

    /// What is held, valued as the readings do: the futures' gains are added up by the ledger.
    private static double options(DeskStage stage) {
        double sum = 0;
        for (int i = 2; i < STRIKES.length + 2; i++) {
            double lots = stage.desk.ledger().lots(stage.desk.ledger().whole(), i) * 0.1;
            OptionMark mark = stage.desk.floor.smiles.mark(i);
            sum += lots == 0
                    ? 0
                    : lots
                            * Black76.price(
                                    OptionType.CALL, mark.forward(), STRIKES[i - 2], mark.years(), mark.volatility());
        }
        return sum;
    }

    @Test
    void theTermsAndTheResidualAreTheChangeOfWhatWasHeldAndWithTheOtherTheProfit() {
        Trials.of(20, chance -> {
            DeskStage stage = begun();
            book(stage, chance);
            stage.after(1_000);
            GreekWatch greeks = stage.desk.greeks();
            double before = options(stage);
            double linear = stage.desk.market(0).mid();
            double coins = 0;
            double last = linear;
            double[] held = new double[STRIKES.length + 2];
            for (int i = 0; i < held.length; i++) {
                held[i] = stage.desk
                        .contracts()
                        .get(i)
                        .instrument()
                        .quantity(stage.desk.ledger().lots(stage.desk.ledger().whole(), i));
            }
            double first = greeks.held();
            double forward = 60_000;
            double sigma = 0.6;
            for (int i = 0; i < STEPS; i++) {
                forward *= Math.exp(0.004 * chance.nextGaussian());
                sigma = Math.max(0.3, sigma + 0.005 * chance.nextGaussian());
                markets(stage, forward, sigma);
                stage.after(1_000);
                double mid = stage.desk.market(1).mid();
                coins += held[1] * (mid - last) / last;
                last = mid;
            }
            double change = options(stage) - before + held[0] * (last - linear) + coins;

            assertThat(greeks.held() - first).isCloseTo(change, within(1e-6 + 1e-9 * Math.abs(change)));
            assertThat(terms(greeks) + greeks.residual()).isCloseTo(greeks.held(), within(1e-6));
            assertThat(terms(greeks) + greeks.residual() + greeks.other()).isCloseTo(greeks.total(), within(1e-6));
            assertThat(greeks.total()).isEqualTo(profit(stage));
            assertThat(greeks.byGamma()).isNotZero();
            assertThat(greeks.byVega()).isNotZero();
        });
    }

    @Test
    void theDesksReadingIsThatOfAttributionsRunByHand() {
        Trials.of(10, chance -> {
            DeskStage stage = begun();
            Contracts contracts = stage.desk.contracts();
            List<GreekAttribution> hand =
                    contracts.all().stream().map(GreekAttribution::of).toList();
            double forward = 60_000;
            for (int step = 0; step < STEPS; step++) {
                if (step % 8 == 0) {
                    book(stage, chance);
                }
                forward *= Math.exp(0.003 * chance.nextGaussian());
                markets(stage, forward, 0.6 + 0.002 * step);
                stage.after(1_000);
                for (int i = 0; i < contracts.size(); i++) {
                    double held = contracts
                            .get(i)
                            .instrument()
                            .quantity(
                                    stage.desk.ledger().lots(stage.desk.ledger().whole(), i));
                    if (i < 2) {
                        hand.get(i).look(0, held, stage.desk.market(i).mid(), 0);
                    } else if (stage.desk.floor.smiles.mark(i).years() > 0) {
                        OptionMark mark = stage.desk.floor.smiles.mark(i);
                        hand.get(i).look(mark.years(), held, mark.forward(), mark.volatility());
                    }
                }
            }
            GreekWatch greeks = stage.desk.greeks();
            assertThat(greeks.byDelta())
                    .isEqualTo(
                            hand.stream().mapToDouble(GreekAttribution::byDelta).reduce(0, Double::sum));
            assertThat(greeks.byGamma())
                    .isEqualTo(
                            hand.stream().mapToDouble(GreekAttribution::byGamma).reduce(0, Double::sum));
            assertThat(greeks.byVega())
                    .isEqualTo(
                            hand.stream().mapToDouble(GreekAttribution::byVega).reduce(0, Double::sum));
            assertThat(greeks.byTheta())
                    .isEqualTo(
                            hand.stream().mapToDouble(GreekAttribution::byTheta).reduce(0, Double::sum));
        });
    }

    @Test
    void ofFuturesInDollarsTheProfitIsDeltaAndNothingElse() {
        DeskStage stage = begun();
        hold(stage, 0, 1_500);
        stage.after(1_000);
        stage.top(0, 601_000, 601_002).after(1_000);

        GreekWatch greeks = stage.desk.greeks();
        assertThat(greeks.byDelta()).isCloseTo(1.5 * 100.1, within(1e-6));
        assertThat(greeks.total()).isCloseTo(greeks.byDelta(), within(1e-6));
        assertThat(greeks.other()).isCloseTo(0, within(1e-6));
        assertThat(greeks.residual()).isZero();
        assertThat(greeks.theta("BTC")).isZero();
    }

    @Test
    void aDayOfAnOptionHeldCostsItsTheta() {
        DeskStage stage = begun();
        hold(stage, 5, 10);
        assertThat(stage.desk.greeks().theta("BTC")).isNaN();
        stage.after(1_000);

        OptionMark mark = stage.desk.floor.smiles.mark(5);
        double years = mark.years();
        double today = Black76.price(OptionType.CALL, mark.forward(), 60_000, years, mark.volatility());
        double tomorrow = Black76.price(OptionType.CALL, mark.forward(), 60_000, years - 1 / 365.0, mark.volatility());
        assertThat(stage.desk.greeks().theta("BTC")).isNegative().isCloseTo(tomorrow - today, within(2.0));
        assertThat(stage.desk.greeks().theta("ETH")).isZero();
    }

    @Test
    void whatWasAttributedIsPartOfTheHashAndAReadingAllocatesNothing() {
        Trials.of(1, chance -> {
            DeskStage stage = begun();
            book(stage, chance);
            stage.after(1_000);
            GreekWatch greeks = stage.desk.greeks();
            Digest before = new Digest();
            greeks.digest(before);
            stage.top(0, 603_000, 603_002).after(1_000);
            Digest after = new Digest();
            greeks.digest(after);
            assertThat(after.value()).isNotEqualTo(before.value());

            ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            greeks.read();
            long bytes = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                greeks.read();
            }
            assertThat(thread.getCurrentThreadAllocatedBytes() - bytes).isLessThan(1_000);
        });
    }
}

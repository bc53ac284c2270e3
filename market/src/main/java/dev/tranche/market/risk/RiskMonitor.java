package dev.tranche.market.risk;

import dev.tranche.market.account.EquityTrack;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.contract.Contracts;
import java.time.Instant;
import java.util.Arrays;

/// Looks at the account from time to time, reads its risk and moves the breaker. One writer; time is handed in.
///
/// Loss and drawdown are shares of equity ([EquityTrack]). The value at risk is that of a day of the portfolio
/// as it stands: each past return of the assets, brought to a day by the root of time, moves it by its deltas
/// and gammas; the losses are read by [HybridRisk]. Moves of volatility itself are not in it. Until there are
/// [ValueAtRisk#LEAST] returns an assumed volatility is taken, all assets falling or rising together. A
/// portfolio without exposure has none. Concentration is the largest exposure to one base asset, in USD, net
/// over its contracts, as a share of equity: one position alone counts like any other, and a hedge in another
/// contract of the same asset makes it smaller. What could not be measured is NaN, and critical.
public final class RiskMonitor {
    private static final double SECONDS_A_DAY = 86_400;
    private static final long NANOS = 1_000_000_000L;

    private final Contracts contracts;
    private final Ledger ledger;
    private final PreTrade gate;
    private final Exposure exposure;
    private final RiskTerms terms;
    private final EquityTrack track = EquityTrack.begin();
    private final AssetReturns returns;
    private final HybridRisk hybrid;
    private final double[] portfolio;
    private final double[] deltas;
    private final double[] gammas;
    private final double toADay;
    private BreakerLimits limits;
    private CircuitBreaker breaker;
    private RiskReading reading = RiskReading.NONE;
    private double equity = Double.NaN;
    private boolean doubtful;

    private RiskMonitor(
            Contracts contracts, Ledger ledger, PreTrade gate, RiskTerms terms, BreakerLimits limits, Instant now) {
        this.contracts = contracts;
        this.ledger = ledger;
        this.gate = gate;
        this.exposure = gate.exposure();
        this.terms = terms;
        this.limits = limits;
        this.returns = new AssetReturns(contracts, exposure, terms.returns());
        this.hybrid = HybridRisk.of(terms.returns());
        this.portfolio = new double[terms.returns()];
        this.deltas = new double[returns.bases().size()];
        this.gammas = new double[returns.bases().size()];
        this.toADay = Math.sqrt(SECONDS_A_DAY / (terms.sample().toNanos() / (double) NANOS));
        this.breaker = CircuitBreaker.closed(now);
    }

    /// @param gate that is told of the breaker, and whose references and greeks are used
    /// @param nowNanos epoch nanoseconds
    public static RiskMonitor of(
            Contracts contracts, Ledger ledger, PreTrade gate, RiskTerms terms, BreakerLimits limits, long nowNanos) {
        return new RiskMonitor(contracts, ledger, gate, terms, limits, instant(nowNanos));
    }

    /// Other limits from now on.
    public void limits(BreakerLimits of) {
        limits = of;
    }

    /// Whether the account is known not to be what the venues say: then the risk counts as not measured, which is
    /// critical.
    public void doubt(boolean inDoubt) {
        doubtful = inDoubt;
    }

    /// Takes the samples that are due, reads, moves the breaker and tells [PreTrade] of it.
    ///
    /// @return whether the breaker's state changed
    public boolean step(long nowNanos) {
        returns.sample(nowNanos, terms.sample().toNanos());
        equity = ledger.equity();
        track.look(nowNanos, equity, ledger.capital());
        measure();
        if (doubtful) {
            double unknown = Double.NaN;
            reading = new RiskReading(track.dailyLoss(), track.drawdown(), unknown, unknown, unknown);
        }
        return moved(breaker.on(reading, limits, instant(nowNanos)));
    }

    private boolean moved(CircuitBreaker after) {
        boolean changed = after.state() != breaker.state();
        breaker = after;
        gate.breaker(state());
        return changed;
    }

    private void measure() {
        boolean exposed = false;
        Arrays.fill(deltas, 0);
        Arrays.fill(gammas, 0);
        int whole = ledger.whole();
        for (int each = ledger.firstContract(whole); each >= 0; each = ledger.nextContract(whole, each)) {
            long lots = ledger.lots(whole, each);
            if (lots != 0) {
                exposed = true;
                int base = returns.bases().indexOf(contracts.get(each).terms().base());
                deltas[base] += exposure.exposure(each, lots);
                gammas[base] += exposure.convexity(each, lots);
            }
        }
        double largest = 0;
        for (double each : deltas) {
            largest = Math.max(largest, Math.abs(each));
        }
        boolean solvent = equity > 0;
        if (!exposed) {
            reading = new RiskReading(track.dailyLoss(), track.drawdown(), 0, 0, 0);
            return;
        }
        int count = solvent ? past() : 0;
        if (count >= ValueAtRisk.LEAST) {
            hybrid.look(portfolio, count);
        }
        boolean known = count >= ValueAtRisk.LEAST;
        reading = new RiskReading(
                track.dailyLoss(),
                track.drawdown(),
                known ? Math.max(0, hybrid.at95()) : assumed(0.95),
                known ? Math.max(0, hybrid.at99()) : assumed(0.99),
                solvent ? largest / equity : Double.NaN);
    }

    /// What each past step would have made of the portfolio as it stands, as shares of equity.
    private int past() {
        int count = 0;
        for (int at = 0; at < returns.count(); at++) {
            double gained = 0;
            for (int base = 0; base < deltas.length; base++) {
                if (deltas[base] != 0 || gammas[base] != 0) {
                    double move = returns.get(base, at) * toADay;
                    gained += deltas[base] * move + 0.5 * gammas[base] * move * move;
                }
            }
            if (!Double.isNaN(gained)) {
                portfolio[count++] = gained / equity;
            } else if (unmeasured()) {
                return 0;
            }
        }
        return count;
    }

    private boolean unmeasured() {
        for (int base = 0; base < deltas.length; base++) {
            if (Double.isNaN(deltas[base]) || Double.isNaN(gammas[base])) {
                return true;
            }
        }
        return false;
    }

    /// Of the assumed volatility, all assets moving together against each exposure.
    private double assumed(double confidence) {
        double move = -ValueAtRisk.quantile(confidence) * terms.assumedVolatility();
        double lost = 0;
        for (int base = 0; base < deltas.length; base++) {
            lost += Math.abs(deltas[base]) * move + 0.5 * Math.max(0, -gammas[base]) * move * move;
        }
        return equity > 0 ? lost / equity : Double.NaN;
    }

    /// The last reading.
    public RiskReading reading() {
        return reading;
    }

    public CircuitBreaker breaker() {
        return breaker;
    }

    /// The state that restrains: the breaker's, or only its kill when the terms say that it does not act.
    public BreakerState state() {
        return terms.acting() || breaker.state() == BreakerState.KILLED ? breaker.state() : BreakerState.NORMAL;
    }

    /// Latched by a person.
    ///
    /// @param who not blank
    /// @param reason not blank
    public void kill(long nowNanos, String who, String reason) {
        moved(breaker.kill(who, reason, instant(nowNanos)));
    }

    /// Released from a kill by a person, into RESTRICTED.
    ///
    /// @throws IllegalArgumentException when nothing was killed, or `who` or `reason` is blank
    public void release(long nowNanos, String who, String reason) {
        moved(breaker.release(who, reason, instant(nowNanos)));
    }

    /// Equity as last read, in USD; NaN while unknown.
    public double equity() {
        return equity;
    }

    /// What equity did.
    public EquityTrack track() {
        return track;
    }

    /// Profit of the last 24 hours (or since the start), in USD; NaN while unknown.
    public double pnl24h() {
        return track.profit24h();
    }

    /// Over everything that decides.
    public long hash() {
        long hash = 31 * track.hash() + returns.hash() + (doubtful ? 1 : 0);
        hash = 31 * hash + breaker.state().name().hashCode();
        hash = 31 * hash + breaker.since().hashCode();
        return 31 * hash + breaker.calmSince().hashCode();
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}

package dev.tranche.market.desk;

import dev.tranche.inference.Artifact;
import dev.tranche.market.account.Ledger;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.Orders;
import dev.tranche.market.risk.BreakerLimits;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.PreTrade;
import dev.tranche.market.risk.RiskMonitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What all parts of a desk share: its clock, its account, its orders, its markets, and who is told. One
/// writer.
final class Floor {
    /// Fills that are remembered to know a repetition.
    private static final int MEMORY = 1 << 16;
    /// A move of the mark within so long after a fill counts as adverse selection.
    private static final Duration ADVERSE = Duration.ofSeconds(10);

    final Contracts contracts;
    final DeskTerms terms;
    final OrderSink out;
    final DeskSink told;
    final Orders orders;
    final Ledger ledger;
    final PreTrade gate;
    final Assets assets;
    /// Every input and every order so far.
    final Digest heard = new Digest();
    final List<Market> markets = new ArrayList<>();
    final List<Venue> venues = new ArrayList<>();
    final @Nullable Strategy[] strategies;
    final Smiles smiles;
    final Dealer dealer;
    final GreekWatch greeks;
    BreakerLimits breakerLimits;
    /// The account's currency of each base asset; -1 where it has none.
    private final int[] currencies;
    /// Spread models by product.
    final Map<String, Artifact> artifacts = new HashMap<>();

    @Nullable
    RiskMonitor risk;

    long now = Long.MIN_VALUE;
    private boolean funded;
    /// Whether quoting is allowed by hand.
    boolean allowed = true;

    Floor(Contracts contracts, DeskTerms terms, OrderSink out, DeskSink told) {
        this.contracts = contracts;
        this.terms = terms;
        this.breakerLimits = terms.breaker();
        this.out = out;
        this.told = told;
        this.orders = Orders.of(terms.orders());
        this.ledger = Ledger.of(contracts, terms.strategies(), MEMORY, ADVERSE);
        this.gate = PreTrade.of(contracts, ledger, terms.orders(), terms.limits());
        this.assets = new Assets(contracts);
        this.strategies = new Strategy[terms.strategies()];
        this.dealer = new Dealer(this);
        this.currencies =
                assets.names().stream().mapToInt(ledger.currencies()::indexOf).toArray();
        for (int i = 0; i < ledger.currencies().size(); i++) {
            if (Assets.dollars(ledger.currencies().get(i))) {
                ledger.index(i, 1);
            }
        }
        deposit();
        for (int i = 0; i < contracts.size(); i++) {
            markets.add(new Market(this, i));
        }
        this.smiles = new Smiles(this);
        this.greeks = new GreekWatch(this);
        for (int i = 0; i < contracts.venues().size(); i++) {
            venues.add(new Venue(this, i));
        }
    }

    private void deposit() {
        for (String currency : terms.capital().amounts().keySet()) {
            if (!Assets.dollars(currency) && !assets.priced(currency)) {
                throw new IllegalArgumentException("capital must be in dollars, or in a coin that a future or a pair of"
                        + " the desk prices in dollars: " + currency);
            }
        }
        terms.capital().deposit(ledger);
    }

    /// Whether it is known what the capital is worth: nothing is quoted, hedged or measured before that.
    boolean funded() {
        funded = funded || !Double.isNaN(ledger.capital());
        return funded;
    }

    /// The strictest limits of the desk and of every strategy hold for the breaker, of a stopped one too until its
    /// place is taken: its position is still there.
    void strictest() {
        BreakerLimits limits = terms.breaker();
        for (Strategy strategy : strategies) {
            if (strategy != null && strategy.terms().breaker().isPresent()) {
                limits = Strictest.of(limits, strategy.terms().breaker().get());
            }
        }
        breakerLimits = limits;
        if (risk != null) {
            risk.limits(limits);
        }
    }

    /// A contract's position agrees with its venue's, or not: one that does not puts the whole risk in doubt.
    void doubts() {
        boolean any = false;
        for (Market market : markets) {
            any |= !market.reconciled();
        }
        risk().doubt(any);
    }

    Venue venueOf(int contract) {
        return venues.get(contracts.venue(contract));
    }

    /// It has become so late; the first time begins everything.
    void clock(long nowNanos) {
        now = Math.max(now, nowNanos);
        if (risk == null) {
            risk = RiskMonitor.of(contracts, ledger, gate, terms.risk(), breakerLimits, now);
        }
    }

    RiskMonitor risk() {
        return Objects.requireNonNull(risk);
    }

    void requote() {
        for (Strategy strategy : strategies) {
            if (strategy != null) {
                strategy.requote();
            }
        }
    }

    BreakerState breaker() {
        return risk == null ? BreakerState.NORMAL : risk.state();
    }

    /// A base asset's price in dollars.
    void price(int asset, double dollars) {
        assets.price(asset, dollars);
        int currency = currencies[asset];
        if (currency >= 0) {
            ledger.index(currency, dollars);
        }
    }

    void notice(Notice notice, int contract, long found, long expected) {
        told.notice(now, notice, contract, found, expected);
    }
}

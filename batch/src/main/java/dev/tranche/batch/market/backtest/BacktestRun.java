package dev.tranche.batch.market.backtest;

import dev.tranche.batch.market.spread.ArtifactFolder;
import dev.tranche.inference.Artifact;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.Desk;
import dev.tranche.market.desk.DeskTerms;
import dev.tranche.market.desk.StrategyTerms;
import dev.tranche.market.risk.BreakerLimits;
import dev.tranche.market.risk.OrderLimits;
import dev.tranche.market.risk.RiskTerms;
import dev.tranche.market.simulation.Funding;
import dev.tranche.market.simulation.SimulatedVenue;
import dev.tranche.market.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Runs a desk over recordings.
final class BacktestRun {
    private static final RandomGeneratorFactory<RandomGenerator> CHANCE = RandomGeneratorFactory.of("L64X128MixRandom");

    private static final int LEVELS = 1024;
    private static final int ORDERS = 1 << 14;
    private static final double NEVER = 1;

    /// The desk's own limits leave everything to those of the strategies: a bar's reference may be a day old.
    private static final OrderLimits LIMITS = new OrderLimits(
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            DeskTerms.UNLIMITED.collar(),
            0,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            DeskTerms.UNLIMITED.ordersASecond(),
            DeskTerms.UNLIMITED.executions(),
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            Duration.ZERO);

    private BacktestRun() {}

    /// @param tracks decoded recordings, one for each contract
    static BacktestResult run(BacktestConfig config, List<Simulation.Track> tracks) {
        RandomGenerator chance = CHANCE.create(config.seed());
        Contracts contracts = config.contracts();
        List<Funding> funding =
                config.feeds().stream().map(BacktestConfig.Feed::funding).toList();
        SimulatedVenue venue = SimulatedVenue.of(contracts, config.venues(), funding, chance);
        Account account = Account.of(contracts, Math.max(1, config.strategies().size()), config.capital());
        Recorder recorder = new Recorder(contracts, account);
        Desk desk = Desk.of(contracts, terms(config), venue, recorder);
        Trader trader = new Trader(
                contracts, desk, venue, account, recorder, config.sample().toNanos());
        Simulation simulation =
                Simulation.of(venue, tracks, config.timer().toNanos(), CHANCE.create(config.seed() + 1));
        long begins = simulation.begins();
        venue.time(begins - 1, trader);
        for (int i = 0; i < config.strategies().size(); i++) {
            desk.strategy(begins - 1, i, switched(config.strategies().get(i), config.switches()));
        }
        config.spreadModel().ifPresent(folder -> modelled(desk, begins - 1, config, ArtifactFolder.open(folder)));
        for (int i = 0; i < contracts.venues().size(); i++) {
            venue.connect(i);
        }
        long from = System.nanoTime();
        long events = simulation.run(trader);
        long took = System.nanoTime() - from;
        trader.sample(simulation.now());
        return new BacktestResult(
                config, begins, simulation.now(), events, desk.hash(), account, desk.greeks(), recorder, trader, took);
    }

    /// The model is that of every product that a strategy asks for.
    private static void modelled(Desk desk, long now, BacktestConfig config, Artifact artifact) {
        config.strategies().stream()
                .map(StrategyTerms::spread)
                .filter(spread -> spread.source() == StrategyTerms.Source.MODEL)
                .map(StrategyTerms.Spread::product)
                .distinct()
                .forEach(product -> desk.spreadModel(now, product, Optional.of(artifact)));
    }

    private static DeskTerms terms(BacktestConfig config) {
        BreakerLimits limits = config.switches().breaker() ? BreakerLimits.SEED : off();
        DeskTerms usual = DeskTerms.usual("backtest", config.capital());
        return new DeskTerms(
                usual.name(),
                Math.max(1, config.strategies().size()),
                ORDERS,
                LEVELS,
                config.capital(),
                LIMITS,
                new RiskTerms(
                        config.riskSample(),
                        RiskTerms.USUAL.returns(),
                        RiskTerms.USUAL.assumedVolatility(),
                        RiskTerms.USUAL.acting()),
                limits,
                config.reading(),
                usual.reconcile(),
                usual.acknowledge(),
                1);
    }

    /// Limits at the whole of the equity.
    private static BreakerLimits off() {
        return new BreakerLimits(
                NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, Duration.ofSeconds(1), Duration.ofDays(1));
    }

    /// The strategy without what is switched off.
    static StrategyTerms switched(StrategyTerms terms, BacktestConfig.Switches switches) {
        return new StrategyTerms(
                terms.name(),
                terms.quotes(),
                terms.fair(),
                terms.quoting(),
                terms.spread(),
                terms.volatility(),
                switches.regime() ? terms.regime() : new StrategyTerms.Regime(1, 1, 1, Optional.empty()),
                switches.hedge() ? terms.hedge() : Optional.empty(),
                terms.limits(),
                switches.breaker() ? terms.breaker() : Optional.empty());
    }
}

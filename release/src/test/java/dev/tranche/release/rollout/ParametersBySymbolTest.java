package dev.tranche.release.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.release.Bucketing;
import dev.tranche.release.Digest;
import dev.tranche.release.Metric;
import dev.tranche.release.Mode;
import dev.tranche.release.Version;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.registry.Answer;
import dev.tranche.release.registry.Registry;
import dev.tranche.release.registry.Signature;
import dev.tranche.release.registry.VersionEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Seed 003: a plain parameter set, no model anywhere, goes out by symbol list, read-only first and then live.
class ParametersBySymbolTest {
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    private static final VersionName OLD = VersionName.parse("divergence_params_v1.0");
    private static final VersionName NEW = VersionName.parse("divergence_params_v1.1");

    private final Plan plan = new Plan(
            "divergence",
            NEW,
            VersionKind.PARAMETERS,
            Strategy.CANARY,
            "symbol",
            Bucketing.murmur3("divergence-2026-11"),
            List.of(
                    Stage.parse("read-only BTCUSDT for 45m: latency_p95 < 10ms for 30m"),
                    Stage.parse("read-only BTCUSDT,ETHUSDT for 45m"),
                    Stage.parse("live BTCUSDT for 1d: approval"),
                    Stage.parse("live BTCUSDT,ETHUSDT for 1d")),
            List.of(Guard.parse("latency_p95 > 20ms for 10m"), Guard.parse("availability < 99% for 5m")),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Approvals.NONE);

    @Test
    void aParameterSetGoesOutSymbolBySymbol() {
        Registry registry = registered(OLD, "swing_L: 12").on(new VersionEvent.WentLive(OLD), START);
        registry = register(registry, NEW, "swing_L: 13");
        assertThat(registry.release(NEW)).isInstanceOf(Answer.Accepted.class);

        Rollout rollout =
                Rollout.start(new RolloutEvent.Started("r", plan, Optional.of(OLD), "ann", "best_global"), START);
        rollout = rollout.on(new RolloutEvent.ChecklistPassed(Drive.passed()), START);
        Instant now = START;
        rollout = look(rollout, now);
        choice(rollout, "BTCUSDT", OLD, Mode.READ_ONLY);
        choice(rollout, "ETHUSDT", OLD, null);

        for (int second = 1; second <= 45 * 60; second++) {
            now = START.plusSeconds(second);
            rollout = look(rollout, now);
        }
        choice(rollout, "ETHUSDT", OLD, Mode.READ_ONLY);
        choice(rollout, "SOLUSDT", OLD, null);

        now = now.plus(Duration.ofMinutes(45));
        rollout = look(rollout, now);
        choice(rollout, "BTCUSDT", NEW, null);
        choice(rollout, "ETHUSDT", OLD, null);

        now = now.plus(Duration.ofDays(1));
        rollout = look(rollout, now);
        choice(rollout, "ETHUSDT", OLD, null);
        rollout = rollout.on(new RolloutEvent.ApprovedBy("bob", "signals agree"), now);
        rollout = look(rollout, now);
        choice(rollout, "ETHUSDT", NEW, null);
        choice(rollout, "SOLUSDT", OLD, null);

        now = now.plus(Duration.ofDays(1));
        rollout = look(rollout, now);
        choice(rollout, "SOLUSDT", NEW, null);
        assertThat(rollout).isInstanceOf(Rollout.Baking.class);
        rollout = rollout.on(new RolloutEvent.RolledBack("ann", "slo_violation"), now);
        choice(rollout, "BTCUSDT", OLD, null);
    }

    private Rollout look(Rollout rollout, Instant now) {
        Rollout state = rollout;
        Measured measured =
                Measured.at(now).quantile(Metric.LATENCY_P95, 3.06, 200).rate(Metric.AVAILABILITY, 200, 200);
        for (RolloutEvent event : rollout.decide(measured, now)) {
            state = state.on(event, now);
        }
        return state;
    }

    private static void choice(
            Rollout rollout, String symbol, VersionName answers, @org.jspecify.annotations.Nullable Mode beside) {
        Routing.Choice choice = rollout.routing().choose(symbol, symbol);
        assertThat(choice.answers()).as(symbol).contains(answers);
        assertThat(choice.beside().map(Routing.Trial::mode)).as(symbol).isEqualTo(Optional.ofNullable(beside));
    }

    private static Registry registered(VersionName name, String yaml) {
        return register(Registry.EMPTY, name, yaml);
    }

    private static Registry register(Registry registry, VersionName name, String yaml) {
        Version version = new Version(name, VersionKind.PARAMETERS, Digest.of(yaml.getBytes(StandardCharsets.UTF_8)));
        Answer answer =
                registry.register(version, new Signature(List.of("swing_L", "z_hi"), "signal", ""), "divergence");
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        return registry.on(((Answer.Accepted) answer).event(), START).on(new VersionEvent.Validated(name, 1), START);
    }
}

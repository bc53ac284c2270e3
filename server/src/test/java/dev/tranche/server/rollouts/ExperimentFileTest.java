package dev.tranche.server.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tranche.release.Bucketing;
import dev.tranche.release.VersionName;
import dev.tranche.release.experiment.Experiment;
import dev.tranche.server.artifact.Bytes;
import dev.tranche.server.artifact.CanonicalYaml;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.artifact.Tree;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ExperimentFileTest {
    private static final String SEED = """
            experiment:
              id: momentum_strategy_v2
              models:
                - id: lstm_v1
                  weight: 0.3
                - id: xgboost_v2
                  weight: 0.7
              metrics:
                - approval_rate
            """;

    private static VersionName newest(VersionName name) {
        return new VersionName(
                name.product(),
                name.type(),
                name.major(),
                OptionalInt.of(name.minor().orElse(4)));
    }

    private static Experiment read(String text) {
        return ExperimentFile.read(Bytes.utf8(text), ExperimentFileTest::newest, Optional.of("momentum"));
    }

    private static Refused refused(String text) {
        Refused refused = catchThrowableOfType(Refused.class, () -> read(text));
        assertThat(refused).isNotNull();
        return refused;
    }

    @Test
    void theSeedsExperimentIsReadAsItIsWritten() {
        Experiment plan = read(SEED);
        assertThat(plan.id()).isEqualTo("momentum_strategy_v2");
        assertThat(plan.product()).isEqualTo("momentum");
        assertThat(plan.arms())
                .extracting(arm -> arm.version() + " " + arm.share())
                .containsExactly("lstm_v1.4 30%", "xgboost_v2.4 70%");
        assertThat(plan.bucketing()).isEqualTo(Bucketing.murmur3("experiment-momentum_strategy_v2"));
    }

    @Test
    void jsonIsReadTheSame() {
        String json = """
                {"experiment": {"id": "momentum_strategy_v2", "metrics": ["approval_rate"],
                 "models": [{"id": "lstm_v1", "weight": 3}, {"id": "xgboost_v2", "weight": 7}]}}
                """;
        assertThat(read(json)).isEqualTo(read(SEED));
    }

    @Test
    void aPlanSurvivesTheJournal() {
        Experiment plan = read(SEED);
        Tree again = Tree.read("payload", CanonicalYaml.canonical(ExperimentText.toTree(plan)));
        assertThat(ExperimentText.fromTree(again)).isEqualTo(plan);
    }

    @Test
    void sharpeAndDrawdownAreRefusedWithTheReason() {
        for (String metric : new String[] {"sharpe_ratio", "max_drawdown"}) {
            Refused refused = refused(SEED.replace("approval_rate", metric));
            assertThat(refused.code()).isEqualTo("metric_later");
            assertThat(refused).hasMessageContaining("daily returns");
        }
    }

    @Test
    void whatIsNotKnownIsRefusedByName() {
        assertThat(refused(SEED.replace("metrics:", "metricz:")).value()).isEqualTo("metricz");
        assertThat(refused(SEED.replace("weight: 0.3", "wait: 0.3")).value()).isEqualTo("wait");
        assertThat(refused(SEED.replace("approval_rate", "beauty")).value()).isEqualTo("beauty");
        assertThat(refused(SEED.replace("weight: 0.3", "weight: 0")).value()).isEqualTo("0.0");
        assertThat(refused(SEED.replace("weight: 0.3", "weight: much")).value()).isEqualTo("much");
        assertThat(refused("experiment: {id: a b, models: []}").value()).isEqualTo("a b");
    }

    @Test
    void oneArmOrTheSameArmTwiceIsNoExperiment() {
        assertThat(refused("experiment: {id: a, models: [{id: lstm_v1, weight: 1}]}")
                        .value())
                .isEqualTo("1");
        assertThat(refused(SEED.replace("xgboost_v2", "lstm_v1")).code()).isEqualTo("arm_twice");
    }

    @Test
    void modelsOfSeveralProductsNeedARoute() {
        Refused refused = catchThrowableOfType(
                Refused.class,
                () -> ExperimentFile.read(Bytes.utf8(SEED), ExperimentFileTest::newest, Optional.empty()));
        assertThat(refused)
                .extracting(Refused::code, Refused::value)
                .containsExactly("product_missing", "lstm, xgboost");
        assertThat(read(SEED.replace("  models:", "  product: desk\n  models:")).product())
                .isEqualTo("desk");
    }
}

package dev.tranche.server.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.credit.Policy;
import dev.tranche.server.artifact.Registration;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What keeps a model and a policy from sharing a route, as registration and the checklist ask it.
class ReasonGapTest {
    private final Workshop workshop = Workshop.open();

    private static Policy policy(String reasons) {
        return Policy.read(("""
                {"policy":{"name":"shop_policy_v1.0","deadline":"200ms","unit":"loan_id",
                 "bands":[{"name":"ALL"}],"actions":{"ALL":"decline"},"reasons":{%s},
                 "fallback_rules":[{"score":0.5,"risk":"ALL"}]}}""").formatted(reasons).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> gap(String reasons) {
        return Registration.gap(
                policy(reasons), workshop.slow("shop_press_v1.0").artifact());
    }

    @Test
    void aFeatureThatCouldBeAReasonAndHasNoCodeIsNamed() {
        assertThat(gap("\"map\":{}")).contains("features without a reason code: x");
        assertThat(gap("\"map\":{\"x\":{\"code\":\"R1\",\"text\":\"x\"}}")).isEmpty();
    }

    @Test
    void aFeatureThatMustNotBeScoredIsNamed() {
        assertThat(gap("\"map\":{},\"unscored\":[\"x\"]"))
                .contains("the model scores a feature that the policy never scores: x");
    }

    @Test
    void anotherMethodThanThePolicyDemandsIsNamed() {
        assertThat(gap("\"map\":{\"x\":{\"code\":\"R1\",\"text\":\"x\"}},\"method\":\"tree_interventional\""))
                .contains("the policy demands reasons by tree_interventional, the model gives them by"
                        + " points_below_reference");
    }
}

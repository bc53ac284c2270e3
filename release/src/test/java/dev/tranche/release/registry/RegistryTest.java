package dev.tranche.release.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.release.Digest;
import dev.tranche.release.Version;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final Signature SIGNATURE = new Signature(List.of("age", "amount"), "probability", "bad");
    private static final VersionName V10 = VersionName.parse("consumer_apply_xgb_v1.0");
    private static final VersionName V11 = VersionName.parse("consumer_apply_xgb_v1.1");

    private Registry registry = Registry.EMPTY;

    private static Version version(String name, String bytes) {
        return new Version(
                VersionName.parse(name), VersionKind.MODEL, Digest.of(bytes.getBytes(StandardCharsets.UTF_8)));
    }

    private Answer register(String name, String bytes, Signature signature) {
        Answer answer = registry.register(version(name, bytes), signature, "consumer_apply");
        if (answer instanceof Answer.Accepted(VersionEvent event)) {
            registry = registry.on(event, NOW);
        }
        return answer;
    }

    private static String code(Answer answer) {
        return answer instanceof Answer.Refused(String code, String _)
                ? code
                : answer.getClass().getSimpleName();
    }

    @Test
    void theSameBytesAgainChangeNothingAndOthersAreRefused() {
        assertThat(code(register("consumer_apply_xgb_v1.0", "a", SIGNATURE))).isEqualTo("Accepted");
        assertThat(code(register("consumer_apply_xgb_v1.0", "a", SIGNATURE))).isEqualTo("Unchanged");
        assertThat(code(register("consumer_apply_xgb_v1.0", "b", SIGNATURE))).isEqualTo("other-bytes");
    }

    @Test
    void aMinorKeepsFeaturesOutputLabelAndKindOfItsMajor() {
        register("consumer_apply_xgb_v1.0", "a", SIGNATURE);
        assertThat(code(register("consumer_apply_xgb_v1.1", "b", SIGNATURE))).isEqualTo("Accepted");
        assertThat(code(register("consumer_apply_xgb_v1.2", "c", new Signature(List.of("age"), "probability", "bad"))))
                .isEqualTo("features-changed");
        assertThat(code(register(
                        "consumer_apply_xgb_v1.2", "c", new Signature(List.of("amount", "age"), "probability", "bad"))))
                .isEqualTo("features-changed");
        assertThat(code(register("consumer_apply_xgb_v1.2", "c", new Signature(SIGNATURE.features(), "score", "bad"))))
                .isEqualTo("output-changed");
        assertThat(code(register(
                        "consumer_apply_xgb_v1.2", "c", new Signature(SIGNATURE.features(), "probability", "fpd"))))
                .isEqualTo("label-changed");
        assertThat(code(registry.register(
                        new Version(
                                VersionName.parse("consumer_apply_xgb_v1.2"),
                                VersionKind.POLICY,
                                Digest.of(new byte[0])),
                        SIGNATURE,
                        "consumer_apply")))
                .isEqualTo("other-kind");
    }

    @Test
    void aNewMajorOrAnotherTypeMayChangeThem() {
        register("consumer_apply_xgb_v1.0", "a", SIGNATURE);
        Signature other = new Signature(List.of("income"), "score", "fpd");
        assertThat(code(register("consumer_apply_xgb_v2.0", "b", other))).isEqualTo("Accepted");
        assertThat(code(register("consumer_apply_lgbm_v1.0", "c", other))).isEqualTo("Accepted");
    }

    @Test
    void withoutGoldenRowsAVersionCannotBeReleased() {
        register("consumer_apply_xgb_v1.0", "a", SIGNATURE);
        assertThat(code(registry.release(V10))).isEqualTo("not-validated");
        registry = registry.on(new VersionEvent.WentLive(V10), NOW);
        assertThat(registry.resolve(V10).orElseThrow().state()).isEqualTo(VersionState.REGISTERED);
        registry = registry.on(new VersionEvent.Validated(V10, 25), NOW);
        assertThat(code(registry.release(V10))).isEqualTo("Accepted");
        assertThatIllegalArgumentException().isThrownBy(() -> new VersionEvent.Validated(V10, 0));
    }

    @Test
    void whatIsLiveCannotBeRetiredAndWhatIsRetiredStaysSo() {
        register("consumer_apply_xgb_v1.0", "a", SIGNATURE);
        registry = registry.on(new VersionEvent.Validated(V10, 25), NOW).on(new VersionEvent.WentLive(V10), NOW);
        assertThat(code(registry.retire(V10, "old"))).isEqualTo("live");
        assertThat(code(registry.release(V10))).isEqualTo("Unchanged");
        registry = registry.on(new VersionEvent.Retired(V10, "late"), NOW);
        assertThat(registry.resolve(V10).orElseThrow().state()).isEqualTo(VersionState.LIVE);
        registry = registry.on(new VersionEvent.LeftLive(V10), NOW);
        assertThat(code(registry.retire(V10, "old"))).isEqualTo("Accepted");
        registry = registry.on(new VersionEvent.Retired(V10, "old"), NOW).on(new VersionEvent.Validated(V10, 1), NOW);
        assertThat(code(registry.release(V10))).isEqualTo("retired");
        assertThat(code(registry.retire(V10, "old"))).isEqualTo("Unchanged");
        assertThat(code(registry.retire(V11, "old"))).isEqualTo("unknown-version");
        assertThat(code(registry.release(V11))).isEqualTo("unknown-version");
    }

    @Test
    void anOpenNameMeansTheNewestThatIsNotRetired() {
        for (String name : List.of("lstm_v1.0", "lstm_v1.9", "lstm_v1.10", "lstm_v2.0")) {
            register(name, name, SIGNATURE);
        }
        assertThat(resolved("lstm_v1")).isEqualTo("lstm_v1.10");
        assertThat(resolved("lstm")).isEqualTo("lstm_v2.0");
        assertThat(resolved("lstm_v1.9")).isEqualTo("lstm_v1.9");
        registry = registry.on(new VersionEvent.Retired(VersionName.parse("lstm_v2.0"), "bad"), NOW);
        assertThat(resolved("lstm")).isEqualTo("lstm_v1.10");
        assertThat(registry.resolve(VersionName.parse("lstm_v3"))).isEmpty();
        assertThat(registry.of("consumer_apply")).hasSize(4);
    }

    @Test
    void statesRoundTrip() {
        for (VersionState state : VersionState.values()) {
            assertThat(VersionState.parse(state.toString())).isEqualTo(state);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VersionState.parse("gone"))
                .withMessageContaining("gone");
    }

    private String resolved(String name) {
        return registry.resolve(VersionName.parse(name))
                .orElseThrow()
                .version()
                .name()
                .toString();
    }
}

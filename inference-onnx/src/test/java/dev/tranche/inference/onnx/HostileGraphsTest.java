package dev.tranche.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that are no graph, or a broken one, end in an [ArtifactException]; the process lives on.
class HostileGraphsTest {
    private static void open(byte[] model) {
        try (Artifact artifact = Artifact.open(
                Vectors.folder(model, "probability", "1", "\"onnx\": {\"engine\": \"runtime\"}, "),
                List.of(new OnnxReader()))) {
            assertThat(artifact.model().predict(new double[4], Deadline.NONE).outputs())
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"net", "logistic", "boosted"})
    void aFileCutAnywhereIsRefused(String name) {
        byte[] whole = Vectors.bytes(name + ".onnx");
        int opsets = 40; // at the end: without the last of them it may still be a model
        for (int length = 0; length < whole.length - opsets; length += 1 + whole.length / 60) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> open(cut)).isInstanceOf(ArtifactException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"net", "logistic", "boosted", "forest"})
    void changedBytesAreAModelOrRefused(String name) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        byte[] whole = Vectors.bytes(name + ".onnx");
        for (int round = 0; round < 100; round++) {
            byte[] changed = whole.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                open(changed);
            } catch (ArtifactException refused) {
                assertThat(refused.code()).isNotEmpty();
            } catch (IllegalStateException failed) {
                assertThat(failed).hasMessageContaining("ONNX Runtime cannot answer");
            }
        }
    }

    @Test
    void bytesFromNowhereAreRefused() {
        assertThatThrownBy(() -> open(new byte[0])).isInstanceOf(ArtifactException.class);
        assertThatThrownBy(() -> open("<html>not found</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(ArtifactException.class);
    }
}

package dev.tranche.batch.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which library and version gave the known answers of a case.
class ReferencesTest {
    @TempDir
    private Path folder = Path.of("");

    private static ParityCase of(String family, String format, String model) {
        return new ParityCase("1", family, format, model, "", "", "", "output", "all", 0, 0, ParityCase.Policy.SCORE);
    }

    @Test
    void theFixturesOfTheFolderNameItByModel() throws IOException {
        Files.writeString(folder.resolve("fixtures.csv"), """
                family,lib_version,model,rows
                a,3.4.1,m.*,12
                a,3.4.1,m.*,13
                b,lightgbmlib 3.3.510,n.txt,1
                c,,o.txt,1
                d,PMML 4.x,p.pmml,1
                e,ai.onnx.ml,q.onnx,1
                """);
        References references = References.read(folder);
        assertThat(references.of(of("a", "xgboost", "m.*"))).isEqualTo("XGBoost 3.4.1");
        assertThat(references.of(of("b", "lightgbm", "n.txt"))).isEqualTo("LightGBM 3.3.510");
        assertThat(references.of(of("d", "pmml", "p.pmml"))).isEqualTo("the DMG's PMML 4.x");
        assertThat(references.of(of("e", "onnx", "q.onnx"))).isEqualTo("the ONNX backend tests of ai.onnx.ml");
        assertThat(references.of(of("c", "lightgbm", "o.txt"))).isEmpty();
        assertThat(references.of(of("b", "xgboost", "m.*"))).isEmpty();
    }

    @Test
    void aFolderWithoutFixturesSaysNothing() throws IOException {
        assertThat(References.read(folder).of(of("a", "xgboost", "m.*"))).isEmpty();
    }
}

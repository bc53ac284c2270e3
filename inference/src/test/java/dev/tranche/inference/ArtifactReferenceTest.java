package dev.tranche.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.inference.format.Json;
import dev.tranche.inference.scorecard.LinearFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The files shown in `docs/reference/artifact.md` are read as they stand there.
class ArtifactReferenceTest {
    private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyFileShownIsRead() throws IOException {
        List<Json.Struct> blocks = new ArrayList<>();
        String page = Files.readString(Path.of(System.getProperty("tranche.root", ".."), "docs/reference/artifact.md"));
        Matcher matcher = BLOCK.matcher(page);
        while (matcher.find()) {
            blocks.add(Json.parse(matcher.group(1)).asStruct("block"));
        }
        assertThat(blocks).hasSize(4);
        Schema schema = FeaturesFile.read(blocks.get(0));
        assertThat(schema.features()).extracting(Feature::name).containsExactly("age", "purpose", "applied");
        assertThat(SamplesFile.read(
                        blocks.get(1).canonical().getBytes(java.nio.charset.StandardCharsets.UTF_8), Precision.FLOAT))
                .hasSize(1);
        List<String> levels = List.of("radio/tv", "car");
        Model card = LinearFile.scorecard(
                blocks.get(2), name -> name.equals("purpose") ? levels : List.of(), OutputKind.SCORE);
        assertThat(card.predict(new double[] {30, 1}, Deadline.NONE).score()).isEqualTo(550);
        assertThat(LinearFile.logistic(blocks.get(3), OutputKind.PROBABILITY).inputNames())
                .containsExactly("age_z", "dti");
    }
}

package dev.tranche.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.cli.CommandRun;
import dev.tranche.cli.RecordedDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomesPostTest {
    private final RecordedDoor door = RecordedDoor.open();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void close() {
        door.close();
    }

    private CommandRun.Ended post(String name, String text, String... more) throws IOException {
        Files.writeString(folder.resolve(name), text);
        String[] arguments = new String[3 + more.length];
        arguments[0] = "outcomes";
        arguments[1] = "post";
        arguments[2] = name;
        System.arraycopy(more, 0, arguments, 3, more.length);
        return CommandRun.at(door).in(folder).run(arguments);
    }

    @Test
    void csvIsReadByItsHeadings() throws IOException {
        door.says("POST /api/v1/outcomes", "outcomes.json");
        CommandRun.Ended ended =
                post("o.csv", "loan_id,outcome,observed_at\nL1,1,2026-03-01\n\"L2\",0,\n\n", "--product", "p");
        assertThat(ended.out().strip()).isEqualTo("2 accepted, 1 duplicates, 0 unknown");
        assertThat(door.asked().getFirst().json().toString()).isEqualTo("""
                        {"outcomes":[{"loan_id":"L1","outcome":1,"observed_at":"2026-03-01","product":"p"},\
                        {"loan_id":"L2","outcome":0,"product":"p"}]}""");
    }

    @Test
    void jsonComesAsOneAListOrLines() throws IOException {
        door.says("POST /api/v1/outcomes", "outcomes.json");
        post("one.json", "{\"loan_id\":\"L1\",\"outcome\":1}");
        post("list.json", "[{\"loan_id\":\"L1\",\"outcome\":1},{\"loan_id\":\"L2\",\"outcome\":0}]");
        post("wrapped.json", "{\"outcomes\":[{\"loan_id\":\"L1\",\"outcome\":1}]}");
        post("lines.jsonl", "{\"loan_id\":\"L1\",\"outcome\":1}\n{\"loan_id\":\"L2\",\"outcome\":0}\n");
        assertThat(door.asked().stream()
                        .map(asked -> asked.json().path("outcomes").size()))
                .containsExactly(1, 2, 1, 2);
    }

    @Test
    void unknownOutcomesAreNamedAndRefused() throws IOException {
        door.says("POST /api/v1/outcomes", "outcomes-unknown.json");
        CommandRun.Ended ended = post("o.csv", "loan_id,outcome\nL9,1\n");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("unknown: L9");
    }

    @Test
    void manyGoInBatchesAndAreSummed() throws IOException {
        door.says("POST /api/v1/outcomes", "outcomes.json");
        String lines = IntStream.range(0, 1201).mapToObj(k -> "L" + k + ",0").collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("many.csv"), "loan_id,outcome\n" + lines);
        CommandRun.Ended ended =
                CommandRun.at(door).in(folder).onTerminal(80, 24).run("outcomes", "post", "many.csv");
        assertThat(ended.out()).contains("6 accepted, 3 duplicates, 0 unknown");
        assertThat(door.asked().stream()
                        .map(asked -> asked.json().path("outcomes").size()))
                .containsExactly(500, 500, 201);
    }

    @Test
    void mistakesNameTheirLine() throws IOException {
        assertThat(post("a.csv", "loan_id,outcome\nL1,2\n").err())
                .contains("a.csv line 2: outcome must be 0 (good) or 1 (bad): 2");
        assertThat(post("b.csv", "loan_id,outcome\nL1\n").err())
                .contains("b.csv line 2 has 1 cells; the headings are 2");
        assertThat(post("c.csv", "loan,outcome\nL1,1\n").err()).contains("c.csv has a column loan");
        assertThat(post("d.csv", "").code()).isEqualTo(2);
        assertThat(post("e.json", "[7]").code()).isEqualTo(2);
        assertThat(door.asked()).isEmpty();
    }
}

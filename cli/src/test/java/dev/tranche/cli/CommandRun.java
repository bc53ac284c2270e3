package dev.tranche.cli;

import dev.tranche.cli.screen.Ink;
import dev.tranche.cli.screen.Screen;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs command lines in a world of its own: a folder, an environment, a fixed clock, nothing waits.
public final class CommandRun {
    private final Map<String, String> environment = new HashMap<>();
    private Path folder = Path.of("");
    private Screen screen = Screen.pipe();
    private String input = "";
    private World.Pause pause = _ -> {};

    /// How it ended.
    public record Ended(int code, String out, String err) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    public static CommandRun at(RecordedDoor door) {
        return new CommandRun().with("TRANCHE_URL", door.url()).with("TRANCHE_TOKEN", "secret");
    }

    public static CommandRun alone() {
        return new CommandRun();
    }

    public CommandRun with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public CommandRun in(Path where) {
        this.folder = where;
        return this;
    }

    public CommandRun typing(String text) {
        this.input = text;
        return this;
    }

    public CommandRun pausing(World.Pause how) {
        this.pause = how;
        return this;
    }

    public CommandRun onTerminal(int columns, int rows) {
        Screen.Size size = new Screen.Size(columns, rows);
        this.screen = new Screen(true, Ink.NONE, () -> size);
        return this;
    }

    public Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(
                new World(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        environment,
                        folder,
                        screen,
                        InstantSource.fixed(Instant.parse("2026-03-03T18:00:00Z")),
                        ZoneOffset.UTC,
                        pause),
                arguments);
        return new Ended(code, out.toString(), err.toString());
    }
}

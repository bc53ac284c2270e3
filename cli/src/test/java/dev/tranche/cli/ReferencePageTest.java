package dev.tranche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.cli.screen.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// `docs/reference/cli.md` and the code say the same.
class ReferencePageTest {
    private static final Path ROOT = Path.of(System.getProperty("tranche.root", ".."));

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/reference/cli.md"));
    }

    /// Every command that does something, by its words.
    private static List<CommandLine> commands() {
        World world = new World(
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                InputStream.nullInputStream(),
                Map.of(),
                Path.of(""),
                Screen.pipe(),
                InstantSource.system(),
                ZoneOffset.UTC,
                _ -> {});
        List<CommandLine> commands = new ArrayList<>();
        collect(Main.commandLine(world), commands);
        return commands;
    }

    private static void collect(CommandLine line, List<CommandLine> commands) {
        line.getSubcommands().values().forEach(sub -> {
            if (sub.getSubcommands().isEmpty()
                    || !sub.getCommandSpec().positionalParameters().isEmpty()) {
                commands.add(sub);
            }
            collect(sub, commands);
        });
    }

    @Test
    void everyCommandHasItsLine() throws IOException {
        String page = page();
        assertThat(commands()).hasSizeGreaterThan(30).allSatisfy(command -> {
            String name = command.getCommandSpec().qualifiedName();
            assertThat(page).containsPattern("\\| `" + Pattern.quote(name) + "[ `]");
        });
    }

    @Test
    void everyOptionIsNamedBesideItsCommand() throws IOException {
        List<String> lines = page().lines().toList();
        List<String> everywhere = List.of("--url", "--token", "--data", "--json", "--help", "--version");
        assertThat(page()).contains(everywhere);
        for (CommandLine command : commands()) {
            String name = command.getCommandSpec().qualifiedName();
            boolean verb =
                    command.getCommandSpec().optionsMap().containsKey("--reason") && name.startsWith("tranche rollout");
            String line = lines.stream()
                    .filter(text -> text.startsWith("| `" + name + " ") || text.startsWith("| `" + name + "`"))
                    .findFirst()
                    .orElse("");
            command.getCommandSpec().options().stream()
                    .map(option -> option.longestName())
                    .filter(option -> !everywhere.contains(option))
                    .forEach(option -> assertThat(verb ? "The six verbs need `--reason TEXT`" : line)
                            .as(name)
                            .contains("`" + option));
        }
    }

    @Test
    void thePageNamesNoCommandThatIsNotThere() throws IOException {
        List<String> known = commands().stream()
                .map(command -> command.getCommandSpec().qualifiedName())
                .collect(Collectors.toList());
        List<String> launched = List.of(
                "serve",
                "demo",
                "examples",
                "parity",
                "bench",
                "test",
                "build",
                "promises",
                "format",
                "divergence run",
                "divergence preflight",
                "divergence study",
                "divergence tune",
                "divergence placebo",
                "divergence calibrate",
                "market run",
                "market replay",
                "market status",
                "market kill",
                "market release",
                "market halt",
                "market resume",
                "market cancel-all",
                "market flatten",
                "market adopt",
                "market reset-protection",
                "market price",
                "market garch",
                "market dcc",
                "market regime",
                "market features",
                "market spread-report",
                "market backtest",
                "market study");
        launched.forEach(name -> known.add("tranche " + name));
        Matcher named = Pattern.compile("^\\| `(tranche [a-z -]+?)[ `][^a-z]", Pattern.MULTILINE)
                .matcher(page());
        int found = 0;
        while (named.find()) {
            found++;
            assertThat(known).contains(named.group(1).strip());
        }
        assertThat(found).isEqualTo(known.size());
    }

    @Test
    void theGlossaryHasBothLanguages() throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/reference/glossary.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| word"))
                .toList();
        assertThat(rows)
                .hasSizeGreaterThan(50)
                .allMatch(row -> row.codePoints()
                        .anyMatch(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN));
    }
}

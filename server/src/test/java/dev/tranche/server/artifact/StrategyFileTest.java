package dev.tranche.server.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StrategyFileTest {
    private static final Path PAGE =
            Path.of(System.getProperty("tranche.root", ".."), "docs", "reference", "strategy.md");
    private static final Pattern ROW = Pattern.compile("^\\| (`[^|]*) \\|");
    private static final Pattern WORD = Pattern.compile("`([a-z0-9_.]+)`");

    /// The desk reads by the same page; whoever adds a key adds it there.
    @Test
    void theKeysAreThoseOfThePageAndNoOthers() throws IOException {
        Map<String, Set<String>> page = new TreeMap<>();
        String section = "";
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
            }
            Matcher row = ROW.matcher(line);
            Matcher words = WORD.matcher(
                    row.find() ? row.group(1) : section.equals("breaker") && line.contains("`") ? line : "");
            String parent = "";
            while (words.find()) {
                String word = words.group(1);
                int dot = word.lastIndexOf('.');
                parent = dot > 0 ? word.substring(0, dot) : dot == 0 ? parent : section;
                if (!word.matches("[0-9.]+")) {
                    page.computeIfAbsent(parent, _ -> new TreeSet<>()).add(word.substring(dot + 1));
                }
            }
        }
        Map<String, Set<String>> read = new TreeMap<>();
        for (Map.Entry<String, SequencedSet<String>> each : StrategyFile.keys().entrySet()) {
            read.put(each.getKey(), new TreeSet<>(each.getValue()));
        }
        assertThat(read).isEqualTo(page);
    }
}

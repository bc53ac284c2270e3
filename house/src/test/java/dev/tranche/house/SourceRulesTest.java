package dev.tranche.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What is looked up in the text of every source file: HOUSE 3 to 6.
class SourceRulesTest {
    private static final long CEILING = 500;
    private static final long MEDIAN = 90;
    private static final double NINETIETH = 300;
    /// The house wants about one; this is what it has, and it may not become less.
    private static final double LEAST_TESTED = 0.4;

    private static final List<House.Source> SOURCES = House.sources();

    private static void none(String what, Pattern pattern, Predicate<House.Source> where) {
        List<String> found = new ArrayList<>();
        for (House.Source source : SOURCES) {
            if (!where.test(source)) continue;
            Matcher matcher = pattern.matcher(source.code());
            while (matcher.find()) found.add(source + ": " + matcher.group().strip());
        }
        assertThat(found).as(what).isEmpty();
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(House.modules()).contains("inference", "release", "market", "credit", "engine", "e2e", "house");
        assertThat(SOURCES.stream().map(House.Source::module).distinct()).containsExactlyElementsOf(House.modules());
    }

    @Test
    void noFileIsLongerThanTheCeiling() {
        assertThat(SOURCES).filteredOn(source -> source.lines() > CEILING).isEmpty();
    }

    @Test
    void mostFilesAreShort() {
        List<Long> lengths = SOURCES.stream().map(House.Source::lines).sorted().toList();
        assertThat(lengths.get(lengths.size() / 2)).as("median length").isLessThanOrEqualTo(MEDIAN);
        assertThat((double) lengths.get((int) (lengths.size() * 0.9)))
                .as("90th percentile of the lengths")
                .isLessThanOrEqualTo(NINETIETH);
    }

    @Test
    void testsDoNotFallBehindWhatTheyTest() {
        Map<Boolean, Long> lines = new TreeMap<>();
        SOURCES.forEach(source -> lines.merge(source.test(), source.lines(), Long::sum));
        assertThat((double) lines.getOrDefault(true, 0L) / lines.getOrDefault(false, 1L))
                .as("lines of tests for a line of code")
                .isGreaterThan(LEAST_TESTED);
    }

    @Test
    void aTypeIsWrittenWhereAVariableIsDeclared() {
        none(
                "var outside a pattern",
                Pattern.compile("(?m)(^\\s*|[(;]\\s*)(final )?var \\w+\\s*[=:][^\\n]*"),
                source -> true);
    }

    @Test
    void nothingIsSwallowed() {
        Pattern empty = Pattern.compile("catch \\([^)]*\\) \\{\\s*}");
        assertThat(SOURCES).noneMatch(source -> empty.matcher(source.text()).find());
    }

    @Test
    void noTestSleepsToWaitForSomething() {
        none(
                "a sleep in a test",
                Pattern.compile("(Thread|TimeUnit\\.[A-Z]+|[A-Z]+SECONDS)\\.sleep\\([^)]*\\)"),
                House.Source::test);
    }

    @Test
    void fakesAreSmallRealClassesAndNothingIsGenerated() {
        none(
                "a mock, Lombok or a preview",
                Pattern.compile("import (static )?(org\\.mockito|org\\.easymock|org\\.powermock|lombok)[\\w.]*"),
                source -> true);
    }

    @Test
    void everyPackageSaysWhatItIsAndThatNullIsMarked() {
        List<String> missing = new ArrayList<>();
        for (House.Source source : SOURCES) {
            if (source.test()) continue;
            String folder = source.name().substring(0, source.name().lastIndexOf('/') + 1);
            boolean said = SOURCES.stream()
                    .filter(other -> other.name().equals(folder + "package-info.java"))
                    .anyMatch(other ->
                            other.text().contains("@NullMarked") && other.text().startsWith("///"));
            if (!said && !missing.contains(folder)) missing.add(folder);
        }
        assertThat(missing).as("packages without a package-info").isEmpty();
    }

    @Test
    void namesOfTestsAreSentences() {
        none(
                "a test that is numbered or called test…",
                Pattern.compile("void (test[A-Z_]\\w*|\\w+[0-9])\\(\\)"),
                source -> source.test() && source.text().contains("@Test"));
    }
}

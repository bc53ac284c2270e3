package dev.tranche.engine.trading.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.trading.terms.TradingKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TradingPagesTest {
    private static final Path ROOT = Path.of(System.getProperty("tranche.root"));

    @Test
    void theReferencesTableOfKeysIsTheSchemas() throws Exception {
        assertThat(Files.readString(ROOT.resolve("docs/reference/configuration.md")))
                .contains(TradingKeys.SCHEMA.table());
    }

    @Test
    void dashboardsAndRulesAskForNothingThatThePageDoesNotList() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/reference/metrics.md"));
        String section = page.substring(page.indexOf("## Of a market maker"));
        List<String> used = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("deploy"))) {
            for (Path file : files.filter(
                            each -> each.getFileName().toString().matches("market-making-.*\\.(json|yml)"))
                    .filter(each -> !each.toString().endsWith(".test.yml"))
                    .toList()) {
                Pattern.compile(
                                "(?<![A-Za-z0-9_:])(?:trading|portfolio|circuit|regime_detector|quote_generation|fill_rate|hedge|active_orders)_[a-z0-9_]+(?=[{\\[ )\"<>=!]|$)")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(found -> used.add(found.group()));
            }
        }
        assertThat(used)
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(section)
                        .containsAnyOf("`" + name + "`", "`" + name.replaceFirst("_(bucket|count|sum)$", "") + "`"));
    }
}

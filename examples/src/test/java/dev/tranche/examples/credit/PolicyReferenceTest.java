package dev.tranche.examples.credit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.credit.Action;
import dev.tranche.credit.Condition;
import dev.tranche.credit.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The examples of `docs/reference/policy.md`, as they are printed there.
class PolicyReferenceTest {

    private static final Path PAGE = Path.of(System.getProperty("tranche.root"), "docs/reference/policy.md");

    @Test
    void thePolicyOfThePageIsAPolicy() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("```yaml") + "```yaml".length();
        Policy policy = Policy.read(Shipped.canonical(
                page.substring(from, page.indexOf("```", from)).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(policy.name()).isEqualTo("consumer_apply_policy_v1.0");
        assertThat(policy.action(0.19)).isEqualTo(Action.APPROVE);
        assertThat(policy.action(0.45)).isEqualTo(Action.DECLINE);
    }

    @Test
    void theConditionsOfThePageAreConditions() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        List<String> conditions = lines.subList(lines.indexOf("## Conditions"), lines.size()).stream()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
        assertThat(conditions).hasSizeGreaterThanOrEqualTo(3);
        for (String condition : conditions) {
            assertThat(Condition.parse(condition).features()).isNotEmpty();
        }
    }
}

package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// The desk in the console of a real browser. Its engine says what the reference page says that engines say.
class DeskConsoleTest {
    private static final Pattern JSON_BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path data;

    private static Product product;
    private static Playwright playwright;
    private static Browser browser;
    private static String example;
    private static long seq;

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(
                Files.isExecutable(ConsoleTest.CHROMIUM),
                "no browser at " + ConsoleTest.CHROMIUM
                        + ": install Debian's chromium, or say -Dtranche.chromium=PATH");
        Files.createDirectories(ConsoleTest.SCREENS);
        Matcher block = JSON_BLOCK.matcher(Files.readString(Product.ROOT.resolve("docs/reference/desk-status.md")));
        assertThat(block.find()).isTrue();
        example = block.group(1);
        product = Product.start(data);
        playwright = ConsoleTest.driver();
        browser = ConsoleTest.browser(playwright);
    }

    @AfterAll
    static void stop() {
        if (browser != null) browser.close();
        if (playwright != null) playwright.close();
        if (product != null) product.close();
    }

    @AfterEach
    void theBrowserHadNothingToComplainOf() {
        assertThat(complaints).isEmpty();
    }

    /// The engine tells the page's example with some of it changed.
    private static void tell(String... changes) throws IOException, InterruptedException {
        String text = example;
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(text).contains(changes[i]);
            text = text.replace(changes[i], changes[i + 1]);
        }
        ObjectNode status = (ObjectNode) JSON.readTree(text);
        status.put("seq", ++seq);
        status.put("at", Instant.now().toString());
        Product.Answer taken = product.post("/api/v1/desks/btc_mm", status.toString());
        assertThat(taken.status()).as(taken.text()).isEqualTo(204);
    }

    private Page open(int width, int height, ColorScheme scheme) throws IOException {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
        context.setDefaultTimeout(ConsoleTest.BROWSER_LIMIT_MILLIS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) complaints.add(message.text());
        });
        page.onPageError(complaints::add);
        page.navigate(product.url.resolve("/") + "?product=btc_mm#token=" + product.token());
        card(page, "Desk").getByText("Circuit breaker").waitFor();
        return page;
    }

    private static Locator card(Page page, String title) {
        return page.locator("section[aria-label='" + title + "']");
    }

    @Test
    @Promise({
        "002 §Grafana Risk Monitor: risk and the breaker's state are seen live, with what it looks at and why",
        "002 §Grafana PnL Analysis: what was earned is seen by kind and by cause"
    })
    void aDeskIsSeenLiveInWordsAndOldWordsAreMarked() throws IOException, InterruptedException {
        tell();
        Page page = open(1440, 900, ColorScheme.LIGHT);
        assertThat(card(page, "Desk").innerText())
                .contains(
                        "✓ quoting",
                        "✓ normal",
                        "glft_v1.0",
                        "live",
                        "medium",
                        "drawdown is 9.00 %, the limit is 8.00 %")
                .contains("a41f0c55d2e9be10");
        assertThat(card(page, "PnL").innerText())
                .contains("+12.25", "100,012.25", "adverse selection", "−3.00", "residual");
        assertThat(card(page, "Positions and greeks").innerText())
                .contains("BTCUSDT", "0.02", "60,110", "+0.27", "delta");
        assertThat(card(page, "Quotes").innerText())
                .contains("60,120.1", "60,126.9", "model 1.1 bps × regime 1.0 × breaker 1.0");
        assertThat(card(page, "Orders").innerText()).contains("1,204", "collar", "rate", "2 executed");
        assertThat(card(page, "Venues").innerText()).contains("✓ connected", "✓ armed", "✓ valid", "4 ms");
        assertThat(card(page, "Latency").innerText()).contains("11.0 µs", "data in to order out");
        assertThat(card(page, "Notices").innerText()).contains("btc_mm_glft_v1.0 in force");

        tell(
                "\"state\": \"QUOTING\",\n  \"why\": \"\"",
                "\"state\": \"HALTED\",\n  \"why\": \"the breaker\"",
                "\"state\": \"NORMAL\", \"code\": 0",
                "\"state\": \"KILLED\", \"code\": 4",
                "\"var_95\": 0.012",
                "\"var_95\": null");
        card(page, "Desk").getByText("✕ killed").first().waitFor();
        assertThat(card(page, "Desk").innerText())
                .contains("tranche market release")
                .contains("not known")
                .doesNotContain("VaR 95\n0.00");
        card(page, "Desk").getByText("stale").waitFor();
        card(page, "Desk").getByText("not how it is").waitFor();
        card(page, "PnL").getByText("as of").waitFor();
        ConsoleTest.shoot(page, "desk-stale");
        tell();
        card(page, "Desk").getByText("✓ quoting").waitFor();
        page.context().close();
    }

    @Test
    void thePageStandsAtEveryWidthInLightAndDark() throws IOException, InterruptedException {
        for (int[] size : new int[][] {{1440, 900}, {390, 844}}) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                tell();
                Page page = open(size[0], size[1], scheme);
                card(page, "Latency").getByText("p95").waitFor();
                assertThat((String) page.evaluate(ConsoleTest.TOO_WIDE))
                        .as("what is wider than the page at %d", size[0])
                        .isEmpty();
                ConsoleTest.shoot(page, "desk-" + size[0] + "-" + scheme.name().toLowerCase(Locale.ROOT));
                page.context().close();
            }
        }
    }
}

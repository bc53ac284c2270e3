package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The console in a real browser, while a rollout is under way and applicants come.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleTest {
    static final Path CHROMIUM = Path.of(System.getProperty("tranche.chromium", "/usr/bin/chromium"));
    static final Path SCREENS = Product.ROOT.resolve("e2e/target/screens");
    private static final String SCORECARD = "consumer_apply_scorecard_v1.0";
    private static final String XGB = "consumer_apply_xgb_v1.0";
    static final double BROWSER_LIMIT_MILLIS = Duration.ofSeconds(60).toMillis();

    /// Names what reaches beyond the window, when the page can be scrolled sideways.
    static final String TOO_WIDE = """
            () => document.documentElement.scrollWidth <= innerWidth ? '' : 'page ' + document.documentElement.scrollWidth + '\\n'
              + [...document.querySelectorAll('body *')].filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
              .map((node) => node.tagName + '.' + node.className + ' ' + Math.round(node.getBoundingClientRect().right))
              .join('\\n')""";

    @TempDir
    static Path data;

    @TempDir
    static Path work;

    private static Product product;
    private static Crowd.Flow flow;
    private static Playwright playwright;
    private static Browser browser;
    private static String rollout;

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private @Nullable BrowserContext context;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(CHROMIUM),
                "no browser at " + CHROMIUM + ": install Debian's chromium, or say -Dtranche.chromium=PATH");
        Files.createDirectories(SCREENS);
        product = Product.startWithScorecard(data);
        product.must("register", Product.CREDIT.resolve(XGB).toString());
        flow = Crowd.flow(product, "console");
        rollout = product.must(
                        "rollout", "start", plan().toString(), "--reason", "better on the validation rows", "--json")
                .json()
                .path("id")
                .asString();
        Product.await(
                "the candidate at 20 %",
                Duration.ofSeconds(90),
                () -> product.read("/api/v1/rollouts/" + rollout)
                        .at("/stage/share")
                        .asString("")
                        .equals("20%"));
        playwright = driver();
        browser = browser(playwright);
    }

    static Playwright driver() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    static Browser browser(Playwright playwright) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setTimeout(BROWSER_LIMIT_MILLIS)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    }

    private static Path plan() throws IOException {
        return Files.writeString(work.resolve("rollout.yaml"), """
                rollout:
                  product: consumer_apply
                  candidate: consumer_apply_xgb_v1.0
                  strategy: canary
                  unit: loan_id
                  salt: e2e-console
                  stages:
                    - {mode: shadow, dwell: 3s, gates: ["requests >= 100", "approval_rate within 25pp of live"]}
                    - {mode: live, share: 5%, dwell: 2s, gates: ["requests >= 3"]}
                    - mode: live
                      share: 20%
                      dwell: 10m
                      gates: ["requests >= 100000", "error_rate < 1%", "approval_rate within 15pp of live", "outcomes >= 100 older than 30d"]
                    - {mode: live, share: 50%, dwell: 10m}
                    - {mode: live, share: 100%, dwell: 10m}
                  guards: ["error_rate > 1% for 10m", "latency_p95 > 200ms for 5m", "health_failures >= 3", "breaker = HALTED"]
                  bake: 1d
                """);
    }

    @AfterAll
    static void stop() {
        if (browser != null) browser.close();
        if (playwright != null) playwright.close();
        if (flow != null) flow.close();
        if (product != null) product.close();
    }

    @AfterEach
    void theBrowserHadNothingToComplainOf() {
        if (context != null) context.close();
        assertThat(complaints).isEmpty();
    }

    private Page open(int width, int height, ColorScheme scheme) throws IOException {
        BrowserContext fresh = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
        context = fresh;
        fresh.setDefaultTimeout(BROWSER_LIMIT_MILLIS);
        Page page = fresh.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) complaints.add(message.text());
        });
        page.onPageError(complaints::add);
        page.navigate(product.url.resolve("/") + "#token=" + product.token());
        card(page, "Traffic").locator("tbody tr").first().waitFor();
        card(page, "Rollout").getByText("Guards, watched all the time").waitFor();
        return page;
    }

    private static Locator card(Page page, String title) {
        return page.locator("section[aria-label='" + title + "']");
    }

    @Test
    @Order(1)
    @Promise({
        "002 §Grafana a dashboard shows the state as a whole, risk, latency and throughput",
        "003 §上线步骤 the key figures are observed while a rollout is under way"
    })
    void onePageShowsRouteRolloutGatesTrafficAndDecisions() throws IOException {
        Page page = open(1440, 900, ColorScheme.LIGHT);
        assertThat(page.url()).as("the token leaves the address").doesNotContain("token");
        assertThat(card(page, "Route").innerText()).contains(SCORECARD, XGB, "consumer_apply_policy_v1.0", "20 %");
        Locator moving = card(page, "Rollout");
        assertThat(moving.locator("ol.stages li").allInnerTexts())
                .containsExactly("shadow", "5 %", "20 %", "50 %", "100 %", "bake");
        assertThat(moving.locator("ol.stages li[aria-current=step]").innerText())
                .isEqualTo("20 %");
        assertThat(moving.innerText())
                .contains("requests >= 100000", "error_rate < 1%", "approval_rate within 15pp of live")
                .contains("breaker = HALTED")
                .containsPattern("(pass|wait)");
        assertThat(card(page, "Checklist").innerText()).contains("version label", "rollback rehearsal");
        assertThat(card(page, "History").innerText()).contains("stage entered");
        assertThat(card(page, "Traffic").locator("tbody tr").allInnerTexts())
                .anyMatch(row -> row.contains("scorecard_v1.0"))
                .anyMatch(row -> row.contains("xgb_v1.0"));
        assertThat(card(page, "Traffic").locator("canvas").count()).isEqualTo(2);
        assertThat(page.evaluate("""
                        () => [...document.querySelectorAll('canvas')].every((canvas) =>
                          new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)
                            .some((pixel) => pixel !== 0))""")).as("both charts are drawn").isEqualTo(true);
        assertThat(card(page, "Latest decisions").locator("tbody tr").count()).isPositive();
        assertThat(page.getByText("health ok").isVisible()).isTrue();
    }

    @Test
    @Order(2)
    @Promise("004 §本章小结 traceability: a decision is opened and computed again")
    void aDecisionIsOpenedAndReplayedExactly() throws IOException {
        Page page = open(1440, 900, ColorScheme.LIGHT);
        Locator decisions = card(page, "Latest decisions");
        decisions.locator("tbody tr").first().click();
        decisions.getByText("checking_status").first().waitFor();
        decisions
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Replay"))
                .click();
        decisions.getByText("EXACT").waitFor();
        shoot(page, "decision");
    }

    @Test
    @Order(3)
    void thePageStandsAtEveryWidthInLightAndDark() throws IOException {
        for (int[] size : new int[][] {{1440, 900}, {390, 844}}) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = open(size[0], size[1], scheme);
                assertThat((String) page.evaluate(TOO_WIDE))
                        .as("what is wider than the page at %d", size[0])
                        .isEmpty();
                shoot(page, size[0] + "-" + scheme.name().toLowerCase(Locale.ROOT));
                page.context().close();
            }
        }
    }

    @Test
    @Order(4)
    @Promise("003 §灰度上线方案 a rollout is held while its figures are observed, with a reason")
    void aRolloutIsPausedWithAReason() throws IOException, InterruptedException {
        Page page = open(1440, 900, ColorScheme.DARK);
        Locator moving = card(page, "Rollout");
        moving.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause"))
                .click();
        Locator dialog = page.locator("dialog");
        dialog.locator("input[name=reason]").fill("the branches are closed today");
        shoot(page, "pause");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause"))
                .click();
        moving.getByText("paused").first().waitFor();
        moving.getByText("the branches are closed today").first().waitFor();
        assertThat(product.get("/api/v1/rollouts/" + rollout)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("PAUSED");
        moving.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Resume"))
                .waitFor();
    }

    static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENS.resolve(name + ".png"))
                .setFullPage(!name.equals("pause")));
    }
}

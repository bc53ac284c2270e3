package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Studies of divergences by the packaged product, and their report in a real browser.
class DivergenceStudyTest {
    private static final Path CHROMIUM = Path.of(System.getProperty("tranche.chromium", "/usr/bin/chromium"));
    private static final double BROWSER_LIMIT_MILLIS = Duration.ofSeconds(60).toMillis();
    private static final Path SCREENS = Product.ROOT.resolve("e2e/target/screens");

    @TempDir
    static Path folder;

    private static Ran study;

    /// What a command printed, and its exit code.
    private record Ran(int exit, String output) {}

    @BeforeAll
    static void calibrate() throws IOException, InterruptedException {
        Files.createDirectories(SCREENS);
        study = run(
                "calibrate",
                "btcusdt_divergence_v1.0",
                "--bars",
                walk("BTCUSDT", 12_000).toString(),
                "--out",
                folder.resolve("version").toString(),
                "--swing-L",
                "5",
                "--z-hi",
                "1.2",
                "--z-mid",
                "0.3");
    }

    private static Ran run(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Product.ROOT.resolve("tranche").toString(), "divergence"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }

    /// Five-minute bars of a random walk, with flows that know nothing of it.
    private static Path walk(String symbol, int bars) throws IOException {
        Random chance = new Random(7);
        StringBuilder text = new StringBuilder("open_time,open,high,low,close,volume,taker_buy_volume\n");
        double price = 100;
        for (int i = 0; i < bars; i++) {
            double high = price * (1 + Math.abs(chance.nextGaussian()) * 1e-3);
            double low = price * (1 - Math.abs(chance.nextGaussian()) * 1e-3);
            double close = low + (high - low) * chance.nextDouble();
            double volume = 10 + chance.nextInt(90);
            text.append(1_700_000_100_000L + 300_000L * i)
                    .append(',')
                    .append(price)
                    .append(',')
                    .append(high);
            text.append(',').append(low).append(',').append(close).append(',').append(volume);
            text.append(',').append(volume * chance.nextDouble()).append('\n');
            price = close;
        }
        return Files.writeString(folder.resolve(symbol + "_5m.csv"), text);
    }

    @Test
    @Promise("003 §单调性验证验收 scores are calibrated to returns, and the acceptance is reported as met or not met")
    void noiseIsCalibratedHonestly() {
        assertThat(study.exit()).as(study.output()).isZero();
        assertThat(study.output()).contains("acceptance of CVD_ONLY/all, not met", "spearman@20", "wrote ");
        assertThat(folder.resolve("version/calibration.yaml"))
                .content()
                .contains("name: btcusdt_divergence_v1.0", "met: false", "within: true");
    }

    @Test
    @Promise("003 §参数调优验收 accuracies are told only with the placebo that must find nothing")
    void noiseTimedFromThePivotLooksRightAndFromTheConfirmationDoesNot() throws IOException, InterruptedException {
        Ran placebo = run("placebo", "--bars", folder.resolve("BTCUSDT_5m.csv").toString(), "--swing-L", "13");
        assertThat(placebo.exit()).as(placebo.output()).isZero();
        assertThat(placebo.output()).contains("100.0 %", "illusion", "placebo WITHIN its band");
        Ran few = run("placebo", "--bars", few().toString());
        assertThat(few.exit()).as(few.output()).isEqualTo(1);
        assertThat(few.output()).contains("placebo UNMEASURED");
    }

    private static Path few() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("BTCUSDT_5m.csv"));
        Path file = Files.createDirectories(folder.resolve("few")).resolve("BTCUSDT_5m.csv");
        return Files.write(file, lines.subList(0, 300));
    }

    @Test
    @Promise("003 §分桶分析 the analysis by bucket is a report that people read, on a desk and on a phone")
    void theReportIsReadOnADeskAndOnAPhoneInLightAndDark() {
        assumeTrue(
                Files.isExecutable(CHROMIUM),
                "no browser at " + CHROMIUM + ": install Debian's chromium, or say -Dtranche.chromium=PATH");
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(CHROMIUM)
                                .setTimeout(BROWSER_LIMIT_MILLIS)
                                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")))) {
            String light = look(browser, 1280, ColorScheme.LIGHT);
            String dark = look(browser, 1280, ColorScheme.DARK);
            assertThat(dark).isNotEqualTo(light);
            look(browser, 390, ColorScheme.LIGHT);
            look(browser, 390, ColorScheme.DARK);
        }
    }

    /// Opens the report, checks that it asks for nothing, complains of nothing and fits.
    ///
    /// @return the colour behind it
    private static String look(Browser browser, int width, ColorScheme scheme) {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        Queue<String> complaints = new ConcurrentLinkedQueue<>();
        try (BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme))) {
            Page page = context.newPage();
            page.onRequest(request -> asked.add(request.url()));
            page.onConsoleMessage(message -> complaints.add(message.text()));
            page.onPageError(complaints::add);
            String url = folder.resolve("version/report.html").toUri().toString();
            page.navigate(url);
            assertThat(asked).containsExactly(url);
            assertThat(complaints).isEmpty();
            assertThat(page.locator("h1").textContent()).isEqualTo("Divergences of BTCUSDT");
            for (String section : List.of("accuracy", "placebo", "price", "reliability", "equity", "folds", "facts")) {
                assertThat(page.locator("#" + section + " h2").count())
                        .as(section)
                        .isEqualTo(1);
            }
            assertThat(page.locator("#price svg.plot:visible .event").count()).isGreaterThan(10);
            assertThat(page.locator("#equity svg.plot:visible path.curve").count())
                    .isEqualTo(4);
            assertThat(page.locator("#reliability svg.plot:visible .level").count())
                    .isGreaterThan(1);
            assertThat(page.locator("#accuracy svg.plot:visible").count()).isEqualTo(4);
            assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                    .as(width + " pixels")
                    .isEqualTo(true);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SCREENS.resolve(
                            "report-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png"))
                    .setFullPage(true));
            return String.valueOf(page.evaluate("() => getComputedStyle(document.body).backgroundColor"));
        }
    }
}

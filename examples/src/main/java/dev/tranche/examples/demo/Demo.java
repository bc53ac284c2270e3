package dev.tranche.examples.demo;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `tranche demo`: three candidates meet real applicants. One is promoted, one is stopped in shadow, one
/// falls ill at 5 % and is rolled back while traffic flows; then a decision is replayed and the evidence of
/// the promotion printed.
@Command(
        name = "demo",
        description = "Show the whole story on real data, then leave the console running.",
        mixinStandardHelpOptions = true)
public final class Demo implements Callable<Integer> {
    private static final Duration LONGEST_ROLLOUT = Duration.ofSeconds(100);
    private static final long SEED = 20261120;
    private static final int FAULT_DELAY_MILLIS = 400;
    private static final double FAULT_ERROR_SHARE = 0.3;

    @Option(names = "--once", description = "Stop at the end; the exit code tells whether every promise was kept.")
    private boolean once;

    @Option(names = "--port", defaultValue = "8080", description = "Port of the server, 0 for any (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--rate", defaultValue = "600", description = "Applicants a second (${DEFAULT-VALUE}).")
    private int rate;

    private final Story story = new Story(
            System.out,
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
                    && System.getenv("NO_COLOR") == null);
    private final Path root = Path.of(System.getProperty("tranche.root", ".")).toAbsolutePath();
    private final Path credit = root.resolve("examples/credit");

    Demo() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Instant begin = Instant.now();
        Path work = Files.createTempDirectory("tranche-demo");
        try (Product product = Product.start(root, work.resolve("data"), once ? 0 : port)) {
            // Ctrl-C or a kill of the demo leaves neither the server nor its data behind.
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                product.stop();
                delete(work);
            }));
            Api api = Api.at(product.url, product.token());
            Applicants applicants = Applicants.read(credit.resolve("traffic.csv"), SEED);
            introduce(product, applicants);
            load(product);
            Traffic traffic = Traffic.start(api, applicants, rate);
            try (traffic) {
                String promoted = good(product, api);
                miscalibrated(product, api);
                faulty(product, api, traffic);
                replay(product, api, traffic, promoted);
            }
            account(traffic, begin);
            if (!once) {
                story.chapter("The console is running");
                story.say("%s/#token=%s", product.url, product.token());
                story.say("Applicants keep coming until you press Ctrl-C.");
                try (Traffic more = Traffic.start(api, applicants, 50)) {
                    product.await();
                    story.quiet("%d more answered", more.answered());
                }
            }
        }
        return story.broken() == 0 ? 0 : 1;
    }

    private void introduce(Product product, Applicants applicants) {
        story.chapter("Tranche · a model file goes live in tranches, and a bad one comes back by itself");
        story.say("%s", product.ready);
        story.say("Data: German credit data (UCI Statlog, H. Hofmann 1994, CC BY 4.0), 1,000 applicants, 30 %% bad.");
        story.say(
                "Traffic: %d held-out rows, drawn again and again under fresh applicant ids, %d a second.",
                applicants.rows(), rate);
        story.say("Dwell times are compressed: seconds stand for weeks. Verdicts come from the traffic that flows.");
    }

    private void load(Product product) throws IOException, InterruptedException {
        story.chapter("Register: load is not release");
        for (String folder : new String[] {
            "policy.yaml",
            "consumer_apply_scorecard_v1.0",
            "consumer_apply_xgb_v1.0",
            "consumer_apply_xgb_v2.0",
            "consumer_apply_lgbm_v1.0"
        }) {
            product.command("register", credit.resolve(folder).toString(), "--json");
            story.say("registered %s", folder);
        }
        Api api = Api.at(product.url, product.token());
        for (String file : new String[] {"first-policy.yaml", "first-scorecard.yaml"}) {
            Watch watch = begin(product, api, file);
            boolean done = watch.untilEnd(LONGEST_ROLLOUT);
            story.expect(
                    done && state(watch).equals("COMPLETED"),
                    "%s is live",
                    watch.rollout().path("candidate").asString());
        }
    }

    private String good(Product product, Api api) throws IOException, InterruptedException {
        story.chapter("(a) A good candidate: shadow → 5 % → 20 % → 50 % → 100 %");
        Watch watch = begin(product, api, "rollout-good.yaml");
        watch.untilEnd(LONGEST_ROLLOUT);
        story.expect(state(watch).equals("COMPLETED"), "promoted through every stage: %s", state(watch));
        return watch.rollout().path("id").asString();
    }

    private void miscalibrated(Product product, Api api) throws IOException, InterruptedException {
        story.chapter("(b) Trained with scale_pos_weight, cut at the same thresholds");
        Watch watch = begin(product, api, "rollout-miscalibrated.yaml");
        watch.untilEnd(LONGEST_ROLLOUT);
        boolean shadowOnly = watch.count("stage-entered") == 1;
        story.expect(
                state(watch).equals("ROLLED_BACK") && shadowOnly,
                "stopped by a gate in shadow; no applicant was decided by it: %s",
                state(watch));
    }

    private void faulty(Product product, Api api, Traffic traffic) throws IOException, InterruptedException {
        story.chapter("(c) A good model falls ill at 5 % of live traffic");
        Watch watch = begin(product, api, "rollout-faulty.yaml");
        boolean live = watch.untilLive(LONGEST_ROLLOUT)
                && watch.rollout().path("active").asBoolean();
        String candidate = watch.rollout().path("candidate").asString();
        long fallbacksBefore = traffic.fallbacks();
        story.say(
                "INJECTED by the demo: %d ms of delay and %.0f %% errors in %s (a setting that exists only with --test-faults)",
                FAULT_DELAY_MILLIS, 100 * FAULT_ERROR_SHARE, candidate);
        Api.Answer fault = api.post(
                "/api/v1/faults",
                "{\"version\":" + Api.quote(candidate) + ",\"delay_ms\":" + FAULT_DELAY_MILLIS + ",\"error_share\":"
                        + FAULT_ERROR_SHARE + "}");
        story.expect(live && fault.ok(), "the candidate takes live traffic and the fault is in");
        watch.untilEnd(LONGEST_ROLLOUT);
        story.expect(
                state(watch).equals("ROLLED_BACK") && watch.count("guard-broken") == 1,
                "a guard rolled it back by itself: %s",
                state(watch));
        story.say(
                "answered by fallback rules meanwhile: %d, each marked and journalled",
                traffic.fallbacks() - fallbacksBefore);
        watch.untilTold("rollback-measured", Duration.ofSeconds(10));
        story.expect(
                watch.reason("rollback-measured").isPresent(),
                "measured in the journal: %s",
                watch.reason("rollback-measured").orElse("nothing"));
    }

    private void replay(Product product, Api api, Traffic traffic, String promoted)
            throws IOException, InterruptedException {
        story.chapter("Years later: would it say the same?");
        String decision = traffic.lastDecision();
        JsonNode replayed =
                api.post("/api/v1/decisions/" + decision + "/replay", "{}").body();
        story.expect(
                replayed.path("verdict").asString("").equals("EXACT"),
                "decision %s replayed: %s",
                decision,
                replayed.path("verdict").asString(""));
        story.say(
                "live now: %s",
                product.command("live", "--product", "consumer_apply").strip().replace("\n", "\n   "));
        JsonNode evidence = api.read("/api/v1/rollouts/" + promoted + "/evidence");
        Path file = Files.createTempFile("evidence", ".json");
        product.command("evidence", promoted, "--out", file.toString());
        print(evidence);
        story.expect(
                new ProcessBuilder(root.resolve("tranche").toString(), "evidence", "verify", file.toString())
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0,
                "the evidence file verifies without the server");
        Files.delete(file);
    }

    /// The evidence file in words: what was released, by whom, what was checked, which verdicts moved it, and
    /// the chain.
    private void print(JsonNode evidence) {
        JsonNode rollout = evidence.path("rollout");
        story.say(
                "EVIDENCE %s: %s instead of %s, %s, started by %s",
                rollout.path("id").asString(),
                rollout.path("candidate").asString(),
                rollout.path("live").asString(""),
                rollout.path("state").asString(),
                rollout.path("started_by").asString());
        for (JsonNode version : evidence.path("versions")) {
            story.quiet(
                    "%s  %s",
                    version.path("name").asString(""), version.path("digest").asString(""));
        }
        for (JsonNode point : evidence.path("checklist")) {
            story.quiet(
                    "checklist %s: %s",
                    point.path("name").asString(), point.path("verdict").asString());
        }
        for (JsonNode verdict : evidence.path("verdicts")) {
            if (!verdict.path("verdict").asString().equals("pass")) continue;
            story.quiet(
                    "stage %s  %s: %s",
                    verdict.path("stage").asString(""),
                    verdict.path("gate").asString(""),
                    verdict.path("detail").asString(""));
        }
        story.quiet(
                "%d events, chained; head %s",
                evidence.path("events").size(),
                evidence.path("journal").path("head").asString(""));
    }

    private void account(Traffic traffic, Instant begin) {
        story.chapter("The account");
        story.expect(
                traffic.sent() == traffic.answered(),
                "%,d applications sent, %,d answered; none was left without an answer",
                traffic.sent(),
                traffic.answered());
        story.say("answered by: %s", traffic.bySource());
        story.say("the story took %d s", Duration.between(begin, Instant.now()).toSeconds());
        story.expect(
                story.broken() == 0,
                "%s",
                story.broken() == 0 ? "every promise kept" : story.broken() + " promises broken");
    }

    private Watch begin(Product product, Api api, String file) throws IOException, InterruptedException {
        String started =
                product.command("rollout", "start", credit.resolve(file).toString(), "--json");
        JsonNode rollout = new tools.jackson.databind.ObjectMapper().readTree(started);
        return new Watch(api, story, rollout.path("id").asString());
    }

    private static String state(Watch watch) {
        return watch.rollout().path("state").asString("");
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException left) {
            System.err.println("left behind: " + folder + " (" + left.getMessage() + ")");
        }
    }
}

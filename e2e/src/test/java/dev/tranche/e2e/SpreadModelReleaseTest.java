package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Another version of the spread model is released while a desk trades by the one before.
class SpreadModelReleaseTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STRATEGY = "btc_mm_glft_v1.0";
    private static final String TREES = "btc_spread_xgb_v1.0";
    private static final String NAMELESS = "btc_spread_xgb_v1.1";
    private static final String CONSTANT = "btc_spread_xgb_v1.2";
    private static final Path EXAMPLE = Product.ROOT.resolve("examples/market").resolve(TREES);
    /// What the second model answers whatever it is asked, in basis points.
    private static final double SPREAD = 9;
    /// Of the list of quotes.
    private static final double DIGITS = 1e-4;

    private static final int STRATEGY_COLUMN = 1;
    private static final int HALF_COLUMN = 9;
    private static final int SPREAD_COLUMN = 10;
    private static final int MODEL_COLUMN = 11;

    @TempDir
    private Path data;

    @TempDir
    private Path work;

    @Test
    @Promise("002 §策略优化 Day 15-17 XGBoost价差预测部署: a version of the spread model is deployed by its route while the desk"
            + " trades, and the journal says which version decided each quote")
    void theReleasedModelDecidesFromThenOnAndTheJournalSaysWhichOneDecidedEachQuote()
            throws IOException, InterruptedException {
        TradingDesk desk = TradingDesk.in(work, Duration.ofMinutes(5));
        try (Product server = Product.start(data)) {
            server.must("register", EXAMPLE.toString());
            server.must("register", constant(NAMELESS, List.of()).toString());
            server.must("register", constant(CONSTANT, features()).toString());
            desk.register(
                    server, STRATEGY, "  spread: {source: model, product: btc_spread, low_bps: 0.01, late: 60s}\n");
            release(desk, server, TREES);
            release(desk, server, STRATEGY);
            MarketMaker engine = desk.start(desk.configure("""
                      server: %s
                      token_file: %s
                    """.formatted(server.url, desk.token(server))));
            try {
                TradingDesk.seen(engine, "quotes by the first model", now -> asked(now, TREES) > 20);
                release(desk, server, NAMELESS);
                TradingDesk.seen(
                        engine,
                        "a model of features that nobody knows refused, and the one before in force",
                        now -> now.at("/server/refused").toString().contains(NAMELESS + ": a spread model's inputs")
                                && asked(now, TREES) > 0);
                release(desk, server, CONSTANT);
                JsonNode swapped =
                        TradingDesk.seen(engine, "the second model in force", now -> asked(now, CONSTANT) > 0);
                double before = asked(swapped, CONSTANT);
                TradingDesk.seen(engine, "quotes by the second model", now -> asked(now, CONSTANT) > before + 20);
                assertThat(engine.stop()).isEqualTo(143);
            } finally {
                engine.kill();
            }
        }
        journal(desk);
    }

    /// A version goes live for everybody at once.
    private static void release(TradingDesk desk, Product server, String version)
            throws IOException, InterruptedException {
        String strategy = List.of(TREES, STRATEGY).contains(version) ? "first" : "blue-green";
        String id = desk.rollout(
                server,
                "rollout: {candidate: " + version + ", strategy: " + strategy
                        + ", stages: [{mode: live, share: 100%, dwell: 0s}], bake: 0s}\n");
        TradingDesk.rollout(server, id, "COMPLETED");
    }

    /// How many quotes the model in force has answered for, while it is this version; -1 while it is not.
    private static double asked(JsonNode desk, String version) {
        JsonNode spread = desk.at("/strategies/0/spread");
        return spread.path("version").asString("").equals(version)
                        && spread.path("source").asString("").equals("model")
                ? spread.path("answered").asDouble()
                : -1;
    }

    private static List<String> features() {
        return JSON.readTree(EXAMPLE.resolve("features.json").toFile())
                .path("features")
                .valueStream()
                .map(feature -> feature.path("name").asString())
                .toList();
    }

    /// The example with another model in it, one without trees, and its answers to the example's rows.
    ///
    /// @param features what the model calls its inputs
    private Path constant(String name, List<String> features) throws IOException {
        Path folder = Files.createDirectories(work.resolve(name));
        Files.copy(EXAMPLE.resolve("features.json"), folder.resolve("features.json"));
        Files.writeString(
                folder.resolve("model.yaml"),
                Files.readString(EXAMPLE.resolve("model.yaml"))
                        .replace(TREES, name)
                        .replace("model.ubj", "model.json"));
        Files.writeString(folder.resolve("model.json"), """
                {"version":[3,0,4],"learner":{"attributes":{},"feature_names":%s,"feature_types":%s,
                 "gradient_booster":{"name":"gbtree","model":{"gbtree_model_param":{"num_trees":"0","num_parallel_tree":"1"},
                  "trees":[],"tree_info":[],"iteration_indptr":[0]}},
                 "learner_model_param":{"base_score":"%s","num_class":"0","num_feature":"%d","num_target":"1"},
                 "objective":{"name":"reg:squarederror","reg_loss_param":{"scale_pos_weight":"1"}}}}""".formatted(
                        JSON.valueToTree(features),
                        JSON.valueToTree(features.stream().map(_ -> "float").toList()),
                        SPREAD,
                        features().size()));
        ArrayNode answer = JSON.createArrayNode().add(SPREAD);
        try (Stream<String> rows = Files.lines(EXAMPLE.resolve("samples.jsonl"), StandardCharsets.UTF_8)) {
            Files.write(
                    folder.resolve("samples.jsonl"),
                    rows.map(row -> ((ObjectNode) JSON.readTree(row))
                                    .set("margin", answer)
                                    .toString())
                            .map(row -> ((ObjectNode) JSON.readTree(row))
                                    .set("output", answer)
                                    .toString())
                            .toList());
        }
        return folder;
    }

    /// The journal's quotes: by the first model up to the release, by the second from there on, each with its spread.
    private void journal(TradingDesk desk) throws IOException, InterruptedException {
        Path list = work.resolve("quotes.csv");
        Product.Ran replay =
                Product.launch("market", "replay", desk.data().toString(), "--quotes", list.toString(), "--json");
        assertThat(replay.exit()).as(replay.output()).isZero();
        assertThat(replay.json().path("verdict").asString()).isEqualTo("EXACT");
        assertThat(replay.json().path("hashes").asInt()).isGreaterThan(5);
        List<String[]> quotes = Files.readAllLines(list).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
        assertThat(quotes)
                .allSatisfy(quote -> assertThat(quote[STRATEGY_COLUMN]).isEqualTo(STRATEGY));
        List<String> models = quotes.stream()
                .filter(quote -> quote[SPREAD_COLUMN].equals("model"))
                .map(quote -> quote[MODEL_COLUMN])
                .toList();
        assertThat(models).contains(TREES, CONSTANT).doesNotContain(NAMELESS).isSorted();
        assertThat(quotes.stream().filter(quote -> !quote[SPREAD_COLUMN].equals("model")))
                .allSatisfy(quote -> assertThat(quote[MODEL_COLUMN]).isEmpty());
        // Calm, usual or wild: what a regime multiplies a spread by.
        assertThat(quotes.stream().filter(quote -> quote[MODEL_COLUMN].equals(CONSTANT)))
                .allSatisfy(quote -> assertThat(List.of(0.8, 1.0, 1.5))
                        .anySatisfy(regime -> assertThat(Double.parseDouble(quote[HALF_COLUMN]))
                                .isCloseTo(SPREAD / 2 * regime, within(DIGITS))));
    }
}

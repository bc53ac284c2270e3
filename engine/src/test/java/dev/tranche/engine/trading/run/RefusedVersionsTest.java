package dev.tranche.engine.trading.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.UpperServer;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.SecretBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A strategy or a model of a spread that cannot be used: named in status and metrics, and the one before stays.
@Timeout(120)
class RefusedVersionsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void recorded() throws Exception {
        Trading.stream(folder, "BTCUSDT", 7, 1500);
        Trading.stream(folder, "ETHUSDT", 8, 1500);
    }

    private static String strategy(String version, String symbol) {
        return Trading.strategy("btc_mm_glft_" + version, "binance", symbol, 0.01, 0.001);
    }

    private static JsonNode first(MarketMaker maker) {
        return Trading.status(maker).path("strategies").path(0);
    }

    private static String refused(MarketMaker maker) {
        return Trading.status(maker).path("server").path("refused").toString();
    }

    private static String gauge(MarketMaker maker) throws Exception {
        return Trading.ask(maker.port(), "GET", "/metrics", "", "")
                .body()
                .lines()
                .filter(line -> line.startsWith("trading_versions_refused "))
                .findFirst()
                .orElse("");
    }

    private static Map<String, byte[]> model(String name, String from, String to) {
        Map<String, String> files = new TreeMap<>();
        files.put("model.yaml", """
                {"file":"model.pmml","format":"pmml","label":{"definition":"a spread","name":"spread_bps","positive":"none"},\
                "name":"%s","output":"value"}""".formatted(name));
        files.put("features.json", """
                {"features":[{"missing":"reject","name":"current_imbalance","range":[-1,1],"type":"number"},\
                {"missing":"reject","name":"sample_millis","range":[100,100],"type":"number"}]}""");
        files.put("model.pmml", """
                <PMML version="4.4"><Header/>
                  <DataDictionary>
                    <DataField name="current_imbalance" optype="continuous" dataType="double"/>
                    <DataField name="sample_millis" optype="continuous" dataType="double"/>
                    <DataField name="y" optype="continuous" dataType="double"/>
                  </DataDictionary>
                  <RegressionModel functionName="regression">
                    <MiningSchema>
                      <MiningField name="current_imbalance"/><MiningField name="sample_millis"/>
                      <MiningField name="y" usageType="target"/>
                    </MiningSchema>
                    <RegressionTable intercept="9">
                      <NumericPredictor name="current_imbalance" coefficient="2"/>
                      <NumericPredictor name="sample_millis" coefficient="0"/>
                    </RegressionTable>
                  </RegressionModel>
                </PMML>""");
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((file, text) -> bytes.put(file, text.replace(from, to).getBytes(UTF_8)));
        return bytes;
    }

    private static void move(UpperServer server, int epoch, String from, String to) throws Exception {
        String name = "btc_spread_linear_v1." + epoch;
        server.folder(name, model(name, from, to));
        server.move("{\"product\":\"btc_spread\",\"epoch\":" + epoch + ",\"model\":{\"live\":\"" + name + "\"}}");
    }

    private TradingLaunch following(UpperServer server) throws Exception {
        Trading.strategyFolder(
                folder,
                "one",
                strategy("v1.0", "BTCUSDT")
                        .replace("{source: theory}", "{source: model, product: btc_spread, late: 10s}"));
        Path token = Files.writeString(folder.resolve("server.token"), UpperServer.TOKEN);
        return new TradingLaunch(
                Trading.config(folder, "real", List.of("one"), ""),
                Set.of(TradingLaunch.Role.ENGINE),
                SecretBox.none(),
                Optional.of(server.url()),
                Optional.of(token),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    @Test
    void aModelIsRefusedWhenItIsReadAStrategyByTheLoopAndThoseBeforeStayInForce() throws Exception {
        try (UpperServer server = UpperServer.open()) {
            move(server, 0, "", "");
            try (MarketMaker maker = MarketMaker.start(following(server), Ticks.system())) {
                awaitModel(maker, "btc_spread_linear_v1.0");
                refuse(
                        maker,
                        server,
                        1,
                        "spread_bps",
                        "bad",
                        "answers a value named spread_bps: btc_spread_linear_v1.1");
                refuse(maker, server, 2, "current_imbalance", "moon_phase", "asks for moon_phase");
                refuse(maker, server, 3, "\"range\":[100,100],", "\"range\":[100,100],,", "features.json");
                refuse(maker, server, 4, "<NumericPredictor name=\"sample_millis\" coefficient=\"0\"/>", "<Wild/>", "");
                assertThat(gauge(maker)).isEqualTo("trading_versions_refused 1.0");

                move(server, 5, "", "");
                awaitModel(maker, "btc_spread_linear_v1.5");
                Trading.await("no model is refused", () -> refused(maker).isEmpty());

                Trading.strategyFolder(folder, "one", strategy("v1.1", "DOGEUSDT"));
                maker.desk().orElseThrow().feed().look();
                Trading.await(
                        "refused",
                        () -> refused(maker)
                                .contains(
                                        "btc_mm_glft_v1.1 was refused: the desk does not know the contract binance:DOGEUSDT"));
                assertThat(first(maker).path("name").asString()).isEqualTo("btc_mm_glft_v1.0");
                assertThat(maker.desk().orElseThrow().feed().at(0).orElseThrow().name())
                        .as("as the server is told")
                        .isEqualTo("btc_mm_glft_v1.0");
                maker.desk().orElseThrow().feed().look();
                assertThat(Trading.ask(maker.port(), "GET", "/health", "", "").body())
                        .contains("DOGEUSDT");

                Trading.strategyFolder(folder, "one", strategy("v1.2", "ETHUSDT"));
                maker.desk().orElseThrow().feed().look();
                Trading.await(
                        "v1.2", () -> first(maker).path("name").asString("").equals("btc_mm_glft_v1.2"));
                Trading.await("nothing is refused", () -> refused(maker).isEmpty());
                assertThat(gauge(maker)).isEqualTo("trading_versions_refused 0.0");
            }
        }
        assertThat(Trading.replay(folder).difference()).isEmpty();
    }

    private static void awaitModel(MarketMaker maker, String name) {
        Trading.await(
                name,
                () -> first(maker).path("spread").path("version").asString("").equals(name));
    }

    private static void refuse(MarketMaker maker, UpperServer server, int epoch, String from, String to, String why)
            throws Exception {
        move(server, epoch, from, to);
        String name = "btc_spread_linear_v1." + epoch;
        Trading.await("refused " + name, () -> refused(maker).contains(name));
        assertThat(refused(maker)).contains(why);
        awaitModel(maker, "btc_spread_linear_v1.0");
    }
}

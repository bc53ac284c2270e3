package dev.tranche.engine.trading.run;

import dev.tranche.engine.trading.terms.TradingKeys;
import dev.tranche.engine.upstream.ServerException;
import dev.tranche.engine.upstream.TrancheServer;
import dev.tranche.runtime.config.Config;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An engine in another process, as its doors tell it.
///
/// @param engine its doors
record RemoteDesk(TrancheServer engine) implements RiskMonitorProcess.Watched {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// The engine that a configuration names.
    ///
    /// @throws IllegalArgumentException when it names none
    static RemoteDesk of(TradingLaunch launch, Config config) {
        String url = config.value(TradingKeys.ENGINE);
        String file = config.value(TradingKeys.ENGINE_TOKEN);
        if (url.isEmpty()) {
            throw new IllegalArgumentException(
                    "a risk monitor in a process of its own needs trading.engine, the URL of the engine it watches");
        }
        Path token = file.isEmpty()
                ? launch.data(config).resolve("operator.token")
                : launch.folder().resolve(file);
        return new RemoteDesk(TrancheServer.at(URI.create(url), token));
    }

    @Override
    public JsonNode status() throws IOException, InterruptedException {
        return engine.json("/api/v1/desk");
    }

    @Override
    public String kill(String who, String reason) throws IOException, InterruptedException {
        try {
            engine.post(
                    "/api/v1/desk/kill",
                    "application/json",
                    JSON.writeValueAsString(Map.of("who", who, "reason", reason)));
            return "";
        } catch (ServerException e) {
            if (e.status() / 100 == 4) {
                return String.valueOf(e.getMessage());
            }
            throw e;
        }
    }
}

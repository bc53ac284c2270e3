package dev.tranche.engine;

import dev.tranche.engine.divergence.CalibrationReader;
import dev.tranche.engine.divergence.CalibrationVersion;
import dev.tranche.engine.divergence.EngineKeys;
import dev.tranche.engine.feed.Pace;
import dev.tranche.engine.upstream.TrancheServer;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.config.ConfigWatch;
import dev.tranche.runtime.config.SecretBox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the command line says; a flag wins over the configuration.
///
/// @param config `engine.yaml`
/// @param secrets keys that open its secrets
/// @param server URL of the server to follow
/// @param tokenFile file with the token for it
/// @param data folder of the record log
/// @param host address to listen on
/// @param port port to listen on
/// @param pace how fast files are played
/// @param lines whether what is told is written to the log `dev.tranche.signals` as well, a line of JSON
///     each
public record Launch(
        Path config,
        SecretBox secrets,
        Optional<String> server,
        Optional<Path> tokenFile,
        Optional<Path> data,
        Optional<String> host,
        Optional<Integer> port,
        Optional<Pace> pace,
        boolean lines) {
    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);
    private static final int LONGEST_NAME = 40;

    /// A configuration and nothing else.
    public static Launch of(Path config) {
        return new Launch(
                config,
                SecretBox.none(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    /// Where relative names of the configuration start.
    public Path folder() {
        return config.toAbsolutePath().resolveSibling("");
    }

    /// Opens the configuration. The last good one is kept in the data folder.
    public ConfigWatch open() throws IOException {
        if (!Files.exists(config)) {
            throw new IOException("there is no configuration " + config);
        }
        Path folder = data.orElse(
                folder().resolve(ConfigWatch.peek(config, EngineKeys.DATA).orElseGet(EngineKeys.DATA::fallback)));
        Files.createDirectories(folder);
        return ConfigWatch.open(config, folder.resolve("config.last-good.yaml"), EngineKeys.SCHEMA, secrets);
    }

    /// The data folder.
    public Path data(Config read) {
        return data.orElseGet(() -> folder().resolve(read.value(EngineKeys.DATA)));
    }

    /// The server to follow, when there is one.
    public Optional<TrancheServer> server(Config read) {
        String url = server.orElseGet(() -> read.value(EngineKeys.SERVER));
        if (url.isEmpty()) {
            return Optional.empty();
        }
        String named = read.value(EngineKeys.TOKEN_FILE);
        Path token = tokenFile.orElseGet(() -> folder().resolve(named));
        if (tokenFile.isEmpty() && named.isEmpty()) {
            throw new IllegalArgumentException(
                    "a server is followed with a token: give --token-file or" + " divergence.token_file: " + url);
        }
        return Optional.of(TrancheServer.at(URI.create(url), token));
    }

    /// The calibration to use without a server; [CalibrationVersion#NONE] when none is named.
    public CalibrationVersion calibration(Config read) throws IOException {
        String named = read.value(EngineKeys.CALIBRATION);
        if (named.isEmpty()) {
            LOG.warn("calibration.none signals=without-forecasts");
            return CalibrationVersion.NONE;
        }
        return CalibrationReader.folder(folder().resolve(named));
    }

    /// What the doors ask for. Beyond the loopback interface they ask for something.
    Optional<String> accessToken(Config read) throws IOException {
        String named = read.value(EngineKeys.ACCESS_FILE);
        String address = host.orElseGet(() -> read.value(EngineKeys.HOST));
        if (!named.isEmpty()) {
            return Optional.of(Files.readString(folder().resolve(named)).strip());
        }
        if (!InetAddress.getByName(address).isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "beyond the loopback interface the doors ask for a token: set divergence.access_file: " + address);
        }
        return Optional.empty();
    }

    /// This machine's name, which stays the same over restarts.
    String place() {
        try {
            String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
            return name.substring(0, Math.min(LONGEST_NAME, name.length()));
        } catch (UnknownHostException e) {
            LOG.debug("host.unnamed", e);
            return "engine";
        }
    }

    /// Another name at each start.
    String sender(Instant started) {
        return place() + "-" + started.toEpochMilli();
    }
}

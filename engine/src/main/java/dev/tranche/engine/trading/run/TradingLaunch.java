package dev.tranche.engine.trading.run;

import dev.tranche.engine.feed.Pace;
import dev.tranche.engine.trading.terms.TradingKeys;
import dev.tranche.engine.upstream.TrancheServer;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.config.ConfigWatch;
import dev.tranche.runtime.config.SecretBox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the command line says; a flag wins over the configuration.
///
/// @param config `trading.yaml`
/// @param roles what this process is
/// @param anew whether a new desk begins though the journal holds one
public record TradingLaunch(
        Path config,
        Set<Role> roles,
        SecretBox secrets,
        Optional<String> server,
        Optional<Path> tokenFile,
        Optional<Path> data,
        Optional<String> host,
        Optional<Integer> port,
        Optional<Pace> pace,
        boolean anew) {
    private static final Logger LOG = LoggerFactory.getLogger(TradingLaunch.class);
    private static final int LONGEST_NAME = 40;
    private static final int TOKEN_BYTES = 24;

    /// What a process of market making may be; one may be all of them.
    public enum Role {
        ENGINE,
        RISK_MONITOR,
        MARKET_DATA;

        /// As it is written: `risk-monitor`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// @throws IllegalArgumentException when it is none
        public static Role parse(String word) {
            for (Role role : values()) {
                if (role.word().equals(word)) {
                    return role;
                }
            }
            throw new IllegalArgumentException("a role is one of engine, risk-monitor, market-data: " + word);
        }
    }

    public TradingLaunch {
        roles = Set.copyOf(roles);
    }

    /// A configuration and nothing else, in every role.
    public static TradingLaunch of(Path config) {
        return new TradingLaunch(
                config,
                Set.of(Role.values()),
                SecretBox.none(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /// Where relative names of the configuration start.
    public Path folder() {
        return config.toAbsolutePath().resolveSibling("");
    }

    /// Opens the configuration. The last good one is kept in the data folder.
    ConfigWatch open() throws IOException {
        if (!Files.exists(config)) {
            throw new IOException("there is no configuration " + config);
        }
        Path folder = data.orElse(
                folder().resolve(ConfigWatch.peek(config, TradingKeys.DATA).orElseGet(TradingKeys.DATA::fallback)));
        Files.createDirectories(folder);
        return ConfigWatch.open(config, folder.resolve("config.last-good.yaml"), TradingKeys.SCHEMA, secrets);
    }

    /// The data folder.
    public Path data(Config read) {
        return data.orElseGet(() -> folder().resolve(read.value(TradingKeys.DATA)));
    }

    String host(Config read) {
        return host.orElseGet(() -> read.value(TradingKeys.HOST));
    }

    /// The port of the first role; the risk monitor alone takes the next, market data alone the one after.
    int port(Config read) {
        int base = port.orElseGet(() -> {
            int said = Math.toIntExact(read.value(TradingKeys.PORT));
            boolean alone = roles.size() == 1 && said != 0;
            return said
                    + (alone && roles.contains(Role.RISK_MONITOR) ? 1 : 0)
                    + (alone && roles.contains(Role.MARKET_DATA) ? 2 : 0);
        });
        return base;
    }

    /// The server above, when there is one.
    Optional<TrancheServer> server(Config read) {
        String url = server.orElseGet(() -> read.value(TradingKeys.SERVER));
        if (url.isEmpty()) {
            return Optional.empty();
        }
        String named = read.value(TradingKeys.TOKEN_FILE);
        if (tokenFile.isEmpty() && named.isEmpty()) {
            throw new IllegalArgumentException(
                    "a server is followed with a token: give --token-file or trading.token_file: " + url);
        }
        return Optional.of(TrancheServer.at(URI.create(url), tokenFile.orElseGet(() -> folder().resolve(named))));
    }

    /// The token that orders of people need: of the file that is named, else one that is made once, readable
    /// by its owner alone. Processes that start at once on one folder have the same.
    String accessToken(Config read) throws IOException {
        String named = read.value(TradingKeys.ACCESS_FILE);
        if (!named.isEmpty()) {
            return Files.readString(folder().resolve(named)).strip();
        }
        Path file = data(read).resolve("operator.token");
        if (!Files.exists(file)) {
            byte[] random = new byte[TOKEN_BYTES];
            new SecureRandom().nextBytes(random);
            Path whole = Files.createTempFile(
                    data(read),
                    "operator.",
                    ".token",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(whole, HexFormat.of().formatHex(random) + "\n", StandardOpenOption.TRUNCATE_EXISTING);
            try {
                Files.createLink(file, whole);
                LOG.info("token.made file={}", file);
            } catch (FileAlreadyExistsException e) {
                LOG.debug("token.made-elsewhere file={}", file, e);
            } finally {
                Files.delete(whole);
            }
        }
        return Files.readString(file).strip();
    }

    /// The token of other processes of this desk: of the file that is named, else ours.
    String engineToken(Config read) throws IOException {
        String named = read.value(TradingKeys.ENGINE_TOKEN);
        return named.isEmpty()
                ? accessToken(read)
                : Files.readString(folder().resolve(named)).strip();
    }

    /// Whether doors that only show are open without a token.
    boolean loopback(Config read) throws UnknownHostException {
        return InetAddress.getByName(host(read)).isLoopbackAddress();
    }

    /// Another name at each start.
    String sender(Instant started) {
        return place() + "-" + started.toEpochMilli();
    }

    private static String place() {
        try {
            String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
            return name.substring(0, Math.min(LONGEST_NAME, name.length()));
        } catch (UnknownHostException e) {
            LOG.debug("host.unnamed", e);
            return "engine";
        }
    }
}

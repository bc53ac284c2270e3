package dev.tranche.engine;

import dev.tranche.engine.feed.Pace;
import dev.tranche.runtime.config.SecretBox;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// The options that the commands of the detector share.
final class LaunchOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "configuration, engine.yaml, with conf.d/*.yaml beside it; the flags here win over it")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(
            names = "--config-keys",
            paramLabel = "FILE",
            description = "keys that open its secrets, mode 0600 (default: the variable TRANCHE_CONFIG_KEYS)")
    private Optional<Path> keys = Optional.empty();

    @Option(names = "--server", paramLabel = "URL", description = "server whose route is followed")
    private Optional<String> server = Optional.empty();

    @Option(names = "--token-file", paramLabel = "FILE", description = "token for that server, roles view and measure")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "folder of the record log")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--host", description = "address to listen on (default: 127.0.0.1)")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", description = "port to listen on, 0 picks one (default: 8090)")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--pace",
            paramLabel = "real|20x|fast",
            description = "how fast files are played, instead of what the streams say")
    private Optional<String> pace = Optional.empty();

    private LaunchOptions() {}

    /// What was said.
    Launch launch(CommandLine command, Map<String, String> environment) {
        try {
            SecretBox secrets = keys.isPresent()
                    ? SecretBox.fromFile(keys.get())
                    : Optional.ofNullable(environment.get("TRANCHE_CONFIG_KEYS"))
                            .map(SecretBox::fromText)
                            .orElseGet(SecretBox::none);
            return new Launch(config, secrets, server, tokenFile, data, host, port, pace.map(Pace::parse), true);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }
}

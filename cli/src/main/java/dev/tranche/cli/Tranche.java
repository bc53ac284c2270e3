package dev.tranche.cli;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The root: the options every command takes.
@Command(
        name = "tranche",
        version = "tranche 0.1.0",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Takes a trained model from a file to money, safely.%n",
        footer = {
            "",
            "Started by the launcher itself (each with --help):",
            "  serve        Start a server on this machine.",
            "  demo         Build, start, and show the whole story on real data.",
            "  parity       Compare our inference with recorded answers of the genuine libraries.",
            "  bench        Measure, beside a peer.",
            "  test         Run every check and every test.",
            "  build        Build everything; format: format the sources.",
            "",
            "Exit codes: 0 done, 1 refused, 2 usage, 3 unreachable.",
        })
final class Tranche implements Runnable {
    private final World world;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The server; else TRANCHE_URL, else " + Target.STANDARD + ".")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = ScopeType.INHERIT,
            description = "Who asks; else TRANCHE_TOKEN, else admin.token in the data folder.")
    private @Nullable String token;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The server's data folder; else ./.tranche, else ./data.")
    private @Nullable Path data;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer in JSON, one document a line.")
    private boolean json;

    Tranche(World world) {
        this.world = world;
    }

    boolean json() {
        return json;
    }

    Session session() {
        Supplier<Target> target = () -> Target.of(world, url, token, data);
        return new Session(world, () -> target.get().client(), json);
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not say what was parsed");
        }
        throw new ParameterException(spec.commandLine(), "Say what to do: a command is missing.");
    }
}

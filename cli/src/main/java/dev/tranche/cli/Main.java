package dev.tranche.cli;

import dev.tranche.cli.command.Commands;
import dev.tranche.cli.http.Problem;
import dev.tranche.cli.http.RefusedException;
import dev.tranche.cli.http.UnreachableException;
import dev.tranche.cli.screen.Text;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.node.JsonNodeFactory;

/// `tranche`: reads the command line, runs one command, ends with an [Exit].
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        World world = World.ofProcess();
        int code = run(world, arguments);
        world.out().flush();
        world.err().flush();
        System.exit(code);
    }

    /// Runs a command line in a world and returns its exit code.
    public static int run(World world, String... arguments) {
        return commandLine(world).execute(arguments);
    }

    /// The whole tree of commands, also for the page that lists them.
    public static CommandLine commandLine(World world) {
        Tranche root = new Tranche(world);
        CommandLine line = new CommandLine(root);
        Commands.addTo(line, root::session);
        line.setOut(world.out());
        line.setErr(world.err());
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(world.screen().ink().on() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(
                world.screen().terminal() ? Math.clamp(world.screen().columns(), 60, 120) : 100);
        line.setUsageHelpAutoWidth(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(
                (failure, _, _) -> ended(world, root.json(), failure).code());
        return line;
    }

    /// Says why a command ended without doing what was asked.
    private static Exit ended(World world, boolean json, Exception failure) {
        return switch (failure) {
            case RefusedException refused -> {
                tell(world, json, refused.problem());
                yield Exit.REFUSED;
            }
            case UnreachableException unreachable -> {
                tell(world, json, Problem.local("unreachable", message(unreachable)));
                yield Exit.UNREACHABLE;
            }
            case MisuseException misuse -> {
                tell(world, json, Problem.local("usage", message(misuse)));
                yield Exit.USAGE;
            }
            case UncheckedIOException broken -> {
                tell(world, json, Problem.local("file", message(broken) + ": " + message(broken.getCause())));
                yield Exit.USAGE;
            }
            default -> throw new IllegalStateException("a defect in this program", failure);
        };
    }

    private static void tell(World world, boolean json, Problem problem) {
        if (json) {
            world.out().println(JsonNodeFactory.instance.objectNode().set("problem", problem.json()));
            return;
        }
        int columns = world.screen().terminal() ? world.screen().columns() : Integer.MAX_VALUE;
        for (String line : Text.wrapped("tranche: " + problem.sentences(), columns)) {
            world.err().println(world.screen().ink().red(line));
        }
        if (!problem.hint().isEmpty()) {
            Text.wrapped(problem.hint(), columns).forEach(world.err()::println);
        }
    }

    private static String message(@Nullable Throwable failure) {
        if (failure == null) {
            return "no cause given";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}

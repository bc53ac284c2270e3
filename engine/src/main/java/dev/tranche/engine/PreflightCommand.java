package dev.tranche.engine;

import dev.tranche.engine.preflight.Point;
import dev.tranche.engine.preflight.Preflight;
import dev.tranche.runtime.clock.Ticks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tranche divergence preflight`: what must be right before a detector is started or its rollout goes
/// on, point by point. Exit code 1 when a point failed.
@Command(
        name = "preflight",
        description = "Checks files, calibration, metric names, server, clock, disk, data and closure.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PreflightCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private LaunchOptions options;

    @Option(
            names = "--deploy",
            paramLabel = "DIR",
            description = "folder with prometheus/ and grafana/ (default: deploy, as shipped)")
    private Path deploy = Path.of(System.getProperty("tranche.root", "."), "deploy");

    @Option(
            names = "--running",
            paramLabel = "URL",
            description =
                    "address of a running detector to ask (default: one is started on the side for a few seconds)")
    private String running = "";

    @Option(
            names = "--seconds",
            description = "how long to wait for data (default: ${DEFAULT-VALUE})",
            defaultValue = "20")
    private int seconds;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private PreflightCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Launch launch = options.launch(spec.commandLine(), System.getenv());
        List<Point> points = PreflightRun.of(launch, Ticks.system(), deploy, running, seconds);
        out.print(Preflight.table(points));
        out.flush();
        return points.stream().allMatch(Point::passed) ? 0 : 1;
    }
}

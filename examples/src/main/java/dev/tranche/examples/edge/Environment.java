package dev.tranche.examples.edge;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// What the numbers were measured on.
final class Environment {
    private Environment() {}

    static void print(PrintStream out) {
        out.printf("environment%n");
        out.printf("  %s %s%n", System.getProperty("java.vm.name"), System.getProperty("java.vm.version"));
        out.printf("  %s %s", System.getProperty("os.name"), System.getProperty("os.arch"));
        out.printf(Locale.ROOT, ", %d processors", Runtime.getRuntime().availableProcessors());
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        out.printf(Locale.ROOT, ", load %.2f before the run%n", load);
        out.printf("  server and caller on this machine, one connection kept open, the decision journalled%n");
    }
}

package dev.tranche.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a benchmark prints, always in this order: the environment, whether the contenders are correct, the
/// numbers. As text for people, or with `--json` as one object a line.
public final class Report {
    private final String bench;
    private final boolean json;
    private final PrintStream out;

    private Report(String bench, boolean json, PrintStream out) {
        this.bench = bench;
        this.json = json;
        this.out = out;
    }

    /// A report that prints to `out` and has already printed its environment line.
    public static Report open(String bench, boolean json, PrintStream out) {
        Report report = new Report(bench, json, out);
        report.environment();
        return report;
    }

    private void environment() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cpu", firstField("/proc/cpuinfo", "model name"));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", firstField("/proc/meminfo", "MemTotal"));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("java", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"));
        facts.put(
                "load",
                String.format(
                        Locale.ROOT,
                        "%.2f",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        if (json) {
            String body = facts.entrySet().stream()
                    .map(fact -> quote(fact.getKey()) + ":" + quote(fact.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
            out.println("{\"bench\":" + quote(bench) + ",\"environment\":" + body + "}");
        } else {
            out.println("environment");
            facts.forEach((name, value) -> out.printf(Locale.ROOT, "  %-8s %s%n", name, value));
        }
    }

    /// Says whether the contenders' answers agree; `detail` names what was compared and the largest
    /// difference.
    public void correct(boolean correct, String detail) {
        if (json) {
            out.println(
                    "{\"bench\":" + quote(bench) + ",\"correct\":" + correct + ",\"detail\":" + quote(detail) + "}");
        } else {
            out.println("correctness");
            out.println("  " + (correct ? "ok    " : "WRONG ") + detail);
            out.println("numbers");
        }
    }

    /// One number: of which case, for which contender (with its version), in which unit.
    public void number(String name, String contender, double value, String unit) {
        if (json) {
            out.println("{\"bench\":" + quote(bench) + ",\"case\":" + quote(name) + ",\"contender\":" + quote(contender)
                    + ",\"value\":" + String.format(Locale.ROOT, "%.6g", value) + ",\"unit\":" + quote(unit) + "}");
        } else {
            out.printf(Locale.ROOT, "  %-26s %-34s %14s %s%n", name, contender, human(value), unit);
        }
    }

    /// A sentence that belongs between the numbers: a contender that is absent, a limit of the measurement.
    public void remark(String text) {
        if (json) {
            out.println("{\"bench\":" + quote(bench) + ",\"remark\":" + quote(text) + "}");
        } else {
            out.println("  · " + text);
        }
    }

    private static String human(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String firstField(String file, String name) {
        try (java.util.stream.Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException absent) {
            return "unknown";
        }
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"';
    }
}

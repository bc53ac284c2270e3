package dev.tranche.bench.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Official numbers, by JMH: each case in a process of its own, after warming up, with the allocation of its
/// profiler.
///
/// @param forks processes a case; 0 runs in this one
/// @param iterations measured, as many as are for warming up
/// @param length of an iteration
record Jmh(int forks, int iterations, TimeValue length) {
    /// Measures the contenders at these places for calls of `rows` rows.
    List<Measured> measure(Subject subject, List<Contender> contenders, List<Integer> places, int rows, int tableRows)
            throws RunnerException {
        List<Measured> all = new ArrayList<>();
        String[] properties = {
            "-D" + ScoreBenchmark.FILE + "=" + subject.file(),
            "-D" + ScoreBenchmark.SUBJECT + "=" + subject.name(),
            "-D" + ScoreBenchmark.TABLE_ROWS + "=" + tableRows
        };
        if (forks == 0) {
            System.setProperty(ScoreBenchmark.FILE, subject.file().toString());
            System.setProperty(ScoreBenchmark.SUBJECT, subject.name());
            System.setProperty(ScoreBenchmark.TABLE_ROWS, Integer.toString(tableRows));
        }
        for (int place : places) {
            Options options = new OptionsBuilder()
                    .include("\\Q" + ScoreBenchmark.class.getName() + ".score\\E")
                    .param("contender", Integer.toString(place))
                    .param("rows", Integer.toString(rows))
                    .mode(Mode.AverageTime)
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .forks(forks)
                    .warmupIterations(iterations)
                    .warmupTime(length)
                    .measurementIterations(iterations)
                    .measurementTime(length)
                    .addProfiler(GCProfiler.class)
                    .jvmArgsAppend(properties)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build();
            RunResult result = new Runner(options).runSingle();
            Contender contender = contenders.get(place);
            double nanos = result.getPrimaryResult().getScore() / rows;
            double bytes = allocated(result) / rows;
            all.add(new Measured(subject.name(), rows, contender.name(), contender.foreign(), nanos, bytes));
        }
        return all;
    }

    @SuppressWarnings("rawtypes") // JMH's map holds them so
    private static double allocated(RunResult result) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
    }
}

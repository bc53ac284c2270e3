package dev.tranche.bench.inference;

import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One contender scoring the table batch after batch. Run by [Jmh], which names the model in system
/// properties.
@State(Scope.Thread)
public class ScoreBenchmark {
    static final String FILE = "tranche.bench.file";
    static final String SUBJECT = "tranche.bench.subject";
    static final String TABLE_ROWS = "tranche.bench.rows";

    /// Place among the [Contenders].
    @Param("0")
    public int contender;

    /// Rows of a call.
    @Param("1")
    public int rows;

    private final Taken taken = new Taken();

    /// What a run works with.
    private static final class Taken {
        private Contenders contenders = Contenders.none();
        private Contender[] contender = {};
        private double[] margins = {};
        private int tableRows;
        private int first;
    }

    /// Reads the model.
    @Setup
    public void open() throws Exception {
        taken.tableRows = Integer.getInteger(TABLE_ROWS);
        Subject subject = new Subject(System.getProperty(SUBJECT), Path.of(System.getProperty(FILE)));
        taken.contenders = Contenders.of(subject, CreditTable.rows(taken.tableRows, InferenceBench.TABLE_SEED));
        taken.contender = new Contender[] {taken.contenders.all().get(contender)};
        taken.margins = new double[rows];
    }

    /// Scores the next rows of the table.
    @Benchmark
    public double[] score() throws Exception {
        taken.contender[0].score(taken.first, rows, taken.margins);
        taken.first = taken.first + 2 * rows > taken.tableRows ? 0 : taken.first + rows;
        return taken.margins;
    }

    /// Gives native memory back.
    @TearDown
    public void close() {
        taken.contenders.close();
    }
}

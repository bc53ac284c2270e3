package dev.tranche.examples.market;

import dev.tranche.market.spread.SpreadFeature;
import dev.tranche.market.spread.SpreadTarget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.zip.GZIPInputStream;

/// What `tranche market features` wrote, without the samples that have no target; in order of time, over all
/// files.
///
/// @param all the rows
/// @param horizonMillis that their targets look ahead
record SpreadRows(List<Row> all, long horizonMillis) {
    /// A sample.
    ///
    /// @param file it comes from
    /// @param nanos when it was taken, on the receiver's clock
    /// @param features by their places
    /// @param target a spread in basis points
    @SuppressWarnings("ArrayRecordComponent") // read only, a few times each
    record Row(String file, long nanos, double[] features, double target) {}

    /// @throws IllegalArgumentException when a column is missing or there is no row
    static SpreadRows read(Path csv, SpreadTarget target) throws IOException {
        List<Row> rows = new ArrayList<>();
        Set<Long> horizons = new TreeSet<>();
        try (BufferedReader in = open(csv)) {
            String first = in.readLine();
            List<String> header = first == null ? List.of() : Arrays.asList(first.split(","));
            int[] places = SpreadFeature.names().stream()
                    .mapToInt(name -> column(header, name))
                    .toArray();
            int file = column(header, "file");
            int nanos = column(header, "sampled_nanos");
            int horizon = column(header, "horizon_millis");
            int wanted = column(header, "target_" + target);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cells = line.split(",", -1);
                horizons.add(Long.parseLong(cells[horizon]));
                if (!cells[wanted].isEmpty()) {
                    double[] features = Arrays.stream(places)
                            .mapToDouble(place -> number(cells[place]))
                            .toArray();
                    rows.add(new Row(cells[file], Long.parseLong(cells[nanos]), features, number(cells[wanted])));
                }
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no row with a target " + target + " is in " + csv);
        }
        if (horizons.size() > 1) {
            throw new IllegalArgumentException("all rows must look equally far ahead: " + horizons + " ms");
        }
        rows.sort(Comparator.comparingLong(Row::nanos));
        return new SpreadRows(List.copyOf(rows), horizons.iterator().next());
    }

    private static BufferedReader open(Path csv) throws IOException {
        InputStream in = Files.newInputStream(csv);
        return new BufferedReader(new InputStreamReader(
                csv.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
    }

    private static int column(List<String> header, String name) {
        int column = header.indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException("there is no column " + name + " among " + header);
        }
        return column;
    }

    private static double number(String cell) {
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }

    long from() {
        return all.getFirst().nanos();
    }

    long to() {
        return all.getLast().nanos();
    }

    int size() {
        return all.size();
    }

    /// The rows taken at some times.
    SpreadRows at(LongPredicate times) {
        return new SpreadRows(
                all.stream().filter(row -> times.test(row.nanos())).toList(), horizonMillis);
    }

    /// The rows of one file.
    SpreadRows of(String file) {
        return new SpreadRows(
                all.stream().filter(row -> row.file().equals(file)).toList(), horizonMillis);
    }

    List<String> files() {
        return all.stream().map(Row::file).distinct().sorted().toList();
    }

    double[] targets() {
        return all.stream().mapToDouble(Row::target).toArray();
    }

    double[] feature(SpreadFeature feature) {
        return all.stream().mapToDouble(row -> row.features()[feature.place()]).toArray();
    }
}

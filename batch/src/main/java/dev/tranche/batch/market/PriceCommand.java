package dev.tranche.batch.market;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tranche market price --chain FILE...`: prices published chains of options again from their own
/// volatilities and forwards, and says how far the answers lie from the published marks and deltas.
@Command(
        name = "price",
        description = "Prices chains of Deribit options again from the published volatilities and futures.",
        mixinStandardHelpOptions = true)
public final class PriceCommand implements Callable<Integer> {
    @Option(
            names = "--chain",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Chains as CSV, plain or gzipped; one snapshot a file.")
    private List<Path> files = List.of();

    @Option(names = "--smiles", description = "Lays a smile through each expiry and looks for arbitrage.")
    private boolean smiles;

    @Option(names = "--left-out", description = "Names every row that was left out, and why.")
    private boolean leftOut;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private PriceCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<Chain> chains = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                err.println("there is no file " + file);
                return 2;
            }
            try {
                chains.add(Chain.read(file));
            } catch (IllegalArgumentException e) {
                err.println(e.getMessage());
                return 1;
            }
        }
        out.printf(
                "%-44s %7s %8s %12s %12s %12s%n",
                "file", "priced", "left out", "mark median", "mark p99", "delta median");
        for (Chain chain : chains) {
            line(out, chain.file().getFileName().toString(), chain.leftOut().size(), Chain.Distance.of(chain.quoted()));
            if (smiles) {
                print(out, Smiles.of(chain));
            }
            out.flush();
        }
        List<ChainRow.Quoted> all =
                chains.stream().flatMap(chain -> chain.quoted().stream()).toList();
        List<ChainRow.LeftOut> unpriced =
                chains.stream().flatMap(chain -> chain.leftOut().stream()).toList();
        line(out, "all together", unpriced.size(), Chain.Distance.of(all));
        reasons(out, unpriced);
        out.flush();
        return all.isEmpty() ? 1 : 0;
    }

    private static void line(PrintWriter out, String name, int left, Chain.Distance distance) {
        out.printf(
                Locale.ROOT,
                "%-44s %7d %8d %12.2e %12.2e %12.2e%n",
                name,
                distance.rows(),
                left,
                distance.markMedian(),
                distance.markHigh(),
                distance.deltaMedian());
    }

    private static void print(PrintWriter out, List<Smiles.Laid> laid) {
        for (Smiles.Laid each : laid) {
            out.printf(
                    Locale.ROOT,
                    "  %-4s %s  %4d quotes  a %9.6f  b %8.5f  rho %6.3f  m %7.4f  sigma %7.4f  error %.2f points%s%n",
                    each.coin(),
                    each.expiry().toString().substring(0, 10),
                    each.quotes(),
                    each.smile().a(),
                    each.smile().b(),
                    each.smile().rho(),
                    each.smile().m(),
                    each.smile().sigma(),
                    100 * each.error(),
                    each.faults().isEmpty() ? "" : "  " + String.join(", ", each.faults()));
        }
    }

    private void reasons(PrintWriter out, List<ChainRow.LeftOut> rows) {
        if (leftOut) {
            rows.forEach(row -> out.println("left out: " + row.name() + ": " + row.why()));
            return;
        }
        Map<String, Long> counts = rows.stream()
                .collect(Collectors.groupingBy(ChainRow.LeftOut::why, TreeMap::new, Collectors.counting()));
        counts.forEach((why, count) -> out.println("left out: " + count + " x " + why));
    }
}

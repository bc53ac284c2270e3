package dev.tranche.batch.market;

import dev.tranche.market.pricing.SmileChecks;
import dev.tranche.market.pricing.SviFit;
import dev.tranche.market.pricing.SviSmile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The smiles of a chain: one for each coin and expiry, laid through the published volatilities weighted by
/// vega.
final class Smiles {
    private static final int FEWEST = 5;

    private Smiles() {}

    /// A smile and how well it fits.
    ///
    /// @param coin the underlying
    /// @param years to the expiry
    /// @param quotes it was laid through
    /// @param low log-moneyness of the lowest quote, `high` of the highest
    /// @param error root of the mean squared distance of the volatilities, weighted by vega
    /// @param faults what would let somebody earn without risk where there are quotes, and against the
    ///     expiry before
    record Laid(
            String coin,
            Instant expiry,
            double years,
            int quotes,
            SviSmile smile,
            double low,
            double high,
            double error,
            List<String> faults) {
        SviFit.Earlier asEarlier() {
            return new SviFit.Earlier(smile, low, high);
        }
    }

    /// The smiles of a chain, coin by coin in the order of the expiries; expiries with fewer than five quotes
    /// have none.
    static List<Laid> of(Chain chain) {
        TreeMap<String, TreeMap<Instant, List<ChainRow.Quoted>>> groups = new TreeMap<>();
        for (ChainRow.Quoted row : chain.quoted()) {
            groups.computeIfAbsent(row.name().split("-", 2)[0], _ -> new TreeMap<>())
                    .computeIfAbsent(row.option().expiry(), _ -> new ArrayList<>())
                    .add(row);
        }
        List<Laid> laid = new ArrayList<>();
        groups.forEach((coin, expiries) -> {
            List<SviFit.Earlier> before = new ArrayList<>();
            for (Map.Entry<Instant, List<ChainRow.Quoted>> expiry : expiries.entrySet()) {
                if (expiry.getValue().size() >= FEWEST) {
                    Laid each = lay(coin, expiry.getKey(), expiry.getValue(), before);
                    before.add(each.asEarlier());
                    laid.add(each);
                }
            }
        });
        return laid;
    }

    private static Laid lay(String coin, Instant expiry, List<ChainRow.Quoted> rows, List<SviFit.Earlier> before) {
        double years = rows.getFirst().years();
        double[] k = rows.stream().mapToDouble(ChainRow.Quoted::moneyness).toArray();
        double[] w = rows.stream()
                .mapToDouble(row -> row.volatility() * row.volatility() * years)
                .toArray();
        double[] weight = rows.stream()
                .mapToDouble(row -> Math.max(1e-6, row.value().vega() / row.forward() / row.volatility()))
                .toArray();
        SviSmile smile = before.isEmpty() ? SviFit.fit(k, w, weight) : SviFit.fit(k, w, weight, before.getLast());
        double sum = 0;
        double total = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < k.length; i++) {
            double error = smile.volatility(k[i], years) - rows.get(i).volatility();
            double vega = rows.get(i).value().vega();
            sum += vega * error * error;
            total += vega;
            low = Math.min(low, k[i]);
            high = Math.max(high, k[i]);
        }
        List<String> faults = new ArrayList<>();
        SmileChecks.butterfly(smile, low, high).ifPresent(at -> faults.add("butterfly at k = " + round(at)));
        if (!before.isEmpty()) {
            SviFit.Earlier last = before.getLast();
            SmileChecks.calendar(last.smile(), smile, Math.max(low, last.low()), Math.min(high, last.high()))
                    .ifPresent(at -> faults.add("calendar at k = " + round(at)));
        }
        return new Laid(coin, expiry, years, k.length, smile, low, high, Math.sqrt(sum / total), List.copyOf(faults));
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}

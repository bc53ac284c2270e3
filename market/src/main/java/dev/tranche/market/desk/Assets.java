package dev.tranche.market.desk;

import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Terms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The base assets of a desk: what each is worth in dollars, and how their returns move together.
///
/// A price is that of the first future or pair of the asset that is quoted in dollars or a coin that stands
/// for one. Covariances are exponentially weighted means over samples of a second with a half life of five
/// minutes, unless a forecast, such as that of a dynamic conditional correlation, was handed in. Each asset has
/// its own weight: one that was never priced leaves the others what they are, and one that is priced later
/// counts beside them as not having moved before, so that the matrix stays positive semidefinite. One writer.
final class Assets {
    private static final Set<String> DOLLARS = Set.of("USD", "USDT", "USDC", "BUSD", "FDUSD");
    private static final long SAMPLE = 1_000_000_000L;
    private static final double KEPT = Math.exp(-Math.log(2) / 300);
    private static final int WARM = 30;

    private final List<String> names;
    private final int[] ofContract;
    private final int[] priced;
    private final double[] price;
    private final double[] sampled;
    private final double[] moves;
    private final double[] covariance;
    private final double[] forecast;
    private long sampledAt = Long.MIN_VALUE;
    private final double[] weight;
    private final double[] weighed;
    private final int[] counts;

    Assets(Contracts contracts) {
        names = new ArrayList<>(new LinkedHashSet<>(
                contracts.all().stream().map(each -> each.terms().base()).toList()));
        ofContract = contracts.all().stream()
                .mapToInt(each -> names.indexOf(each.terms().base()))
                .toArray();
        int size = names.size();
        priced = new int[size];
        Arrays.fill(priced, -1);
        for (int i = contracts.size() - 1; i >= 0; i--) {
            if (pricesBase(contracts.get(i))) {
                priced[ofContract[i]] = i;
            }
        }
        price = new double[size];
        Arrays.fill(price, Double.NaN);
        sampled = price.clone();
        moves = new double[size];
        weight = new double[size];
        weighed = new double[size];
        counts = new int[size];
        covariance = new double[size * size];
        forecast = new double[size * size];
        Arrays.fill(forecast, Double.NaN);
    }

    static boolean dollars(String currency) {
        return DOLLARS.contains(currency);
    }

    private static boolean pricesBase(Contract contract) {
        return switch (contract.terms()) {
            case Terms.Linear linear -> dollars(linear.quote());
            case Terms.Inverse inverse -> dollars(inverse.quote());
            case Terms.CoinOption _ -> false;
        };
    }

    List<String> names() {
        return names;
    }

    int of(int contract) {
        return ofContract[contract];
    }

    /// Whether a contract is the one whose price is its base asset's.
    boolean prices(int contract) {
        return priced[ofContract[contract]] == contract;
    }

    void price(int asset, double dollars) {
        price[asset] = dollars;
    }

    /// Whether a contract tells what an asset is worth in dollars.
    boolean priced(String name) {
        int asset = names.indexOf(name);
        return asset >= 0 && priced[asset] >= 0;
    }

    /// In dollars; NaN while it is not known.
    double price(int asset) {
        return price[asset];
    }

    /// A forecast of the covariance of two assets' returns (the variance of one) a second, from now on.
    void forecast(int one, int other, double perSecond) {
        forecast[one * names.size() + other] = perSecond;
        forecast[other * names.size() + one] = perSecond;
    }

    /// Covariance of returns a second; NaN while it is not known.
    double covariance(int one, int other) {
        int at = one * names.size() + other;
        boolean warm = Math.min(counts[one], counts[other]) >= WARM;
        return !Double.isNaN(forecast[at]) ? forecast[at] : warm ? covariance[at] : Double.NaN;
    }

    /// Time has come this far: takes a sample when one is due.
    void time(long nowNanos) {
        if (sampledAt != Long.MIN_VALUE && nowNanos - sampledAt < SAMPLE) {
            return;
        }
        double seconds = (nowNanos - sampledAt) / 1e9;
        boolean first = sampledAt == Long.MIN_VALUE;
        for (int i = 0; i < price.length; i++) {
            moves[i] = Math.log(price[i] / sampled[i]);
            sampled[i] = price[i];
        }
        sampledAt = nowNanos;
        if (!first) {
            sample(seconds);
        }
    }

    private void sample(double seconds) {
        double kept = Math.pow(KEPT, seconds);
        for (int i = 0; i < moves.length; i++) {
            boolean known = !Double.isNaN(moves[i]);
            weighed[i] = weight[i] * kept + (known ? 1 - kept : 0);
            moves[i] = known ? moves[i] : 0;
            counts[i] += known ? 1 : 0;
        }
        for (int i = 0; i < moves.length; i++) {
            for (int j = 0; j < moves.length; j++) {
                if (weighed[i] > 0 && weighed[j] > 0) {
                    int at = i * moves.length + j;
                    double sum = kept * covariance[at] * Math.sqrt(weight[i] * weight[j])
                            + (1 - kept) * moves[i] * moves[j] / seconds;
                    covariance[at] = sum / Math.sqrt(weighed[i] * weighed[j]);
                }
            }
        }
        System.arraycopy(weighed, 0, weight, 0, weight.length);
    }

    void digest(Digest into) {
        into.add(sampledAt);
        for (int i = 0; i < price.length; i++) {
            into.add(price[i]).add(sampled[i]).add(weight[i]).add((long) counts[i]);
        }
        for (int i = 0; i < covariance.length; i++) {
            into.add(covariance[i]).add(forecast[i]);
        }
    }
}

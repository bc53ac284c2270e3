package dev.tranche.market.divergence;

import dev.tranche.market.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The oracles of the indicators: over a whole list at once, as the papers write them.
final class ReadableFlow {
    record Quote(long ticks, long lots) {}

    /// One state of a book, levels best first.
    record Quotes(List<Quote> bids, List<Quote> asks) {
        private Quote bid(int level) {
            return level < bids.size() ? bids.get(level) : new Quote(0, 0);
        }

        private Quote ask(int level) {
            return level < asks.size() ? asks.get(level) : new Quote(Long.MAX_VALUE, 0);
        }
    }

    record Print(long ticks, long lots, @Nullable Side aggressor) {}

    private ReadableFlow() {}

    /// The order flow imbalance from the first state to the last.
    static double imbalance(List<Quotes> states, double... weights) {
        double sum = 0;
        for (int n = 1; n < states.size(); n++) {
            double step = 0;
            for (int m = 0; m < weights.length; m++) {
                step += weights[m] * contribution(states.get(n - 1), states.get(n), m);
            }
            sum += step;
        }
        return sum;
    }

    private static long contribution(Quotes before, Quotes now, int m) {
        long e = 0;
        if (now.bid(m).ticks() >= before.bid(m).ticks()) {
            e += now.bid(m).lots();
        }
        if (now.bid(m).ticks() <= before.bid(m).ticks()) {
            e -= before.bid(m).lots();
        }
        if (now.ask(m).ticks() <= before.ask(m).ticks()) {
            e -= now.ask(m).lots();
        }
        if (now.ask(m).ticks() >= before.ask(m).ticks()) {
            e += before.ask(m).lots();
        }
        return e;
    }

    /// What takers bought less what they sold.
    static long volumeDelta(List<Print> prints) {
        long sum = 0;
        for (int n = 0; n < prints.size(); n++) {
            Print print = prints.get(n);
            int sign = print.aggressor() != null ? print.aggressor().sign() : tickSign(prints, n);
            sum += sign * print.lots();
        }
        return sum;
    }

    private static int tickSign(List<Print> prints, int n) {
        for (int before = n - 1; before >= 0; before--) {
            int sign = Long.signum(prints.get(n).ticks() - prints.get(before).ticks());
            if (sign != 0) {
                return sign;
            }
        }
        return 0;
    }
}

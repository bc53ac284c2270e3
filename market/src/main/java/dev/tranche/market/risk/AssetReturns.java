package dev.tranche.market.risk;

import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Terms;
import java.util.Arrays;
import java.util.List;

/// The last returns of each base asset, sampled on a grid of time, by the references of the first contract on
/// it that is no option. A sample without a price leaves a gap. One writer.
final class AssetReturns {
    private final Exposure exposure;
    private final List<String> bases;
    private final int[] contract;
    private final long[] before;
    private final double[][] returns;
    private final int most;
    private int count;
    private int next;
    private long slot = Long.MIN_VALUE;

    AssetReturns(Contracts contracts, Exposure exposure, int most) {
        this.exposure = exposure;
        this.most = most;
        this.bases = contracts.all().stream()
                .map(each -> each.terms().base())
                .distinct()
                .toList();
        this.contract = new int[bases.size()];
        this.before = new long[bases.size()];
        this.returns = new double[bases.size()][most];
        Arrays.fill(contract, -1);
        for (int i = contracts.size() - 1; i >= 0; i--) {
            Contract each = contracts.get(i);
            if (!(each.terms() instanceof Terms.CoinOption)) {
                contract[bases.indexOf(each.terms().base())] = i;
            }
        }
    }

    List<String> bases() {
        return bases;
    }

    /// The contract whose price is the asset's; -1 when none is.
    int contract(int base) {
        return contract[base];
    }

    /// Samples when a new step of the grid has begun.
    void sample(long now, long width) {
        long current = Math.floorDiv(now, width);
        if (current == slot) {
            return;
        }
        // A step that was passed over has no price of its own: what follows it is no return of one step.
        boolean adjacent = current == slot + 1;
        boolean any = false;
        for (int base = 0; base < contract.length; base++) {
            long ticks = contract[base] < 0 ? 0 : exposure.reference(contract[base]);
            boolean known = adjacent && ticks > 0 && before[base] > 0;
            returns[base][next] = known ? (double) (ticks - before[base]) / before[base] : Double.NaN;
            before[base] = ticks;
            any |= known;
        }
        slot = current;
        if (any) {
            next = next + 1 == most ? 0 : next + 1;
            count = Math.min(most, count + 1);
        }
    }

    int count() {
        return count;
    }

    /// A return, 0 being the oldest; NaN where there is a gap.
    double get(int base, int at) {
        int from = count < most ? 0 : next;
        return returns[base][(from + at) % most];
    }

    long hash() {
        long hash = 31 * slot + next;
        for (long each : before) {
            hash = 31 * hash + each;
        }
        return hash;
    }
}

package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.Market;
import dev.tranche.market.Bar;
import dev.tranche.market.divergence.BarIndicators;
import dev.tranche.market.study.StudyBars;
import java.util.List;

/// Markets with the indicators of the live feed, bar by bar.
final class Prepared {
    private Prepared() {}

    static List<StudyBars> bars(List<Market> markets) {
        return markets.stream().map(Prepared::bars).toList();
    }

    private static StudyBars bars(Market market) {
        int n = market.bars().size();
        double[] zOfi = new double[n];
        double[] zCvd = new double[n];
        double[] zFusion = new double[n];
        int[] at = new int[1];
        BarIndicators indicators = BarIndicators.before(
                BarIndicators.Settings.USUAL, (closeMillis, high, low, close, ofi, cvd, fusion) -> {
                    zOfi[at[0]] = ofi;
                    zCvd[at[0]] = cvd;
                    zFusion[at[0]] = fusion;
                    at[0]++;
                });
        for (Bar bar : market.bars()) {
            indicators.bar(
                    bar.openMillis(),
                    bar.closeMillis(),
                    bar.open(),
                    bar.high(),
                    bar.low(),
                    bar.close(),
                    bar.volume(),
                    bar.takerBuyVolume(),
                    bar.orderFlowImbalance());
        }
        return StudyBars.of(market.symbol(), market.bars(), zOfi, zCvd, zFusion);
    }
}

package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.Market;
import dev.tranche.market.divergence.BarIndicators;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import dev.tranche.market.study.Calibration;
import dev.tranche.market.study.Cell;
import dev.tranche.market.study.Findings;
import dev.tranche.market.study.Pass;
import dev.tranche.market.study.Placebo;
import dev.tranche.market.study.PlaceboFindings;
import dev.tranche.market.study.Settings;
import dev.tranche.market.study.Study;
import dev.tranche.market.study.StudyBars;
import java.util.List;

/// All that a study says of one parameter set. The same files, parameters and settings are the same evidence.
///
/// @param markets what was read
/// @param study the bars with their indicators
/// @param findings what was found
/// @param placebo what the same detector finds where there is nothing
/// @param calibration of the whole of the source that serves best as one: fusion, else volume delta, else
///     imbalance
/// @param trials combinations that were tried before these parameters were chosen
public record Evidence(
        List<Market> markets,
        Study study,
        Findings findings,
        PlaceboFindings placebo,
        Calibration calibration,
        long trials) {
    static List<StudyBars> bars(List<Market> markets) {
        return markets.stream()
                .map(market -> StudyBars.of(market.symbol(), market.bars(), BarIndicators.Settings.USUAL))
                .toList();
    }

    static Evidence of(List<Market> markets, Parameters parameters, Settings settings, long trials) {
        List<StudyBars> bars = bars(markets);
        Study study = Study.on(bars, settings);
        Pass pass = study.pass(parameters);
        return new Evidence(
                markets,
                study,
                study.findings(pass),
                Placebo.run(bars, parameters, settings, settings.seed()),
                Calibration.of(study, pass, Cell.total(leading(study)), trials),
                trials);
    }

    /// The source that is calibrated: the one that uses most of what is known.
    static Source leading(Study study) {
        List<Source> sources = study.sources();
        return sources.contains(Source.FUSION)
                ? Source.FUSION
                : sources.contains(Source.CVD) || sources.isEmpty() ? Source.CVD : Source.OFI;
    }

    /// The end of the last bar: what was known then is all that was used.
    long endMillis() {
        return markets.stream()
                .mapToLong(market -> market.bars().getLast().closeMillis())
                .max()
                .orElse(0);
    }
}

package dev.tranche.market.study;

import dev.tranche.market.divergence.Detector;
import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import java.util.ArrayList;
import java.util.List;

/// A detector run over the bars of one symbol from the first to the last: what a study judges. The placebo
/// gate judges it too, so it is an argument: a wrong one must be found out.
@FunctionalInterface
public interface Detection {
    /// Our detector, begun anew after every gap.
    Detection STANDARD = (bars, parameters) -> {
        List<DivergenceEvent> events = new ArrayList<>();
        Detector detector = Detector.of(parameters, bars.sources(), events::add);
        for (int bar = 0; bar < bars.size(); bar++) {
            if (bars.startsRun(bar)) {
                detector.reset();
            }
            detector.on(
                    bars.closeMillis(bar),
                    bars.high(bar),
                    bars.low(bar),
                    bars.close(bar),
                    bars.z(Source.OFI, bar),
                    bars.z(Source.CVD, bar),
                    bars.z(Source.FUSION, bar));
        }
        return events;
    };

    /// The events in the order in which they were confirmed.
    List<DivergenceEvent> events(StudyBars bars, Parameters parameters);
}

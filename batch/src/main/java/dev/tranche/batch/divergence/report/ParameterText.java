package dev.tranche.batch.divergence.report;

import dev.tranche.batch.report.Texts;
import dev.tranche.market.divergence.Parameter;
import dev.tranche.market.divergence.Parameters;
import java.util.EnumSet;
import java.util.Set;

/// A detector's parameters in a line.
public final class ParameterText {
    private static final Set<Parameter> MAIN = EnumSet.of(Parameter.SWING_L, Parameter.Z_HI, Parameter.Z_MID);

    private ParameterText() {}

    /// `swing_L 13, z_hi 2, z_mid 0.8, ...`: what differs from the seed's values, and the three that matter
    /// most.
    public static String of(Parameters parameters) {
        StringBuilder text = new StringBuilder();
        for (Parameter each : Parameter.values()) {
            double value = parameters.value(each);
            boolean told = MAIN.contains(each) || value != Parameters.SEED.value(each);
            if (told) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(each.text())
                        .append(' ')
                        .append(Texts.plain(value));
            }
        }
        return text.toString();
    }
}

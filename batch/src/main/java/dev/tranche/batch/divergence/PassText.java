package dev.tranche.batch.divergence;

import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Session;
import dev.tranche.market.divergence.Source;
import dev.tranche.market.study.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A pass as one line of text, exact to the bit: `conflicts;event;event;...`, an event being
/// `period,sign,source,session,liquidity,score,symbol,return,return...`.
final class PassText {
    private static final String UNKNOWN = "-";
    private static final int BEFORE_RETURNS = 7;

    private PassText() {}

    static String of(Pass pass) {
        StringBuilder text = new StringBuilder().append(pass.conflicts());
        for (Pass.Row row : pass.rows()) {
            text.append(';').append(row.period()).append(',').append(row.sign());
            text.append(',').append(row.source()).append(',').append(row.session());
            text.append(',').append(row.liquidity().map(Enum::name).orElse(UNKNOWN));
            text.append(',').append(row.score()).append(',').append(row.symbol());
            row.gross().forEach(gross -> text.append(',').append(gross));
        }
        return text.toString();
    }

    /// @throws IllegalArgumentException when the text is none of a pass
    static Pass parse(Parameters parameters, String text, int horizons) {
        String[] parts = text.split(";", -1);
        List<Pass.Row> rows = new ArrayList<>(parts.length);
        for (int i = 1; i < parts.length; i++) {
            rows.add(row(parts[i], horizons));
        }
        return Pass.of(parameters, Integer.parseInt(parts[0]), rows, horizons);
    }

    private static Pass.Row row(String text, int horizons) {
        String[] cells = text.split(",", -1);
        if (cells.length != BEFORE_RETURNS + horizons) {
            throw new IllegalArgumentException("an event must have " + (BEFORE_RETURNS + horizons) + " cells: " + text);
        }
        List<Double> gross = new ArrayList<>(horizons);
        for (int h = 0; h < horizons; h++) {
            gross.add(Double.parseDouble(cells[BEFORE_RETURNS + h]));
        }
        return new Pass.Row(
                Integer.parseInt(cells[0]),
                Integer.parseInt(cells[1]),
                Source.valueOf(cells[2]),
                Session.valueOf(cells[3]),
                cells[4].equals(UNKNOWN) ? Optional.empty() : Optional.of(Liquidity.valueOf(cells[4])),
                Double.parseDouble(cells[5]),
                cells[6],
                gross);
    }
}

package dev.tranche.market.regime;

import java.util.ArrayList;
import java.util.List;

/// A number of a hidden Markov model that is free to move.
sealed interface HmmPlace {
    /// Probability of a move; what it gains `rest` loses, the likeliest move from there.
    record Move(int from, int to, int rest) implements HmmPlace {}

    /// Mean of a state in a dimension.
    record Mean(int state, int dimension) implements HmmPlace {}

    /// Entry of the covariance of a state, or of all, on or below its diagonal.
    ///
    /// @param all true when the states share one covariance; `state` is then the first
    record Covariance(int state, boolean all, int row, int column) implements HmmPlace {
        boolean of(int other) {
            return all || state == other;
        }
    }

    /// The free numbers of a model: of each row of moves all but the likeliest and those that are held, then
    /// the means, then the covariances.
    ///
    /// @param held moves, by from and to, that stay what they are
    static List<HmmPlace> of(GaussianHmm model, boolean shared, boolean[][] held) {
        List<HmmPlace> places = new ArrayList<>();
        for (int from = 0; from < model.states(); from++) {
            int rest = rest(model, from);
            for (int to = 0; to < model.states(); to++) {
                if (to != rest && !held[from][to]) {
                    places.add(new Move(from, to, rest));
                }
            }
        }
        for (int state = 0; state < model.states(); state++) {
            for (int d = 0; d < model.dimensions(); d++) {
                places.add(new Mean(state, d));
            }
        }
        for (int state = 0; state < (shared ? 1 : model.states()); state++) {
            for (int row = 0; row < model.dimensions(); row++) {
                for (int column = 0; column <= row; column++) {
                    places.add(new Covariance(state, shared, row, column));
                }
            }
        }
        return List.copyOf(places);
    }

    /// The likeliest move from a state.
    static int rest(GaussianHmm model, int from) {
        List<Double> row = model.move().get(from);
        int most = 0;
        for (int to = 1; to < row.size(); to++) {
            most = row.get(to) > row.get(most) ? to : most;
        }
        return most;
    }

    /// What this number is small or large beside: a probability beside the smaller of those it trades with,
    /// the others beside the deviations of their state.
    default double scale(GaussianHmm model) {
        return switch (this) {
            case Move(int from, int to, int rest) ->
                Math.min(model.move().get(from).get(to), model.move().get(from).get(rest));
            case Mean(int state, int dimension) -> deviation(model, state, dimension);
            case Covariance(int state, boolean _, int row, int column) ->
                deviation(model, state, row) * deviation(model, state, column);
        };
    }

    private static double deviation(GaussianHmm model, int state, int dimension) {
        return Math.sqrt(model.covariances().get(state).get(dimension).get(dimension));
    }
}

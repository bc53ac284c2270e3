package dev.tranche.examples.credit;

/// The model card: what a risk officer reads before approving.
final class CardText {

    private CardText() {}

    /// @param positiveWeight weight of the bad rows in training
    static String of(String name, double positiveWeight, Report report) {
        String warning = positiveWeight == 1 ? "" : """

                ## Known fault, kept on purpose

                Trained with `scale_pos_weight` (bad rows weigh more than good ones) and not corrected afterwards: its
                scores rank well, but they are no longer probabilities, and the policy's cutoffs refuse far too many. It
                is here so that the demo can show such a version being stopped.
                """;
        return """
                # %s

                An example. It scores consumer loan applications of the German credit data (UCI Statlog, H. Hofmann
                1994, CC BY 4.0): 1,000 applicants of one German bank, chosen so that 30 %% are bad. Do not lend by it.

                %s

                `personal_status` and `foreign_worker` are taken and journalled but never scored.
                %s""".formatted(name, report.sentence(name), warning);
    }
}

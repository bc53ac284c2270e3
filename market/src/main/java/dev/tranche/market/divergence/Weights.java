package dev.tranche.market.divergence;

/// How much each part of a score weighs. Only the proportions count.
///
/// @param flow at least 0, as all of them; their sum is positive
public record Weights(double flow, double pivots, double price, double agreement) {
    /// The proportions of the seed: magnitude of z, validity of the pivots, its constant, consistency.
    public static final Weights SEED = new Weights(.35, .25, .25, .15);

    public Weights {
        checked(Parameter.WEIGHT_FLOW, flow);
        checked(Parameter.WEIGHT_PIVOTS, pivots);
        checked(Parameter.WEIGHT_PRICE, price);
        checked(Parameter.WEIGHT_AGREEMENT, agreement);
        if (!(flow + pivots + price > 0)) {
            throw new IllegalArgumentException("weight_flow + weight_pivots + weight_price must be positive: " + flow
                    + " + " + pivots + " + " + price);
        }
    }

    private static void checked(Parameter parameter, double value) {
        parameter.checked(value);
    }
}

package dev.tranche.market.volatility;

import java.util.List;

/// An estimate and how sure it is.
///
/// @param form what was estimated
/// @param parameters the estimates, in the order of [VolatilityForm#parameters()]
/// @param errors standard errors of three kinds
/// @param logLikelihood of the whole series, constants included
/// @param variances of each return, given those before it
/// @param next variance of the return after the last
/// @param steps of the search
public record VolatilityFit(
        VolatilityForm form,
        List<Double> parameters,
        Errors errors,
        double logLikelihood,
        List<Double> variances,
        double next,
        int steps) {
    /// Standard errors of each parameter; NaN where the matrix behind them has no inverse, as at a bound.
    ///
    /// @param hessian from the second derivatives: right when the innovations are normal
    /// @param outerProduct from the outer products of the gradients (Berndt, Hall, Hall, Hausman 1974)
    /// @param robust from both, right for other innovations too (Bollerslev and Wooldridge 1992)
    public record Errors(List<Double> hessian, List<Double> outerProduct, List<Double> robust) {}

    /// The estimate of a parameter.
    ///
    /// @throws IllegalArgumentException when the form has no such parameter
    public double parameter(String name) {
        int at = form.parameters().indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("parameter must be one of " + form.parameters() + ": " + name);
        }
        return parameters.get(at);
    }

    /// How much of a shock to the variance is left after one step.
    public double persistence() {
        return form.persistence(parameters.stream().mapToDouble(each -> each).toArray());
    }

    /// The estimates by their names, such as `alpha 0.05`, for people.
    String words() {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < parameters.size(); i++) {
            words.append(i == 0 ? "" : ", ")
                    .append(form.parameters().get(i))
                    .append(' ')
                    .append((float) (double) parameters.get(i));
        }
        return words.toString();
    }

    /// The innovations: each residual by its deviation.
    public double[] innovations(double[] returns) {
        double[] z = new double[returns.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = (returns[i] - parameters.getFirst()) / Math.sqrt(variances.get(i));
        }
        return z;
    }
}

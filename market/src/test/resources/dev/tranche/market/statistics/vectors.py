"""Numbers that the tests of dev.tranche.market.statistics must reproduce.

Made with Debian bookworm's packages: python3-scipy 1.10.1, python3-sklearn 1.2.1, python3-statsmodels 0.13.5,
python3-numpy 1.24.2:

    /usr/bin/python3 vectors.py > vectors.txt

A line is `kind field=numbers ...`, numbers separated by commas.
"""

import math
import warnings

import numpy
import scipy
import sklearn
import statsmodels
from scipy import stats
from sklearn.isotonic import IsotonicRegression
from statsmodels.stats.proportion import proportion_confint

warnings.simplefilter("ignore")
chance = numpy.random.default_rng(20251020)


def line(kind, **fields):
    parts = [f"{name}={','.join(repr(float(v)) for v in numpy.atleast_1d(value))}" for name, value in fields.items()]
    print(kind, *parts)


print("# scipy", scipy.__version__, "scikit-learn", sklearn.__version__, "statsmodels", statsmodels.__version__,
      "numpy", numpy.__version__)

for hits, n in [(0, 1), (1, 1), (0, 17), (17, 17), (1, 3), (5, 10), (55, 100), (682, 1000), (38, 1395), (74500, 100000)]:
    for confidence in (0.8, 0.95, 0.999):
        low, high = proportion_confint(hits, n, alpha=1 - confidence, method="wilson")
        line("wilson", hits=hits, n=n, confidence=confidence, low=low, high=high)

for n, levels in [(3, 3), (5, 3), (10, 1000), (10, 4), (31, 5), (50, 2), (200, 7), (400, 100000)]:
    for slope in (0.0, 0.4, -1.5):
        x = chance.integers(0, levels, n).astype(float)
        y = numpy.round(slope * x / levels + chance.normal(size=n), 1)
        rho, p = stats.spearmanr(x, y)
        line("spearman", x=x, y=y, rho=rho, p=p, ranks=stats.rankdata(x))
line("spearman", x=[1, 2, 3, 4], y=[2, 4, 8, 16], rho=1.0, p=0.0, ranks=[1, 2, 3, 4])

for n, levels in [(1, 5), (2, 5), (10, 4), (30, 1000), (100, 20), (300, 100000)]:
    for weighted in (False, True):
        x = chance.integers(0, levels, n) / 7.0
        y = 0.3 * x / x.max() + chance.normal(size=n) if x.max() > 0 else chance.normal(size=n)
        weights = chance.uniform(0.1, 3.0, n) if weighted else numpy.ones(n)
        model = IsotonicRegression(out_of_bounds="clip").fit(x, y, sample_weight=weights)
        at = numpy.concatenate([x[:20], chance.uniform(x.min() - 1, x.max() + 1, 20)])
        line("isotonic", x=x, y=y, weights=weights, at=at, fitted=model.predict(at))

for n in (2, 10, 250, 2000):
    for kind in ("normal", "skewed"):
        values = chance.normal(0.05, 1, n) if kind == "normal" else chance.exponential(1, n) - 0.9
        mean, deviation = values.mean(), values.std(ddof=1)
        skew, kurtosis = stats.skew(values), stats.kurtosis(values, fisher=False)
        sharpe = mean / deviation
        z = sharpe * math.sqrt(n - 1) / math.sqrt(1 - skew * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe)
        line("shape", values=values, mean=mean, deviation=deviation, skew=skew, kurtosis=kurtosis,
             psr=stats.norm.cdf(z))

for spread, trials in [(0.1, 2), (0.5, 27), (1.0, 324), (0.02, 100000)]:
    # The expected maximum of so many normal draws, by integration, which the formula approximates.
    grid = numpy.linspace(-12, 12, 400001)
    density = trials * stats.norm.pdf(grid) * stats.norm.cdf(grid) ** (trials - 1)
    line("maximum", spread=spread, trials=trials, expected=spread * numpy.trapz(grid * density, grid))

for window in (2, 5, 40):
    values = numpy.round(chance.normal(size=120), 1)
    for quantile in (0.0, 0.5, 0.83, 1.0):
        past = [numpy.quantile(values[max(0, i - window):i], quantile) for i in range(1, len(values))]
        line("trailing", values=values, window=window, quantile=quantile, past=past)

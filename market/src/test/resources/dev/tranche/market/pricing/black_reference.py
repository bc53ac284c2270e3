"""Reference prices for NormalisedBlackParityTest, to 50 digits.

Made with Debian's python3-mpmath 1.2.1:  /usr/bin/python3 black_reference.py > black_reference.csv
Columns: x = ln(F/K) <= 0, s = volatility * sqrt(years), b(x, s), e^(x/2) - b(x, s), and their derivative by s.
Rows whose price is no normal double are left out.
"""
from mpmath import mp, mpf, erfc, exp, sqrt, pi

mp.dps = 60


def below(z):
    return erfc(-z / sqrt(mpf(2))) / 2


def row(x, s):
    x, s = mpf(x), mpf(s)
    h, t = x / s, s / 2
    mp.dps = 400 if abs(h) > 10 else 60
    b = below(h + t) * exp(x / 2) - below(h - t) * exp(-x / 2)
    missing = below(-h - t) * exp(x / 2) + below(h - t) * exp(-x / 2)
    vega = exp(-(h * h + t * t) / 2) / sqrt(2 * pi)
    mp.dps = 60
    if b < mpf("1e-300") or missing < mpf("1e-300"):
        return
    print(",".join(mp.nstr(v, 20, min_fixed=0, max_fixed=0) for v in (x, s, b, missing, vega)))


print("x,s,price,missing,vega")
for x in ("0", "-1e-12", "-1e-6", "-0.0001", "-0.001", "-0.01", "-0.05", "-0.1", "-0.25", "-0.5", "-1", "-2", "-4", "-8", "-16"):
    for s in ("1e-7", "1e-5", "1e-4", "0.001", "0.003", "0.01", "0.02", "0.05", "0.1", "0.15", "0.2", "0.3", "0.41",
              "0.5", "0.7", "0.99", "1.01", "1.4", "2", "3", "5", "8", "12", "20"):
        row(x, s)

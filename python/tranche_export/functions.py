"""Numbers with the same bits in Python and in the JVM: functions for FunctionTransformer, floats, and their texts.

`numpy.log1p` comes from the C library of the machine and may differ from another one in the last bit. This one follows
the algorithm of FDLIBM (`s_log1p.c`), which is what Java's `StrictMath` prescribes.
"""

import math
import struct

LN2_HI = 6.93147180369123816490e-01
LN2_LO = 1.90821492927058770002e-10
COEFFICIENTS = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)


def log1p(values):
    """ln(1 + x), element by element; NaN at and below -1. Takes a number, an array or a frame."""
    if isinstance(values, float):
        return _log1p(values)
    import numpy

    if hasattr(values, "columns"):
        return type(values)(log1p(values.to_numpy()), index=values.index, columns=values.columns)
    array = numpy.asarray(values, dtype=numpy.float64)
    flat = [_log1p(x) for x in array.ravel().tolist()]
    shaped = numpy.array(flat, dtype=numpy.float64).reshape(array.shape)
    return float(shaped) if array.ndim == 0 else shaped


def _high(x):
    return struct.unpack(">i", struct.pack(">d", x)[:4])[0]


def _with_high(x, high):
    return struct.unpack(">d", struct.pack(">I", high) + struct.pack(">d", x)[4:])[0]


def _log1p(x):
    if not x > -1 or x == math.inf:
        return math.inf if x == math.inf else math.nan
    size = _high(x) & 0x7FFFFFFF
    if size < 0x3C900000:  # below 2^-54
        return x
    if size < 0x3E200000:  # below 2^-29
        return x - x * x * 0.5
    if -0.2929 < x and _high(x) < 0x3FDA827A and (x > 0 or _high(x) <= -1076707645):
        return _series(x, 1, 0, 0.0)
    return _scaled(x)


def _scaled(x):
    """1 + x as 2^k · (1 + f), with what rounding 1 + x lost as c."""
    u = 1.0 + x if _high(x) < 0x43400000 else x
    high = _high(u)
    k = (high >> 20) - 1023
    c = 0.0
    if _high(x) < 0x43400000:
        c = (1.0 - (u - x) if k > 0 else x - (u - 1.0)) / u
    high &= 0x000FFFFF
    if high < 0x6A09E:
        u = _with_high(u, high | 0x3FF00000)
    else:
        k += 1
        u = _with_high(u, high | 0x3FE00000)
        high = (0x00100000 - high) >> 2
    return _series(u - 1.0, high, k, c)


def _series(f, high, k, c):
    half = 0.5 * f * f
    if high == 0:
        if f == 0.0:
            return 0.0 if k == 0 else k * LN2_HI + (c + k * LN2_LO)
        r = half * (1.0 - 0.66666666666666666 * f)
        return f - r if k == 0 else k * LN2_HI - ((r - (k * LN2_LO + c)) - f)
    s = f / (2.0 + f)
    z = s * s
    r = 0.0
    for coefficient in reversed(COEFFICIENTS):
        r = z * (coefficient + r)
    if k == 0:
        return f - (half - s * (half + r))
    return k * LN2_HI - ((half - (s * (half + r) + (k * LN2_LO + c))) - f)


def sigmoid(x):
    """1 / (1 + e^-x); 0 where the exponential is beyond the doubles."""
    try:
        return 1.0 / (1.0 + math.exp(-x))
    except OverflowError:
        return 0.0


def single(value):
    """A double as the nearest float; beyond the largest it is infinite."""
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)


def exact(value):
    """A double as JSON, null for missing."""
    return "null" if value is None or value != value else repr(float(value))


def narrowed(value):
    """A float by its own shortest text: that of the double next to the middle of two floats may round elsewhere."""
    if value is None or value != value:
        return "null"
    near = single(value)
    if math.isinf(near):
        return repr(float(value))
    for digits in range(6, 10):
        text = "%.*g" % (digits, near)
        if single(float(text)) == near:
            return text if text != "-0" else "-0.0"
    return repr(near)

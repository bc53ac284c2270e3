package dev.tranche.inference.link;

/// `expf` and `logf` as the GNU C library computes them, so that a float link equals XGBoost bit for bit.
///
/// Both are the table-driven methods of Arm's optimized routines (S. Nagy, 2017; glibc 2.28 and later): the
/// argument is reduced against a small table in double arithmetic, a cubic gives the rest, and one rounding
/// to float ends it. Their results differ from `(float) Math.exp(x)` in about one value of 2,500. Every
/// operation is exact IEEE double without fusing, so the result is the same on every machine.
public final class FloatMath {
    private static final int EXP_TABLE = 32;
    private static final int EXP_SHIFT_BITS = 47; // 52 mantissa bits less log2 of the table's length
    private static final double EXP_SCALE = 0x1.71547652b82fep+0 * EXP_TABLE; // table length / ln 2
    private static final double ROUND_TO_INTEGER = 0x1.8p52;
    private static final double EXP_CUBIC = 0x1.c6af84b912394p-5 / EXP_TABLE / EXP_TABLE / EXP_TABLE;
    private static final double EXP_SQUARE = 0x1.ebfce50fac4f3p-3 / EXP_TABLE / EXP_TABLE;
    private static final double EXP_LINEAR = 0x1.62e42ff0c52d6p-1 / EXP_TABLE;
    private static final float EXP_OVERFLOW = 0x1.62e42ep6f; // ln 2^128
    private static final float EXP_UNDERFLOW = -0x1.9fe368p6f; // ln 2^-150
    /// The doubles nearest to 2^(i/32); `StrictMath.pow` misses one of them by a bit.
    private static final double[] EXP_ROOTS = {
        0x1.0p0, 0x1.059b0d3158574p+0, 0x1.0b5586cf9890fp+0, 0x1.11301d0125b51p+0,
        0x1.172b83c7d517bp+0, 0x1.1d4873168b9aap+0, 0x1.2387a6e756238p+0, 0x1.29e9df51fdee1p+0,
        0x1.306fe0a31b715p+0, 0x1.371a7373aa9cbp+0, 0x1.3dea64c123422p+0, 0x1.44e086061892dp+0,
        0x1.4bfdad5362a27p+0, 0x1.5342b569d4f82p+0, 0x1.5ab07dd485429p+0, 0x1.6247eb03a5585p+0,
        0x1.6a09e667f3bcdp+0, 0x1.71f75e8ec5f74p+0, 0x1.7a11473eb0187p+0, 0x1.82589994cce13p+0,
        0x1.8ace5422aa0dbp+0, 0x1.93737b0cdc5e5p+0, 0x1.9c49182a3f090p+0, 0x1.a5503b23e255dp+0,
        0x1.ae89f995ad3adp+0, 0x1.b7f76f2fb5e47p+0, 0x1.c199bdd85529cp+0, 0x1.cb720dcef9069p+0,
        0x1.d5818dcfba487p+0, 0x1.dfc97337b9b5fp+0, 0x1.ea4afa2a490dap+0, 0x1.f50765b6e4540p+0
    };
    private static final long[] EXP_BITS = expBits();

    private static final int LOG_ORIGIN = 0x3f330000; // the table's intervals begin at 0.69921875
    private static final double LN_2 = 0x1.62e42fefa39efp-1;
    private static final double LOG_QUARTIC = -0x1.00ea348b88334p-2;
    private static final double LOG_CUBIC = 0x1.5575b0be00b6ap-2;
    private static final double LOG_SQUARE = -0x1.ffffef20a4123p-2;
    /// The reciprocals of one point in each of 16 intervals.
    private static final double[] LOG_INVERSE = {
        0x1.661ec79f8f3bep+0, 0x1.571ed4aaf883dp+0, 0x1.49539f0f010bp+0, 0x1.3c995b0b80385p+0,
        0x1.30d190c8864a5p+0, 0x1.25e227b0b8eap+0, 0x1.1bb4a4a1a343fp+0, 0x1.12358f08ae5bap+0,
        0x1.0953f419900a7p+0, 0x1p+0, 0x1.e608cfd9a47acp-1, 0x1.ca4b31f026aap-1,
        0x1.b2036576afce6p-1, 0x1.9c2d163a1aa2dp-1, 0x1.886e6037841edp-1, 0x1.767dcf5534862p-1
    };
    /// The logarithms of those points.
    private static final double[] LOG_VALUE = {
        -0x1.57bf7808caadep-2,
        -0x1.2bef0a7c06ddbp-2,
        -0x1.01eae7f513a67p-2,
        -0x1.b31d8a68224e9p-3,
        -0x1.6574f0ac07758p-3,
        -0x1.1aa2bc79c81p-3,
        -0x1.a4e76ce8c0e5ep-4,
        -0x1.1973c5a611cccp-4,
        -0x1.252f438e10c1ep-5,
        0x0p+0,
        0x1.aa5aa5df25984p-5,
        0x1.c5e53aa362eb4p-4,
        0x1.526e57720db08p-3,
        0x1.bc2860d22477p-3,
        0x1.1058bc8a07ee1p-2,
        0x1.4043057b6ee09p-2
    };

    private FloatMath() {}

    /// `e` to the power of `x`.
    public static float exp(float x) {
        if (Float.isNaN(x) || x > EXP_OVERFLOW) {
            return Float.isNaN(x) ? x : Float.POSITIVE_INFINITY;
        }
        if (x < EXP_UNDERFLOW) {
            return 0f;
        }
        double steps = EXP_SCALE * x;
        double rounded = steps + ROUND_TO_INTEGER;
        long whole = Double.doubleToRawLongBits(rounded);
        double rest = steps - (rounded - ROUND_TO_INTEGER);
        double scale = Double.longBitsToDouble(EXP_BITS[(int) whole & (EXP_TABLE - 1)] + (whole << EXP_SHIFT_BITS));
        double upper = EXP_CUBIC * rest + EXP_SQUARE;
        double lower = EXP_LINEAR * rest + 1;
        return (float) ((upper * (rest * rest) + lower) * scale);
    }

    /// The natural logarithm of `x`; minus infinity at zero, NaN below it.
    public static float log(float x) {
        if (!(x > 0f)) {
            return x == 0f ? Float.NEGATIVE_INFINITY : Float.NaN;
        }
        if (x == Float.POSITIVE_INFINITY || x == 1f) {
            return x == 1f ? 0f : x;
        }
        int bits = Float.floatToRawIntBits(x);
        if (x < Float.MIN_NORMAL) {
            bits = Float.floatToRawIntBits(x * 0x1p23f) - (23 << 23);
        }
        int offset = bits - LOG_ORIGIN;
        int interval = (offset >>> 19) & 15;
        int exponent = offset >> 23;
        double z = Float.intBitsToFloat(bits - (offset & 0xff800000));
        double rest = z * LOG_INVERSE[interval] - 1;
        double coarse = LOG_VALUE[interval] + exponent * LN_2;
        double square = rest * rest;
        double tail = LOG_QUARTIC * square + (LOG_CUBIC * rest + LOG_SQUARE);
        return (float) (tail * square + (coarse + rest));
    }

    /// `1 / (1 + e^-x)` as XGBoost writes it: the exponent is capped where `exp` would overflow.
    public static float sigmoid(float x) {
        return 1f / (exp(Math.min(-x, 88.7f)) + 1f + 1e-16f);
    }

    /// `ln(1 + e^x)` without overflow, as XGBoost writes it.
    public static float softplus(float x) {
        return x > 0 ? x + (float) StrictMath.log1p(exp(-x)) : (float) StrictMath.log1p(exp(x));
    }

    static double root(int i) {
        return EXP_ROOTS[i];
    }

    private static long[] expBits() {
        long[] bits = new long[EXP_TABLE];
        for (int i = 0; i < EXP_TABLE; i++) {
            bits[i] = Double.doubleToRawLongBits(EXP_ROOTS[i]) - ((long) i << EXP_SHIFT_BITS);
        }
        return bits;
    }
}

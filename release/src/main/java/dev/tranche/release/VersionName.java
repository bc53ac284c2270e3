package dev.tranche.release;

import java.util.Comparator;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a version, `{product}_{type}_v{major}.{minor}` (seed 004 §8.2.2), or a shorter form of it.
///
/// | text | product | type | major | minor |
/// |---|---|---|---|---|
/// | `consumer_apply_xgb_v2.1` | `consumer_apply` | `xgb` | 2 | 1 |
/// | `lstm_v1` (seed 000) | `lstm` | | 1 | newest |
/// | `consumer_apply` | `consumer_apply` | | newest | newest |
///
/// `parse` and `toString` are inverse to each other. Ordered by product, type, major and minor; a missing
/// number sorts after all others, since it stands for the newest.
///
/// @param product letters, digits, `_` and `-`
/// @param type letters, digits and `-`; empty when the name has none
/// @param major 0 or more; absent in a name without a version
/// @param minor 0 or more; absent means the newest of the major
public record VersionName(String product, String type, OptionalInt major, OptionalInt minor)
        implements Comparable<VersionName> {
    private static final int LONGEST = 128;
    private static final Pattern STEM = Pattern.compile("[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*");
    private static final Pattern NUMBERED = Pattern.compile("(.+)_v(0|[1-9]\\d{0,8})(?:\\.(0|[1-9]\\d{0,8}))?");
    private static final Pattern ALMOST_NUMBERED = Pattern.compile(".*_v\\d+");
    private static final Comparator<VersionName> ORDER = Comparator.comparing(VersionName::product)
            .thenComparing(VersionName::type)
            .thenComparingInt(name -> name.major.orElse(Integer.MAX_VALUE))
            .thenComparingInt(name -> name.minor.orElse(Integer.MAX_VALUE));

    public VersionName {
        String text = text(product, type, major, minor);
        if (text.length() > LONGEST || !STEM.matcher(product).matches()) {
            throw new IllegalArgumentException("version name must be {product}_{type}_v{major}.{minor} of letters,"
                    + " digits, '_' and '-', at most " + LONGEST + " characters: " + text);
        }
        if (!type.isEmpty() && (!STEM.matcher(type).matches() || type.indexOf('_') >= 0)) {
            throw new IllegalArgumentException("type must be letters, digits and '-': " + type);
        }
        if (major.isEmpty() && (minor.isPresent() || !type.isEmpty())) {
            throw new IllegalArgumentException("a name without a major has neither type nor minor: " + text);
        }
        if (major.orElse(0) < 0 || minor.orElse(0) < 0) {
            throw new IllegalArgumentException("major and minor must be 0 or more: " + text);
        }
        if (major.isPresent()
                ? type.isEmpty() && product.indexOf('_') >= 0
                : ALMOST_NUMBERED.matcher(product).matches()) {
            throw new IllegalArgumentException("the name would be read as another product: " + text);
        }
    }

    /// An exact name.
    public static VersionName of(String product, String type, int major, int minor) {
        return new VersionName(product, type, OptionalInt.of(major), OptionalInt.of(minor));
    }

    /// The name written in this text.
    ///
    /// @throws IllegalArgumentException with the text and the expected form
    public static VersionName parse(String text) {
        Matcher numbered = NUMBERED.matcher(text);
        if (!numbered.matches()) {
            return new VersionName(text, "", OptionalInt.empty(), OptionalInt.empty());
        }
        String stem = numbered.group(1);
        int cut = stem.lastIndexOf('_');
        String minor = numbered.group(3);
        return new VersionName(
                cut < 0 ? stem : stem.substring(0, cut),
                cut < 0 ? "" : stem.substring(cut + 1),
                OptionalInt.of(Integer.parseInt(numbered.group(2))),
                minor == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(minor)));
    }

    /// Whether this names one version: both numbers are there.
    public boolean exact() {
        return major.isPresent() && minor.isPresent();
    }

    /// Whether this name, read as a request, may mean that exact one: what this name says must agree, what it
    /// leaves out may be anything.
    public boolean covers(VersionName exact) {
        return product.equals(exact.product)
                && (major.isEmpty() || (type.equals(exact.type) && major.equals(exact.major)))
                && (minor.isEmpty() || minor.equals(exact.minor));
    }

    /// Whether both are versions of one product and type under one major, and so must be compatible.
    public boolean sameMajor(VersionName other) {
        return product.equals(other.product) && type.equals(other.type) && major.equals(other.major);
    }

    /// `major.minor.0`, as seed 000 shows `model_version`; numbers left out print as 0.
    public String semantic() {
        return major.orElse(0) + "." + minor.orElse(0) + ".0";
    }

    @Override
    public int compareTo(VersionName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text(product, type, major, minor);
    }

    private static String text(String product, String type, OptionalInt major, OptionalInt minor) {
        return product
                + (type.isEmpty() ? "" : "_" + type)
                + (major.isPresent() ? "_v" + major.getAsInt() : "")
                + (minor.isPresent() ? "." + minor.getAsInt() : "");
    }
}

package dev.tranche.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// One configuration key: dotted name, type, allowed values, default and a sentence of documentation.
///
/// @param <T> type of its value
public final class Key<T> {
    private final String name;
    private final String type;
    private final String allowed;
    private final T fallback;
    private final String doc;
    private final boolean secret;
    private final Function<String, T> parser;

    private Key(
            String name,
            String type,
            String allowed,
            T fallback,
            String doc,
            boolean secret,
            Function<String, T> parser) {
        this.name = KeyNames.checked(name);
        this.type = type;
        this.allowed = allowed;
        this.fallback = fallback;
        this.doc = doc;
        this.secret = secret;
        this.parser = parser;
    }

    /// A text.
    public static Key<String> text(String name, String fallback, String doc) {
        return new Key<>(name, "text", "any text", fallback, doc, false, Function.identity());
    }

    /// A text that is only ever given encrypted (`!secret`) and never shown.
    public static Key<String> secret(String name, String doc) {
        return new Key<>(name, "secret", "a value tagged !secret", "", doc, true, Function.identity());
    }

    /// One of the listed words.
    public static Key<String> choice(String name, List<String> words, String fallback, String doc) {
        List<String> known = List.copyOf(words);
        String allowed = "one of " + String.join(", ", known);
        return new Key<>(name, "word", allowed, fallback, doc, false, text -> {
            if (!known.contains(text)) {
                throw new IllegalArgumentException(allowed);
            }
            return text;
        });
    }

    /// A whole number within `min..max`.
    public static Key<Long> whole(String name, long min, long max, long fallback, String doc) {
        String allowed = "a whole number within " + min + ".." + max;
        return new Key<>(
                name, "whole number", allowed, fallback, doc, false, text -> Values.whole(text, min, max, allowed));
    }

    /// A number within `min..max`; NaN and infinities are refused.
    public static Key<Double> number(String name, double min, double max, double fallback, String doc) {
        String allowed = "a number within " + min + ".." + max;
        return new Key<>(name, "number", allowed, fallback, doc, false, text -> Values.number(text, min, max, allowed));
    }

    /// `true` or `false`.
    public static Key<Boolean> flag(String name, boolean fallback, String doc) {
        return new Key<>(name, "flag", "true or false", fallback, doc, false, Values::flag);
    }

    /// A duration such as `200ms`, `5s`, `10m`, `6h`, `7d`, within `min..max`.
    public static Key<Duration> duration(String name, Duration min, Duration max, Duration fallback, String doc) {
        String allowed = "a duration within " + Values.show(min) + ".." + Values.show(max);
        return new Key<>(
                name, "duration", allowed, fallback, doc, false, text -> Values.duration(text, min, max, allowed));
    }

    /// A number of bytes such as `64KiB`, `1MiB`, `2GiB` or `4096`, within `min..max`.
    public static Key<Long> bytes(String name, long min, long max, long fallback, String doc) {
        String allowed = "a size within " + min + ".." + max + " bytes";
        return new Key<>(name, "size", allowed, fallback, doc, false, text -> Values.bytes(text, min, max, allowed));
    }

    /// Dotted name.
    public String name() {
        return name;
    }

    /// Word for its type.
    public String type() {
        return type;
    }

    /// What it may be, in words.
    public String allowed() {
        return allowed;
    }

    /// Its value when no file says otherwise.
    public T fallback() {
        return fallback;
    }

    /// What it is for.
    public String doc() {
        return doc;
    }

    /// Whether its value must be encrypted and is never shown.
    public boolean secret() {
        return secret;
    }

    /// The typed value of `text`; throws `IllegalArgumentException` saying what is allowed.
    T parse(String text) {
        return parser.apply(text);
    }
}

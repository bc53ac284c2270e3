package dev.tranche.server.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The parameters of a request, a tensor or a requested output, by name. Names that mean nothing here are
/// kept and ignored.
///
/// @param values the values by name
public record Parameters(Map<String, Parameter> values) {
    /// None.
    public static final Parameters NONE = new Parameters(Map.of());

    /// Most parameters taken in one place.
    public static final int MOST = 100;

    /// @throws ProtocolException when there are too many
    public Parameters {
        if (values.size() > MOST) {
            throw ProtocolException.invalid("parameters must be at most " + MOST + ": " + values.size());
        }
        values = Map.copyOf(values);
    }

    /// One parameter more.
    public Parameters with(String name, Parameter value) {
        Map<String, Parameter> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Parameters(more);
    }

    /// A text, or a whole number as its digits.
    ///
    /// @throws ProtocolException when it is neither, or longer than 200 characters
    public Optional<String> text(String name) {
        return switch (values.get(name)) {
            case null -> Optional.empty();
            case Parameter.Text text
            when !text.value().isEmpty() && text.value().length() <= 200 -> Optional.of(text.value());
            case Parameter.Whole whole -> Optional.of(Long.toString(whole.value()));
            case Parameter.Text _, Parameter.Real _, Parameter.Flag _ ->
                throw wrong(name, "a text of 1..200 characters");
        };
    }

    /// A boolean; false when absent.
    ///
    /// @throws ProtocolException when it is something else
    public boolean flag(String name) {
        return switch (values.get(name)) {
            case null -> false;
            case Parameter.Flag flag -> flag.value();
            case Parameter.Text _, Parameter.Real _, Parameter.Whole _ -> throw wrong(name, "true or false");
        };
    }

    /// A whole number from 0.
    ///
    /// @throws ProtocolException when it is something else or negative
    public Optional<Long> whole(String name) {
        return switch (values.get(name)) {
            case null -> Optional.empty();
            case Parameter.Whole whole when whole.value() >= 0 -> Optional.of(whole.value());
            case Parameter.Whole _, Parameter.Text _, Parameter.Real _, Parameter.Flag _ ->
                throw wrong(name, "a whole number from 0");
        };
    }

    private ProtocolException wrong(String name, String allowed) {
        Parameter value = values.get(name);
        return ProtocolException.invalid(
                "parameter " + name + " must be " + allowed + ": " + (value == null ? "absent" : value.shown()));
    }
}

package dev.tranche.runtime.config;

import java.util.regex.Pattern;

/// The form of a key's name: dotted words.
final class KeyNames {
    private static final Pattern FORM = Pattern.compile("[a-z][a-zA-Z0-9_]*(\\.[a-z][a-zA-Z0-9_]*)*");

    private KeyNames() {}

    static String checked(String name) {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a key is dotted words of letters, digits and _ that begin small: " + name);
        }
        return name;
    }
}

package dev.tranche.runtime.config;

import java.util.regex.Pattern;

/// The form of a key's name: dotted words.
final class KeyNames {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    private KeyNames() {}

    static String checked(String name) {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("a key is dotted words of a-z, 0-9 and _: " + name);
        }
        return name;
    }
}

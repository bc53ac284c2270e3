package dev.tranche.inference.transform;

import dev.tranche.inference.format.JsonKeys;
import java.util.List;
import java.util.Locale;

/// The `normalise` operation: the same text however it was typed.
final class Texts {
    private static final char IDEOGRAPHIC_SPACE = '\u3000';
    private static final int WIDE_FIRST =
            0xFF01; // fullwidth exclamation mark, Unicode block Halfwidth and Fullwidth Forms
    private static final int WIDE_LAST = 0xFF5E; // fullwidth tilde
    private static final int WIDE_SHIFT = WIDE_FIRST - '!';

    private Texts() {}

    static Step normalise(JsonKeys keys, Columns columns) {
        Column in = columns.of(Kind.TEXT, keys, "input");
        boolean half = keys.word("width", List.of("half", "keep"), "keep").equals("half");
        boolean trim = keys.flag("trim", true);
        boolean collapse =
                keys.word("spaces", List.of("collapse", "keep"), "keep").equals("collapse");
        String letters = keys.word("case", List.of("lower", "upper", "keep"), "keep");
        boolean emptyMissing =
                keys.word("empty", List.of("missing", "keep"), "keep").equals("missing");
        int from = in.slot();
        int to = columns.enter(keys.text("output", in.name()), Kind.TEXT, List.of(), in.features());
        return frame -> {
            String text = frame.texts[from];
            if (text == null) {
                return;
            }
            text = half ? narrow(text) : text;
            text = trim ? text.strip() : text;
            text = collapse ? text.replaceAll("\\s+", " ") : text;
            text = switch (letters) {
                case "lower" -> text.toLowerCase(Locale.ROOT);
                case "upper" -> text.toUpperCase(Locale.ROOT);
                default -> text;
            };
            frame.texts[to] = emptyMissing && text.isEmpty() ? null : text;
        };
    }

    /// Fullwidth Latin letters, digits and signs, and the ideographic space, become their ASCII forms.
    private static String narrow(String text) {
        StringBuilder narrow = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean wide = c >= WIDE_FIRST && c <= WIDE_LAST;
            narrow.append(c == IDEOGRAPHIC_SPACE ? ' ' : wide ? (char) (c - WIDE_SHIFT) : c);
        }
        return narrow.toString();
    }
}

package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The lines `key=value` of one part of a LightGBM text model, each key once and known.
final class LightgbmLines {
    private final String part;
    private final Map<String, String> values = new LinkedHashMap<>();

    private LightgbmLines(String part) {
        this.part = part;
    }

    /// The lines of a part, refused when a key is not among `known`.
    static LightgbmLines of(String part, List<String> lines, Set<String> known) {
        LightgbmLines result = new LightgbmLines(part);
        for (String line : lines) {
            int equals = line.indexOf('=');
            String key = equals < 0 ? line : line.substring(0, equals);
            if (!known.contains(key)) {
                throw ArtifactException.of(
                        "model_field_unknown",
                        part + ": \"" + shortened(key) + "\" is not known and could change the scores; known are "
                                + known.stream().sorted().toList());
            }
            if (result.values.put(key, equals < 0 ? "" : line.substring(equals + 1)) != null) {
                throw ArtifactException.of("model_text", part + ": \"" + key + "\" appears twice");
            }
        }
        return result;
    }

    private static String shortened(String key) {
        return key.length() <= 40 ? key : key.substring(0, 40) + "…";
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    @Nullable
    String find(String key) {
        return values.get(key);
    }

    String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw ArtifactException.of("model_field_missing", part + ": " + key + " is missing");
        }
        return value;
    }

    int whole(String key) {
        return whole(key, text(key));
    }

    /// The whole numbers of a line that must have this many.
    int[] ints(String key, int count) {
        String[] words = words(key, count);
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = whole(key, words[i]);
        }
        return numbers;
    }

    /// The numbers of a line that must have this many; `inf` and `nan` as C writes them.
    double[] doubles(String key, int count) {
        String[] words = words(key, count);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(key, words[i]);
        }
        return numbers;
    }

    /// The words between the spaces of a line.
    String[] words(String key) {
        String value = text(key).strip();
        return value.isEmpty() ? new String[0] : value.split(" +");
    }

    private String[] words(String key, int count) {
        String[] words = words(key);
        if (words.length != count) {
            throw ArtifactException.of(
                    "model_length", part + ": " + key + " must have " + count + " values: " + words.length);
        }
        return words;
    }

    private int whole(String key, String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw wrong(key, "a whole number", word);
        }
    }

    private double number(String key, String word) {
        return switch (word) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan", "-nan" -> Double.NaN;
            default -> {
                try {
                    yield Double.parseDouble(word);
                } catch (NumberFormatException e) {
                    throw wrong(key, "a number", word);
                }
            }
        };
    }

    private ArtifactException wrong(String key, String what, String word) {
        return ArtifactException.of("model_number", part + ": " + key + " must be " + what + ": " + shortened(word));
    }

    @Override
    public String toString() {
        return part + Arrays.toString(values.keySet().toArray());
    }
}

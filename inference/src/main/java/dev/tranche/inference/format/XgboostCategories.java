package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the categories of each feature from `cats` (XGBoost 3.1 and later, `src/data/cat_container.cc`).
///
/// Texts stand as one run of bytes with the offset of each; numbers stand as they are. The place of a
/// category is the code the trees ask for.
final class XgboostCategories {
    private XgboostCategories() {}

    /// One list for each feature, empty for a number; an empty list when the file names no feature's
    /// categories.
    static List<List<String>> read(Place cats, int features) {
        List<Place> encodings = cats.at("enc").items();
        if (encodings.isEmpty()) {
            return List.of();
        }
        if (encodings.size() != features) {
            throw ArtifactException.of(
                    "model_length", cats.path() + ".enc must have " + features + " values: " + encodings.size());
        }
        List<List<String>> categories = new ArrayList<>();
        for (Place encoding : encodings) {
            Place offsets = encoding.find("offsets");
            categories.add(offsets == null ? numbers(encoding) : texts(encoding, offsets));
        }
        return categories;
    }

    private static List<String> texts(Place encoding, Place offsets) {
        int[] at = offsets.ints();
        int[] codes = encoding.at("values").ints();
        byte[] bytes = new byte[codes.length];
        for (int i = 0; i < codes.length; i++) {
            bytes[i] = (byte) codes[i];
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i + 1 < at.length; i++) {
            if (at[i] < 0 || at[i + 1] < at[i] || at[i + 1] > bytes.length) {
                throw ArtifactException.of(
                        "model_length",
                        offsets.path() + " must rise within 0.." + bytes.length + ": " + at[i] + ", " + at[i + 1]);
            }
            texts.add(new String(bytes, at[i], at[i + 1] - at[i], StandardCharsets.UTF_8));
        }
        return List.copyOf(texts);
    }

    private static List<String> numbers(Place encoding) {
        Document.Numbers values = encoding.at("values").numbers();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            texts.add(values.isReal() ? Float.toString(values.real(i)) : Long.toString(values.whole64(i)));
        }
        return List.copyOf(texts);
    }
}

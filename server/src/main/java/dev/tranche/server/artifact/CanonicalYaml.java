package dev.tranche.server.artifact;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// YAML is for people; what is digested and read is one canonical JSON: keys sorted, UTF-8, no white space.
///
/// Only data is taken: aliases, anchors on collections and tags are refused by name (an alias can be a bomb,
/// a tag can be a type), so are duplicate keys, a second document, NaN and infinities. JSON is YAML, so JSON
/// files pass through the same door.
public final class CanonicalYaml {
    /// Deepest nesting that is taken.
    public static final int DEPTH = 32;
    /// Most values in one file.
    public static final int VALUES = 200_000;

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private CanonicalYaml() {}

    /// The canonical JSON of a YAML or JSON text.
    ///
    /// @throws Refused with code `bad_yaml`, naming the file, the line and what was found
    public static byte[] canonical(String file, byte[] yaml) {
        return canonical(tree(file, yaml));
    }

    /// The canonical JSON of maps, lists, strings, numbers, booleans and nulls; keys of maps are sorted.
    public static byte[] canonical(@Nullable Object tree) {
        return JSON.writeValueAsBytes(tree);
    }

    /// The value in a YAML or JSON text: sorted maps, lists, strings, longs, doubles, booleans, null.
    ///
    /// @throws Refused with code `bad_yaml`
    public static @Nullable Object tree(String file, byte[] yaml) {
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), utf8(file, yaml))) {
            return new Reading(file, parser).document();
        } catch (JacksonException e) {
            throw bad(file, line(e) + said(e), e);
        }
    }

    /// The mapping in a JSON text of our own, as [#canonical(Object)] wrote it.
    ///
    /// @throws Refused with code `bad_yaml` when it is not JSON
    public static Map<String, @Nullable Object> json(String where, String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            return mapping(where, new Reading(where, parser).document());
        } catch (JacksonException e) {
            throw bad(where, line(e) + said(e), e);
        }
    }

    private static String line(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null ? "" : "line " + at.getLineNr() + ": ";
    }

    /// The parser's sentence on one line; it draws pictures.
    private static String said(JacksonException e) {
        String text =
                String.valueOf(e.getOriginalMessage()).replaceAll("\\s+", " ").strip();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    /// The mapping in a YAML or JSON text.
    ///
    /// @throws Refused with code `bad_yaml` when the file holds anything else
    public static Map<String, @Nullable Object> mapping(String file, byte[] yaml) {
        return mapping(file, tree(file, yaml));
    }

    /// `tree` as a mapping with text keys; `where` names it in the refusal.
    @SuppressWarnings("unchecked") // every map made by this class has text keys
    public static Map<String, @Nullable Object> mapping(String where, @Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw bad(where, "expected a mapping, found " + kind(tree), null);
    }

    private static String kind(@Nullable Object tree) {
        return switch (tree) {
            case null -> "nothing";
            case List<?> list -> "a list of " + list.size();
            case Map<?, ?> map -> "a mapping of " + map.size();
            case String text -> "the text '" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
            case Object other -> "the value " + other;
        };
    }

    private static String utf8(String file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad(file, "the file is not UTF-8", e);
        }
    }

    private static Refused bad(String where, String detail, @Nullable Throwable cause) {
        String sentence = where + ": " + detail;
        return cause == null
                ? Refused.of(Refused.Kind.MALFORMED, "bad_yaml", sentence)
                : Refused.of(Refused.Kind.MALFORMED, "bad_yaml", sentence, cause);
    }

    /// One pass over the tokens of one file.
    private static final class Reading {
        private final String file;
        private final JsonParser parser;
        private int values;

        private Reading(String file, JsonParser parser) {
            this.file = file;
            this.parser = parser;
        }

        private Refused refused(String detail) {
            return bad(file, "line " + parser.currentTokenLocation().getLineNr() + ": " + detail, null);
        }

        private @Nullable Object value(int depth) {
            if (depth > DEPTH) {
                throw refused("nested deeper than " + DEPTH);
            }
            if (++values > VALUES) {
                throw refused("more than " + VALUES + " values");
            }
            if (parser instanceof YAMLParser yaml) {
                onlyData(yaml);
            }
            JsonToken token = parser.currentToken();
            return switch (token) {
                case START_OBJECT -> mapping(depth);
                case START_ARRAY -> list(depth);
                case VALUE_STRING -> parser.getString();
                case VALUE_NUMBER_INT -> integer();
                case VALUE_NUMBER_FLOAT -> number();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NULL -> null;
                case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw refused("found " + token);
            };
        }

        private @Nullable Object document() {
            if (parser.nextToken() == null) {
                throw refused("the file is empty");
            }
            Object tree = value(0);
            if (parser.nextToken() != null) {
                throw refused("a second document follows the first");
            }
            return tree;
        }

        private void onlyData(YAMLParser yaml) {
            if (yaml.isCurrentAlias()) {
                throw refused("aliases are not taken: write the value out");
            }
            if (yaml.getObjectId() != null) {
                throw refused("anchors are not taken: &" + yaml.getObjectId());
            }
            if (yaml.getTypeId() != null) {
                throw refused("tags are not taken: " + yaml.getTypeId());
            }
        }

        private Map<String, @Nullable Object> mapping(int depth) {
            Map<String, @Nullable Object> map = new TreeMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                if ("<<".equals(key)) {
                    throw refused("merge keys are not taken: write the values out");
                }
                parser.nextToken();
                map.put(key, value(depth + 1));
            }
            return map;
        }

        private List<@Nullable Object> list(int depth) {
            List<@Nullable Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(depth + 1));
            }
            return list;
        }

        private Object integer() {
            BigInteger exact = parser.getBigIntegerValue();
            return exact.bitLength() < Long.SIZE ? (Object) exact.longValue() : exact;
        }

        private double number() {
            double number = parser.getDoubleValue();
            if (!Double.isFinite(number)) {
                throw refused("a number must be finite, found " + parser.getString());
            }
            return number;
        }
    }
}

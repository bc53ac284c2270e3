package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.pmml.Element;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads XML into [Element]s: without document type, entities and external files, with bounded depth and
/// count.
///
/// A document type is refused rather than skipped, so nothing in the file can make the reader fetch or
/// multiply anything. For one thread.
final class PmmlXml {
    /// The largest file that is read, in bytes.
    private static final int MOST_BYTES = 64 << 20;
    /// The deepest nesting; a tree of depth 500 needs some 505.
    private static final int DEEPEST = 512;
    private static final int MOST_ELEMENTS = 1 << 20;

    private static final Pattern ENCODING = Pattern.compile("^<\\?xml[^>]*encoding=[\"']([^\"']*)[\"']");

    /// An element that is still open.
    private record Open(
            String name, Map<String, String> attributes, List<Element> children, StringBuilder text, int line) {}

    private final XMLStreamReader reader;
    private int elements;

    private PmmlXml(XMLStreamReader reader) {
        this.reader = reader;
    }

    /// The root element of these bytes.
    ///
    /// @throws ArtifactException `model_xml` with the place when they are not XML or pass a limit
    static Element read(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw ArtifactException.of(
                    "model_xml", "the file must have at most " + MOST_BYTES + " bytes: " + bytes.length);
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        // The platform's own limit on depth is below what trees need; the others suit.
        factory.setProperty("jdk.xml.maxElementDepth", DEEPEST + 1);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text(bytes)));
            try {
                return new PmmlXml(reader).root();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException broken) {
            throw ArtifactException.of("model_xml", "the file is not XML: " + broken.getMessage(), broken);
        }
    }

    /// The text of the file: the parser is handed characters, as it would write broken bytes to the standard
    /// error.
    private static String text(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.ISO_8859_1);
        Matcher declared = ENCODING.matcher(start);
        String name = declared.find() ? declared.group(1).toUpperCase(Locale.ROOT) : "UTF-8";
        Charset charset = switch (name) {
            case "UTF-8" -> StandardCharsets.UTF_8;
            case "US-ASCII" -> StandardCharsets.US_ASCII;
            case "ISO-8859-1" -> StandardCharsets.ISO_8859_1;
            default ->
                throw ArtifactException.of("model_xml", "the encoding must be UTF-8, US-ASCII or ISO-8859-1: " + name);
        };
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException broken) {
            throw ArtifactException.of("model_xml", "the bytes are not " + name, broken);
        }
    }

    private Element root() throws XMLStreamException {
        Deque<Open> open = new ArrayDeque<>();
        Element root = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> open.push(start(open.size()));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) {
                        open.getFirst().text().append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    Open end = open.pop();
                    Element element = new Element(
                            end.name(),
                            end.attributes(),
                            end.children(),
                            end.text().toString(),
                            end.line());
                    if (open.isEmpty()) {
                        root = element;
                    } else if (!element.name().equals("Extension")) {
                        open.getFirst().children().add(element);
                    }
                }
                case XMLStreamConstants.DTD -> throw broken("a document type is not read");
                case XMLStreamConstants.ENTITY_REFERENCE -> throw broken("an entity is not read");
                default -> {}
            }
        }
        if (root == null) {
            throw broken("the file has no element");
        }
        return root;
    }

    private Open start(int depth) {
        if (depth >= DEEPEST) {
            throw broken("nesting is deeper than " + DEEPEST);
        }
        if (++elements > MOST_ELEMENTS) {
            throw broken("a file may have at most " + MOST_ELEMENTS + " elements");
        }
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String namespace = reader.getAttributeNamespace(i);
            if (namespace == null || namespace.isEmpty()) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
        }
        return new Open(
                reader.getLocalName(),
                attributes,
                new ArrayList<>(),
                new StringBuilder(),
                reader.getLocation().getLineNumber());
    }

    private ArtifactException broken(String what) {
        return ArtifactException.of("model_xml", "line " + reader.getLocation().getLineNumber() + ": " + what);
    }
}

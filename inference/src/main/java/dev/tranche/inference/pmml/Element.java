package dev.tranche.inference.pmml;

import dev.tranche.inference.ArtifactException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An element of an XML file with all that is inside it. Immutable.
///
/// @param name without its namespace prefix
/// @param attributes by name, without those of another namespace
/// @param children in the order of the file, without `Extension`
/// @param text what stands between the tags, children left out
/// @param line of the file, for messages
public record Element(String name, Map<String, String> attributes, List<Element> children, String text, int line) {
    /// Copies the children.
    public Element {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /// Refuses attributes and children that are not known here: what is not understood could change the
    /// answer.
    Element only(Set<String> knownAttributes, Set<String> knownChildren) {
        for (String attribute : attributes.keySet()) {
            boolean foreign = attribute.startsWith("x-") && !attribute.equals("x-mathContext");
            if (!foreign && !knownAttributes.contains(attribute)) {
                throw unread("the attribute " + attribute, knownAttributes);
            }
        }
        for (Element child : children) {
            if (!knownChildren.contains(child.name)) {
                throw unread("<" + child.name + ">", knownChildren);
            }
        }
        return this;
    }

    private ArtifactException unread(String what, Set<String> known) {
        return ArtifactException.of(
                "pmml_unknown",
                place() + what + " is not read and could change the answer; read are "
                        + known.stream().sorted().toList());
    }

    /// The only child of this name, if there is one.
    Optional<Element> find(String child) {
        List<Element> found = all(child);
        if (found.size() > 1) {
            throw wrong("must have at most one <" + child + ">: " + found.size());
        }
        return found.stream().findFirst();
    }

    /// The only child of this name.
    Element need(String child) {
        return find(child).orElseThrow(() -> wrong("needs a <" + child + ">"));
    }

    /// The children of this name.
    List<Element> all(String child) {
        return children.stream().filter(element -> element.name.equals(child)).toList();
    }

    boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    /// An attribute that must be there.
    String word(String attribute) {
        return maybe(attribute).orElseThrow(() -> wrong("needs the attribute " + attribute));
    }

    /// An attribute, or another text.
    String word(String attribute, String otherwise) {
        return maybe(attribute).orElse(otherwise);
    }

    /// An attribute, if it is there.
    Optional<String> maybe(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /// An attribute out of a list; the first is meant where there is none.
    String choice(String attribute, List<String> allowed) {
        String word = word(attribute, allowed.getFirst());
        if (!allowed.contains(word)) {
            throw ArtifactException.of(
                    "pmml_unread", place() + attribute + " is read as one of " + allowed + ", not as " + word);
        }
        return word;
    }

    /// A finite number that must be there.
    double number(String attribute) {
        return parse(word(attribute));
    }

    /// A finite number, or another.
    double number(String attribute, double otherwise) {
        return maybe(attribute).map(this::parse).orElse(otherwise);
    }

    /// A truth value, or another.
    boolean flag(String attribute, boolean otherwise) {
        return switch (word(attribute, String.valueOf(otherwise))) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            case String other -> throw wrong(attribute + " must be true or false: " + other);
        };
    }

    /// The number that a text says, as XML Schema writes numbers.
    double parse(String text) {
        String stripped = text.strip();
        if (stripped.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            double number = Double.parseDouble(stripped);
            if (Double.isFinite(number)) {
                return number;
            }
        }
        throw wrong("a finite number is needed: \"" + shown(text) + "\"");
    }

    /// An error about this element, for the caller to throw.
    ArtifactException wrong(String rule) {
        return ArtifactException.of("pmml_invalid", place() + rule);
    }

    /// An error about something that is meant but not read here, for the caller to throw.
    ArtifactException unread(String what) {
        return ArtifactException.of("pmml_unread", place() + what);
    }

    private String place() {
        return "line " + line + ", <" + name + ">: ";
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}

package dev.tranche.credit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the written form of a [Condition] by recursive descent; one reader per text.
final class ConditionReader {

    /// Deep enough for any rule a person reads, shallow enough for any stack.
    private static final int MAX_DEPTH = 32;

    private static final int MAX_LENGTH = 4_000;

    private final String text;
    private final List<Token> tokens;
    private int at;
    private int depth;

    ConditionReader(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new PolicyException("condition must have at most " + MAX_LENGTH + " characters: " + text.length());
        }
        this.text = text;
        this.tokens = tokens(text);
    }

    Condition read() {
        Condition condition = or();
        if (peek().kind != Kind.END) {
            throw refused("and, or, or the end", peek());
        }
        return condition;
    }

    private enum Kind {
        WORD,
        QUOTED,
        SIGN,
        END
    }

    private record Token(Kind kind, String text, int position) {
        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
        }
    }

    private Condition or() {
        Condition left = and();
        while (accept("or")) {
            left = new Condition.Or(left, and());
        }
        return left;
    }

    private Condition and() {
        Condition left = term();
        while (accept("and")) {
            left = new Condition.And(left, term());
        }
        return left;
    }

    private Condition term() {
        if (accept("(")) {
            if (++depth > MAX_DEPTH) {
                throw new PolicyException("condition must not nest brackets deeper than " + MAX_DEPTH + ": " + text);
            }
            Condition inner = or();
            expect(")");
            depth--;
            return inner;
        }
        Token name = peek();
        if (name.kind != Kind.WORD || reserved(name.text)) {
            throw refused("the name of a feature", name);
        }
        at++;
        if (accept("is")) {
            if (accept("missing")) {
                return new Condition.Missing(name.text, true);
            }
            expect("present");
            return new Condition.Missing(name.text, false);
        }
        if (accept("in")) {
            return new Condition.Among(name.text, words(), false);
        }
        if (accept("not")) {
            expect("in");
            return new Condition.Among(name.text, words(), true);
        }
        return comparison(name.text);
    }

    private Condition comparison(String feature) {
        Token sign = peek();
        for (Condition.Operator operator : Condition.Operator.values()) {
            if (sign.kind == Kind.SIGN && sign.text.equals(operator.sign())) {
                at++;
                return against(feature, operator);
            }
        }
        throw refused("<, <=, >, >=, =, !=, in, not in or is", sign);
    }

    private Condition against(String feature, Condition.Operator operator) {
        Token literal = peek();
        boolean equality = operator == Condition.Operator.EQUAL || operator == Condition.Operator.UNEQUAL;
        Double number = literal.kind == Kind.WORD ? number(literal.text) : null;
        if (number != null) {
            at++;
            return new Condition.Compares(feature, operator, number);
        }
        if (!equality) {
            throw refused("a number", literal);
        }
        boolean unequal = operator == Condition.Operator.UNEQUAL;
        if (accept("true")) {
            return new Condition.Flag(feature, !unequal);
        }
        if (accept("false")) {
            return new Condition.Flag(feature, unequal);
        }
        return new Condition.Among(feature, List.of(word()), unequal);
    }

    private List<String> words() {
        expect("[");
        List<String> words = new ArrayList<>();
        do {
            words.add(word());
        } while (accept(","));
        expect("]");
        return words;
    }

    private String word() {
        Token token = peek();
        if (token.kind != Kind.QUOTED && (token.kind != Kind.WORD || reserved(token.text))) {
            throw refused("a word", token);
        }
        at++;
        return token.text;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private boolean accept(String word) {
        if (!peek().is(word)) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(String word) {
        if (!accept(word)) {
            throw refused(word, peek());
        }
    }

    private PolicyException refused(String wanted, Token found) {
        String what = found.kind == Kind.END ? "the end" : found.text;
        return new PolicyException("condition must have " + wanted + " at position " + (found.position + 1) + ": "
                + text + " (found " + what + ")");
    }

    private static boolean reserved(String word) {
        return switch (word) {
            case "and", "or", "in", "is", "not" -> true;
            default -> false;
        };
    }

    private static @Nullable Double number(String word) {
        if (!word.matches("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            return null;
        }
        return Double.valueOf(word);
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '\'' || c == '"') {
                int end = text.indexOf(c, at + 1);
                if (end < 0) {
                    throw new PolicyException("condition must close the quote at position " + (at + 1) + ": " + text);
                }
                tokens.add(new Token(Kind.QUOTED, text.substring(at + 1, end), at));
                at = end + 1;
            } else if ("()[],".indexOf(c) >= 0) {
                tokens.add(new Token(Kind.SIGN, String.valueOf(c), at++));
            } else if ("<>=!".indexOf(c) >= 0) {
                int end = at + 1 < text.length() && text.charAt(at + 1) == '=' ? at + 2 : at + 1;
                tokens.add(new Token(Kind.SIGN, text.substring(at, end), at));
                at = end;
            } else {
                int end = at;
                while (end < text.length()
                        && !Character.isWhitespace(text.charAt(end))
                        && "()[],<>=!'\"".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                tokens.add(new Token(Kind.WORD, text.substring(at, end), at));
                at = end;
            }
        }
        tokens.add(new Token(Kind.END, "", text.length()));
        return tokens;
    }
}

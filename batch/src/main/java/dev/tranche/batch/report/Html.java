package dev.tranche.batch.report;

/// Text inside a page.
public final class Html {
    private Html() {}

    /// The text with everything replaced that means something in HTML.
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

package dev.tranche.batch.divergence.report;

/// Text inside a page.
final class Html {
    private Html() {}

    /// The text with everything replaced that means something in HTML.
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

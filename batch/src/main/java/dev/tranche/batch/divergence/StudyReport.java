package dev.tranche.batch.divergence;

/// The report of a study as one page.
final class StudyReport {
    private StudyReport() {}

    static String html(Evidence evidence) {
        return evidence.markets().getFirst().symbol();
    }
}

package dev.tranche.runtime.log;

final class Segment {
    static final int RECORD_HEADER = 20;

    private Segment() {}
}

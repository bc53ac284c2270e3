package dev.tranche.server.serving;

import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.FeatureType;
import dev.tranche.inference.Schema;
import dev.tranche.server.journal.Layout;
import dev.tranche.server.journal.RawRow;

/// Where a version's features stand in the rows of a layout.
final class Projection {
    private final Schema schema;
    private final int[] positions;

    private Projection(Schema schema, int[] positions) {
        this.schema = schema;
        this.positions = positions;
    }

    /// The projection of a layout onto a schema; a feature that the layout does not have is always missing.
    static Projection of(Layout layout, Schema schema) {
        int[] positions = new int[schema.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = layout.position(schema.feature(i).name());
        }
        return new Projection(schema, positions);
    }

    /// The version's own row. A value of another type becomes a fault that admission refuses.
    ///
    /// @throws WrongTypeException when an array stands where none is taken, or the other way round
    FeatureRow row(RawRow raw) {
        FeatureRow row = schema.row();
        for (int i = 0; i < positions.length; i++) {
            int position = positions[i];
            if (position < 0) {
                continue;
            }
            switch (raw.kind(position)) {
                case MISSING -> {}
                case NUMBER -> row.number(i, raw.number(position));
                case FLAG -> row.flag(i, raw.flag(position));
                case TEXT -> {
                    if (schema.feature(i).type() == FeatureType.EVENTS) {
                        throw new WrongTypeException(schema.feature(i).name(), "takes an array of events, not a text");
                    }
                    row.text(i, raw.text(position));
                }
                case ITEMS -> {
                    if (schema.feature(i).type() != FeatureType.EVENTS) {
                        throw new WrongTypeException(
                                schema.feature(i).name(),
                                "takes a " + schema.feature(i).type() + ", not an array");
                    }
                    row.text(i, raw.text(position));
                }
            }
        }
        return row;
    }

    /// A feature was given in a shape that its type does not have.
    static final class WrongTypeException extends RuntimeException {
        private final String feature;

        private WrongTypeException(String feature, String message) {
            super(message, null, false, false);
            this.feature = feature;
        }

        String feature() {
            return feature;
        }
    }
}

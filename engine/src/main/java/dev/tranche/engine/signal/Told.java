package dev.tranche.engine.signal;

/// Something that was recorded and may be told.
///
/// @param id its place in the record log: rising, never used twice, the same after a restart
/// @param type what it is
/// @param json one line of JSON
public record Told(long id, Type type, String json) {
    /// What can be told; the code is the record's type byte.
    public enum Type {
        SIGNAL(1, "signal"),
        /// A signal of a version in shadow.
        SHADOW(2, "shadow"),
        OUTCOME(3, "outcome"),
        /// The configuration or the version in force changed.
        NOTICE(4, "notice");

        private final byte code;
        private final String word;

        Type(int code, String word) {
            this.code = (byte) code;
            this.word = word;
        }

        byte code() {
            return code;
        }

        /// Its name on a stream of events.
        public String word() {
            return word;
        }

        static Type of(byte code) {
            for (Type type : values()) {
                if (type.code == code) {
                    return type;
                }
            }
            throw new IllegalArgumentException("a record's type is within 1..4: " + code);
        }
    }
}

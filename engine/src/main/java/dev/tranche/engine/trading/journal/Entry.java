package dev.tranche.engine.trading.journal;

/// What a record of the journal is. An input is written before the desk hears it; what the desk asked for upon
/// it follows, up to the next input. The time of a record is the desk's: epoch nanoseconds, never less than
/// before.
public enum Entry {
    /// The desk begins anew: its terms and contracts as JSON. Everything before it belongs to another desk. Its
    /// time is the machine's, which names the run in tables.
    START(1, true),
    /// `short` contract, then the message as it came from the venue.
    MARKET(2, true),
    /// `short` contract: messages of it are missing.
    LOST(3, true),
    /// What a venue said of orders, see [ReportCodec].
    REPORT(4, true),
    /// Time has come so far; no payload.
    TICK(5, true),
    /// What a person ordered, as JSON.
    OPERATOR(6, true),
    /// A strategy is put in force: JSON with its place and its digest, whose bytes a [#CONTENT] gave before.
    STRATEGY(7, true),
    /// A model of the spread is put in force, as [#STRATEGY].
    SPREAD(8, true),
    /// `short` contract, `long` nanoseconds: the desk took so long for its last event of the contract.
    TOOK(9, true),
    /// A part of the bytes behind a digest; changes nothing by itself.
    CONTENT(10, false),
    /// What the desk asked of venues, see [OrderCodec]; it left, or was about to.
    ORDER(20, false),
    /// What the desk asked for and what never left: the process ended before, or it was written at a recovery.
    UNSENT(21, false),
    /// What the desk told of itself, see [ToldCodec].
    TOLD(22, false),
    /// `long` hash of the desk's state and `long` number of inputs, after all inputs before it.
    HASH(23, false),
    /// The process ended by itself, as JSON with its reason; changes nothing.
    END(24, false),
    /// What the account stood at, see [Snapshot]; for the tables, changes nothing.
    SNAPSHOT(25, false);

    private static final Entry[] BY_CODE = byCode();

    private final byte code;
    private final boolean input;

    Entry(int code, boolean input) {
        this.code = (byte) code;
        this.input = input;
    }

    private static Entry[] byCode() {
        Entry[] entries = new Entry[32];
        for (Entry entry : values()) {
            entries[entry.code] = entry;
        }
        return entries;
    }

    /// The type byte of its records.
    public byte code() {
        return code;
    }

    /// Whether the desk hears it.
    public boolean input() {
        return input;
    }

    /// The entry of a type byte.
    ///
    /// @throws IllegalArgumentException when it is none
    @SuppressWarnings("NullAway") // a hole of the table is refused
    public static Entry of(byte code) {
        Entry entry = code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
        if (entry == null) {
            throw new IllegalArgumentException("no record of a desk's journal has this type: " + code);
        }
        return entry;
    }
}

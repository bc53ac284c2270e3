package dev.tranche.market.account;

/// What each fill does to its books, forwards and backwards: everything but the average cost is a sum over
/// fills, so that a fill that was another is taken away and added again; the average cost hangs on the order
/// and is worked out from the remembered fills again. Of the ledger's writer.
final class Tally {
    /// Of a contract that has not expired.
    static final long NEVER = Long.MIN_VALUE;

    private final Fills fills;
    private final Books books;
    private final Worth[] worths;
    private final long[] marks;
    private final long[] settled;
    private final int whole;

    Tally(Fills fills, Books books, Worth[] worths, long[] marks, long[] settled, int whole) {
        this.fills = fills;
        this.books = books;
        this.worths = worths;
        this.marks = marks;
        this.settled = settled;
        this.whole = whole;
    }

    /// A fill goes where only its cost is remembered.
    void forget(int book, int place) {
        int contract = fills.contract[place];
        if (settled[contract] == NEVER) {
            long worth = worths[contract].of(fills.ticks[place]);
            books.baseLots[book] = books.trade(book, Books.BASE_COST, books.baseLots[book], fills.lots[place], worth);
        }
    }

    /// Cost from the fills again, those that are no longer remembered first.
    void cost(int book, boolean all) {
        int contract = books.contract(book);
        long lots = books.baseLots[book];
        books.sums().copy(books.at(book, Books.COST), books.sums(), books.at(book, Books.BASE_COST));
        for (long each = fills.first(); each < fills.next(); each++) {
            int place = fills.place(each);
            if (fills.book[place] == book || (all && fills.book[place] >= 0 && fills.contract[place] == contract)) {
                lots = books.trade(book, Books.COST, lots, fills.lots[place], worths[contract].of(fills.ticks[place]));
            }
        }
    }

    /// Adds (1) or takes away (-1) what a fill counts for in a book, but for its cost.
    void count(int place, int book, int sign) {
        int contract = fills.contract[place];
        long lots = sign * fills.lots[place];
        long worth = worths[contract].of(fills.ticks[place]);
        long mark = fills.mark[place];
        books.fees[book] = Math.addExact(books.fees[book], sign * fills.fee[place]);
        books.add(book, Books.CASH, -lots, worth);
        boolean over = settled[contract] != NEVER;
        if (over) {
            books.add(book, Books.CASH, lots, settled[contract]);
        } else {
            books.lots[book] = Math.addExact(books.lots[book], lots);
        }
        if (fills.hedge[place]) {
            books.add(book, Books.HEDGE, -lots, worth);
            books.hedgeLots[book] += hold(book, Books.HEDGE, lots, contract);
            return;
        }
        books.add(book, Books.SPREAD, lots, mark - worth);
        books.add(book, Books.YOUNG, -lots, mark);
        if (fills.grown[place]) {
            books.add(book, Books.YOUNG, lots, fills.later[place]);
            books.add(book, Books.OLD, -lots, fills.later[place]);
            books.oldLots[book] += hold(book, Books.OLD, lots, contract);
        } else {
            books.youngLots[book] += lots;
        }
    }

    /// The lots that go on moving with the mark: none of a contract that was paid out.
    private long hold(int book, int sum, long lots, int contract) {
        if (settled[contract] == NEVER) {
            return lots;
        }
        books.add(book, sum, lots, settled[contract]);
        return 0;
    }

    /// The horizon of a fill is over, at the mark in force.
    void grow(int place) {
        if (fills.book[place] < 0 || fills.grown[place]) {
            return;
        }
        int contract = fills.contract[place];
        fills.grown[place] = true;
        fills.later[place] = marks[contract];
        if (!fills.hedge[place]) {
            age(fills.book[place], fills.lots[place], marks[contract]);
            age(books.find(whole, contract), fills.lots[place], marks[contract]);
        }
    }

    private void age(int book, long lots, long mark) {
        books.add(book, Books.YOUNG, lots, mark);
        books.youngLots[book] -= lots;
        books.add(book, Books.OLD, -lots, mark);
        books.oldLots[book] += lots;
    }
}

package dev.tranche.market.account;

import dev.tranche.market.contract.Contract;
import java.math.BigDecimal;

/// Reads the parts of a profit and loss out of the books: summed in whole numbers first, rounded once. One
/// reader, the ledger's writer.
final class Reading {
    private static final int FEE_DIGITS = 8;
    private static final double FEE_UNIT = 1e8;

    private final Books books;
    private final Worth[] worths;
    private final double[] units;
    private final long[] marks;
    private final Sums sum = new Sums(1);

    Reading(Books books, Worth[] worths, long[] marks) {
        this.books = books;
        this.worths = worths;
        this.marks = marks;
        this.units = new double[worths.length];
        for (int i = 0; i < worths.length; i++) {
            units[i] = Math.pow(10, worths[i].digits());
        }
    }

    double amount(Part part, int book, int contract) {
        if (book < 0) {
            return 0;
        }
        long paid = load(part, book, contract);
        return sum.value(0) / units[contract] - paid / FEE_UNIT;
    }

    BigDecimal exact(Part part, int book, int contract) {
        if (book < 0) {
            return BigDecimal.ZERO;
        }
        long paid = load(part, book, contract);
        return new BigDecimal(sum.exact(0), worths[contract].digits()).subtract(BigDecimal.valueOf(paid, FEE_DIGITS));
    }

    double entry(int book, Contract of) {
        if (book < 0 || books.lots[book] == 0) {
            return Double.NaN;
        }
        double each = books.sums().value(books.at(book, Books.COST)) / books.lots[book];
        return worths[books.contract(book)].ticks(each)
                / Math.pow(10, of.instrument().priceDecimals());
    }

    /// Loads what trades and marks make up, and returns what is taken away from it, in 1e-8.
    private long load(Part part, int book, int contract) {
        sum.clear(0);
        return switch (part) {
            case TOTAL -> {
                add(book, Books.CASH, books.lots[book], contract);
                yield Math.addExact(books.fees[book], books.funding[book]);
            }
            case CASH -> add(book, Books.CASH, 0, contract);
            case MARK -> {
                sum.addProduct(0, books.lots[book], marks[contract]);
                yield 0;
            }
            case REALISED -> {
                add(book, Books.CASH, 0, contract);
                yield add(book, Books.COST, 0, contract);
            }
            case UNREALISED -> {
                sum.subtract(0, books.sums(), books.at(book, Books.COST));
                sum.addProduct(0, books.lots[book], marks[contract]);
                yield 0;
            }
            case SPREAD -> add(book, Books.SPREAD, 0, contract);
            case ADVERSE -> add(book, Books.YOUNG, books.youngLots[book], contract);
            case INVENTORY -> add(book, Books.OLD, books.oldLots[book], contract);
            case HEDGE -> add(book, Books.HEDGE, books.hedgeLots[book], contract);
            case FEES -> -books.fees[book];
            case FUNDING -> -books.funding[book];
        };
    }

    private long add(int book, int part, long lots, int contract) {
        sum.add(0, books.sums(), books.at(book, part));
        sum.addProduct(0, lots, marks[contract]);
        return 0;
    }

    /// Over positions, sums, fees and funding of every book.
    long hash(long start) {
        long hash = start;
        for (int book = 0; book < books.count(); book++) {
            hash = 31 * hash + books.strategy(book);
            hash = 31 * hash + books.contract(book);
            hash = 31 * hash + books.lots[book];
            hash = 31 * hash + books.youngLots[book];
            hash = 31 * hash + books.oldLots[book];
            hash = 31 * hash + books.fees[book];
            hash = 31 * hash + books.funding[book];
            for (int part = Books.CASH; part <= Books.HEDGE; part++) {
                hash = 31 * hash + books.sums().hash(books.at(book, part));
            }
        }
        return hash;
    }
}
